from dataclasses import replace
from datetime import date

import pytest

from parkloop import reference
from parkloop.model import (
    Effect,
    Exchange,
    ExchangeKind,
    Fate,
    ParticipantKind,
    Period,
    Place,
    Quality,
    Range,
    Rung,
    Solution,
    SourceClass,
    Stage,
    StageEvent,
    Step,
    Visibility,
)
from parkloop.symbiosis import MatchSettings, missing_text, propose
from parkloop.symbiosis.propose import solution_ids
from parkloop.texts import message


@pytest.fixture
def firms(firm):
    return [firm("A", "vsic:3510"), firm("B", "vsic:2394", north_km=10.0)]


@pytest.fixture
def flows(flow):
    return [
        replace(flow("F1", "A", "out", "fly_ash", 1000.0), fate=Fate.LANDFILLED),
        flow("F2", "B", "in", "clinker", 4000.0),
    ]


@pytest.fixture
def run(park, book, settings):
    def go(firms, flows, chosen=settings, prices=book, parks=(park,)):
        return propose(firms, flows, parks, reference.resources(), prices, chosen)

    return go


def known(stage, amount=400.0, donor_flow="F1", receiver="C"):
    exchange = Exchange(
        "A", receiver, "fly_ash", "clinker", Range.exact(amount), ExchangeKind.BY_PRODUCT_REUSE, donor_flow
    )
    history = (StageEvent(stage, date(2024, 1, 1)),)
    return Solution(
        "S-1", "x", "exchange", "x", "x", ("A", receiver), (), stage=stage, history=history, exchange=exchange
    )


def by_resource(solution):
    return {(delta.participant_id, delta.resource_id): delta for delta in solution.deltas}


def test_propose_gives_a_solution_with_the_partners_in_its_id(run, firms, flows):
    assert [one.id for one in run(firms, flows).solutions] == ["X-A-B-fly_ash"]


def test_propose_puts_every_delta_on_its_own_site(run, firms, flows):
    deltas = by_resource(run(firms, flows).solutions[0])
    ash, clinker, diesel = (deltas[key] for key in (("A", "fly_ash"), ("B", "clinker"), ("B", "diesel")))
    assert (ash.value.best, ash.node_id, ash.fate, ash.cap) == (-1000.0, "flow/F1", "landfilled", 1000.0)
    assert (clinker.value.best, clinker.node_id, clinker.cap) == (-1000.0, "flow/F2", 2000.0)
    # 1,000 t over 13 km by road at the reference rates
    rates = reference.symbiosis_rates()
    litres = 1000 * 13.0 * rates["truck_fuel"].value.best
    assert diesel.value.best == pytest.approx(litres / 1000 * rates["diesel_density"].value.best, rel=1e-3)
    assert {one.step for one in deltas.values()} == {Step.EXCHANGE}
    assert {one.effect for one in deltas.values()} == {Effect.ABSOLUTE}


def test_propose_with_treatment_adds_power_and_rejects_at_the_receiver(run, firms, flows, settings, use):
    treated = replace(settings, uses=(replace(use, treatment=("sorting",)),))
    solution = run(firms, flows, treated).solutions[0]
    step = reference.treatments()["sorting"]
    deltas = by_resource(solution)
    assert deltas["B", "electricity"].value.best == pytest.approx(1000 * step.step.electricity_kwh_per_unit)
    reject = deltas["B", "general_industrial_waste"]
    assert (reject.value.best, reject.fate) == (pytest.approx(100.0), "landfilled")
    assert deltas["B", "clinker"].value.best == pytest.approx(-900.0)
    assert solution.exchange.displacement_ratio == pytest.approx(1.0)
    assert {cost.kind for cost in solution.costs} == {"capex", "opex"}


def test_propose_ranges_carry_the_doubt_of_the_flows(run, firms, flows):
    estimated = [
        replace(one, amount=replace(one.amount, source_class=SourceClass.ESTIMATED)) for one in flows
    ]
    amount = run(firms, estimated).solutions[0].exchange.amount
    assert amount.low < amount.best < amount.high


