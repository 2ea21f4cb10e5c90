"""Exchanges between participants: takes flows, places and prices; gives exchange solutions and leads."""

from parkloop.symbiosis.allocate import Allocation, allocate
from parkloop.symbiosis.frames import PARAMETER_SCHEMA, SIDE_SCHEMA, sides, yearly
from parkloop.symbiosis.infer import PEOPLE_SCHEMA, infer_sides
from parkloop.symbiosis.match import Matches, match
from parkloop.symbiosis.outcome import Proposal, Rejection
from parkloop.symbiosis.propose import propose
from parkloop.symbiosis.settings import MatchSettings
from parkloop.symbiosis.wording import missing_text

__all__ = [
    "PARAMETER_SCHEMA",
    "PEOPLE_SCHEMA",
    "SIDE_SCHEMA",
    "Allocation",
    "MatchSettings",
    "Matches",
    "Proposal",
    "Rejection",
    "allocate",
    "infer_sides",
    "match",
    "missing_text",
    "propose",
    "sides",
    "yearly",
]
