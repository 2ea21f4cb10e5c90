"""A machine typed in watts does not eat the site."""

from dataclasses import replace

from parkloop import recp, samples
from parkloop.app.scope import of_park, sites


def test_machine_that_alone_exceeds_the_supply_is_left_out_with_an_issue() -> None:
    place = next(
        s for s in sites(of_park(samples.make_programme(), "AH"), samples.YEAR) if s.participant.id == "AH-03"
    )
    found = recp.read_uses(place)
    assert "recp.graph.machine_unbelievable" in {issue.code for issue in found.issues}
    assert not any("AH-03-air-compressor" in node.equipment_ids for node in found.graph.nodes)
    lights = next(node for node in found.graph.nodes if "AH-03-lighting-group" in node.equipment_ids)
    supply = found.graph.supply("electricity")
    assert supply is not None
    assert lights.amount > 0.05 * supply.amount


def test_machine_with_a_plausible_rating_stays() -> None:
    place = next(
        s for s in sites(of_park(samples.make_programme(), "AH"), samples.YEAR) if s.participant.id == "AH-03"
    )
    mended = tuple(
        replace(
            e, properties={**e.properties, "rated_power_kw": float(e.properties["rated_power_kw"]) / 1000}
        )
        if e.id == "AH-03-air-compressor"
        else e
        for e in place.equipment
    )
    found = recp.read_uses(replace(place, equipment=mended))
    assert "recp.graph.machine_unbelievable" not in {issue.code for issue in found.issues}
