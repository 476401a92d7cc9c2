"""XmR charts against NHSRplotthedots, Wheeler's constants and simulated noise."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.xmr import POINT_TYPES, XmrResult, assurance, variation, xmr

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
NAN = np.nan
SPIKE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
NOISE = [
    -0.56047565,
    -0.23017749,
    1.55870831,
    0.07050839,
    0.12928774,
    1.71506499,
    0.46091621,
    -1.26506123,
    -0.68685285,
    -0.44566197,
    1.2240818,
    0.35981383,
    0.40077145,
    0.11068272,
    -0.55584113,
    1.78691314,
    0.49785048,
    -1.96661716,
    0.7013559,
    -0.47279141,
]
PLAIN_I = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]


def chart(values: list[float], **options: object) -> XmrResult:
    return xmr(np.array([values], dtype=float), **options)  # type: ignore[arg-type]


def types(values: list[float], **options: object) -> list[str]:
    return [POINT_TYPES[code] for code in chart(values, **options).point_type[0]]


# Source: R package NHSRplotthedots, by way of ORACLES.md.
@pytest.mark.parametrize(
    ("values", "screen", "centre", "lower", "upper", "within"),
    [
        (SPIKE, True, 1.94, -0.72, 4.60, 0.005),
        (SPIKE, False, 1.94, -3.06, 6.95, 0.005),
        (NOISE, True, 0.1416238, -3.01138, 3.294627, 1e-6),
    ],
)
def test_published_limits(
    values: list[float], screen: bool, centre: float, lower: float, upper: float, within: float
) -> None:
    found = chart(values, screen=screen)
    assert (found.centre[0, 0], found.lower[0, 0], found.upper[0, 0]) == pytest.approx(
        (centre, lower, upper), abs=within
    )


@pytest.mark.parametrize(("step", "average"), [(4.36, (9 + 4.36) / 10), (4.38, 1.0)])
def test_screening_begins_at_3_267_times_the_mean(step: float, average: float) -> None:
    """Nine steps of 1 and one of 4.36 (3.263 times their mean, kept) or 4.38 (3.274 times, dropped)."""
    found = chart([0, 1] * 5 + [1 + step])
    assert found.upper[0, 0] - found.centre[0, 0] == pytest.approx(2.66 * average)


def test_plain_i_chart() -> None:
    """Source: R package qcc or qicharts2 by way of ORACLES.md; 3 / 1.128 there, 2.66 here, so the distances are
    compared.
    """
    found = chart(PLAIN_I, screen=False)
    assert found.centre[0, 0] == 300.5
    reach = (found.upper[0, 0] - 300.5) / 2.66 * 3 / 1.128
    assert (300.5 - reach, 300.5 + reach) == pytest.approx((279.783315, 321.216685), abs=1e-6)


@pytest.mark.parametrize("fields", [("near_lower", "lower", -1), ("near_upper", "upper", 1)])
def test_near_limits_lie_at_two_thirds(fields: tuple[str, str, int]) -> None:
    near, limit, sign = fields
    found = chart(NOISE)
    assert getattr(found, near) - found.centre == pytest.approx((getattr(found, limit) - found.centre) * 2 / 3)
    assert (sign * (getattr(found, limit) - found.centre) > 0).all()


# Months that leap to either side widen the limits, so that only the trend can speak.
LEAPS = [104, -96] * 6
C, TU, TD = "common", "trend_up", "trend_down"


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("seven rising", [2, 1, 2, 3, 4, 5, 6, 7, 3], [C, *[TU] * 7, C]),
        ("seven falling", [2, 7, 6, 5, 4, 3, 2, 1, 3], [C, *[TD] * 7, C]),
        ("a tie breaks the trend", [1, 2, 3, 3, 4, 5, 6], [C] * 7),
        ("six are too few", [1, 2, 3, 4, 5, 6, 1, 6], [C] * 8),
        ("a gap does not", [1, 2, 3, NAN, 4, 5, 6, 7, 3], [*[TU] * 3, "", *[TU] * 4, C]),
        ("the top belongs to the later trend", [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1], [*[TU] * 6, *[TD] * 7]),
        ("and so does the bottom", [8, 7, 6, 5, 4, 3, 2, 3, 4, 5, 6, 7, 8, 7], [*[TD] * 6, *[TU] * 7, C]),
    ],
)
def test_trend(name: str, values: list[float], expected: list[str]) -> None:
    found = types([*values, *LEAPS])
    assert ["common" if word.startswith("shift") else word for word in found] == [*expected, *[C] * len(LEAPS)], name


def test_shift_flags_all_members() -> None:
    """Source: ORACLES.md: eight points above, then one below: the eight are flagged."""
    assert types([5, 6, 5, 6, 5, 6, 5, 6, -5]) == [*["shift_high"] * 8, "outside_low"]


def test_a_point_on_the_centre_breaks_the_shift() -> None:
    values = [1.0, 3, 1, 3, 0, 3, 1, 3, 1, 3, -19]
    assert sum(values) == 0
    assert "shift_high" not in types(values)
    assert types([1, *values[:4], 2, *values[5:-1], -22], screen=False).count("shift_high") == 11


@pytest.mark.parametrize(
    ("name", "ahead", "expected"),
    [
        ("two near, the third on the same side", [2.2, 0.3, 2.2], ["two_of_three_high", "common", "two_of_three_high"]),
        ("all three near", [2.2, 2.3, 2.2], ["two_of_three_high"] * 3),
        ("the third on the other side", [2.2, -0.3, 2.2], ["common"] * 3),
        ("low", [-2.2, -0.3, -2.2], ["two_of_three_low", "common", "two_of_three_low"]),
        ("outside is not near", [2.2, 4.0, 0.3], ["common", "outside_high", "common"]),
        ("a gap is skipped", [2.2, NAN, 0.3, 2.2], ["two_of_three_high", "", "common", "two_of_three_high"]),
    ],
)
def test_two_of_three(name: str, ahead: list[float], expected: list[str]) -> None:
    """The first 20 points fix centre 0 and limits -3, 3, so that near is beyond 2."""
    step = 3 / 2.66 / 2
    base = [step, -step] * 10
    found = chart([*base, -0.1, *ahead], fix_after=20)
    assert found.upper[0, -1] == pytest.approx(3)
    assert [POINT_TYPES[code] for code in found.point_type[0, 21:]] == expected, name


def test_precedence_and_membership() -> None:
    """Seven rising above a fixed centre are a shift too; the last is outside: the higher precedence names each
    point.
    """
    step = 3 / 2.66 / 2
    found = types([*[step, -step] * 10, -1, 0.5, 0.8, 1.1, 1.4, 2.2, 2.5, 3.5], fix_after=20)
    assert found[20:] == [*[TU] * 7, "outside_high"]
    found = types([*[step, -step] * 10, 0.5, 1.1, 0.8, 1.4, 2.2, 2.5, 2.1], fix_after=20)
    assert found[20:] == [*["shift_high"] * 4, *["two_of_three_high"] * 3]


def test_phases_start_anew() -> None:
    values = [*NOISE, *(np.array(NOISE) + 100)]
    found = chart(values, phase_starts=(20,))
    assert found.centre[0, [0, 19, 20, 39]] == pytest.approx([0.1416238, 0.1416238, 100.1416238, 100.1416238])
    assert found.upper[0, 20] - 100 == pytest.approx(3.294627, abs=1e-6)
    # A trend that crosses a change of definition is none.
    assert TU not in types([1, 2, 3, 4, 5, 6, 7, 8], phase_starts=(4,))
    assert chart(values, phase_starts=(0, 20, 20, 40, 99)).centre == pytest.approx(found.centre)


def test_limits_of_few_points_are_provisional() -> None:
    twelve = chart([*NOISE[:12], NAN])
    assert twelve.provisional.all()
    assert not chart(NOISE[:13]).provisional.any()
    assert chart(NOISE, phase_starts=(15,)).provisional[0].tolist() == [False] * 15 + [True] * 5
    assert chart(NOISE, fix_after=12).provisional.all()


@pytest.mark.parametrize("values", [[], [NAN, NAN], [5.0], [NAN, 5.0, NAN]])
def test_hardly_anything_known(values: list[float]) -> None:
    found = chart(values)
    assert np.isnan(found.upper).all()
    assert types(values) == ["" if np.isnan(value) else "common" for value in values]
    assert found.provisional.all()


def test_no_rows() -> None:
    assert xmr(np.zeros((0, 24))).point_type.shape == (0, 24)


# Source: NHS England, Making Data Count: the icon is the last point's type and the direction that is better.
@pytest.mark.parametrize(
    ("point", "higher", "lower", "neither"),
    [
        ("", "", "", ""),
        ("common", "common", "common", "common"),
        *[(f"{rule}_{up}", "improving", "concerning", "neither_high") for rule, up in
          [("outside", "high"), ("trend", "up"), ("two_of_three", "high"), ("shift", "high")]],
        *[(f"{rule}_{down}", "concerning", "improving", "neither_low") for rule, down in
          [("outside", "low"), ("trend", "down"), ("two_of_three", "low"), ("shift", "low")]],
    ],
)  # fmt: skip
def test_variation(point: str, higher: str, lower: str, neither: str) -> None:
    found = variation(POINT_TYPES.index(point), ["higher", "lower", "neither"])
    assert found.tolist() == [higher, lower, neither]


# Source: NHSRplotthedots, by way of ORACLES.md.
@pytest.mark.parametrize(
    ("target", "lower", "upper", "higher", "lower_is_better"),
    [
        (4, 1, 3, "fails", "passes"),
        (4, 5, 7, "passes", "fails"),
        (4, 1, 5, "hit_or_miss", "hit_or_miss"),
        (4, 1, 4, "hit_or_miss", "hit_or_miss"),
        (4, 4, 7, "hit_or_miss", "hit_or_miss"),
        (NAN, 1, 3, "", ""),
        (4, NAN, NAN, "", ""),
    ],
)
def test_assurance(target: float, lower: float, upper: float, higher: str, lower_is_better: str) -> None:
    found = assurance(target, lower, upper, ["higher", "lower", "neither"])
    assert found.tolist() == [higher, lower_is_better, ""]


series = arrays(
    float,
    st.tuples(st.integers(1, 4), st.integers(1, 30)),
    elements=st.one_of(st.floats(-1000, 1000).map(lambda value: round(value, 3)), st.just(NAN)),
)


@given(series)
def test_limits_hold_the_centre(values: np.ndarray) -> None:
    found = xmr(values)
    given_ = ~np.isnan(found.upper)
    assert (found.lower[given_] <= found.near_lower[given_]).all()
    assert (found.near_lower[given_] <= found.centre[given_]).all()
    assert (found.centre[given_] <= found.near_upper[given_]).all()
    assert (found.near_upper[given_] <= found.upper[given_]).all()
    assert ((found.point_type == 0) == np.isnan(values)).all()


@given(series)
def test_rows_do_not_know_each_other(values: np.ndarray) -> None:
    together, turned = xmr(values), xmr(values[::-1])
    for row, alone in enumerate(values):
        one = xmr(alone[None])
        assert (one.point_type[0] == together.point_type[row]).all()
        assert (turned.point_type[::-1][row] == together.point_type[row]).all()
        np.testing.assert_allclose(one.upper[0], together.upper[row], rtol=1e-12, atol=1e-9)


@given(st.floats(-1e6, 1e6), st.integers(1, 60), st.booleans())
def test_a_constant_never_signals(value: float, months: int, screen: bool) -> None:
    found = xmr(np.full((1, months), value), screen=screen)
    assert (found.point_type == 1).all()


@given(series, st.integers(-8, 8), st.booleans())
def test_rescaling_changes_no_verdict_and_mirroring_mirrors(values: np.ndarray, power: int, negative: bool) -> None:
    """A power of two rescales without rounding."""
    factor = 2.0**power * (-1 if negative else 1)
    found, scaled = xmr(values).point_type, xmr(values * factor).point_type
    mirrored = np.where(found > 1, found ^ 1, found)
    assert (scaled == (mirrored if negative else found)).all()


@given(series)
def test_gaps_only_move_points(values: np.ndarray) -> None:
    spread = np.full((len(values), values.shape[1] * 2), NAN)
    spread[:, ::2] = values
    assert (xmr(spread).point_type[:, ::2] == xmr(values).point_type).all()


def slowly(values: list[float], centre: float, lower: float, upper: float) -> list[str]:
    """The rules again for one row without gaps, written window by window from the words of ORACLES.md."""
    n = len(values)
    found = ["common"] * n
    windows = [range(start, start + 7) for start in range(n - 6)]
    near = [centre + (upper - centre) * 2 / 3, centre + (lower - centre) * 2 / 3]
    for high, word in ((True, "high"), (False, "low")):
        for window in windows:
            if all((values[i] > centre) if high else (values[i] < centre) for i in window):
                for i in window:
                    found[i] = f"shift_{word}"
    for start in range(n - 2):
        window = range(start, start + 3)
        highs = [i for i in window if near[0] < values[i] <= upper]
        lows = [i for i in window if near[1] > values[i] >= lower]
        for members, word in ((highs, "high"), (lows, "low")):
            if len(members) >= 2 and all((values[i] > centre) == (word == "high") for i in window):
                for i in members:
                    found[i] = f"two_of_three_{word}"
    for window in windows:
        steps = [values[i + 1] - values[i] for i in window[:-1]]
        for hit, word in ((all(step > 0 for step in steps), "up"), (all(step < 0 for step in steps), "down")):
            if hit:
                for i in window:
                    found[i] = f"trend_{word}"
    for i, value in enumerate(values):
        if value > upper or value < lower:
            found[i] = "outside_high" if value > upper else "outside_low"
    return found


@settings(max_examples=300)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5, 0.9, 1.0]))
def test_the_rules_against_a_plain_reading(seed: int, memory: float) -> None:
    """Noise with memory trends and shifts often."""
    steps = np.random.default_rng(seed).normal(size=40)
    values = steps.copy()
    for month in range(1, 40):
        values[month] += memory * values[month - 1]
    found = xmr(values[None])
    expected = slowly(values.tolist(), found.centre[0, 0], found.lower[0, 0], found.upper[0, 0])
    assert [POINT_TYPES[code] for code in found.point_type[0]] == expected


@pytest.mark.parametrize(
    ("screen", "any_point", "last_point"), [(True, (0.16, 0.21), 0.02), (False, (0.13, 0.18), 0.018)]
)
def test_false_alarms(screen: bool, any_point: tuple[float, float], last_point: float) -> None:
    """10,000 stable series of 24 normal points: the share with any flag, and with one on the last point, which the icon
    shows.
    """
    found = xmr(np.random.default_rng(2025).normal(size=(10_000, 24)), screen=screen).point_type
    flagged = found > 1
    rules = {
        name: ((found == code) | (found == code + 1)).any(axis=1).mean()
        for name, code in (("outside", 2), ("trend", 4), ("two of three", 6), ("shift", 8))
    }
    print(
        f"\nfalse alarms, screen={screen}: any point {flagged.any(axis=1).mean():.4f}, last "
        f"{flagged[:, -1].mean():.4f},",
        rules,
    )
    assert any_point[0] < flagged.any(axis=1).mean() < any_point[1]
    assert flagged[:, -1].mean() < last_point


@pytest.mark.real
def test_complaints_of_an_operator() -> None:
    """Source: shared/real/README.md: TIM 2022-01..2023-12 unscreened, computed by other means."""
    path = REAL / "anatel_complaints" / "df_anatel.csv.gz"
    if not path.exists():
        pytest.skip("needs the real exports in ../shared/real")
    rows = pd.read_csv(path, usecols=["anomes", "marca", "qtd"])
    rows = rows[(rows.marca == "TIM") & rows.anomes.between("2022-01", "2023-12")]
    monthly = rows.groupby("anomes").qtd.sum()
    found = xmr(monthly.to_numpy(dtype=float)[None], screen=False)
    assert found.centre[0, 0] == pytest.approx(2304.125)
    assert (found.lower[0, 0], found.upper[0, 0]) == pytest.approx((1522.78, 3085.47), abs=0.005)
    outside = (found.point_type[0] == 2) | (found.point_type[0] == 3)
    assert list(monthly.index[outside]) == ["2023-11"]
    assert monthly["2023-11"] == 3235
