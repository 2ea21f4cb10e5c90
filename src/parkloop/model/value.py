"""Values, their doubt and where they came from."""

from dataclasses import dataclass
from enum import StrEnum


class SourceClass(StrEnum):
    """How a value was obtained, from the strongest to the weakest."""

    METERED = "metered"
    BILLED = "billed"
    ESTIMATED = "estimated"
    INFERRED = "inferred"


class Confidence(StrEnum):
    """Whether the source of a published row was opened in this project."""

    CHECKED = "checked"
    INFERRED = "inferred"
    UNCHECKED = "unchecked"


class Visibility(StrEnum):
    """Who may see a value, from the narrowest circle to the widest."""

    OWNER = "owner"
    PARK = "park"
    PROGRAMME = "programme"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Range:
    """A value with doubt: the 10, 50 and 90 % points unless said otherwise."""

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.best <= self.high:
            raise ValueError(
                f"range {self.low} / {self.best} / {self.high} is out of order; low <= best <= high"
            )

    @classmethod
    def exact(cls, value: float) -> "Range":
        """A range of no width."""
        return cls(value, value, value)

    @classmethod
    def of(cls, value: float, relative: float) -> "Range":
        """`value` plus or minus the fraction `relative` [-] of it; works for negative values too."""
        half = abs(value) * relative
        return cls(value - half, value, value + half)

    def scaled(self, factor: float) -> "Range":
        """The range times `factor`; a negative factor swaps the ends."""
        ends = sorted((self.low * factor, self.high * factor))
        return Range(ends[0], self.best * factor, ends[1])


@dataclass(frozen=True, slots=True)
class Source:
    """A publication a number or rule was taken from.

    `url` is given only where it was read; a recalled source names author and work alone.
    """

    id: str
    title: str
    edition: str = ""
    locator: str = ""
    licence: str = ""
    url: str = ""
    confidence: Confidence = Confidence.UNCHECKED


class OriginKind(StrEnum):
    """The kinds of place a stored value can come from."""

    CELL = "cell"
    USER = "user"
    METER = "meter"
    REGISTER = "register"
    REFERENCE = "reference"
    COMPUTED = "computed"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value came from.

    `file_hash`, `sheet` and `cell` for cells; `who` for users and meters; `reference_id` for rows of
    reference data and registers; `method` and `inputs` (figure ids) for computed values. `typed` keeps what
    was entered, letter by letter.
    """

    kind: OriginKind
    file: str = ""
    file_hash: str = ""
    sheet: str = ""
    cell: str = ""
    who: str = ""
    reference_id: str = ""
    method: str = ""
    inputs: tuple[str, ...] = ()
    typed: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as it was typed and as it is used.

    Attributes
    ----------
    value, unit
        Canonical number and unit (`kWh`, `t`, `m3`, ...) over the whole period of its record.
    typed_value, typed_unit
        What the person wrote.
    source_class
        How the number was obtained.
    low, high
        Typed bounds in the canonical unit; None means the default uncertainty of the class applies.
    """

    value: float
    unit: str
    typed_value: float | None = None
    typed_unit: str = ""
    source_class: SourceClass = SourceClass.ESTIMATED
    low: float | None = None
    high: float | None = None
