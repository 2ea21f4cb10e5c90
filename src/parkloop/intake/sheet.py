"""What a sheet of the workbook is, and how several columns make one value together."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from parkloop.intake.amount import Scale
from parkloop.intake.cell import Blank, Notes, is_clear, read_cell
from parkloop.intake.column import Column
from parkloop.intake.look import Look
from parkloop.intake.trouble import CellError, Note
from parkloop.model import Severity

Raw = Mapping[str, object]
SideKey = tuple[str, str]


class Cells:
    """The typed cells of one row, for a codec: values by column key, and what the record held before.

    `values` are the fields read so far; `base` the record or exact values the row is laid over; `sides` the
    further cells of a row of a field sheet (`(key, "year")`).
    """

    __slots__ = ("_columns", "_notes", "base_values", "existing", "figures", "look", "raw", "sides", "values")

    def __init__(self, columns: Mapping[str, Column], raw: Raw, look: Look, notes: Notes) -> None:
        self._columns = columns
        self._notes = notes
        self.raw = raw
        self.look = look
        self.existing: Any = None
        self.base_values: Mapping[str, Any] = {}
        self.values: dict[str, Any] = {}
        self.figures: dict[str, str] = {}
        self.sides: Mapping[SideKey, object] = {}

    def value(self, key: str) -> Any:
        """The value of column `key`; `Blank.ABSENT` when nothing was typed."""
        raw = self.raw.get(key)
        if raw is None:
            return Blank.ABSENT
        return read_cell(self._columns[key], raw, self.look, self._notes)

    def column(self, key: str) -> Column:
        """The column `key`."""
        return self._columns[key]

    def typed(self, *keys: str) -> bool:
        """Whether any of the columns was filled in."""
        return any(key in self.raw for key in keys)

    def cleared(self, key: str) -> bool:
        """Whether the cell of column `key` asks for its value to be emptied."""
        return is_clear(self.raw.get(key))

    def base(self, name: str, default: Any = None) -> Any:
        """The field `name` as it now stands: typed elsewhere in the row, kept exactly, or in the record."""
        if name in self.values:
            return self.values[name]
        return self.before(name, default)

    def before(self, name: str, default: Any = None) -> Any:
        """What the field `name` was in the record or in the exact values, whatever the row types."""
        if name in self.base_values:
            return self.base_values[name]
        return default if self.existing is None else getattr(self.existing, name)

    def note(self, code: str, severity: Severity, key: str, **arguments: str | float) -> None:
        """Say something about a cell that is taken all the same."""
        self._notes.append(Note(code, severity, key, **arguments))

    def scale(self, unit: str, canonical: str, resource_id: str, key: str) -> Scale:
        """From a typed unit to the canonical one over the period of the row; notes stand at column `key`."""
        period = self.base("period") if key == "unit" and "period" in self._columns else None
        try:
            found = self.look.scale(unit, canonical, period, resource_id)
        except CellError as error:
            raise CellError(error.code, key, **error.arguments) from error
        for said in found.notes:
            self._notes.append(Note(said.code, said.severity, key, **said.arguments))
        return found

    def extend(self, notes: tuple[Note, ...]) -> None:
        """Take over notes made elsewhere."""
        self._notes.extend(notes)

    def filled(self, key: str, before: Any) -> Any:
        """The typed value of `key`, `before` when blank, None when cleared."""
        value = self.value(key)
        if value is Blank.ABSENT:
            return before
        return None if value is Blank.CLEAR else value

    def fail(self, code: str, key: str, **arguments: str | float) -> CellError:
        """The trouble to raise for column `key`."""
        return CellError(code, key, **arguments)


@dataclass(frozen=True, slots=True)
class Codec:
    """Columns that make values together.

    Attributes
    ----------
    keys
        Columns it reads.
    fields
        Record fields it gives.
    read
        From cells to the fields it sets; called only when one of its columns is filled.
    write
        From a record to cells, by key.
    """

    keys: tuple[str, ...]
    fields: tuple[str, ...]
    read: Callable[[Cells], Mapping[str, Any]]
    write: Callable[[Any, Look, str], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet: its records, columns and identity.

    Attributes
    ----------
    key
        Machine key, also the prefix of the hidden column keys.
    collection, record, kind
        Field of the ledger, record class, and the word in figure ids.
    prefix
        Start of ids made from a natural key; empty for records without an id.
    natural
        Columns of the natural key; `a|b` takes the first that is filled.
    strict
        Two records with one natural key are refused.
    layout
        `rows` (a record a row), `fields` (a field a row) or `months` (bills, months across).
    defaults
        What a new record gets where the sheet says nothing.
    money
        Pairs of a sum and its currency field.
    minor
        Shown after the sheets most people fill.
    """

    key: str
    collection: str
    record: type
    kind: str
    name_en: str
    name_vi: str
    columns: tuple[Column, ...]
    natural: tuple[str, ...]
    prefix: str = ""
    strict: bool = False
    layout: str = "rows"
    codecs: tuple[Codec, ...] = ()
    defaults: Mapping[str, Any] = field(default_factory=dict)
    money: tuple[tuple[str, str], ...] = ()
    minor: bool = False

    def name(self, lang: str) -> str:
        """The name of the sheet in `lang`."""
        return self.name_vi if lang == "vi" else self.name_en

    @property
    def has_id(self) -> bool:
        """Whether its records carry an id."""
        return bool(self.prefix)


def blank_of(record: type, name: str) -> Any:
    """The default of a record's field; `Blank.ABSENT` when it must be given."""
    for item in fields(record):
        if item.name == name:
            if item.default is not MISSING:
                return item.default
            if item.default_factory is not MISSING:
                return item.default_factory()
    return Blank.ABSENT
