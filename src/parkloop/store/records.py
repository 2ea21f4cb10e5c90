"""What the store keeps beside the ledger, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from parkloop.model import Where


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of writing work: what is done, by whom, when and why."""

    action: str
    who: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ApplyResult:
    """What a change did: records added, changed and removed by kind (`flow`, `programme`, ...).

    Attributes
    ----------
    revision
        The number of the ledger's state after the change.
    events
        Entries added to the audit history.
    """

    revision: int
    added: Mapping[str, int]
    changed: Mapping[str, int]
    removed: Mapping[str, int]
    events: int

    @property
    def total(self) -> int:
        """Records touched."""
        return sum(sum(counts.values()) for counts in (self.added, self.changed, self.removed))


@dataclass(frozen=True, slots=True)
class AcceptedIssue:
    """A disqualifying issue somebody took responsibility for, by name and with a reason."""

    code: str
    where: Where
    who: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReportingRound:
    """The attributed shares of one report, frozen.

    Attributes
    ----------
    shares
        Any nesting of mappings with text keys, lists, texts, numbers and None, as the round was reported.
    """

    id: str
    year: int
    who: str
    at: datetime
    shares: Mapping[str, object]
