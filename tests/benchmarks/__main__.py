"""`make bench`: performance as ratios, each against a named baseline measured in the same run."""

from __future__ import annotations

import argparse

from tests.benchmarks import (
    forecasts,
    jumps,
    loading,
    memory,
    overview_compute,
    overview_page,
    packs,
    pages_speed,
    verdicts,
)

BENCHMARKS = {
    "forecasts": forecasts.run,
    "jumps": jumps.run,
    "loading": loading.run,
    "memory": memory.run,
    "overview-compute": overview_compute.run,
    "overview-page": overview_page.run,
    "pages": pages_speed.run,
    "packs": packs.run,
    "verdicts": verdicts.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="only these (default: all)")
    for name in parser.parse_args().names or BENCHMARKS:
        BENCHMARKS[name]()


if __name__ == "__main__":
    main()
