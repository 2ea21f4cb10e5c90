"""The tables behind the register readers are whole and fit the other tables."""

from parkloop import reference
from parkloop.reference.registers import _activities, _streams


def test_activities_when_read_then_sector_known() -> None:
    for activity in _activities().values():
        found = reference.sector(activity.sector)
        assert found is not None and activity.title_vi and activity.source in reference.sources(), activity.id


def test_streams_when_read_then_shares_leave_a_rest_and_resources_fit_their_class() -> None:
    resources = reference.resources()
    for waste_class, activities in _streams().items():
        for activity, streams in activities.items():
            assert reference.register_activity(activity) is not None
            assert sum(stream.share.best for stream in streams) < 1.0, activity
            for stream in streams:
                resource = resources[stream.resource_id]
                assert resource.unit == "t"
                assert resource.hazardous is None or resource.hazardous == (waste_class == "HW"), stream.id
                assert reference.row(stream.id).value == stream.share.best


def test_activity_when_prefix_stops_inside_a_code_then_unknown() -> None:
    assert reference.register_activity("42(b)") is None
    found = reference.register_activity("4(a)(vi)")
    assert found is not None and found.id == "4(a)"


def test_countries_when_asked_as_registers_write_them_then_iso_codes() -> None:
    found = [reference.register_country(name) for name in ("Netherland", "Czech Republic", "SWEDEN ")]
    assert [c.id if c else "" for c in found] == ["NL", "CZ", "SE"]
    assert reference.register_country("Atlantis") is None


def test_bands_when_read_then_coldest_first() -> None:
    assert [band.temperature_c for band in reference.heat_bands()] == [100.0, 200.0, 500.0]
