"""Takes ledgers and changes to them, gives them back with their history, from one file or a server."""

from parkloop.store.errors import (
    StoreBusy,
    StoreConflict,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreRefused,
    StoreUnknown,
    StoreUnreachable,
)
from parkloop.store.records import AcceptedIssue, ApplyResult, ReportingRound, Work
from parkloop.store.store import Store

__all__ = [
    "AcceptedIssue",
    "ApplyResult",
    "ReportingRound",
    "Store",
    "StoreBusy",
    "StoreConflict",
    "StoreError",
    "StoreForeign",
    "StoreFull",
    "StoreRefused",
    "StoreUnknown",
    "StoreUnreachable",
    "Work",
]
