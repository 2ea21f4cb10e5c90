"""People, rights, disclosures and the paper trail."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves a value: its hash (SHA-256), name, who gave it and when."""

    id: str
    file: str
    file_hash: str = ""
    kind: str = ""
    who: str = ""
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change to one field of one record; `old` and `new` as JSON text."""

    number: int
    at: datetime
    who: str
    action: str
    record_kind: str
    record_id: str
    field: str = ""
    old: str = ""
    new: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class User:
    """An account; secrets are kept by the store, never here."""

    id: str
    name: str
    email: str = ""
    roles: tuple[str, ...] = ()
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Role:
    """A right of a user: role name within one programme, park or participant."""

    user_id: str
    role: str
    scope_kind: str
    scope_id: str


@dataclass(frozen=True, slots=True)
class Consent:
    """A partner's agreement to disclose an exchange to the other side."""

    id: str
    solution_id: str
    participant_id: str
    given_by: str
    on: date


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who saw what of whom, and when."""

    id: str
    figure_id: str
    seen_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """A report in the portal's life cycle: `draft | waiting | accepted | returned`."""

    id: str
    form: str
    subject_id: str
    year: int
    state: str
    at: datetime
    who: str = ""
    reason: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Job:
    """Long work with progress [-]; `state` is `queued | running | done | failed | cancelled`."""

    id: str
    intention: str
    state: str
    progress_fraction: float = 0.0
    message: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A remark on a record."""

    id: str
    record_id: str
    who: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something someone is to do by a date."""

    id: str
    record_id: str
    title: str
    owner: str = ""
    due: date | None = None
    done: bool = False
