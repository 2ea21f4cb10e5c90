"""A park of four firms small enough to add up by hand; every figure is made up.

Prices: electricity 2,000 VND/kWh, water 10,000 VND/m3, coal 3 million VND/t. Factors: grid 0.0006 t/kWh, coal
2 t/t, water 0.0003 t/m3. Data year 2025, reporting year 2026.
"""

from dataclasses import replace
from datetime import date

import pytest

from parkloop import reference
from parkloop.model import (
    Activity,
    Amount,
    Answer,
    Book,
    Case,
    Delta,
    Derivation,
    Direction,
    Effect,
    EmissionLine,
    EndUseGraph,
    EndUseNode,
    Evidence,
    Exchange,
    ExchangeKind,
    ExchangeRate,
    Factor,
    FactorSet,
    Fate,
    Flow,
    Inspection,
    LandUse,
    Ledger,
    MoneyLine,
    NodeKind,
    Organisation,
    Park,
    ParkResult,
    Participant,
    ParticipantKind,
    Period,
    PhysicalLine,
    Place,
    Portfolio,
    Price,
    PriceBook,
    Product,
    Programme,
    Range,
    Registration,
    Share,
    Solution,
    Stage,
    StageEvent,
    Step,
    TotalKind,
)
from parkloop.reports.forms import fill_forms

YEAR = 2025
GRID, COAL, WATER = 0.0006, 2.0, 0.0003
BOUGHT = {"electricity": 2000.0, "fresh_water": 10000.0, "coal_sub_bituminous": 3.0e6}
AIR = {
    "electricity": ("grid", GRID, 2),
    "coal_sub_bituminous": ("coal", COAL, 1),
    "fresh_water": ("water", WATER, 2),
}


def node_of(who, resource_id, fate):
    """Where a line acts, as valuation names it: an output flow, or the supply."""
    return f"flow/F-{who}-{resource_id}" if fate else f"{who}/{resource_id}/supply"


def change(who, resource_id, amount, price=None, fate=""):
    """One physical change with its money: (participant, resource, after minus before, VND per unit, fate)."""
    return who, resource_id, amount, BOUGHT.get(resource_id, 0.0) if price is None else price, fate


def case_of(solution_id, changes, extra=()):
    """The stand-alone case: each change priced, and with its tonnes where it has a factor."""
    resources = reference.resources()
    physical, money, emissions = [], list(extra), []
    for who, resource_id, amount, price, fate in changes:
        unit = resources[resource_id].unit
        physical.append(
            PhysicalLine(who, resource_id, unit, Range.exact(amount), fate, node_of(who, resource_id, fate))
        )
        kind = "disposal" if fate else "purchase"
        label = f"{'avoided' if amount <= 0 else 'added'}_{kind}"
        if price:
            money.append(
                MoneyLine(
                    label,
                    who,
                    Range.exact(-amount * price),
                    "VND",
                    -amount,
                    unit,
                    price,
                    "p",
                    resource_id,
                    fate,
                )
            )
        if resource_id in AIR and not fate:
            row, factor, scope = AIR[resource_id]
            emissions.append(
                EmissionLine(
                    "use",
                    Book.PROJECT,
                    scope,
                    Range.exact(-amount * factor),
                    -amount,
                    unit,
                    row,
                    who,
                    resource_id,
                )
            )
    saving = sum(line.amount.best for line in money if not line.transfer)
    ghg = sum(line.amount.best for line in emissions)
    zero = Range.exact(0.0)
    return Case(
        solution_id,
        "VND",
        YEAR,
        tuple(physical),
        tuple(money),
        tuple(emissions),
        zero,
        Range.exact(saving),
        zero,
        zero,
        Range.exact(ghg),
        None,
        None,
        None,
        None,
        None,
        10.0,
        0.1,
    )


def share_of(case, part=1.0):
    """The share of a solution in the plan: `part` of what it gives alone."""
    lines = tuple(replace(line, amount=line.amount.scaled(part)) for line in case.physical)
    return Share(case.solution_id, lines, case.saving_per_a.best * part, case.ghg_t_per_a.best * part)


