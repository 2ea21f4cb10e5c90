"""Solar modules on the roof for the site's own use."""

from collections.abc import Mapping
from dataclasses import replace

from parkloop.methods.solar import annual_yield, peak_power, self_used, yield_at_latitude
from parkloop.model import Finding, Input, Quantity, Site, SolutionType, SourceClass, Step
from parkloop.recp.find import graph_of, node_use_input
from parkloop.recp.inputs import Need, gather, number_input, type_inputs
from parkloop.recp.result import Benefits, Plan, absolute_saving, cost, quantity
from parkloop.reference import measure_values
from parkloop.reference.measures import solar_yields

__all__ = ["MEASURE"]

_NEEDS = (
    Need("roof_area_m2"),
    Need("usable_fraction", "solar.usable_fraction"),
    Need("self_use_fraction", "solar.self_use_fraction"),
    Need("module_density_kwp_m2", "solar.module_density_kwp_m2"),
    Need("degradation_fraction", "solar.degradation_fraction"),
    Need("daylight_share", "solar.daylight_share"),
)
_PLAN = Plan(
    "rooftop_solar",
    Step.SOURCE,
    ("solar.peak_power", "solar.annual_yield", "solar.self_used"),
    Benefits(
        "Cooler roof, lower market-based scope 2.",
        "Mái mát hơn, giảm phát thải phạm vi 2 theo thị trường.",
        "Roof load, fire access and grid registration are to be checked.",
        "Cần kiểm tra tải trọng mái, lối chữa cháy và đăng ký đấu nối.",
    ),
)


def find(site: Site) -> tuple[Finding, ...]:
    """Roofs of a site that buys electricity."""
    supply = graph_of(site).supply("electricity")
    if supply is None:
        return ()
    found = []
    for item in site.equipment:
        if item.kind == "roof":
            inputs, missing = gather(item, _NEEDS)
            already = number_input(item, "existing_peak_power_kwp", "kWp")
            found.append(
                Finding(
                    type_id="rooftop_solar",
                    participant_id=site.participant.id,
                    subject_id=item.id,
                    inputs=(*inputs, *((already,) if already else ()), *_place(site), node_use_input(supply)),
                    node_id=supply.id,
                    note="normal" if "normal" in supply.band_shares else "",
                    missing=missing,
                )
            )
    return tuple(found)


def _place(site: Site) -> tuple[Input, ...]:
    for owner, kind in ((site.participant, "participant"), (site.park, "park")):
        if owner.place.lat is not None:
            figure = f"{kind}/{owner.id}/place.lat"
            return (*_yield(owner.place.lat), Input("latitude_deg", owner.place.lat, "deg", figure_id=figure))
    middle = solar_yields()[len(solar_yields()) // 2][0]
    note = "no coordinates: middle of the country"
    place = Input("latitude_deg", middle, "deg", source_class=SourceClass.INFERRED, note=note)
    return (*_yield(middle), place)


def _yield(latitude: float) -> tuple[Input, ...]:
    table = solar_yields()
    knots = [row[0] for row in table]
    best, low, high = (
        float(yield_at_latitude(latitude, knots, [row[k] for row in table])) for k in (1, 2, 3)
    )
    nearest = min(knots, key=lambda knot: abs(knot - latitude))
    row_id = f"solar_yield.{nearest:g}"
    return (
        Input(
            "yield_kwh_per_kwp", best, "kWh/kWp", reference_id=row_id,
            source_class=SourceClass.INFERRED, low=low, high=high,
        ),
    )  # fmt: skip


def _peak(n: Mapping[str, float]) -> float:
    whole = float(peak_power(n["roof_area_m2"], n["usable_fraction"], n["module_density_kwp_m2"]))
    return max(0.0, whole - n.get("existing_peak_power_kwp", 0.0))


def _used(n: Mapping[str, float]) -> float:
    life = measure_values()["lifetime.rooftop_solar"].value
    made = annual_yield(_peak(n), n["yield_kwh_per_kwp"], n["degradation_fraction"], life)
    return float(self_used(made, n["self_use_fraction"], n["daylight_share"] * n["node_use"]))


def quantify(finding: Finding) -> Quantity:
    """Purchased electricity displaced: peak power times yield times own use, at most the daylight use."""
    numbers = {i.name: i.value for i in finding.inputs if not isinstance(i.value, str)}
    deltas = tuple(replace(delta, band=finding.note) for delta in absolute_saving(finding, _PLAN, _used))
    size = _peak(numbers)
    return quantity(
        finding, _PLAN, deltas, (cost(finding, "cost.solar", size), cost(finding, "cost.solar_opex", size))
    )


MEASURE = SolutionType(
    id="rooftop_solar",
    title_en="Rooftop solar for own use",
    title_vi="Điện mặt trời mái nhà tự dùng",
    system="solar",
    recp_class="input_change",
    inputs=type_inputs("roof", (*_NEEDS, Need("existing_peak_power_kwp"))),
    find=find,
    quantify=quantify,
    sources=("yield table by latitude (recalled)",),
    summary_en="Modules on the usable roof; only what the site takes in daylight is counted.",
    summary_vi="Lắp tấm pin trên phần mái dùng được; chỉ tính phần điện tự dùng ban ngày.",
)
