"""Read maps of a park (GeoJSON, KML, KMZ): lots, pipes, roads, boundaries, and where participants are."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePath

from parkloop.intake.draft import introduce_all, made_id
from parkloop.intake.kml import read_kml
from parkloop.intake.look import Look
from parkloop.intake.places_shapes import RawShape, ShapeError, middle, read_geojson, sound
from parkloop.intake.registers import Incoming, gathered, lay_over
from parkloop.intake.sheets import sheets
from parkloop.intake.trouble import CellError
from parkloop.intake.words import fold
from parkloop.model import (
    Change,
    ChangeKind,
    Geometry,
    Intake,
    Issue,
    Ledger,
    Origin,
    OriginKind,
    Participant,
    Place,
    Severity,
    Where,
)

_GIVEN = ("kind", "shape", "coordinates", "name", "subject", "properties")
_KIND = ("kind", "loai", "loại")
_PARTICIPANT = ("participant", "participant_id", "ben tham gia", "bên tham gia")
_SUBJECT = ("subject", "resource")
_OTHER = "other"


@dataclass(slots=True)
class _Reading:
    """A map while it is read: shapes taken, and what was said about them."""

    file: str
    park_id: str
    look: Look
    origin: Origin
    issues: list[Issue] = field(default_factory=list)
    rejected: list[Change] = field(default_factory=list)
    kindless: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    swapped: list[str] = field(default_factory=list)
    seats: dict[str, tuple[bool, float, float, str]] = field(default_factory=dict)


def read_places(content: bytes, name: str, park_id: str, into: Ledger) -> Intake:
    """What `into` becomes with the shapes of a map file in park `park_id`.

    A shape's kind comes from its property `kind` alone (`boundary, lot, pipe, road, building`), else it is
    `other`. A point or polygon with a property `participant` also sets the place of that participant, as a
    change with both values; a shape that merely has its name sets nothing and is pointed out.

    Parameters
    ----------
    content, name
        GeoJSON, KML or KMZ in WGS84 degrees.
    park_id
        May stay empty when there is one park.
    """
    where = Where(name)
    known = [park.id for park in into.parks]
    chosen = park_id or (known[0] if len(known) == 1 else "")
    if chosen not in known:
        arguments = {"park": park_id or "-", "known": ", ".join(known[:12]) or "-"}
        return _refused(into, Issue("intake.places.park_unknown", Severity.BLOCKING, where, arguments))
    try:
        shapes, left_out, system = _shapes(content)
    except (ValueError, RecursionError) as error:
        arguments = {"file": name, "detail": str(error)[:120]}
        return _refused(into, Issue("intake.places.unreadable", Severity.BLOCKING, where, arguments))
    if system:
        arguments = {"file": name, "system": system}
        return _refused(into, Issue("intake.places.other_system", Severity.BLOCKING, where, arguments))
    if not shapes:
        return _refused(into, Issue("intake.places.empty", Severity.BLOCKING, where, {"file": name}))
    look = Look()
    introduce_all(look, into)
    origin = Origin(OriginKind.CELL, name, sha256(content).hexdigest())
    reading = _Reading(name, chosen, look, origin)
    incoming = Incoming(name, {"geometries": []}, {"geometries": _GIVEN, "participants": ("place",)})
    _take_all(reading, shapes, into, incoming)
    _seat(reading, into, incoming)
    _say(reading, left_out, incoming, into)
    ledger, changes = lay_over(into, incoming)
    return Intake(ledger, (*changes, *reading.rejected), tuple(reading.issues))


def _refused(into: Ledger, issue: Issue) -> Intake:
    return Intake(into, (), (issue,))


def _shapes(content: bytes) -> tuple[list[RawShape], list[str], str]:
    if not content.strip():
        raise ValueError("empty")
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if content.startswith(b"PK") or start == b"<":
        return *read_kml(content), ""
    shapes, system = read_geojson(content)
    return shapes, [], system


def _take_all(reading: _Reading, shapes: list[RawShape], into: Ledger, incoming: Incoming) -> None:
    names = _Names(reading.file, reading.park_id, into)
    for number, raw in enumerate(shapes, 1):
        try:
            coordinates, swapped, closed = sound(raw.shape, raw.coordinates)
        except ShapeError as trouble:
            _reject(reading, raw, trouble)
            continue
        kind = _kind(reading, raw)
        record_id = names.next_id(raw, kind, number)
        for flag, places in ((swapped, reading.swapped), (closed, reading.closed)):
            if flag:
                places.append(raw.place)
        person = _participant(reading, raw)
        subject = person or _property(raw, _SUBJECT)
        incoming.records["geometries"].append(
            Geometry(
                record_id, reading.park_id, kind, raw.shape, coordinates, raw.name, subject, raw.properties
            )
        )
        incoming.cells[f"geometry/{record_id}"] = (raw.place, "")
        incoming.origins[f"geometry/{record_id}/coordinates"] = replace(reading.origin, sheet=raw.place)
        if person:
            _offer_seat(reading, raw, person, middle(raw.shape, coordinates))


class _Names:
    """Ids that come out alike whenever a map is read again: the file's own, by name, by place in the file."""

    def __init__(self, file: str, park_id: str, into: Ledger) -> None:
        self._park_id, self._stem = park_id, PurePath(file).stem
        self._elsewhere = {g.id for g in into.geometries if g.park_id != park_id}
        self._by_name: dict[tuple[str, str], list[str]] = {}
        for g in into.geometries:
            if g.park_id == park_id and g.name:
                self._by_name.setdefault((g.kind, g.name), []).append(g.id)
        self._taken: set[str] = set()

    def next_id(self, raw: RawShape, kind: str, number: int) -> str:
        """The id of the shape at place `number` of the file."""
        own = raw.feature_id.replace("/", "-")
        # numbers count within one file: two maps of a park both have a feature 1
        candidates = [] if own.isdigit() else [own]
        candidates += self._by_name.get((kind, raw.name), [])
        free = (c for c in candidates if c and c not in self._taken and c not in self._elsewhere)
        found = next(free, "") or self._made(raw, kind, own or str(number))
        self._taken.add(found)
        return found

    def _made(self, raw: RawShape, kind: str, number: str) -> str:
        key = (self._park_id, kind, raw.name) if raw.name else (self._park_id, self._stem, number)
        return made_id(sheets()["geometries"], key, self._taken | self._elsewhere)