def measure(solution_id, who, stage=Stage.IMPLEMENTED, on=None, type_id="vsd", **more):
    """A measure of one firm that took effect on `on`."""
    history = (StageEvent(stage, on),) if on and stage in (Stage.IMPLEMENTED, Stage.VERIFIED) else ()
    more.setdefault("deltas", ())
    return Solution(
        solution_id,
        type_id,
        "measure",
        f"Measure {solution_id}",
        f"Giải pháp {solution_id}",
        (who,),
        more.pop("deltas"),
        stage=stage,
        history=history,
        start=on,
        **more,
    )


def exchange(solution_id, pair, what, amounts, on, **more):
    """An exchange: (donor, receiver), (resource, displaced), (given, displaced amount)."""
    kind = more.pop("kind", ExchangeKind.BY_PRODUCT_REUSE)
    stage = more.pop("stage", Stage.IMPLEMENTED)
    given, displaced = amounts
    deltas = (
        Delta(pair[0], what[0], Step.EXCHANGE, Effect.ABSOLUTE, Range.exact(-given), fate="landfilled"),
        Delta(pair[1], what[1], Step.EXCHANGE, Effect.ABSOLUTE, Range.exact(-displaced)),
    )
    inner = Exchange(
        pair[0],
        pair[1],
        what[0],
        what[1],
        Range.exact(given),
        kind,
        price=more.pop("price", None),
        currency="VND",
        agreement_form=more.pop("agreement", ""),
    )
    return Solution(
        solution_id,
        "exchange",
        "exchange",
        f"Exchange {solution_id}",
        f"Cộng sinh {solution_id}",
        pair,
        deltas,
        stage=stage,
        history=(StageEvent(stage, on),) if on else (),
        start=on,
        exchange=inner,
        **more,
    )


def prices_between(pair, resource_id, money):
    """The price between partners: received by the donor, paid by the receiver."""
    return tuple(
        MoneyLine(
            "exchange_price", who, Range.exact(sign * money), "VND", resource_id=resource_id, transfer=True
        )
        for who, sign in zip(pair, (1, -1), strict=True)
    )


