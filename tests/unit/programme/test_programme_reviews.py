"""Park selection, stakeholder map and policy-gap review."""

import pytest

from parkloop.model import ParkScreening, Policy, Stakeholder
from parkloop.programme import map_stakeholders, score_policies, screen_parks


def statement(park_id: str, criterion: str, score: int, weight: float = 1.0) -> ParkScreening:
    return ParkScreening(f"{park_id}-{criterion}", park_id, criterion, score, weight)


SCREENINGS = (
    statement("A", "willingness", 6, 2.0),
    statement("A", "data", 3),
    statement("B", "willingness", 4, 2.0),
    statement("B", "data", 6),
    statement("C", "willingness", 6, 2.0),
)


def test_screening_when_weighted_then_mean_and_rank_follow() -> None:
    parks, issues = screen_parks(SCREENINGS)
    means = {item.park_id: item.mean_score for item in parks}
    assert means["A"] == pytest.approx((2 * 6 + 3) / 3)
    assert means["B"] == pytest.approx((2 * 4 + 6) / 3)
    assert [item.park_id for item in parks] == ["C", "A", "B"]
    assert issues == ()


def test_screening_when_weights_are_changed_then_ranks_may_turn() -> None:
    parks, _ = screen_parks(SCREENINGS[:4], {"willingness": 0.0})
    assert [item.park_id for item in parks] == ["B", "A"]


def test_screening_when_a_minimum_is_missed_or_unscored_then_not_eligible() -> None:
    parks, _ = screen_parks(SCREENINGS, minimums={"data": 4})
    ranks = {item.park_id: (item.rank, item.below_minimum) for item in parks}
    assert ranks == {"B": (1, ()), "A": (None, ("data",)), "C": (None, ("data",))}
    assert parks[0].eligible
    assert not parks[1].eligible


def test_screening_when_a_statement_is_missing_then_it_is_named() -> None:
    parks, _ = screen_parks(SCREENINGS)
    assert {item.park_id: item.unscored for item in parks}["C"] == ("data",)


def test_screening_when_a_score_is_out_of_range_then_left_out_with_an_issue() -> None:
    parks, issues = screen_parks((statement("A", "data", 7), statement("A", "willingness", 5)))
    assert parks[0].mean_score == 5.0
    assert [item.code for item in issues] == ["programme.screening.out_of_range"]


def test_screening_when_two_parks_are_equal_then_they_share_a_place() -> None:
    parks, _ = screen_parks(
        [statement(name, "data", score) for name, score in zip("ABC", (5, 5, 4), strict=True)]
    )
    assert [item.rank for item in parks] == [1, 1, 3]


@pytest.mark.parametrize(
    ("interest", "influence", "quadrant"),
    [
        (5, 4, "manage_closely"),
        (3, 5, "keep_satisfied"),
        (4, 3, "keep_informed"),
        (1, 1, "monitor"),
        (None, 5, "unplaced"),
    ],
)
def test_stakeholder_when_interest_and_influence_are_given_then_quadrant(
    interest: int | None, influence: int | None, quadrant: str
) -> None:
    body = Stakeholder("1", "P", "Board", interest=interest, influence=influence)
    assert map_stakeholders((body,), "P")[0].quadrant == quadrant


def test_stakeholders_when_mapped_then_only_those_of_the_park_and_most_influential_first() -> None:
    bodies = (
        Stakeholder("1", "P", "Village", interest=5, influence=2),
        Stakeholder("2", "Q", "Elsewhere", interest=5, influence=5),
        Stakeholder("3", "P", "Province", interest=2, influence=5),
    )
    assert [item.stakeholder.id for item in map_stakeholders(bodies, "P")] == ["3", "1"]


def test_policies_when_scored_then_share_of_the_best_by_topic_and_gaps_weakest_first() -> None:
    review = score_policies(
        (
            Policy("1", "G", "water", "Reuse standard", 1),
            Policy("2", "G", "water", "Effluent limits", 3),
            Policy("3", "G", "symbiosis", "By-product rule", 0),
            Policy("4", "G", "finance", "Green credit"),
        )
    )
    assert review.score_fraction == pytest.approx(4 / 9)
    assert review.by_topic == {"water": pytest.approx(4 / 6), "symbiosis": 0.0, "finance": None}
    assert [item.id for item in review.gaps] == ["3", "1"]
    assert review.unscored == ("4",)


def test_policies_when_a_score_is_out_of_range_then_left_out_with_an_issue() -> None:
    review = score_policies((Policy("1", "G", "water", "Reuse", 5),))
    assert review.score_fraction is None
    assert [item.code for item in review.issues] == ["programme.policy.out_of_range"]


def test_policies_when_there_are_none_then_no_score() -> None:
    assert score_policies(()).score_fraction is None
