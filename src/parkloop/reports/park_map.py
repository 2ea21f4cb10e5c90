"""The map of a park: its own drawing, those who are on it, and what they exchange."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from parkloop.model import Geometry, ParkResult, Participant, ParticipantKind
from parkloop.reports.colours import INK, LINE, MUTED, PALE, resource_colour
from parkloop.reports.links import ExchangeLink
from parkloop.reports.network import badge, exchange_arrow, mark
from parkloop.reports.numbers import number
from parkloop.reports.projection import Frame, LonLat, Point, frame_for, middle, rings, round_length
from parkloop.reports.svg import drawing, element, fitted, haloed, titled, width_of, words
from parkloop.reports.voice import Voice

_WIDTH = 960.0
_MOST_HEIGHT = 640.0
_MARGIN = 56.0
_LABEL_SIZE = 12.0
_COLUMNS = 5
_EDGE = 24.0
_OUTSIDE = frozenset({ParticipantKind.CITY, ParticipantKind.CONTRACTOR})
_LOT_STEP = (176.0, 96.0)


@dataclass(frozen=True, slots=True)
class ParkMap:
    """A drawn map, whether it is to scale, and who could not be placed on it."""

    svg: str
    to_scale: bool
    unplaced: tuple[str, ...]


def draw_map(
    result: ParkResult, links: tuple[ExchangeLink, ...], voice: Voice, amounts: Mapping[int, str]
) -> ParkMap | None:
    """The map of a park; laid out by lot when nothing has coordinates, None when nobody is there."""
    here = tuple(p for p in result.ledger.participants if p.park_id == result.park.id)
    shapes = tuple(g for g in result.ledger.geometries if g.park_id == result.park.id and rings(g))
    places = _located(here, shapes)
    corners = [point for shape in shapes for ring in rings(shape) for point in ring]
    if not places and not corners:
        return _schematic(result, here, links, voice, amounts) if here else None
    inside = [place for item, place in places.items() if voice.participants[item].kind not in _OUTSIDE]
    frame = frame_for(corners + inside or list(places.values()), (_WIDTH, _MOST_HEIGHT), _MARGIN)
    spots, away = _spots(frame, places)
    base = "".join(_shape(shape, frame, result, voice) for shape in sorted(shapes, key=_drawing_order))
    named = {item: f" ({number(km, voice.lang, 2)} km)" for item, km in away.items()}
    over = _people_and_arrows(result, links, voice, amounts, _apart(spots), named)
    alt = voice.say("map.alt", {"participants": len(spots), "shapes": len(shapes), "links": len(links)})
    body = base + over + _scale_bar(frame, voice) + _north(frame)
    unplaced = tuple(p.name for p in here if p.id not in spots)
    return ParkMap(drawing(_WIDTH, frame.height, body, alt), True, unplaced)


def _located(people: tuple[Participant, ...], shapes: tuple[Geometry, ...]) -> dict[str, LonLat]:
    by_name: dict[str, Geometry] = {}
    for shape in shapes:
        if shape.kind in {"lot", "building"}:
            by_name.setdefault(shape.name.casefold(), shape)
            if shape.subject:
                by_name[shape.subject.casefold()] = shape
    places: dict[str, LonLat] = {}
    for person in people:
        place = person.place
        if place.lat is not None and place.lon is not None:
            places[person.id] = (place.lon, place.lat)
            continue
        lot = by_name.get(person.id.casefold()) or (by_name.get(place.lot.casefold()) if place.lot else None)
        if lot is not None:
            places[person.id] = middle(point for ring in rings(lot) for point in ring)
    return places


def _spots(frame: Frame, places: Mapping[str, LonLat]) -> tuple[dict[str, Point], dict[str, float]]:
    """Where everyone stands; who is off the map stands at its edge, with the way beyond it [km]."""
    spots: dict[str, Point] = {}
    away: dict[str, float] = {}
    for item, place in places.items():
        x, y = frame.at(*place)
        edge = (
            min(max(x, _EDGE), frame.width - _EDGE),
            min(max(y, _EDGE), frame.height - 2 * _EDGE),
        )
        beyond = math.dist((x, y), edge)
        spots[item] = edge
        if beyond > _EDGE:
            away[item] = math.dist((x, y), (frame.width / 2, frame.height / 2)) / frame.px_per_km
    return spots, away


def _apart(spots: Mapping[str, Point]) -> dict[str, Point]:
    """Symbols that lie on each other are moved aside, in the order of their ids."""
    kept: dict[str, Point] = {}
    for item in sorted(spots):
        x, y = spots[item]
        while any(abs(x - a) < 18 and abs(y - b) < 18 for a, b in kept.values()):
            x += 20
        kept[item] = (x, y)
    return kept


def _drawing_order(shape: Geometry) -> int:
    return {"boundary": 0, "lot": 1, "building": 2, "road": 3, "pipe": 4}.get(shape.kind, 2)


def _shape(shape: Geometry, frame: Frame, result: ParkResult, voice: Voice) -> str:
    styles: dict[str, dict[str, object]] = {
        "boundary": {"fill": "#fafbfb", "stroke": MUTED, "stroke-width": 2, "stroke-dasharray": "8 4"},
        "lot": {"fill": PALE, "stroke": LINE, "stroke-width": 1},
        "building": {"fill": "#e3e7ea", "stroke": LINE, "stroke-width": 1},
        "road": {"fill": "none", "stroke": "#dfe4e8", "stroke-width": 6},
    }
    style = styles.get(shape.kind, {"fill": "none", "stroke": LINE, "stroke-width": 1})
    if shape.kind == "pipe":
        colour = resource_colour(result.resources.get(shape.subject))
        style = {"fill": "none", "stroke": colour, "stroke-width": 2, "stroke-opacity": "0.7"}
    closed = "Polygon" in shape.shape
    parts = []
    for ring in rings(shape):
        points = " L".join(f"{x:.1f} {y:.1f}" for x, y in (frame.at(*place) for place in ring))
        parts.append(f"M{points}{'Z' if closed else ''}")
    markup = element("path", {"d": "".join(parts), "fill-rule": "evenodd", **style})
    said = shape.name or voice.code("geometry", shape.kind)
    if shape.kind == "lot" and shape.name:
        corners = [frame.at(*place) for ring in rings(shape) for place in ring]
        x, y = min(x for x, _ in corners), min(y for _, y in corners)
        markup += words(x + 4, y + 13, fitted(shape.name, 80, 11), {"font-size": 11, "fill": MUTED})
    if shape.kind == "pipe" and shape.subject:
        said = f"{said} ({voice.resource(shape.subject)})"
    return titled(markup, said)


def _people_and_arrows(
    result: ParkResult,
    links: tuple[ExchangeLink, ...],
    voice: Voice,
    amounts: Mapping[int, str],
    spots: Mapping[str, Point],
    named: Mapping[str, str],
) -> str:
    lines, badges, middles = [], [], []
    for link in links:
        if link.exchange.donor_id in spots and link.exchange.receiver_id in spots:
            colour = resource_colour(result.resources.get(link.exchange.resource_id))
            ends = (spots[link.exchange.donor_id], spots[link.exchange.receiver_id])
            markup, at = exchange_arrow(link, ends, colour, 0.16)
            lines.append(
                titled(markup, f"{link.number}. {link.solution.title(voice.lang)}: {amounts[link.number]}")
            )
            badges.append(badge(at, link.number))
            middles.append(at)
    taken = [(x - 10, y - 10, x + 10, y + 10) for x, y in (*spots.values(), *middles)]
    people = []
    for item, (x, y) in spots.items():
        known = voice.participants.get(item)
        people.append(titled(mark(str(known.kind) if known else "", (x, y)), voice.participant(item)))
        people.append(_label((voice.participant(item), named.get(item, "")), (x, y), taken))
    return "".join(lines + people + badges)


def _label(name: tuple[str, str], at: Point, taken: list[tuple[float, float, float, float]]) -> str:
    """The name beside its symbol, on the first side that is free; on the least bad one otherwise."""
    said = fitted(name[0], 170, _LABEL_SIZE) + name[1]
    wide = width_of(said, _LABEL_SIZE)
    x, y = at
    options = (
        (x + 13, y + 4, "start"), (x - 13, y + 4, "end"), (x, y + 23, "middle"), (x, y - 14, "middle"),
    )  # fmt: skip
    best, box = options[0], (0.0, 0.0, 0.0, 0.0)
    least = float("inf")
    for left_x, base, anchor in options:
        left = left_x - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
        found = (left, base - _LABEL_SIZE, left + wide, base + 3)
        clash = sum(_overlap(found, other) for other in taken)
        if left < 2 or left + wide > _WIDTH - 2:
            clash += 1e6
        if clash < least:
            best, box, least = (left_x, base, anchor), found, clash
    taken.append(box)
    return haloed(best[0], best[1], said, {"text-anchor": best[2], "font-size": _LABEL_SIZE})


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    tall = min(a[3], b[3]) - max(a[1], b[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0


def _scale_bar(frame: Frame, voice: Voice) -> str:
    km = round_length(frame.width / 4 / frame.px_per_km)
    x, y, wide = 20.0, frame.height - 18, km * frame.px_per_km
    said = f"{number(km, voice.lang)} km" if km >= 1 else f"{number(km * 1000, voice.lang)} m"
    line = f"M{x:.1f} {y - 5:.1f}V{y:.1f}H{x + wide:.1f}V{y - 5:.1f}"
    return element("path", {"d": line, "fill": "none", "stroke": INK, "stroke-width": 1.5}) + words(
        x + wide + 6, y + 1, said, {"font-size": 12}
    )


def _north(frame: Frame) -> str:
    x, y = frame.width - 26, frame.height - 34
    needle = element(
        "polygon", {"points": f"{x},{y - 12} {x + 6},{y + 8} {x},{y + 3} {x - 6},{y + 8}", "fill": INK}
    )
    return needle + words(x, y + 22, "N", {"font-size": 12, "text-anchor": "middle", "font-weight": 600})


def _schematic(
    result: ParkResult,
    people: tuple[Participant, ...],
    links: tuple[ExchangeLink, ...],
    voice: Voice,
    amounts: Mapping[int, str],
) -> ParkMap:
    """Everyone in the order of the lots on a plain grid, which claims no distances."""
    ordered = sorted(people, key=lambda p: (not p.place.lot, p.place.lot, p.id))
    spots: dict[str, Point] = {}
    boxes = []
    for index, person in enumerate(ordered):
        column, row = index % _COLUMNS, index // _COLUMNS
        x = (_WIDTH - _COLUMNS * _LOT_STEP[0]) / 2 + (column + 0.5) * _LOT_STEP[0]
        y = 30 + (row + 0.5) * _LOT_STEP[1]
        spots[person.id] = (x, y)
        box = {
            "x": x - 84, "y": y - 42, "width": 168, "height": 84, "fill": PALE, "stroke": LINE, "rx": 4,
        }  # fmt: skip
        boxes.append(element("rect", box))
        if person.place.lot:
            boxes.append(words(x - 76, y - 26, person.place.lot, {"font-size": 11, "fill": MUTED}))
    height = 60 + ((len(ordered) - 1) // _COLUMNS + 1) * _LOT_STEP[1]
    alt = voice.say("map.alt_schematic", {"participants": len(ordered), "links": len(links)})
    body = "".join(boxes) + _people_and_arrows(result, links, voice, amounts, spots, {})
    return ParkMap(drawing(_WIDTH, height, body, alt), False, ())