def _solutions():
    """Solution, its case lines, further money, and its share in the plan."""
    return (
        # 0.8 of 100,000 kWh is left beside M-2
        (
            measure("M-1", "E-1", on=date(2024, 3, 1), co_benefits_en="less noise", co_benefits_vi="bớt ồn"),
            (change("E-1", "electricity", -100_000),),
            (),
            0.8,
        ),
        # 2 July to 31 December: 183 of 365 days
        (
            measure("M-2", "E-1", Stage.VERIFIED, date(2025, 7, 2)),
            (change("E-1", "electricity", -73_000),),
            (),
            1.0,
        ),
        # saves coal, takes more electricity
        (
            measure("M-3", "E-2", on=date(2023, 5, 1)),
            (change("E-2", "coal_sub_bituminous", -10), change("E-2", "electricity", 5_000)),
            (),
            1.0,
        ),
        (
            measure("M-4", "U-1", on=date(2024, 1, 1)),
            (change("U-1", "electricity", -20_000), change("U-1", "fresh_water", -1_000)),
            (),
            1.0,
        ),
        (
            measure("M-5", "E-2", Stage.DECIDED, date(2027, 4, 1)),
            (change("E-2", "electricity", -9_000),),
            (),
            1.0,
        ),
        (measure("M-6", "E-3", on=date(2026, 3, 1)), (change("E-3", "electricity", -7_000),), (), 1.0),
        # its firm has closed since
        (measure("M-7", "E-4", on=date(2023, 1, 1)), (change("E-4", "electricity", -3_000),), (), 1.0),
        (
            measure("M-8", "E-3", on=date(2024, 6, 1), type_id="plastic_regrind"),
            (
                change("E-3", "waste_plastic_mixed", -40, 1.0e6, "landfilled"),
                change("E-3", "plastic_resin", -40, 25.0e6),
            ),
            (),
            1.0,
        ),
        (
            measure("M-9", "E-3", on=date(2024, 6, 1), type_id="sludge_press"),
            (change("E-3", "wastewater_sludge", -100, 1.5e6, "landfilled"),),
            (),
            1.0,
        ),
        # both partners in the park; the price of 100,000 VND/t cancels between them
        (
            exchange(
                "X-1",
                ("E-2", "E-3"),
                ("fly_ash", "clinker"),
                (1_000, 950),
                date(2024, 12, 1),
                price=1.0e5,
                agreement="contract",
                evidence=("HD-1",),
            ),
            (change("E-2", "fly_ash", -1_000, 0.35e6, "landfilled"), change("E-3", "clinker", -950, 0.8e6)),
            (
                *prices_between(("E-2", "E-3"), "fly_ash", 1.0e8),
                MoneyLine("haulage", "E-3", Range.exact(-5.0e7), "VND"),
            ),
            0.9,
        ),
        # the receiver is in another park
        (
            exchange("X-2", ("E-1", "P-9"), ("textile_waste", "cotton_yarn"), (100, 80), date(2024, 2, 1)),
            (
                change("E-1", "textile_waste", -100, 1.2e6, "landfilled"),
                change("P-9", "cotton_yarn", -80, 40.0e6),
            ),
            (),
            1.0,
        ),
        (
            exchange(
                "X-3",
                ("E-3", "E-1"),
                ("wood_waste", "fuel_wood"),
                (30, 30),
                date(2028, 1, 1),
                stage=Stage.FEASIBLE,
            ),
            (change("E-1", "fuel_wood", -30, 1.0e6),),
            (),
            1.0,
        ),
        # a shared workshop: 20 million of repair and 1,000 kWh
        (
            exchange(
                "X-4",
                ("E-1", "E-2"),
                ("maintenance_service", "maintenance_service"),
                (1, 1),
                date(2024, 1, 1),
                kind=ExchangeKind.JOINT_SERVICE,
            ),
            (change("E-2", "electricity", -1_000),),
            (MoneyLine("repair", "E-1", Range.exact(2.0e7), "VND"),),
            1.0,
        ),
        # the receiver's own record of X-1
        (
            exchange("X-5", ("E-2", "E-3"), ("fly_ash", "clinker"), (1_000, 950), date(2024, 12, 1)),
            (change("E-2", "fly_ash", -1_000, 0.35e6, "landfilled"),),
            (),
            None,
        ),
    )


def _graph(who, electricity, coal=0.0):
    nodes = [EndUseNode(f"{who}/electricity/supply", who, NodeKind.SUPPLY, "electricity", electricity)]
    if coal:
        nodes.append(EndUseNode(f"{who}/coal/supply", who, NodeKind.SUPPLY, "coal_sub_bituminous", coal))
    return EndUseGraph(who, YEAR, tuple(nodes))


def _flow(number, who, direction, resource_id, value, fate=Fate.UNKNOWN, year=YEAR):
    unit = reference.resources()[resource_id].unit
    return Flow(f"F-{number}", who, direction, resource_id, Amount(value, unit), Period.year(year), fate=fate)


