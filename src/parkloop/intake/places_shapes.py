"""Shapes of map files: plain GeoJSON geometries with sound coordinates."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# nesting of coordinates: how many lists lie around one position
_DEPTH = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
_LEAST_LINE = 2
_LEAST_RING = 4
_VIET_NAM = ((102.0, 110.0), (8.0, 24.0))  # longitude and latitude of the mainland, for swapped pairs


@dataclass(frozen=True, slots=True)
class RawShape:
    """A feature as it stands in the file: its place there, id, name, geometry and properties."""

    place: str
    shape: str
    coordinates: Any
    feature_id: str = ""
    name: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)


class ShapeError(Exception):
    """A shape that cannot be taken; `code` and `arguments` say why."""

    def __init__(self, code: str, **arguments: str | float | int) -> None:
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def read_geojson(content: bytes) -> tuple[list[RawShape], str]:
    """The features of a GeoJSON text, and the coordinate system it names (empty for WGS84).

    Raises
    ------
    ValueError
        When it is no GeoJSON.
    """
    said = json.loads(content.decode("utf-8-sig"))
    if not isinstance(said, Mapping) or not isinstance(said.get("type"), str):
        raise ValueError("no GeoJSON object")
    system = _system(said)
    if said["type"] == "FeatureCollection":
        features = said.get("features")
        if not isinstance(features, Sequence) or isinstance(features, str):
            raise ValueError("no features")
    else:
        features = [said if said["type"] == "Feature" else {"type": "Feature", "geometry": said}]
    found: list[RawShape] = []
    for number, feature in enumerate(features, 1):
        found += _feature(feature, f"feature {number}")
    return found, system


def _system(said: Mapping[str, Any]) -> str:
    """The name of a coordinate system other than WGS84 in an old-style `crs` member."""
    crs = said.get("crs")
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = str(properties.get("name", "")) if isinstance(properties, Mapping) else ""
    wgs84 = name.upper().endswith(("CRS84", ":4326", "WGS84", "WGS 84"))
    return "" if wgs84 else name


def _feature(feature: Any, place: str) -> Iterator[RawShape]:
    if not isinstance(feature, Mapping):
        yield RawShape(place, "", None)
        return
    said = feature.get("properties")
    said = said if isinstance(said, Mapping) else {}
    properties = {str(k): plain_text(v) for k, v in said.items() if v is not None and v != ""}
    feature_id = plain_text(feature.get("id", said.get("id", "")) or "")
    name = next((v for k, v in properties.items() if k.casefold() in ("name", "ten", "tên")), "")
    for part in _parts(feature.get("geometry")):
        yield RawShape(place, part[0], part[1], feature_id, name, properties)


def _parts(geometry: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(geometry, Mapping):
        yield "", None
    elif geometry.get("type") == "GeometryCollection":
        for part in geometry.get("geometries") or [None]:
            yield from _parts(part)
    else:
        yield str(geometry.get("type", "")), geometry.get("coordinates")


def plain_text(value: object) -> str:
    """A property as text: strings as they are, whole numbers without a point, the rest as JSON."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False)


def sound(shape: str, coordinates: Any) -> tuple[Any, bool, bool]:
    """Coordinates as lists of [longitude, latitude]; whether pairs were swapped, whether rings were closed.

    Heights are dropped. Pairs whose latitude cannot be one, but which lie in Viet Nam the other way round,
    are turned; rings are closed.

    Raises
    ------
    ShapeError
        For an unknown or empty shape, or coordinates that are no degrees.
    """
    if shape not in _DEPTH:
        raise ShapeError("intake.places.shape_unknown", shape=shape or "-")
    positions = list(_positions(coordinates, _DEPTH[shape]))
    if not positions:
        raise ShapeError("intake.places.shape_empty", shape=shape)
    swapped = _is_swapped(positions)
    for x, y in positions:
        lon, lat = (y, x) if swapped else (x, y)
        if not (-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0):
            raise ShapeError("intake.places.not_degrees", x=x, y=y)
    clean = _clean(coordinates, _DEPTH[shape], swapped=swapped)
    closed = [_close(ring) for ring in rings_of(shape, clean)]
    _check_lines(shape, clean)
    return clean, swapped, any(closed)


def _positions(value: Any, depth: int) -> Iterator[tuple[float, float]]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise ShapeError("intake.places.coordinates_damaged")
    if depth:
        for item in value:
            yield from _positions(item, depth - 1)
        return
    pair = value[:2]
    if len(pair) < 2 or any(isinstance(v, bool) or not isinstance(v, (int, float)) for v in pair):
        raise ShapeError("intake.places.coordinates_damaged")
    yield float(pair[0]), float(pair[1])


def _is_swapped(positions: Sequence[tuple[float, float]]) -> bool:
    lon, lat = _VIET_NAM
    return all(lat[0] <= x <= lat[1] and lon[0] <= y <= lon[1] for x, y in positions)


def _clean(value: Any, depth: int, *, swapped: bool) -> Any:
    if depth:
        return [_clean(item, depth - 1, swapped=swapped) for item in value]
    pair = [float(value[0]), float(value[1])]
    return pair[::-1] if swapped else pair


def rings_of(shape: str, coordinates: Any) -> list[Any]:
    """All rings of a polygon or multi-polygon; none for other shapes."""
    if shape == "Polygon":
        return list(coordinates)
    return [ring for polygon in coordinates for ring in polygon] if shape == "MultiPolygon" else []


def _close(ring: Any) -> bool:
    if ring and ring[0] != ring[-1]:
        ring.append(list(ring[0]))
        return True
    return False


def _check_lines(shape: str, coordinates: Any) -> None:
    rings = rings_of(shape, coordinates)
    if any(len(ring) < _LEAST_RING for ring in rings):
        raise ShapeError("intake.places.shape_empty", shape=shape)
    lines = [coordinates] if shape == "LineString" else coordinates if shape == "MultiLineString" else []
    if any(len(line) < _LEAST_LINE for line in lines):
        raise ShapeError("intake.places.shape_empty", shape=shape)


def middle(shape: str, coordinates: Any) -> tuple[float, float] | None:
    """Longitude and latitude that stand for a shape [deg]: a point, the centroid of a lot; None for lines.

    The centroid of a polygon is that of its outer ring in plain degrees, good enough for a lot; of several
    polygons the largest counts.
    """
    if shape == "Point":
        return coordinates[0], coordinates[1]
    if shape not in ("Polygon", "MultiPolygon"):
        return None
    outers = [coordinates[0]] if shape == "Polygon" else [polygon[0] for polygon in coordinates]
    return max((_centroid(ring) for ring in outers), key=lambda found: found[0])[1:]


def _centroid(ring: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Area [deg2] and centroid of a closed ring, by the shoelace sums about its first corner."""
    x0, y0 = ring[0]
    area = cx = cy = 0.0
    for (xa, ya), (xb, yb) in zip(ring, ring[1:], strict=False):
        cross = (xa - x0) * (yb - y0) - (xb - x0) * (ya - y0)
        area += cross / 2
        cx += (xa + xb - 2 * x0) * cross / 6
        cy += (ya + yb - 2 * y0) * cross / 6
    if not area:
        return 0.0, x0, y0
    return abs(area), x0 + cx / area, y0 + cy / area
