"""Maps of a park: GeoJSON and KML."""

import io
import json
import zipfile
from typing import Any

import pytest

from parkloop import intake
from parkloop.model import ChangeKind, Intake, Ledger, Park, Participant, Place, Programme, Severity

LEDGER = Ledger(
    Programme("P1", "Programme", "Chương trình"),
    parks=(Park("K1", "P1", "Park", "Khu công nghiệp"),),
    participants=(
        Participant("E-01", "K1", "Dệt Sao Mai", place=Place(lot="B3")),
        Participant("E-02", "K1", "Bia Hoàng Gia", place=Place(10.5, 106.5)),
    ),
)
SQUARE = [[106.0, 10.0], [106.02, 10.0], [106.02, 10.02], [106.0, 10.02], [106.0, 10.0]]
KML = """<?xml version="1.0"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
<Placemark id="lot-a"><name>A</name><ExtendedData>
<Data name="kind"><value>lot</value></Data>
<SchemaData><SimpleData name="participant">E-01</SimpleData></SchemaData></ExtendedData>
<Polygon><outerBoundaryIs><LinearRing><coordinates>
106,10,5 106.03,10,5 106.03,10.03,5 106,10.03,5 106,10,5</coordinates></LinearRing></outerBoundaryIs>
<innerBoundaryIs><LinearRing><coordinates>106.01,10.01 106.02,10.01 106.02,10.02 106.01,10.01
</coordinates></LinearRing></innerBoundaryIs></Polygon></Placemark>
<Placemark><name>Two</name><MultiGeometry><LineString><coordinates>106,10 106.1,10</coordinates></LineString>
<LineString><coordinates>106,11 106.1,11</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><name>Mixed</name><MultiGeometry><Point><coordinates>106,10</coordinates></Point>
<LineString><coordinates>106,11 106.1,11</coordinates></LineString></MultiGeometry></Placemark>
</Folder><NetworkLink/></Document></kml>"""


