"""What comes out of the search for exchanges."""

from dataclasses import dataclass

from parkloop.model import Issue, Lead, Solution


@dataclass(frozen=True, slots=True)
class Rejection:
    """A pair that fails a hard gate: `reason` is `hazard | legal | quality | temperature | time | quantity |
    distance`, `detail` the parameter or figure that failed."""

    donor_id: str
    receiver_id: str
    resource_id: str
    displaced_resource_id: str
    use_id: str
    donor_flow_id: str
    receiver_flow_id: str
    reason: str
    detail: str = ""
    distance_km: float | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Chosen exchanges, leads, rejected pairs and issues of one run."""

    solutions: tuple[Solution, ...]
    leads: tuple[Lead, ...]
    rejected: tuple[Rejection, ...]
    issues: tuple[Issue, ...]
