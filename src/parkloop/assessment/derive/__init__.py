"""Answers the ledger gives by itself: takes a ledger, a park and a year; gives answers with their figures."""

from parkloop.assessment.derive.answers import derive_answers
from parkloop.assessment.derive.land import land_shares

__all__ = ["derive_answers", "land_shares"]
