"""Records a file brings, laid over the ledger: what is new, what differs, what was there already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from parkloop.intake.apply import show
from parkloop.model import Change, ChangeKind, Issue, Ledger, Origin, OriginKind, Place, Severity, Where

_SHOWN_IDS = 5
KINDS: Mapping[str, str] = {
    "parks": "park",
    "participants": "participant",
    "products": "product",
    "flows": "flow",
    "meters": "meter",
    "geometries": "geometry",
}


@dataclass(slots=True)
class Incoming:
    """What a file brings.

    Attributes
    ----------
    records
        By collection of the ledger, each id once.
    given
        By collection the fields the file speaks of; what users entered in other fields stays.
    origins
        Figure id to its origin; taken over for new records and changed fields.
    cells
        `<kind>/<id>` to the sheet and cell a record stands in.
    extras
        `<kind>/<id>` to columns kept as they are.
    yields
        Whether values that came from people stay where the file says otherwise (registers): such a
        difference is a conflict and changes nothing.
    """

    file: str
    records: dict[str, list[Any]] = field(default_factory=dict)
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    cells: dict[str, tuple[str, str]] = field(default_factory=dict)
    extras: dict[str, Mapping[str, str]] = field(default_factory=dict)
    yields: bool = False


def lay_over(into: Ledger, incoming: Incoming) -> tuple[Ledger, tuple[Change, ...]]:
    """The ledger with the records of a file in it, and one change a record (and a field where it differs).

    A field the file leaves empty keeps what it was; the origin of a value changes only with the value.
    """
    changes: list[Change] = []
    collections: dict[str, Any] = {}
    origins = dict(into.origins)
    by_record = _by_record(incoming.origins)
    for collection, news in incoming.records.items():
        kind = KINDS[collection]
        known = {record.id: record for record in getattr(into, collection)}
        for new in news:
            said = by_record.get(f"{kind}/{new.id}", {})
            sheet, cell = incoming.cells.get(f"{kind}/{new.id}", ("", ""))
            line = Change(ChangeKind.ADDED, kind, new.id, file=incoming.file, sheet=sheet, cell=cell)
            old = known.get(new.id)
            if old is None:
                known[new.id] = new
                origins.update({f"{kind}/{new.id}/{name}": origin for name, origin in said.items()})
                changes.append(line)
                continue
            differing = _differing(old, new, incoming.given[collection])
            if not differing:
                changes.append(replace(line, kind=ChangeKind.UNCHANGED))
                continue
            for name, value in differing.items():
                held = incoming.yields and _from_people(into, f"{kind}/{new.id}/{name}")
                what = ChangeKind.CONFLICT if held else ChangeKind.CHANGED
                for label, was, now in _shown(name, getattr(old, name), value):
                    changes.append(replace(line, kind=what, field=label, old=show(was), new=show(now)))
                if held:
                    continue
                known[new.id] = replace(known[new.id], **{name: value})
                moved = {f: o for f, o in said.items() if f.partition(".")[0] == name}
                origins.update({f"{kind}/{new.id}/{figure}": origin for figure, origin in moved.items()})
        collections[collection] = tuple(known.values())
    extras = {**into.extras, **_extras(into, incoming)}
    return replace(into, **collections, origins=origins, extras=extras), tuple(changes)


def _from_people(ledger: Ledger, figure: str) -> bool:
    """Whether a value (or, for a place, one of its ends) has an origin other than a register."""
    found = (ledger.origins.get(name) for name in (figure, f"{figure}.lat", f"{figure}.lon"))
    return any(origin is not None and origin.kind is not OriginKind.REGISTER for origin in found)


def _shown(name: str, old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    """A changed field as lines of a difference table; a place line by line."""
    if not isinstance(new, Place):
        return [(name, old, new)]
    pairs = [(item.name, getattr(old, item.name), getattr(new, item.name)) for item in fields(Place)]
    return [(f"{name}.{part}", was, now) for part, was, now in pairs if was != now]


def _by_record(origins: Mapping[str, Origin]) -> Mapping[str, Mapping[str, Origin]]:
    found: dict[str, dict[str, Origin]] = {}
    for figure, origin in origins.items():
        record, _, name = figure.rpartition("/")
        found.setdefault(record, {})[name] = origin
    return found


def _extras(into: Ledger, incoming: Incoming) -> Mapping[str, Mapping[str, str]]:
    return {name: {**into.extras.get(name, {}), **texts} for name, texts in incoming.extras.items()}


def _differing(old: Any, new: Any, names: Sequence[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in names:
        was, value = getattr(old, name), getattr(new, name)
        if isinstance(value, Place):
            value = _place(was, value)
        if value is not None and value != "" and value != was:
            found[name] = value
    return found


def _place(old: Place, new: Place) -> Place:
    """Where the file says something it counts; lots and addresses entered by users stay."""
    located = new if new.located else old
    return Place(
        located.lat,
        located.lon,
        new.lot or old.lot,
        new.address or old.address,
        new.province or old.province,
        new.country or old.country,
    )


def gathered(code: str, severity: Severity, where: Where, ids: Iterable[object]) -> Issue:
    """One issue for many records of one kind of trouble: how many, and the first few by id."""
    names = [str(item) for item in ids]
    examples = ", ".join(names[:_SHOWN_IDS])
    return Issue(code, severity, where, {"count": len(names), "examples": examples})
