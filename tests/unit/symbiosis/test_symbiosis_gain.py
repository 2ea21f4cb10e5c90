from dataclasses import replace

import pytest

from parkloop import reference
from parkloop.methods.economics import annuity
from parkloop.model import Book, ExchangeRate, Factor, FactorSet, Fate, Price, Visibility
from parkloop.reference import symbiosis_rates
from parkloop.symbiosis.gain import add_gain, rate_to_book, rejects_of, unit_prices


@pytest.fixture
def gained(find, firm, flow, settings, book):
    """The gain columns of fly ash from A to B, 10 km north, with changes to the output."""

    def run(output=None, wanted=None, prices=book, chosen=settings):
        flows = [
            replace(flow("F1", "A", "out", "fly_ash", 1000.0), **(output or {})),
            replace(flow("F2", "B", "in", "clinker", 4000.0), **(wanted or {})),
        ]
        firms = [firm("A", "vsic:3510"), firm("B", "vsic:2394", north_km=10.0)]
        pairs = find(firms, flows, chosen).candidates
        return add_gain(pairs, chosen.uses, reference.resources(), prices, chosen).row(0, named=True)

    return run


def test_gain_of_landfilled_ash_is_purchase_plus_fee_less_the_way(gained):
    row = gained({"fate": Fate.LANDFILLED})
    rates = {key: rate.value.best for key, rate in symbiosis_rates().items()}
    km = row["distance_km"]
    way = km * rates["truck_rate"] + rates["truck_handling"]
    fuel = km * rates["truck_fuel"] / 1000 * rates["diesel_density"] * 1000.0
    assert row["gain_per_unit"] == pytest.approx(100.0 + 20.0 - way - fuel)


def test_gain_of_sold_ash_loses_the_sale_and_saves_no_fee(gained):
    assert gained({"fate": Fate.SOLD})["disposal_value"] == pytest.approx(-30.0)


def test_gain_when_the_fate_is_unknown_then_no_disposal_is_credited(gained):
    assert gained()["disposal_value"] is None


def test_gain_when_the_donor_pays_its_own_fee_then_that_counts(gained):
    assert gained({"fate": Fate.LANDFILLED, "price": -35.0, "currency": "USD"})["disposal_value"] == 35.0


def test_gain_when_the_receiver_has_its_own_price_then_that_counts(gained):
    row = gained(wanted={"price": 2_000_000.0, "currency": "VND"})
    assert row["purchase_price"] == pytest.approx(80.0)


def test_gain_when_the_book_has_a_price_of_the_receiver_then_it_goes_first(gained, book):
    own = replace(book, prices=(*book.prices, Price("clinker", 90.0, "USD", 2025, participant_id="B")))
    assert gained(wanted={"price": 70.0, "currency": "USD"}, prices=own)["purchase_price"] == 90.0


def test_gain_when_a_flow_is_confidential_then_only_general_prices_count(gained):
    row = gained(wanted={"price": 70.0, "currency": "USD", "visibility": Visibility.OWNER})
    assert row["purchase_price"] == 100.0


def test_gain_when_there_is_no_price_then_it_is_named(gained, book):
    bare = replace(book, prices=tuple(p for p in book.prices if p.resource_id != "clinker"))
    assert gained(prices=bare)["price_missing"] == ["price"]


def test_gain_of_a_pipe_is_a_yearly_cost_of_the_link(find, firm, flow, warm, heat_use, book, settings):
    flows = [
        warm(flow("F1", "A", "out", "waste_heat", 1e6, "kWh"), 95.0),
        flow("F2", "B", "in", "hot_water_heat", 1e6, "kWh"),
    ]
    chosen = replace(settings, uses=(heat_use,))
    pairs = find([firm("A"), firm("B", "vsic:1313", north_km=1.0)], flows, chosen).candidates
    row = add_gain(pairs, chosen.uses, reference.resources(), book, chosen).row(0, named=True)
    rates = symbiosis_rates()
    capex = row["distance_km"] * 1000 * rates["pipe_heat"].value.best
    life = rates["link_lifetime"].value.best
    assert row["link_cost_per_a"] == pytest.approx(float(annuity(capex, book.discount_rate, life)))
    assert row["transport_money"] == 0.0


def test_gain_in_emissions_counts_displaced_input_disposal_and_fuel(gained, settings):
    def factor(resource, value, fate="", book=Book.INVENTORY):
        return Factor(f"f-{resource}{fate}", resource, book, 1, value, "t/t", 2025, fate=fate)

    factors = FactorSet(
        "T",
        2025,
        "VN",
        (factor("clinker", 0.8), factor("fly_ash", 0.05, "landfilled"), factor("diesel", 3.0)),
    )
    chosen = replace(settings, objective="emissions", factors=factors)
    row = gained({"fate": Fate.LANDFILLED}, chosen=chosen)
    assert row["gain_per_unit"] == pytest.approx(0.85 - row["fuel_t_per_unit"] * 3.0)
    # what is sold today displaces elsewhere already
    sold = gained({"fate": Fate.SOLD, "price": 1.0, "currency": "USD"}, chosen=chosen)
    assert sold["gain_per_unit"] == pytest.approx(-sold["fuel_t_per_unit"] * 3.0)


def test_rate_to_book_goes_through_a_common_base(book):
    crossed = replace(
        book,
        currency="VND",
        rates=(ExchangeRate("VND", "USD", 25_000.0, 2025), ExchangeRate("EUR", "USD", 0.8, 2025)),
    )
    # 1 EUR = 1.25 USD = 31,250 VND
    assert rate_to_book(crossed, "EUR") == pytest.approx(31_250.0)
    assert rate_to_book(crossed, "XXX") is None


def test_unit_prices_when_a_resource_has_none_then_its_kind_gives_it(book):
    priced = replace(book, prices=(Price("steel_scrap", 300.0, "USD", 2025, side="sell"),))
    frame = unit_prices(priced, "sell", reference.resources())
    assert frame.filter(resource="steel_turnings")["price"].to_list() == [300.0]


def test_rejects_of_a_path_follow_its_yields(use):
    # reverse osmosis after ultrafiltration: 7 % and then 30 % of the 93 % left
    path = replace(use, resource_id="treated_effluent", treatment=("ultrafiltration", "reverse_osmosis"))
    steps = [reference.treatments()[name].yield_fraction.best for name in path.treatment]
    expected = [1 - steps[0], steps[0] * (1 - steps[1])]
    found = rejects_of(path, reference.resources())
    assert [share for _, _, share in found] == pytest.approx(expected)
    assert {resource for resource, _, _ in found} == {"wastewater"}