FLOWS = (
    _flow(1, "E-1", Direction.OUT, "wastewater", 60_000, Fate.TREATED),
    _flow(2, "E-2", Direction.OUT, "wastewater", 30_000, Fate.TREATED),
    _flow(3, "E-2", Direction.OUT, "wastewater", 10_000, Fate.REUSED),
    _flow(4, "U-1", Direction.IN, "wastewater", 91_000),
    _flow(5, "E-1", Direction.OUT, "wastewater", 500_000, Fate.REUSED, YEAR - 1),
)
LICENCE = Registration("41221", "Ban quản lý", date(2010, 5, 4))
PEOPLE = (
    Participant(
        "E-1",
        "K",
        "Dệt An",
        employees=420,
        employees_women=300,
        hours_per_a=6000,
        registration=LICENCE,
        investor=Organisation("Dệt An Group", registration=LICENCE),
        project_name="Nhà máy dệt",
        place=Place(lot="A1", province="Đồng Nai"),
    ),
    Participant(
        "E-2",
        "K",
        "Bia Bình",
        employees=150,
        employees_women=40,
        investor=Organisation("Ông Ba", "individual"),
    ),
    Participant("E-3", "K", "Nhựa Cúc", employees=80),
    Participant("E-4", "K", "Đã đóng cửa", employees=200, in_operation=False),
    Participant("U-1", "K", "Trạm xử lý", ParticipantKind.UTILITY, utility_kind="wastewater_plant"),
    Participant("C-1", "K", "Thị trấn", ParticipantKind.CITY),
)
PARK = Park(
    "K",
    "P",
    "Park K",
    "Khu K",
    Place(province="Đồng Nai"),
    Organisation("Hạ tầng K", registration=LICENCE),
    land_use=(
        LandUse("industrial", 140.0),
        LandUse("green", 30.0),
        LandUse("transport", 20.0),
        LandUse("technical_infrastructure", 6.0),
        LandUse("social_infrastructure", 4.0),
    ),
)
PRODUCTS = (
    Product("S-1", "E-1", "Vải", "kg", YEAR, 3.0e6, 4.0e6, 3.0e11, "VND"),
    Product("S-2", "E-1", "Sợi", "t", YEAR, 500.0, 600.0, 1.0e11, "VND"),
    Product("S-3", "E-2", "Bia", "hL", YEAR, 40_000.0, 50_000.0, 4.0e6, "USD"),
    Product("S-4", "E-3", "Nắp chai", "piece", YEAR, 9.0e6, 8.0e6),
)
YES = {
    "ENV.4": ("", ()),
    "ENV.6": ("", ("BC-1",)),
    "PM.2": ("", ("KH-1",)),
    "SOC.7": ("Kinh phí 350 triệu đồng", ("KP-1",)),
    "ECO.6": ("thu 1.200 triệu, chi 950 triệu", ("KP-1",)),
}


def _answers():
    own = [
        Answer(f"A-{key}", "K", f"vn-{key}", YEAR, True, text=text, evidence=evidence)
        for key, (text, evidence) in YES.items()
    ]
    own.append(Answer("A-PM.4", "K", "vn-PM.4", YEAR, not_applicable=True, reason="khu đang hoạt động"))
    own.append(Answer("A-ECO.1", "K", "vn-ECO.1", YEAR - 1, False))
    own.append(Answer("A-37-3b", "K", "vn35-37-3b", YEAR, True, text="Khu lưu trú 420 phòng"))
    firms = [
        Answer(f"A-{who}-{key}", who, f"vn-{key}", YEAR, said)
        for who, key, said in (
            ("E-1", "SOC.1", True), ("E-2", "SOC.1", False), ("E-1", "SOC.4", True), ("E-2", "SOC.4", True),
            ("E-1", "SOC.2", True),
        )
    ]  # fmt: skip
    return (*own, *firms)


EVIDENCE = (
    Evidence("HD-1", "Hop dong tro bay.pdf", kind="contract"),
    Evidence("BC-1", "bao cao.pdf", kind="report", at="2026-02-10"),
    Evidence("KH-1", "ke hoach.pdf", kind="report", at="2019-05-01"),
    Evidence("KP-1", "du toan.xlsx", kind="report", at="2025-01-05"),
)
INSPECTIONS = (
    Inspection("TT-1", "K", date(2024, 5, 2), "labour"),
    Inspection("TT-2", "K", date(2025, 6, 3), "environment", finding="Chậm nộp báo cáo", breach=True),
    Inspection("TT-3", "K", date(2019, 6, 3), "land", finding="cũ", breach=True),
)
FACTORS = tuple(
    Factor(row, resource_id, Book.PROJECT, scope, value, "tCO2e/unit", 2024)
    for resource_id, (row, value, scope) in AIR.items()
)


