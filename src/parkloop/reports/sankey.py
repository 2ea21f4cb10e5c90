"""The Sankey diagram: nodes in columns, ribbons between them, nothing lost on the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from parkloop.reports.colours import INK, LINE, MUTED
from parkloop.reports.svg import drawing, element, fitted, haloed, titled, width_of, words

WIDTH = 960.0
_NODE_WIDTH = 14.0
_GAP = 10.0
_TOP = 34.0
_LABEL_SIZE = 12.5
_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of the diagram in column `column`, counted from the left."""

    id: str
    label: str
    column: int
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A ribbon; `adjusted` when its value was reconciled, `note` what hovering says beside the amount."""

    source: str
    target: str
    value: float
    colour: str
    adjusted: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """All nodes and links with the headings of the columns and the unit of the values."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    headings: tuple[str, ...]
    unit: str


def merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """Parallel ribbons of one colour as one."""
    sums: dict[tuple[str, str, str], Link] = {}
    for link in links:
        key = (link.source, link.target, link.colour)
        known = sums.get(key)
        sums[key] = (
            replace(known, value=known.value + link.value, adjusted=known.adjusted or link.adjusted)
            if known
            else link
        )
    return tuple(link for link in sums.values() if link.value > 0)


def folded(diagram: Diagram, least_fraction: float, other: str) -> Diagram:
    """Nodes of less than `least_fraction` [-] of their column, two or more, become one called `other`."""
    size = sizes(diagram)
    rename: dict[str, str] = {}
    extra: list[Node] = []
    for column in range(len(diagram.headings)):
        here = [node for node in diagram.nodes if node.column == column]
        whole = sum(size.get(node.id, 0.0) for node in here)
        small = [node for node in here if size.get(node.id, 0.0) < least_fraction * whole]
        if len(small) < 2:
            continue
        fold = Node(f"other/{column}", f"{other} ({len(small)})", column, MUTED)
        extra.append(fold)
        rename.update({node.id: fold.id for node in small})
    links = merged(
        replace(
            link,
            source=rename.get(link.source, link.source),
            target=rename.get(link.target, link.target),
            note="" if link.source in rename or link.target in rename else link.note,
        )
        for link in diagram.links
    )
    kept = tuple(node for node in diagram.nodes if node.id not in rename)
    return replace(diagram, nodes=kept + tuple(extra), links=links)


def sizes(diagram: Diagram) -> dict[str, float]:
    """Node id to the larger of what comes in and what goes out."""
    into: dict[str, float] = defaultdict(float)
    out: dict[str, float] = defaultdict(float)
    for link in diagram.links:
        out[link.source] += link.value
        into[link.target] += link.value
    return {node.id: max(into[node.id], out[node.id]) for node in diagram.nodes}


def _ordered(diagram: Diagram, size: Mapping[str, float]) -> list[list[Node]]:
    columns = [
        sorted(
            (node for node in diagram.nodes if node.column == column and size[node.id] > 0),
            key=lambda node: -size[node.id],
        )
        for column in range(len(diagram.headings))
    ]
    for sweep in range(_SWEEPS):
        place = {node.id: (i + 0.5) / len(column) for column in columns for i, node in enumerate(column)}
        forward = sweep % 2 == 0
        pull: dict[str, list[tuple[float, float]]] = defaultdict(list)
        for link in diagram.links:
            here, there = (link.target, link.source) if forward else (link.source, link.target)
            pull[here].append((place.get(there, 0.5), link.value))
        for column in columns[1:] if forward else columns[:-1]:
            column.sort(key=lambda node: _centre(pull[node.id], place[node.id]))
    return columns


def _centre(pulls: list[tuple[float, float]], otherwise: float) -> float:
    weight = sum(value for _, value in pulls)
    return sum(at * value for at, value in pulls) / weight if weight else otherwise