def feature(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def read(said: Any, into: Ledger = LEDGER, file: str = "map.geojson", park: str = "K1") -> Intake:
    content = (
        said
        if isinstance(said, bytes)
        else said.encode()
        if isinstance(said, str)
        else json.dumps(said).encode()
    )
    return intake.read_places(content, file, park, into)


def codes(found: Intake) -> list[str]:
    return [issue.code for issue in found.issues]


def test_shapes_when_read_then_kind_name_and_plain_coordinates() -> None:
    found = read(
        collection(feature("LineString", [[106, 10, 3], [106.1, 10, 4]], kind="Đường ống", name="Cống"))
    )
    (pipe,) = found.ledger.geometries
    assert (pipe.kind, pipe.shape, pipe.name, pipe.park_id) == ("pipe", "LineString", "Cống", "K1")
    assert pipe.coordinates == [[106.0, 10.0], [106.1, 10.0]]
    assert found.ledger.origins[f"geometry/{pipe.id}/coordinates"].sheet == "feature 1"


def test_kind_when_not_said_then_other_and_told_whatever_the_name() -> None:
    found = read(
        collection(feature("Polygon", [SQUARE], name="Ranh giới"), feature("Point", [106, 10], kind="?"))
    )
    assert [g.kind for g in found.ledger.geometries] == ["other", "other"]
    assert {"intake.places.kind_missing", "intake.places.kind_unknown"} <= set(codes(found))


def test_participant_when_said_then_place_set_as_change_with_both_values() -> None:
    found = read(collection(feature("Point", [106.85, 10.95], kind="building", participant="Bia Hoàng Gia")))
    person = found.ledger.participants[1]
    assert (person.place.lat, person.place.lon) == (10.95, 106.85)
    assert found.ledger.geometries[0].subject == "E-02"
    changed = {(c.field, c.old, c.new) for c in found.changes if c.kind is ChangeKind.CHANGED}
    assert changed == {("place.lat", "10.5", "10.95"), ("place.lon", "106.5", "106.85")}
    assert found.ledger.origins["participant/E-02/place.lat"].typed == "10.95 106.85"


def test_participant_when_a_lot_is_given_then_its_centroid_and_the_lot_number_stays() -> None:
    place = (
        read(collection(feature("Polygon", [SQUARE], kind="lot", participant="E-01")))
        .ledger.participants[0]
        .place
    )
    assert (place.lat, place.lon, place.lot) == (pytest.approx(10.01), pytest.approx(106.01), "B3")


def test_participant_when_point_and_lot_then_the_point_counts_in_either_order() -> None:
    point, lot = (
        feature("Point", [106.5, 10.5], participant="E-01"),
        feature("Polygon", [SQUARE], participant="E-01"),
    )
    for pair in ((point, lot), (lot, point)):
        place = read(collection(*pair)).ledger.participants[0].place
        assert (place.lat, place.lon) == (10.5, 106.5)


def test_participant_when_two_points_then_the_first_and_a_warning() -> None:
    pair = [feature("Point", [106.5 + n, 10.5], participant="E-01") for n in (0, 1)]
    found = read(collection(*pair))
    assert found.ledger.participants[0].place.lon == 106.5 and "intake.places.place_twice" in codes(found)


def test_name_when_it_is_a_lot_of_a_participant_then_nothing_moves_and_it_is_told() -> None:
    found = read(collection(feature("Polygon", [SQUARE], name="b3", kind="lot")))
    assert found.ledger.participants == LEDGER.participants
    issue = next(i for i in found.issues if i.code == "intake.places.name_alone")
    assert issue.arguments["examples"] == "b3 (E-01)"


def test_participant_when_unknown_then_shape_kept_and_warned() -> None:
    found = read(collection(feature("Point", [106, 10], kind="building", participant="Nobody")))
    assert len(found.ledger.geometries) == 1 and "intake.party.unknown" in codes(found)


def test_coordinates_when_metres_of_vn2000_then_rejected_with_the_mend() -> None:
    found = read(
        collection(
            feature("Point", [590000.0, 1200000.0], kind="lot"), feature("Point", [106, 10], kind="lot")
        )
    )
    assert len(found.ledger.geometries) == 1
    issue = next(i for i in found.issues if i.code == "intake.places.not_degrees")
    assert issue.severity is Severity.ERROR and issue.where.sheet == "feature 1"
    assert [c.kind for c in found.changes] == [ChangeKind.ADDED, ChangeKind.REJECTED]


def test_coordinates_when_latitude_first_in_viet_nam_then_turned_with_a_warning() -> None:
    found = read(collection(feature("Point", [10.95, 106.85], kind="lot")))
    assert found.ledger.geometries[0].coordinates == [106.85, 10.95]
    assert next(i for i in found.issues if i.code == "intake.places.swapped").severity is Severity.WARNING


def test_ring_when_open_then_closed_and_told() -> None:
    found = read(collection(feature("Polygon", [SQUARE[:-1]], kind="lot")))
    assert found.ledger.geometries[0].coordinates == [SQUARE] and "intake.places.rings_closed" in codes(found)


@pytest.mark.parametrize(
    ("shape", "coordinates", "code"),
    [
        ("LineString", [[106, 10]], "intake.places.shape_empty"),
        ("Polygon", [[[106, 10], [106, 11], [106, 10]]], "intake.places.shape_empty"),
        ("Polygon", [], "intake.places.shape_empty"),
        ("Point", ["106", 10], "intake.places.coordinates_damaged"),
        ("Point", [], "intake.places.coordinates_damaged"),
        ("Point", [[106, 10]], "intake.places.coordinates_damaged"),
        ("Circle", [106, 10], "intake.places.shape_unknown"),
        ("Point", [181.0, 10], "intake.places.not_degrees"),
    ],
)
def test_shape_when_broken_then_rejected_and_named(shape: str, coordinates: Any, code: str) -> None:
    found = read(collection(feature(shape, coordinates, kind="lot")))
    assert code in codes(found) and found.ledger.geometries == ()


def test_map_when_read_twice_then_unchanged_even_with_equal_names() -> None:
    twice = collection(
        feature("Polygon", [SQUARE], name="A", kind="lot"),
        feature("Point", [106, 10], name="A", kind="lot"),
        feature("Point", [106, 11], participant="E-01"),
        {**feature("Point", [106, 12]), "id": 1},
    )
    first = read(twice)
    second = read(twice, first.ledger)
    assert len({g.id for g in first.ledger.geometries}) == 4
    assert second.ledger == first.ledger
    assert {c.kind for c in second.changes} == {ChangeKind.UNCHANGED}


def test_maps_when_two_files_number_their_features_alike_then_both_stay() -> None:
    first = read(collection({**feature("Point", [106, 10]), "id": 1}), file="lots.geojson")
    second = read(collection({**feature("Point", [106, 11]), "id": 1}), first.ledger, "pipes.geojson")
    assert len(second.ledger.geometries) == 2


def test_collection_when_several_shapes_in_one_feature_then_one_record_each() -> None:
    parts = [
        {"type": "Point", "coordinates": [106, 10]},
        {"type": "LineString", "coordinates": [[106, 10], [107, 10]]},
    ]
    mixed = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "GeometryCollection", "geometries": parts},
    }
    assert [g.shape for g in read(mixed).ledger.geometries] == ["Point", "LineString"]


