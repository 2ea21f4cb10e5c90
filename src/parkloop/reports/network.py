"""The exchange network: participants on a circle, exchanges as arrows between them."""

import math
from collections.abc import Mapping

from parkloop.model import ParkResult
from parkloop.reports.colours import INK, MUTED, resource_colour
from parkloop.reports.links import DASHES, ExchangeLink, partners
from parkloop.reports.svg import drawing, element, fitted, titled, words
from parkloop.reports.voice import Voice

_WIDTH = 960.0
_LABEL_ROOM = 240.0
_LABEL_SIZE = 13.0
_SWEEPS = 8

Point = tuple[float, float]


def _circle_order(links: tuple[ExchangeLink, ...]) -> list[str]:
    """Partners in an order that keeps those who exchange close together."""
    order = list(partners(links))
    neighbours: dict[str, list[str]] = {item: [] for item in order}
    for link in links:
        neighbours[link.exchange.donor_id].append(link.exchange.receiver_id)
        neighbours[link.exchange.receiver_id].append(link.exchange.donor_id)
    start = max(order, key=lambda item: (len(neighbours[item]), item))
    placed, queue = [], [start]
    waiting = dict.fromkeys(order)
    while waiting:
        if not queue:
            queue.append(next(iter(waiting)))
        here = queue.pop(0)
        if here not in waiting:
            continue
        del waiting[here]
        placed.append(here)
        queue = [item for item in neighbours[here] if item in waiting] + queue
    return placed


def _spots(order: list[str], centre: Point, radius: float) -> dict[str, Point]:
    spots = {}
    for index, item in enumerate(order):
        angle = 2 * math.pi * index / max(1, len(order)) - math.pi / 2 + math.pi / max(2, len(order))
        spots[item] = (centre[0] + radius * 1.25 * math.cos(angle), centre[1] + radius * math.sin(angle))
    return spots


def curve(start: Point, end: Point, bend: float) -> tuple[Point, Point]:
    """The control point and the middle of a bent line from `start` to `end`."""
    mid = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    control = (mid[0] - (end[1] - start[1]) * bend, mid[1] + (end[0] - start[0]) * bend)
    return control, ((mid[0] + control[0]) / 2, (mid[1] + control[1]) / 2)


def shortened(start: Point, control: Point, end: Point, by: float) -> tuple[Point, Point]:
    """Both ends of a curve pulled towards its control point by `by` [px], so that it stops at the symbols."""

    def pull(at: Point) -> Point:
        away = math.dist(at, control) or 1.0
        part = min(0.45, by / away)
        return (at[0] + (control[0] - at[0]) * part, at[1] + (control[1] - at[1]) * part)

    return pull(start), pull(end)


def arrow(tip: Point, origin: Point, size: float, colour: str) -> str:
    """An arrow head at `tip` pointing away from `origin`."""
    angle = math.atan2(tip[1] - origin[1], tip[0] - origin[0])
    corners = [tip]
    for turn in (2.65, -2.65):
        corners.append((tip[0] + size * math.cos(angle + turn), tip[1] + size * math.sin(angle + turn)))
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return element("polygon", {"points": points, "fill": colour})


def exchange_arrow(
    link: ExchangeLink, ends: tuple[Point, Point], colour: str, bend: float
) -> tuple[str, Point]:
    """The bent arrow of one exchange and the point where its number stands."""
    control, middle = curve(ends[0], ends[1], bend)
    start, end = shortened(ends[0], control, ends[1], 13 + link.width / 2)
    path = f"M{start[0]:.1f} {start[1]:.1f}Q{control[0]:.1f} {control[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
    style: dict[str, object] = {
        "d": path, "fill": "none", "stroke": colour, "stroke-width": link.width, "stroke-opacity": "0.85",
    }  # fmt: skip
    if DASHES[link.style]:
        style["stroke-dasharray"] = DASHES[link.style]
    return element("path", style) + arrow(end, control, 7 + link.width, colour), middle


def badge(at: Point, number: int) -> str:
    """The number of an exchange in a small circle."""
    x, y = at
    circle = element(
        "circle", {"cx": x, "cy": y, "r": 9, "fill": "#ffffff", "stroke": INK, "stroke-width": 1}
    )
    text = words(x, y + 4, str(number), {"font-size": 11, "text-anchor": "middle", "font-weight": 600})
    return circle + text


def draw_network(
    result: ParkResult, links: tuple[ExchangeLink, ...], voice: Voice, amounts: Mapping[int, str]
) -> str:
    """The network as SVG; `amounts` gives the printed amount by exchange number."""
    order = _circle_order(links)
    radius = min(260.0, 90.0 + 14.0 * len(order))
    height = 2 * radius + 90
    centre = (_WIDTH / 2, height / 2)
    spots = _spots(order, centre, radius)
    lines, badges = [], []
    seen: dict[frozenset[str], int] = {}
    for link in links:
        pair = frozenset({link.exchange.donor_id, link.exchange.receiver_id})
        seen[pair] = seen.get(pair, 0) + 1
        colour = resource_colour(result.resources.get(link.exchange.resource_id))
        ends = (spots[link.exchange.donor_id], spots[link.exchange.receiver_id])
        markup, middle = exchange_arrow(link, ends, colour, 0.10 + 0.13 * (seen[pair] - 1))
        hover = f"{link.number}. {link.solution.title(voice.lang)}: {amounts[link.number]}"
        lines.append(titled(markup, hover))
        badges.append(badge(middle, link.number))
    dots = [_dot(voice, item, spots[item], centre) for item in order]
    alt = voice.say("network.alt", {"links": len(links), "partners": len(order)})
    return drawing(_WIDTH, height, "".join(lines + dots + badges), alt)


def _dot(voice: Voice, participant_id: str, spot: Point, centre: Point) -> str:
    x, y = spot
    right = x >= centre[0]
    known = voice.participants.get(participant_id)
    label = fitted(voice.participant(participant_id), _LABEL_ROOM, _LABEL_SIZE)
    style = {"font-size": _LABEL_SIZE, "text-anchor": "start" if right else "end"}
    return mark(str(known.kind) if known else "", (x, y)) + words(
        x + (16 if right else -16), y + 4, label, style
    )


def mark(kind: str, at: Point) -> str:
    """The symbol of a participant: circle enterprise, square utility, diamond city, triangle contractor."""
    x, y = at
    style: dict[str, object] = {"fill": "#ffffff", "stroke": INK, "stroke-width": 2}
    if kind == "utility":
        return element("rect", {"x": x - 7, "y": y - 7, "width": 14, "height": 14, **style})
    if kind == "city":
        points = f"{x},{y - 9} {x + 9},{y} {x},{y + 9} {x - 9},{y}"
        return element("polygon", {"points": points, **style})
    if kind == "contractor":
        points = f"{x},{y - 8} {x + 8},{y + 7} {x - 8},{y + 7}"
        return element("polygon", {"points": points, **style, "stroke": MUTED})
    return element("circle", {"cx": x, "cy": y, "r": 8, **style})
