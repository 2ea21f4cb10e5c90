"""What an assessment is told of the world beside the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from parkloop.reference import Crossing, crossings


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Parameters of the year and the crosswalk in use.

    Attributes
    ----------
    context
        Parameter name to its number in the year assessed, in the unit of the criteria that name it:
        `national_grid_renewable_percent`, `industrial_value_added_growth_percent`, `region_other` (1 = yes).
    intended_context
        The same for the target year; None means as now.
    crossings
        Rows by which an answer to one criterion serves another; those of the house by default, `()` for none.
    """

    context: Mapping[str, float] = field(default_factory=dict)
    intended_context: Mapping[str, float] | None = None
    crossings: tuple[Crossing, ...] = field(default_factory=crossings)
