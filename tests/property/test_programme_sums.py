"""What must hold for a programme's sums, whatever the parks."""

from hypothesis import given
from hypothesis import strategies as st

from parkloop.model import ParkScreening
from parkloop.programme import GhgClaim, check_ghg, screen_parks

AMOUNTS = st.floats(-1e6, 1e6, allow_nan=False)


@given(AMOUNTS, st.floats(0, 0.002), st.dictionaries(st.text(max_size=5), AMOUNTS, max_size=5))
def test_ghg_when_it_is_the_sum_of_its_parts_then_it_always_follows(
    kwh: float, factor: float, other: dict[str, float]
) -> None:
    total = kwh * factor + sum(other.values())
    assert check_ghg(GhgClaim(total, kwh, factor, other)) is None


@given(st.floats(1, 1e6), st.floats(0.0001, 0.002), st.floats(1.1, 50))
def test_ghg_when_a_total_is_blown_up_then_it_never_follows(kwh: float, factor: float, times: float) -> None:
    assert check_ghg(GhgClaim(kwh * factor * times, kwh, factor)) is not None


SCREENINGS = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz"), st.integers(1, 6), st.floats(0.1, 5)),
    unique_by=lambda row: row[:2],
    max_size=16,
).map(lambda rows: [ParkScreening(f"{p}{c}", p, c, score, weight) for p, c, score, weight in rows])


@given(SCREENINGS, st.randoms(use_true_random=False))
def test_screening_when_statements_are_shuffled_then_nothing_changes_and_means_stay_in_range(
    screenings: list[ParkScreening], random: object
) -> None:
    shuffled = list(screenings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    parks, _ = screen_parks(screenings)
    assert parks == screen_parks(shuffled)[0]
    for park in parks:
        assert park.mean_score is not None
        assert 1 - 1e-9 <= park.mean_score <= 6 + 1e-9
