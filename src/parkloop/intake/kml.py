"""KML and KMZ as shapes: placemarks with points, lines and polygons with holes."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from parkloop.intake.places_shapes import RawShape

_LARGEST_UNPACKED = 100_000_000
_SIMPLE = {"Point": "Point", "LineString": "LineString", "LinearRing": "LineString"}


def read_kml(content: bytes) -> tuple[list[RawShape], list[str]]:
    """The shapes of a KML or KMZ file, and the kinds of elements in it that were left out.

    Raises
    ------
    ValueError
        When it is no KML, damaged, or unsafe.
    """
    try:
        root = fromstring(_unpacked(content), forbid_dtd=True)
    except (ParseError, DefusedXmlException, zipfile.BadZipFile, RecursionError) as error:
        raise ValueError(type(error).__name__) from error
    if _tag(root) not in ("kml", "Document", "Folder", "Placemark"):
        raise ValueError("no KML")
    found: list[RawShape] = []
    left_out: dict[str, None] = {}
    marks = [root] if _tag(root) == "Placemark" else []
    marks += [element for element in root.iter() if element is not root and _tag(element) == "Placemark"]
    for number, mark in enumerate(marks, 1):
        found += _placemark(mark, f"Placemark {number}", left_out)
    for element in root.iter():
        if _tag(element) in ("NetworkLink", "GroundOverlay", "ScreenOverlay", "PhotoOverlay"):
            left_out[_tag(element)] = None
    return found, list(left_out)


def _unpacked(content: bytes) -> bytes:
    """The KML inside a KMZ; the content itself when it is not packed."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if member.filename.casefold().endswith(".kml"):
                if member.file_size > _LARGEST_UNPACKED:
                    raise ValueError("too large")
                return archive.read(member)
    raise ValueError("no KML in the archive")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _tag(child) == name), None)


def _text(element: Element | None) -> str:
    return "".join(element.itertext()).strip() if element is not None else ""


def _placemark(mark: Element, place: str, left_out: dict[str, None]) -> Iterator[RawShape]:
    name = _text(_child(mark, "name"))
    properties = dict(_extended(mark))
    parts = list(_geometries(mark, left_out))
    if not parts:
        parts = [("", None)]
    for shape, coordinates in _joined(parts):
        yield RawShape(place, shape, coordinates, mark.get("id", ""), name, properties)


def _extended(mark: Element) -> Iterator[tuple[str, str]]:
    extended = _child(mark, "ExtendedData")
    if extended is None:
        return
    for element in extended.iter():
        name = element.get("name", "")
        if _tag(element) == "Data":
            value = _text(_child(element, "value"))
        elif _tag(element) == "SimpleData":
            value = _text(element)
        else:
            continue
        if name and value:
            yield name, value


def _geometries(element: Element, left_out: dict[str, None]) -> Iterator[tuple[str, Any]]:
    for child in element:
        tag = _tag(child)
        if tag in _SIMPLE:
            points = _coordinates(_text(_child(child, "coordinates")))
            yield _SIMPLE[tag], (points[0] if points else []) if tag == "Point" else points
        elif tag == "Polygon":
            yield "Polygon", _polygon(child)
        elif tag == "MultiGeometry":
            yield from _geometries(child, left_out)
        elif tag in ("Track", "MultiTrack", "Model"):
            left_out[tag] = None


def _polygon(element: Element) -> list[Any]:
    rings = []
    for side in ("outerBoundaryIs", "innerBoundaryIs"):
        for boundary in (child for child in element if _tag(child) == side):
            for ring in (child for child in boundary if _tag(child) == "LinearRing"):
                rings.append(_coordinates(_text(_child(ring, "coordinates"))))
    return rings


def _coordinates(text: str) -> list[list[float]]:
    """Positions of `lon,lat[,height]` separated by spaces; a damaged one gives an empty position."""
    found: list[list[float]] = []
    for item in text.split():
        try:
            found.append([float(part) for part in item.split(",")[:2]])
        except ValueError:
            found.append([])
    return found


def _joined(parts: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Several parts of one kind as one multi-shape; parts of different kinds stay apart."""
    shapes = {shape for shape, _ in parts}
    if len(parts) > 1 and len(shapes) == 1 and shapes <= {"Point", "LineString", "Polygon"}:
        return [(f"Multi{parts[0][0]}", [coordinates for _, coordinates in parts])]
    return parts