GRAPHS = {
    "E-1": _graph("E-1", 1.0e6),
    "E-2": _graph("E-2", 5.0e5, 200.0),
    "E-3": _graph("E-3", 2.0e5),
    "U-1": _graph("U-1", 3.0e5),
}


def make_park():
    """The result of the made-up park."""
    solutions, cases, shares, left_out = [], {}, [], {}
    for solution, changes, extra, part in _solutions():
        solutions.append(solution)
        cases[solution.id] = case_of(solution.id, changes, extra)
        if part is None:
            left_out[solution.id] = "repeated_exchange"
        else:
            shares.append(share_of(cases[solution.id], part))
    zero = Range.exact(0.0)
    plan = Portfolio(
        "K", YEAR, "VND", TotalKind.RUN_RATE, tuple(s.solution_id for s in shares), left_out, {}, zero, zero,
        zero, zero, zero, 0.0, {}, 0.0, 0.0, tuple(shares), (), (), zero,
    )  # fmt: skip
    ledger = Ledger(
        Programme("P", "Programme", "Chương trình"),
        (PARK,),
        PEOPLE,
        PRODUCTS,
        FLOWS,
        answers=_answers(),
        evidence=EVIDENCE,
        inspections=INSPECTIONS,
        activities=(Activity("HD", "K", "matchmaking", "Hội thảo kết nối", date(2025, 3, 1)),),
    )
    prices = tuple(Price(r, value, "VND", YEAR) for r, value in BOUGHT.items())
    book = PriceBook("VND", YEAR, prices, (ExchangeRate("VND", "USD", 25_000.0, YEAR),), 0.1)
    why = Derivation(
        "case/M-1/electricity", "electricity", -100_000.0, "kWh/a", "sum", "pump_vsd",
        inputs=(Derivation("equipment/Q-1/rated_power_kw", "rated power", 45.0, "kW"),),
    )  # fmt: skip
    return ParkResult(
        PARK,
        YEAR,
        ledger,
        reference.resources(),
        GRAPHS,
        (),
        (),
        (),
        tuple(solutions),
        cases,
        plan,
        (),
        book,
        FactorSet("F", YEAR, "VN", FACTORS),
        (),
        {why.figure_id: why},
    )


class Filed:
    """Filled forms with their fields in reach."""

    def __init__(self, result, lang="en", **more):
        self.result = result
        self.forms = fill_forms(result, YEAR + 1, lang, **more)
        self.checks = {check.id: check for check in self.forms[0].checks}

    def form(self, code, subject="K"):
        """One form."""
        return next(f for f in self.forms if (f.code, f.subject_id) == (code, subject))

    def field(self, field_id, code="A.4", subject="K"):
        """One field of one form."""
        return next(f for f in self.form(code, subject).fields if f.id == field_id)

    def value(self, field_id, code="A.4", subject="K"):
        """What one field holds."""
        return self.field(field_id, code, subject).value

    def b4(self, field_id, subject):
        """What one field of an enterprise's B.4 holds."""
        return self.value(field_id, "B.4", subject)


@pytest.fixture(scope="session")
def small_park():
    """The result of the made-up park."""
    return make_park()


@pytest.fixture(scope="session")
def filed(small_park):
    """Its forms in English."""
    return Filed(small_park)


@pytest.fixture(scope="session")
def filed_vi(small_park):
    """Its forms in Vietnamese."""
    return Filed(small_park, "vi")


@pytest.fixture(scope="session")
def file_again():
    """Fill the forms of a changed result: `file_again(result, ...)`."""
    return Filed


@pytest.fixture(scope="session")
def kit():
    """Makers of measures, exchanges, changes, cases and shares."""
    return {
        "measure": measure,
        "exchange": exchange,
        "change": change,
        "case": case_of,
        "share": share_of,
        "prices": prices_between,
    }
