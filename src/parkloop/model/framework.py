"""Frameworks, criteria, answers and the assessment made from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from parkloop.model.issue import Issue
from parkloop.model.value import Confidence, SourceClass


class Shape(StrEnum):
    """How a criterion turns a value into a verdict."""

    BOOLEAN = "boolean"
    THRESHOLD = "threshold"
    PARAMETRIC = "parametric"
    CONDITIONAL = "conditional"
    BANDED = "banded"
    INFORMATION = "information"


class Verdict(StrEnum):
    """The outcome of one criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Band:
    """One band of a banded criterion: `low <= value < high` scores `score`; None is an open end."""

    score: float
    low: float | None = None
    high: float | None = None
    low_included: bool = True
    high_included: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch of a conditional criterion: when `when` (parameter, comparison, number) holds, compare
    the value by `comparison` with `threshold`."""

    parameter: str
    when: str
    limit: float
    comparison: str
    threshold: float


@dataclass(frozen=True, slots=True)
class Criterion:
    """One requirement of a framework.

    Attributes
    ----------
    kind
        `prerequisite | performance | criterion | mandatory | optional | reference_value | gate`.
    comparison, threshold
        `>= | > | <= | < | is_true` and the number [unit] for shapes boolean and threshold.
    parameter
        For parametric thresholds the name of the quantity that gives the threshold (`grid_average_...`).
    branches, bands
        For conditional and banded shapes.
    choice_group
        At least one criterion of the group must be met.
    weight
        Share in a weighted score [-].
    gate
        A regulatory gate: failing it fails the framework whatever the score, and it is not counted.
    check_off
        Who compared the row with its source text, when and with what; None while nobody has.
    """

    id: str
    framework_id: str
    category: str
    title_en: str
    title_vi: str
    kind: str
    shape: Shape
    unit: str = ""
    comparison: str = ""
    threshold: float | bool | None = None
    parameter: str = ""
    branches: tuple[Branch, ...] = ()
    bands: tuple[Band, ...] = ()
    choice_group: str = ""
    weight: float = 1.0
    gate: bool = False
    subject: str = "park"
    topic_en: str = ""
    topic_vi: str = ""
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    check_off: "CheckOff | None" = None


@dataclass(frozen=True, slots=True)
class Framework:
    """A published set of criteria with its scoring rule.

    `rule` is `scored | all_must_pass | mandatory_and_choice | weighted_bands | reference_values`;
    `pass_mark` the least score for `weighted_bands`. `check_off` confirms the rule and the list as a whole.
    """

    id: str
    title_en: str
    title_vi: str
    edition: str
    categories: tuple[str, ...]
    rule: str
    criteria: tuple[Criterion, ...]
    category_weights: Mapping[str, float] = field(default_factory=dict)
    pass_mark: float | None = None
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED
    note_en: str = ""
    note_vi: str = ""
    check_off: "CheckOff | None" = None


@dataclass(frozen=True, slots=True)
class CheckOff:
    """A person's confirmation that a reference row agrees with its source text."""

    row_id: str
    who: str
    when: date
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a park or participant says about one criterion in one year.

    `value` is a number, True/False, or text; `intended_value` the same for `intended_year`. A value below
    a legal threshold is kept as it is. `partly` marks a partly met boolean; `not_applicable` takes the
    criterion out and `reason` says why. `computed` marks an answer the ledger gave, `figure_ids` the figures
    it was computed from.
    """

    id: str
    subject_id: str
    criterion_id: str
    year: int
    value: float | bool | str | None = None
    intended_value: float | bool | str | None = None
    intended_year: int | None = None
    partly: bool = False
    intended_partly: bool = False
    not_applicable: bool = False
    reason: str = ""
    text: str = ""
    action: str = ""
    owner: str = ""
    due: date | None = None
    source_class: SourceClass = SourceClass.ESTIMATED
    evidence: tuple[str, ...] = ()
    note: str = ""
    computed: bool = False
    figure_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One criterion judged for one subject: now and intended, with the answer it rests on.

    `through` is the criterion the answer was given for when that is another one; `comparison` and
    `threshold` [unit of the criterion] are those the value of now was held against.
    """

    criterion: Criterion
    now: Verdict
    intended: Verdict
    answer_id: str = ""
    value: float | bool | str | None = None
    intended_value: float | bool | str | None = None
    through: str = ""
    computed: bool = False
    score: float | None = None
    intended_score: float | None = None
    comparison: str = ""
    threshold: float | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts beside a percentage [-]; `score_fraction` is None when nothing can be scored."""

    met: int
    partly: int
    not_met: int
    not_applicable: int
    unanswered: int
    score_fraction: float | None


@dataclass(frozen=True, slots=True)
class ScoringRule:
    """The explicit settings of a score.

    `partly_credit` [-] is the credit of a partly met criterion; `drop_not_applicable` takes such criteria
    out of numerator and denominator; `unanswered_as_not_met` counts missing answers as zero;
    `total` is `criteria` (mean of all criteria) or `categories` (mean of category scores).
    """

    partly_credit: float = 0.5
    drop_not_applicable: bool = True
    unanswered_as_not_met: bool = True
    total: str = "criteria"


@dataclass(frozen=True, slots=True)
class Assessment:
    """A subject judged by one framework in one year.

    `passed` is None where the framework has no pass rule. `by_category` and `total` are (now, intended).
    `points` (now, intended) are the framework's own points where it scores by weighted bands, else None.
    """

    subject_id: str
    framework: Framework
    year: int
    rule: ScoringRule
    judged: tuple[Judged, ...]
    by_category: Mapping[str, tuple[Tally, Tally]]
    total: tuple[Tally, Tally]
    passed: bool | None
    failed_gates: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    points: tuple[float | None, float | None] = (None, None)
