"""Compare parks: how far they are against how far they mean to go."""

from dataclasses import dataclass

from parkloop.model import Summary


@dataclass(frozen=True, slots=True)
class ParkPosition:
    """One park in the plane of compliance and improvement potential.

    `compliance_fraction` is the score now [-], `potential_points` the intended rise [percentage points].
    """

    park_id: str
    compliance_fraction: float
    potential_points: float


def compare_parks(
    summary: Summary, framework_id: str, category: str = "total"
) -> tuple[tuple[ParkPosition, ...], tuple[str, ...]]:
    """Place the parks of a programme by compliance now and improvement potential.

    Returns
    -------
    tuple
        The parks, the furthest first, and the ids of parks without a score under this framework.
    """
    positions: list[ParkPosition] = []
    without: list[str] = []
    for park_id, scores in summary.compliance.items():
        now, intended = scores.get(f"{framework_id}/{category}", (None, None))
        if now is None or intended is None:
            without.append(park_id)
        else:
            positions.append(ParkPosition(park_id, now, 100.0 * (intended - now)))
    positions.sort(key=lambda item: (-item.compliance_fraction, item.park_id))
    return tuple(positions), tuple(sorted(without))