def test_kml_when_read_then_holes_data_and_multi_shapes() -> None:
    found = read(KML, file="map.kml")
    lot, two, *mixed = found.ledger.geometries
    assert (lot.id, lot.kind, lot.subject, len(lot.coordinates)) == ("lot-a", "lot", "E-01", 2)  # type: ignore[arg-type]
    assert (two.shape, [g.shape for g in mixed]) == ("MultiLineString", ["Point", "LineString"])
    assert found.ledger.participants[0].place.lat == pytest.approx(10.015)
    left = next(i for i in found.issues if i.code == "intake.places.left_out")
    assert left.arguments["examples"] == "NetworkLink"


def test_kmz_when_read_then_as_kml() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("doc.kml", KML)
    assert (
        read(stream.getvalue(), file="map.kmz").ledger.geometries
        == read(KML, file="map.kml").ledger.geometries
    )


def test_kml_when_read_twice_then_unchanged() -> None:
    first = read(KML, file="map.kml")
    second = read(KML, first.ledger, "map.kml")
    assert second.ledger == first.ledger and {c.kind for c in second.changes} == {ChangeKind.UNCHANGED}


@pytest.mark.parametrize(
    ("said", "park", "code"),
    [
        ("{}", "K1", "intake.places.unreadable"),
        ("[" * 100_000, "K1", "intake.places.unreadable"),
        (b"", "K1", "intake.places.unreadable"),
        (b"PK\x03\x04", "K1", "intake.places.unreadable"),
        ("<html/>", "K1", "intake.places.unreadable"),
        ("<!DOCTYPE k [<!ENTITY a 'b'>]><kml>&a;</kml>", "K1", "intake.places.unreadable"),
        (collection(), "K1", "intake.places.empty"),
        (collection(feature("Point", [106, 10])), "K9", "intake.places.park_unknown"),
        (
            collection() | {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9210"}}},
            "K1",
            "intake.places.other_system",
        ),
    ],
)
def test_file_when_it_cannot_be_read_then_blocked_and_ledger_as_it_was(
    said: Any, park: str, code: str
) -> None:
    found = read(said, park=park)
    assert codes(found) == [code] and found.blocked and found.ledger == LEDGER


def test_park_when_left_empty_and_only_one_then_that_one() -> None:
    assert read(collection(feature("Point", [106, 10])), park="").ledger.geometries[0].park_id == "K1"
