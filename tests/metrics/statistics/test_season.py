"""The season: of a series of years, of its peers, and of a festival that moves."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.season import common_seasons, season

MONTHS = 2021 * 12 + np.arange(60)
WAVE = 2 * np.sin(2 * np.pi * np.arange(60) / 12)
NO_FESTIVAL = np.zeros(60)
NOTHING = np.zeros((1, 13))


def noise(rows: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, 60))


def test_a_season_of_its_own() -> None:
    found = season(noise(1) + WAVE, MONTHS, NO_FESTIVAL, NOTHING)
    assert found.own.tolist() == [True]
    assert found.effect[0] == pytest.approx(WAVE, abs=1.2)
    assert np.corrcoef(found.effect[0], WAVE)[0, 1] > 0.9


def test_noise_seldom_has_one() -> None:
    found = season(noise(500), MONTHS, NO_FESTIVAL, np.zeros((500, 13)))
    assert found.own.mean() <= 0.03


def test_two_years_say_nothing_of_their_own() -> None:
    assert not season((noise(1) + WAVE)[:, :24], MONTHS[:24], NO_FESTIVAL[:24], NOTHING).own.any()


def test_peers_share_a_season_that_repeats_itself() -> None:
    common = common_seasons((noise(20) + WAVE)[None], MONTHS, NO_FESTIVAL)
    short = np.where(np.arange(60) >= 40, WAVE + noise(1, 5), np.nan)
    found = season(short, MONTHS, NO_FESTIVAL, common)
    assert (found.own.tolist(), found.common.tolist()) == ([False], [True])
    assert np.corrcoef(found.effect[0], WAVE)[0, 1] > 0.95


@pytest.mark.parametrize("peers", [noise(20), noise(3) + WAVE, (noise(20) + WAVE)[:, :12]])
def test_what_does_not_repeat_itself_or_is_of_few_is_none(peers: np.ndarray) -> None:
    months = MONTHS[: peers.shape[1]]
    assert not common_seasons(peers[None], months, NO_FESTIVAL[: peers.shape[1]]).any()


def test_a_festival_that_moves_between_january_and_february() -> None:
    festival = np.zeros(60)
    for year, month in enumerate((1, 1, 0, 1, 0)):
        festival[12 * year + month] = 1.0
    common = common_seasons((noise(30) + 5 * festival)[None], MONTHS, festival)
    found = season(noise(1, 9) + 5 * festival, MONTHS, festival, common)
    at = np.flatnonzero(festival)
    beside = [one - 1 if one % 12 else one + 1 for one in at]
    assert (found.effect[0, at] - found.effect[0, beside]).min() > 0