def _layout(
    columns: list[list[Node]], size: Mapping[str, float], height: float
) -> dict[str, tuple[float, float, float]]:
    most = max((len(column) for column in columns), default=1)
    room = height - _GAP * max(0, most - 1)
    heaviest = max((sum(size[node.id] for node in column) for column in columns), default=0.0)
    scale = room / heaviest if heaviest else 0.0
    step = (WIDTH - _NODE_WIDTH) / max(1, len(columns) - 1)
    places = {}
    for index, column in enumerate(columns):
        used = sum(max(1.5, size[node.id] * scale) for node in column) + _GAP * max(0, len(column) - 1)
        y = _TOP + (height - used) / 2
        for node in column:
            tall = max(1.5, size[node.id] * scale)
            places[node.id] = (index * step, y, tall)
            y += tall + _GAP
    return places


def _ribbons(
    diagram: Diagram, places: Mapping[str, tuple[float, float, float]], shown: Mapping[str, str]
) -> str:
    size = sizes(diagram)
    label = {node.id: node.label for node in diagram.nodes}
    leave = {node_id: place[1] for node_id, place in places.items()}
    arrive = dict(leave)
    start: dict[int, float] = {}
    end: dict[int, float] = {}
    thick = [link.value * places[link.source][2] / size[link.source] for link in diagram.links]
    for index in sorted(range(len(diagram.links)), key=lambda i: places[diagram.links[i].target][1]):
        link = diagram.links[index]
        start[index] = leave[link.source] + thick[index] / 2
        leave[link.source] += thick[index]
    for index in sorted(range(len(diagram.links)), key=lambda i: places[diagram.links[i].source][1]):
        link = diagram.links[index]
        end[index] = arrive[link.target] + thick[index] / 2
        arrive[link.target] += thick[index]
    parts = []
    for index, link in enumerate(diagram.links):
        x0, x1 = places[link.source][0] + _NODE_WIDTH, places[link.target][0]
        middle = (x0 + x1) / 2
        y0, y1 = start[index], end[index]
        path = f"M{x0:.1f} {y0:.1f}C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}"
        style: dict[str, object] = {
            "d": path, "fill": "none", "stroke": link.colour, "stroke-width": max(1.0, thick[index]),
            "stroke-opacity": "0.42",
        }  # fmt: skip
        ribbon = element("path", style)
        if link.adjusted:
            ribbon += element(
                "path",
                {"d": path, "fill": "none", "stroke": INK, "stroke-width": 1, "stroke-dasharray": "5 4"},
            )
        amount = shown[f"{link.source}>{link.target}>{link.colour}"]
        hover = f"{label[link.source]} → {label[link.target]}: {amount}"
        parts.append(titled(ribbon, f"{hover} {link.note}".strip()))
    return "".join(parts)


def draw(diagram: Diagram, shown: Mapping[str, str], alt: str) -> str:
    """The diagram as SVG.

    `shown` gives the printed amount by node id and by `source>target>colour` for ribbons.
    """
    size = sizes(diagram)
    columns = _ordered(diagram, size)
    most = max((len(column) for column in columns), default=1)
    height = min(760.0, max(230.0, most * 36.0))
    places = _layout(columns, size, height)
    last = len(columns) - 1
    step = (WIDTH - _NODE_WIDTH) / max(1, last)
    body = [_ribbons(diagram, places, shown)]
    for index, heading in enumerate(diagram.headings):
        x = index * step + (_NODE_WIDTH if index == last else 0)
        anchor = "end" if index == last else "start"
        style = {"font-size": 12, "font-weight": 600, "fill": MUTED, "text-anchor": anchor}
        body.append(words(x, 14, heading, style))
    body.append(element("line", {"x1": 0, "x2": WIDTH, "y1": 22, "y2": 22, "stroke": LINE}))
    for index, column in enumerate(columns):
        for node in column:
            x, y, tall = places[node.id]
            body.append(
                element("rect", {"x": x, "y": y, "width": _NODE_WIDTH, "height": tall, "fill": node.colour})
            )
            right = index == last
            at = x - 6 if right else x + _NODE_WIDTH + 6
            amount = shown[node.id]
            room = step - _NODE_WIDTH - 14 - width_of(amount, _LABEL_SIZE)
            caption = f"{fitted(node.label, room, _LABEL_SIZE)} {amount}"
            style = {"font-size": _LABEL_SIZE, "text-anchor": "end" if right else "start"}
            body.append(haloed(at, y + tall / 2 + 4, caption, style))
    return drawing(WIDTH, _TOP + height + 8, "".join(body), alt)