def test_propose_when_the_ash_is_sold_then_the_credit_is_price_and_transport(run, firms, flows):
    sold = [replace(flows[0], fate=Fate.SOLD), flows[1]]
    solution = run(firms, sold).solutions[0]
    assert solution.extra["credit"] == "price_and_transport"
    assert by_resource(solution)["A", "fly_ash"].fate == "sold"
    assert any("already put to use" in reason for reason in solution.exchange.reasons_en)


def test_propose_when_the_sale_earns_more_than_it_saves_then_it_is_a_lead_without_gain(run, firms, flows):
    dear = [replace(flows[0], fate=Fate.SOLD, price=150.0, currency="USD"), flows[1]]
    found = run(firms, dear)
    assert found.solutions == ()
    assert [lead.status for lead in found.leads] == ["no_gain"]


def test_propose_when_the_selling_price_is_unknown_then_it_is_asked_for(run, firms, flows, book):
    bare = replace(book, prices=tuple(p for p in book.prices if p.side != "sell"))
    lead = run(firms, [replace(flows[0], fate=Fate.SOLD), flows[1]], prices=bare).leads[0]
    assert (lead.status, "sale_price" in lead.missing) == ("incomplete", True)


@pytest.mark.parametrize("stage", [Stage.PROPOSED, Stage.IMPLEMENTED, Stage.REJECTED])
def test_propose_when_the_exchange_is_known_then_it_is_not_proposed_again(run, firms, flows, settings, stage):
    found = run(firms, flows, replace(settings, known=(known(stage, receiver="B"),)))
    assert found.solutions == () and found.leads == ()


def test_propose_when_a_contract_runs_then_it_has_its_supply_first(run, firms, flows, settings):
    found = run(firms, flows, replace(settings, known=(known(Stage.IMPLEMENTED),)))
    assert found.solutions[0].exchange.amount.best == pytest.approx(600.0)


def test_propose_when_a_contract_names_no_flow_then_the_flow_of_its_resource_gives_way(
    run, firms, flows, settings
):
    found = run(firms, flows, replace(settings, known=(known(Stage.DECIDED, donor_flow=""),)))
    assert found.solutions[0].exchange.amount.best == pytest.approx(600.0)


def test_propose_when_an_exchange_is_only_an_idea_then_it_reserves_nothing(run, firms, flows, settings):
    found = run(firms, flows, replace(settings, known=(known(Stage.PROPOSED),)))
    assert found.solutions[0].exchange.amount.best == pytest.approx(1000.0)


def test_propose_when_a_flow_is_only_for_its_owner_then_the_lead_tells_neither_name_nor_price(
    run, firms, flows
):
    secret = [replace(flows[0], visibility=Visibility.OWNER), replace(flows[1], price=73.0, currency="USD")]
    found = run(firms, secret)
    assert found.solutions == ()
    lead = found.leads[0]
    assert (lead.status, lead.masked, lead.amount) == ("confidential", ("donor",), None)
    said = " ".join((*lead.reasons_en, *lead.reasons_vi))
    assert "Company" not in said and "73" not in said and "1,000" not in said and "1.000" not in said
    # the gain of 1,000 t at some 118 USD, one digit
    assert lead.gain_per_a == 100_000.0


def test_propose_when_a_participant_is_hidden_then_its_flows_are(run, firms, flows):
    hidden = [replace(firms[0], visibility=Visibility.OWNER), firms[1]]
    assert run(hidden, flows).leads[0].masked == ("donor",)


def test_propose_when_another_partner_is_better_then_the_second_stands_by(run, firm, firms, flows, flow):
    firms = [*firms, firm("C", "vsic:2394", north_km=2.0)]
    found = run(firms, [*flows, flow("F3", "C", "in", "clinker", 4000.0)])
    assert [one.exchange.receiver_id for one in found.solutions] == ["C"]
    assert [(lead.status, lead.receiver_id) for lead in found.leads] == [("standby", "B")]


