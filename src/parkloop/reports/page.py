"""The page model: what a document says, before it becomes HTML or PDF."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed value.

    Attributes
    ----------
    text, extent
        The value and the ends of its range.
    why
        Figure id whose derivation the value opens; empty when there is none.
    marks
        `unchecked`, `inferred`, `adjusted`, `flagged`, `computed`, `entered`: printed beside the value.
    detail
        More digits or the reason why a value is missing, on hover.
    tone
        `good | attention | breach | muted`, or `stage-<n>` for the five-step mark.
    """

    text: str
    why: str = ""
    extent: str = ""
    marks: tuple[str, ...] = ()
    detail: str = ""
    tone: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `width` is a share of what text columns divide among them."""

    title: str
    numeric: bool = False
    unit: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a note under it; `small` sets it tighter on paper."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    note: str = ""
    small: bool = False
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the sentence that stands in for it; `width_px` is its natural width."""

    svg: str
    alt: str
    caption: str
    width_px: int = 960
    kind: str = "picture"


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: str
    value: Cell


@dataclass(frozen=True, slots=True)
class Facts:
    """A list of facts."""

    items: tuple[Fact, ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure with a row per stage and the place where it is unfolded."""

    title: str
    unit: str
    value: Cell
    second: str
    rows: tuple[Fact, ...]
    target: str
    link: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """The key figures side by side."""

    items: tuple[Card, ...]
    kind: str = "cards"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A sentence or two; `tone` `notice` for what is missing, `muted` for small print."""

    text: str
    tone: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter or fold: level 3 or 4."""

    text: str
    level: int = 3
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Fold:
    """Blocks behind a title that opens; printed open."""

    id: str
    title: str
    blocks: tuple["Block", ...]
    open: bool = False
    kind: str = "fold"


Block = Table | Picture | Facts | Cards | Paragraph | Heading | Fold


@dataclass(frozen=True, slots=True)
class Chapter:
    """One numbered part of a document; `wide` ones lie across on paper."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    lead: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One derivation as it is printed; `anchor` where it stands, `link` where it is told instead.

    `subject` is the solution it is about, said once over all its figures.
    """

    figure_id: str
    title: str
    value: str
    lines: tuple[Fact, ...] = ()
    inputs: tuple["Reason", ...] = ()
    marks: tuple[str, ...] = ()
    link: str = ""
    anchor: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A document in one language.

    `subject` is the park or programme by its name; `label` what everyone must see first (sample data).
    `anchors` maps figure ids to the anchor of their card; `notes` those that get a number on paper.
    """

    lang: str
    title: str
    subtitle: str
    label: str
    subject: str
    chapters: tuple[Chapter, ...]
    reasons: tuple[Reason, ...] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def _plain(item: object) -> object:
    if is_dataclass(item):
        return {part.name: getattr(item, part.name) for part in fields(item)}
    raise TypeError(f"{type(item).__name__} cannot stand on a page")


def to_json(page: Page) -> str:
    """The page as JSON text, for templates that read data."""
    return json.dumps(page, default=_plain, ensure_ascii=False)