def _property(raw: RawShape, names: tuple[str, ...]) -> str:
    return next((text for key, text in raw.properties.items() if fold(key) in names), "")


def _kind(reading: _Reading, raw: RawShape) -> str:
    said = _property(raw, _KIND)
    if said:
        try:
            return reading.look.code("geometry_kinds", said)
        except CellError as trouble:
            where = Where(reading.file, sheet=raw.place, field="kind")
            reading.issues.append(
                Issue("intake.places.kind_unknown", Severity.WARNING, where, dict(trouble.arguments))
            )
            return _OTHER
    reading.kindless.append(raw.place)
    return _OTHER


def _participant(reading: _Reading, raw: RawShape) -> str:
    said = _property(raw, _PARTICIPANT)
    if not said:
        return ""
    try:
        return reading.look.party(("participants",), said)
    except CellError as trouble:
        where = Where(reading.file, sheet=raw.place, field="participant")
        reading.issues.append(Issue(trouble.code, Severity.WARNING, where, dict(trouble.arguments)))
        return ""


def _offer_seat(reading: _Reading, raw: RawShape, person: str, spot: tuple[float, float] | None) -> None:
    """Remember where a participant is: a point goes before a polygon, the first before later ones."""
    if spot is None:
        return
    is_point = raw.shape == "Point"
    seat = reading.seats.get(person)
    if seat is None or (is_point and not seat[0]):
        reading.seats[person] = (is_point, round(spot[0], 7), round(spot[1], 7), raw.place)
    elif is_point == seat[0]:
        where = Where(reading.file, sheet=raw.place, record=person)
        arguments = {"participant": person, "first": seat[3]}
        reading.issues.append(Issue("intake.places.place_twice", Severity.WARNING, where, arguments))


def _seat(reading: _Reading, into: Ledger, incoming: Incoming) -> None:
    people: Mapping[str, Participant] = {person.id: person for person in into.participants}
    moved: list[Participant] = []
    for person_id, (_, lon, lat, cell) in reading.seats.items():
        person = people[person_id]
        place: Place = replace(person.place, lat=lat, lon=lon)
        moved.append(replace(person, place=place))
        incoming.cells[f"participant/{person_id}"] = (cell, "")
        for end in ("lat", "lon"):
            typed = f"{lat} {lon}"
            origin = replace(reading.origin, sheet=cell, typed=typed)
            incoming.origins[f"participant/{person_id}/place.{end}"] = origin
    if moved:
        incoming.records["participants"] = moved


def _reject(reading: _Reading, raw: RawShape, trouble: ShapeError) -> None:
    where = Where(reading.file, sheet=raw.place, record=raw.name)
    severity = Severity.INFO if trouble.code == "intake.places.shape_unknown" else Severity.ERROR
    reading.issues.append(Issue(trouble.code, severity, where, {"place": raw.place, **trouble.arguments}))
    reading.rejected.append(
        Change(
            ChangeKind.REJECTED, "geometry", raw.feature_id or raw.name, file=reading.file, sheet=raw.place
        )
    )


def _say(reading: _Reading, left_out: list[str], incoming: Incoming, into: Ledger) -> None:
    where = Where(reading.file)
    told = (
        ("intake.places.kind_missing", Severity.INFO, reading.kindless),
        ("intake.places.swapped", Severity.WARNING, reading.swapped),
        ("intake.places.rings_closed", Severity.INFO, reading.closed),
        ("intake.places.left_out", Severity.INFO, left_out),
        ("intake.places.name_alone", Severity.INFO, _named_alike(reading, incoming, into)),
    )
    reading.issues += [gathered(code, severity, where, names) for code, severity, names in told if names]


def _named_alike(reading: _Reading, incoming: Incoming, into: Ledger) -> list[str]:
    """Shapes that read like a participant or its lot without saying that they are it."""
    words: dict[str, str] = {}
    for person in into.participants:
        if person.park_id == reading.park_id:
            for word in (person.id, person.name, person.place.lot):
                if word:
                    words.setdefault(fold(word), person.id)
    return [
        f"{shape.name} ({words[fold(shape.name)]})"
        for shape in incoming.records["geometries"]
        if shape.name and not shape.subject and fold(shape.name) in words
    ]