def test_propose_when_a_sector_entered_no_input_then_it_is_an_inferred_lead(run, firms, flows, settings):
    found = run(firms, flows[:1], replace(settings, infer_wants=True))
    lead = found.leads[0]
    assert found.solutions == ()
    assert (lead.status, lead.receiver_id, lead.receiver_flow_id) == ("inferred", "B", "")
    assert lead.amount.low < lead.amount.best <= lead.amount.high


def test_propose_when_a_firm_entered_its_fuel_then_no_other_is_presumed(run, firm, flow, warm, heat_use):
    coal = replace(
        heat_use, id="heat-coal", displaced_resource_id="coal_sub_bituminous", ratio_basis="energy"
    )
    streams = [
        warm(flow("F1", "A", "out", "waste_heat", 1e8, "kWh"), 95.0),
        flow("F2", "B", "in", "natural_gas", 5e6, "m3"),
    ]
    near = [firm("A", "vsic:3510"), firm("B", "vsic:1313", north_km=0.2)]
    assert run(near, streams, MatchSettings(uses=(coal,))).leads == ()


def test_propose_when_everything_is_measured_then_the_rung_is_engineering(run, firm, flow, warm, heat_use):
    streams = [
        replace(warm(flow("F1", "A", "out", "waste_heat", 1e6, "kWh"), 95.0), fate=Fate.DISCHARGED),
        warm(flow("F2", "B", "in", "hot_water_heat", 5e6, "kWh"), 65.0),
    ]
    near = [firm("A", "vsic:3510"), firm("B", "vsic:1313", north_km=0.2)]
    chosen = MatchSettings(uses=(heat_use,), infer_wants=False)
    solution = run(near, streams, chosen).solutions[0]
    assert (solution.rung, solution.exchange.missing) == (Rung.ENGINEERING, ())
    assert (solution.exchange.legal_type, solution.lifetime_a) == ("vn05-2-1b", 20.0)
    assert [cost.kind for cost in solution.costs] == ["capex"]


def test_propose_when_something_is_to_be_asked_then_the_rung_is_screening(run, firms, flows):
    solution = run(firms, flows).solutions[0]
    assert (solution.rung, solution.exchange.missing) == (Rung.SCREENING, ("authority",))


@pytest.mark.parametrize(
    ("kind", "other_park", "legal"),
    [
        (ParticipantKind.ENTERPRISE, "P", "vn05-2-1a"),
        (ParticipantKind.ENTERPRISE, "Q", "vn05-2-1d"),
        (ParticipantKind.CITY, "P", "vn05-2-1x"),
        (ParticipantKind.CONTRACTOR, "P", "vn05-2-1x"),
    ],
)
def test_propose_names_the_legal_form_of_the_country(run, firm, firms, flows, kind, other_park, legal):
    partner = firm("B", "vsic:2394", 10.0, kind, other_park)
    assert run([firms[0], partner], flows).solutions[0].exchange.legal_type == legal


def test_propose_outside_viet_nam_names_no_legal_form(run, firms, flows, settings):
    found = run(firms, flows, replace(settings, country="DE"))
    assert found.solutions[0].exchange.legal_type == ""


def test_propose_adds_up_the_months_and_says_what_is_missing(run, firms, flows):
    months = [
        replace(
            flows[0], id=f"M{n}", period=Period.month(2025, n), amount=replace(flows[0].amount, value=50.0)
        )
        for n in range(1, 7)
    ]
    found = run(firms, [*months, flows[1]])
    solution = found.solutions[0]
    assert solution.exchange.amount.best == pytest.approx(300.0)
    # six records stand behind it, so that the delta acts on the resource and not on one of them
    assert by_resource(solution)["A", "fly_ash"].node_id == ""
    assert [issue.code for issue in found.issues] == ["symbiosis.flow.partial_year"]


def test_propose_when_a_price_is_missing_then_an_issue_names_the_resource(run, firms, flows, book):
    bare = replace(book, prices=tuple(p for p in book.prices if p.resource_id != "clinker"))
    found = run(firms, flows, prices=bare)
    assert [(one.code, one.arguments["resource"]) for one in found.issues] == [
        ("symbiosis.price.missing", "clinker")
    ]
    # the saved fee still carries it
    assert found.solutions[0].exchange.missing[-1] == "price"


