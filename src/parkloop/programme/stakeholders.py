"""Place stakeholders by interest and influence."""

from collections.abc import Iterable
from dataclasses import dataclass

from parkloop.model import Stakeholder

_QUADRANTS = {
    (True, True): "manage_closely",
    (False, True): "keep_satisfied",
    (True, False): "keep_informed",
    (False, False): "monitor",
}


@dataclass(frozen=True, slots=True)
class MappedStakeholder:
    """A stakeholder with its quadrant.

    `quadrant` is `manage_closely | keep_satisfied | keep_informed | monitor`, or `unplaced` while interest or
    influence is unknown.
    """

    stakeholder: Stakeholder
    quadrant: str


def map_stakeholders(
    stakeholders: Iterable[Stakeholder], park_id: str, high_from: int = 4
) -> tuple[MappedStakeholder, ...]:
    """Sort the stakeholders of a park into the four quadrants, the most influential first.

    The grid of interest against influence is common practice in stakeholder analysis (Mendelow, recalled).

    Parameters
    ----------
    high_from
        Least score, 1 to 5, that counts as high.
    """
    own = [item for item in stakeholders if item.park_id == park_id]
    own.sort(key=lambda item: (-(item.influence or 0), -(item.interest or 0), item.name))
    return tuple(MappedStakeholder(item, _quadrant(item, high_from)) for item in own)


def _quadrant(item: Stakeholder, high_from: int) -> str:
    if item.interest is None or item.influence is None:
        return "unplaced"
    return _QUADRANTS[item.interest >= high_from, item.influence >= high_from]
