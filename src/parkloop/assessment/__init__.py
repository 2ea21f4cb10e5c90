"""Assessment against frameworks: takes answers and the ledger; gives verdicts, scores, gaps and trends."""

from parkloop.assessment.assess import assess
from parkloop.assessment.check_off import check_off_issues, checked_off
from parkloop.assessment.circumstances import Circumstances
from parkloop.assessment.derive import derive_answers, land_shares
from parkloop.assessment.gaps import Gap, gaps, potential
from parkloop.assessment.judge import Ruling, Stated, judge
from parkloop.assessment.tally import roll_up, tally
from parkloop.assessment.trend import Trend, TrendPoint, trend

__all__ = [
    "Circumstances",
    "Gap",
    "Ruling",
    "Stated",
    "Trend",
    "TrendPoint",
    "assess",
    "check_off_issues",
    "checked_off",
    "derive_answers",
    "gaps",
    "judge",
    "land_shares",
    "potential",
    "roll_up",
    "tally",
    "trend",
]
