"""Programmes: takes the results of parks, targets and reviews; gives a summary and what to compare."""

from parkloop.programme.compare import ParkPosition, compare_parks
from parkloop.programme.follow import GhgClaim, check_ghg
from parkloop.programme.policies import PolicyReview, score_policies
from parkloop.programme.screen import ScreenedPark, screen_parks
from parkloop.programme.stakeholders import MappedStakeholder, map_stakeholders
from parkloop.programme.summarise import summarise
from parkloop.programme.targets import TargetLine, count_reach, hold_against_targets

__all__ = [
    "GhgClaim",
    "MappedStakeholder",
    "ParkPosition",
    "PolicyReview",
    "ScreenedPark",
    "TargetLine",
    "check_ghg",
    "compare_parks",
    "count_reach",
    "hold_against_targets",
    "map_stakeholders",
    "score_policies",
    "screen_parks",
    "summarise",
]