def test_propose_when_nothing_is_placed_then_an_issue_says_so(run, firms, flows, park):
    nowhere = [replace(one, place=Place()) for one in firms]
    codes = [issue.code for issue in run(nowhere, flows, parks=(replace(park, place=Place()),)).issues]
    assert codes == ["symbiosis.participant.unplaced"] * 2


def test_propose_when_a_resource_is_not_in_the_list_then_an_issue_says_so(run, firms, flows, flow):
    found = run(firms, [*flows, flow("F9", "A", "out", "moon_dust", 1.0)])
    assert [issue.code for issue in found.issues] == ["symbiosis.resource.unknown"]


def test_propose_issues_have_texts_in_both_languages(run, firms, flows, flow):
    found = run(
        [replace(firms[0], sector="xx:1"), firms[1]], [*flows, flow("F9", "A", "out", "moon_dust", 1.0)]
    )
    for issue in found.issues:
        for lang in ("en", "vi"):
            assert message(issue.code, lang, issue.arguments)


def test_propose_explains_itself_in_both_languages(run, firms, flows):
    exchange = run(firms, flows).solutions[0].exchange
    assert len(exchange.reasons_en) == len(exchange.reasons_vi) >= 4
    assert "50 %" in exchange.reasons_en[0]
    assert "phụ gia xi măng" in exchange.reasons_vi[0]


def test_propose_too_many_leads_are_cut_and_it_says_so(run, firms, flow, settings):
    flows = [
        replace(flow("F1", "A", "out", "fly_ash", 1000.0), quality=Quality(hazard="KS")),
        replace(flow("F3", "A", "out", "fly_ash", 500.0), label="second", quality=Quality(hazard="KS")),
        flow("F2", "B", "in", "clinker", 4000.0),
    ]
    found = run(firms, flows, replace(settings, max_leads=1))
    assert len(found.leads) == 1
    assert [issue.code for issue in found.issues] == ["symbiosis.leads.cut"]


def test_solution_ids_when_two_exchanges_share_the_pair_then_the_input_tells_them_apart():
    row = {
        "donor": "A", "receiver": "B", "resource": "steam", "displaced": "coal", "use": "u1",
        "donor_flow": "F1", "receiver_flow": "F2",
    }  # fmt: skip
    ids = solution_ids([row, {**row, "displaced": "gas"}, {**row, "receiver": "C"}])
    assert ids == ["X-A-B-steam-coal", "X-A-B-steam-gas", "X-A-C-steam"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_missing_text_names_the_parameter(lang):
    assert "loi" in missing_text("quality.loi", lang)
    assert missing_text("donor_amount", lang)


def test_propose_from_the_real_table_in_a_small_park(park, book, firm, flow):
    # what any engineer would see: ash to cement, effluent to the dyehouse, spent grain stays sold
    firms = [firm("A", "vsic:3510"), firm("B", "vsic:2394", north_km=1.0)]
    flows = [
        replace(
            flow("F1", "A", "out", "fly_ash", 20_000.0),
            fate=Fate.LANDFILLED,
            quality=Quality(moisture_fraction=0.005, composition={"loi": (0.04, 0.05)}),
        ),
        flow("F2", "B", "in", "clinker", 50_000.0),
    ]
    found = propose(firms, flows, [park], reference.resources(), book, MatchSettings(infer_wants=False))
    solution = found.solutions[0]
    use = next(one for one in reference.uses() if one.id == solution.type_id)
    assert use.displaced_resource_id == "clinker"
    share = reference.treatments()["silo_quality_control"].yield_fraction.best
    # capped at 30 % of 50,000 t, which is less than the 20,000 t there are
    assert by_resource(solution)["B", "clinker"].value.best == pytest.approx(-0.30 * 50_000)
    assert solution.exchange.amount.best == pytest.approx(0.30 * 50_000 / (0.95 * share))
