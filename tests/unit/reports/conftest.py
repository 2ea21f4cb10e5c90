"""A made-up park with something for every page of a dossier; figures are invented and mean nothing."""

import math
from dataclasses import replace
from datetime import date

import pytest

from parkloop.model import (
    Adjusted,
    Amount,
    Answer,
    Assessment,
    Balance,
    BaselineUse,
    Bill,
    Book,
    Case,
    Confidence,
    CostItem,
    Criterion,
    Delta,
    Derivation,
    Direction,
    Effect,
    EmissionLine,
    EndUseGraph,
    EndUseNode,
    Equipment,
    Evidence,
    Exchange,
    ExchangeKind,
    ExchangeRate,
    Factor,
    FactorSet,
    Family,
    Fate,
    Flow,
    Framework,
    Geometry,
    InferredFlow,
    Issue,
    Judged,
    LandUse,
    Ledger,
    MaccBlock,
    MoneyLine,
    NodeKind,
    Organisation,
    Origin,
    OriginKind,
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
    Resource,
    Rung,
    ScoringRule,
    Severity,
    Shape,
    Share,
    Solution,
    SourceClass,
    Stage,
    StageTotal,
    Step,
    Summary,
    Tally,
    TotalKind,
    TreatmentStep,
    Verdict,
    Where,
)

YEAR = 2025
NASTY = 'Dệt <b>Sông & Biển</b> #set "hi" {{ 7*7 }} $x$ [a]'

RESOURCES = {
    item.id: item
    for item in (
        Resource("electricity", Family.ELECTRICITY, "Electricity", "Điện", "kWh"),
        Resource("steam", Family.HEAT, "Steam", "Hơi nước", "t"),
        Resource("waste_heat", Family.HEAT, "Waste heat", "Nhiệt thải", "kWh"),
        Resource("natural_gas", Family.FUEL, "Natural gas", "Khí tự nhiên", "m3", ncv_gj_per_unit=0.036),
        Resource(
            "coal_sub_bituminous",
            Family.FUEL,
            "Sub-bituminous coal",
            "Than á bitum",
            "t",
            ncv_gj_per_unit=18.9,
        ),
        Resource("rice_husk", Family.FUEL, "Rice husk", "Trấu", "t", ncv_gj_per_unit=12.6),
        Resource("diesel", Family.FUEL, "Diesel", "Dầu điêzen", "t", ncv_gj_per_unit=43.0),
        Resource("fresh_water", Family.WATER, "Piped water", "Nước cấp", "m3"),
        Resource("ground_water", Family.WATER, "Ground water", "Nước ngầm", "m3"),
        Resource("wastewater", Family.WATER, "Industrial wastewater", "Nước thải công nghiệp", "m3"),
        Resource("reclaimed_water", Family.WATER, "Reclaimed water", "Nước tái sử dụng", "m3"),
        Resource("steel_billet", Family.MATERIAL, "Steel billet", "Phôi thép", "t"),
        Resource("cotton_yarn", Family.MATERIAL, "Cotton yarn", "Sợi bông", "t"),
        Resource("malt", Family.MATERIAL, "Malt", "Mạch nha", "t"),
        Resource("clinker", Family.MATERIAL, "Clinker", "Clinker", "t"),
        Resource("caustic_soda", Family.CHEMICAL, "Caustic soda", "Xút", "t"),
        Resource("animal_feed", Family.PRODUCT, "Animal feed", "Thức ăn chăn nuôi", "t"),
        Resource("spent_grain", Family.WASTE, "Spent grain", "Bã bia", "t"),
        Resource("fly_ash", Family.WASTE, "Fly ash", "Tro bay", "t"),
        Resource("steel_scrap", Family.WASTE, "Steel scrap", "Thép phế liệu", "t"),
        Resource("wastewater_sludge", Family.WASTE, "Wastewater sludge", "Bùn thải", "t"),
        Resource("textile_waste", Family.WASTE, "Textile waste", "Phế liệu dệt", "t"),
    )
}

PEOPLE = (
    ("E-01", NASTY, "enterprise", "A1", 10.7405, 106.9310),
    ("E-02", "Công ty TNHH Bia Đồng Nai", "enterprise", "A2", 10.7420, 106.9362),
    ("E-03", "Thép Phú Mỹ", "enterprise", "A3", 10.7362, 106.9395),
    ("E-04", "Công ty Cổ phần Xi măng Long Thành", "enterprise", "B1", 10.7331, 106.9325),
    ("E-05", "Thức ăn chăn nuôi Biên Hòa", "enterprise", "B2", None, None),
    ("E-06", "Điện tử Nhơn Trạch", "enterprise", "B3", 10.7399, 106.9441),
    ("E-07", "Bao bì Tân Phú", "enterprise", "C1", 10.7307, 106.9401),
    ("E-08", "Sơn Á Đông", "enterprise", "", None, None),
    ("U-01", "Trạm xử lý nước thải tập trung", "utility", "U1", 10.7311, 106.9449),
    ("C-01", "Thị trấn Long Thành", "city", "", 10.7445, 106.9455),
)


def _people(park_id):
    for number, (person_id, name, kind, lot, lat, lon) in enumerate(PEOPLE):
        yield Participant(
            person_id,
            park_id,
            name,
            ParticipantKind(kind),
            sector="vsic:1313",
            place=Place(lat=lat, lon=lon, lot=lot),
            employees=120 + 85 * number if kind == "enterprise" else None,
            employees_women=60 + 40 * number,
        )


def _flow(number, who, direction, resource, value, source=SourceClass.BILLED, **more):
    unit = RESOURCES[resource].unit
    amount = Amount(value, unit, value, unit, source)
    return Flow(f"F-{number:02d}", who, Direction(direction), resource, amount, Period.year(YEAR), **more)


def _flows():
    rows = (
        ("E-01", "in", "fresh_water", 412000, {}),
        ("E-01", "in", "cotton_yarn", 5200, {}),
        ("E-01", "in", "caustic_soda", 640, {}),
        ("E-01", "out", "wastewater", 371000, {"fate": Fate.TREATED}),
        ("E-01", "out", "textile_waste", 410, {"fate": Fate.LANDFILLED}),
        ("E-01", "out", "waste_heat", 4200000, {"fate": Fate.DISCHARGED}),
        ("E-02", "in", "ground_water", 265000, {}),
        ("E-02", "in", "malt", 9800, {}),
        ("E-02", "out", "wastewater", 240000, {"fate": Fate.TREATED}),
        ("E-02", "out", "spent_grain", 7600, {"fate": Fate.SOLD}),
        ("E-02", "out", "reclaimed_water", 18000, {"fate": Fate.REUSED}),
        ("E-03", "in", "fresh_water", 148000, {}),
        ("E-03", "in", "steel_billet", 61000, {}),
        ("E-03", "out", "steel_scrap", 2100, {"fate": Fate.RECYCLED}),
        ("E-03", "out", "wastewater", 96000, {"fate": Fate.TREATED}),
        ("E-04", "in", "clinker", 84000, {}),
        ("E-04", "in", "fresh_water", 39000, {}),
        ("E-05", "in", "fresh_water", 9100, {"source": SourceClass.ESTIMATED}),
        ("E-05", "out", "animal_feed", 22000, {"fate": Fate.SOLD}),
        ("E-06", "in", "fresh_water", 61000, {}),
        ("E-06", "out", "wastewater", 66000, {"fate": Fate.TREATED, "source": SourceClass.ESTIMATED}),
        ("E-07", "out", "fly_ash", 5400, {"fate": Fate.LANDFILLED}),
        ("U-01", "in", "wastewater", 773000, {}),
        ("U-01", "out", "wastewater_sludge", 2900, {"fate": Fate.LANDFILLED}),
    )
    return tuple(
        _flow(n, who, way, what, value, **more) for n, (who, way, what, value, more) in enumerate(rows, 1)
    )


def _graph(who, electricity, fuel, fuel_amount, per_unit):
    stem = f"{who}/electricity"
    nodes = [
        EndUseNode(stem, who, NodeKind.SUPPLY, "electricity", electricity, source_class=SourceClass.BILLED),
        EndUseNode(
            f"{stem}/compressed_air",
            who,
            NodeKind.CONVERSION,
            "electricity",
            electricity * 0.18,
            stem,
            "electricity",
            0.6,
        ),
        EndUseNode(
            f"{stem}/compressed_air/process",
            who,
            NodeKind.USE,
            "electricity",
            electricity * 0.108,
            f"{stem}/compressed_air",
        ),
        EndUseNode(f"{stem}/motors", who, NodeKind.USE, "electricity", electricity * 0.45, stem),
        EndUseNode(f"{stem}/lighting", who, NodeKind.USE, "electricity", electricity * 0.08, stem),
        EndUseNode(f"{stem}/chiller", who, NodeKind.CONVERSION, "electricity", electricity * 0.15, stem),
        EndUseNode(
            f"{stem}/chiller/process_cooling",
            who,
            NodeKind.USE,
            "electricity",
            electricity * 0.15,
            f"{stem}/chiller",
        ),
        EndUseNode(f"{stem}/unallocated", who, NodeKind.UNALLOCATED, "electricity", electricity * 0.14, stem),
    ]
    if fuel:
        top, boiler = f"{who}/{fuel}", f"{who}/{fuel}/boiler"
        steam_kwh = fuel_amount * per_unit * 0.8
        nodes += [
            EndUseNode(top, who, NodeKind.SUPPLY, fuel, fuel_amount, source_class=SourceClass.BILLED),
            EndUseNode(
                boiler, who, NodeKind.CONVERSION, fuel, fuel_amount, top, "waste_heat", per_unit * 0.8
            ),
            EndUseNode(
                f"{boiler}/distribution",
                who,
                NodeKind.DISTRIBUTION,
                "waste_heat",
                steam_kwh,
                boiler,
                "waste_heat",
                0.9,
            ),
            EndUseNode(
                f"{boiler}/dyeing", who, NodeKind.USE, "waste_heat", steam_kwh * 0.7, f"{boiler}/distribution"
            ),
            EndUseNode(
                f"{boiler}/drying", who, NodeKind.USE, "waste_heat", steam_kwh * 0.2, f"{boiler}/distribution"
            ),
        ]
    return EndUseGraph(who, YEAR, tuple(nodes))


def _graphs():
    rows = (
        ("E-01", 9.8e6, "coal_sub_bituminous", 8200, 18.9 / 0.0036),
        ("E-02", 6.1e6, "natural_gas", 2.4e6, 0.036 / 0.0036),
        ("E-03", 31.5e6, "natural_gas", 5.9e6, 0.036 / 0.0036),
        ("E-04", 12.2e6, "coal_sub_bituminous", 2100, 18.9 / 0.0036),
        ("E-05", 2.2e6, "rice_husk", 1900, 12.6 / 0.0036),
        ("E-06", 15.0e6, "", 0, 0),
        ("E-07", 1.1e6, "diesel", 60, 43.0 / 0.0036),
        ("E-08", 0.4e6, "", 0, 0),
    )
    return {row[0]: _graph(*row) for row in rows}


FACTORS = (
    Factor(
        "grid-vn-2023",
        "electricity",
        Book.PROJECT,
        2,
        0.0006592,
        "tCO2e/kWh",
        2023,
        "VN",
        source="Official grid factor 2023",
        confidence=Confidence.CHECKED,
    ),
    Factor(
        "coal-ipcc",
        "coal_sub_bituminous",
        Book.PROJECT,
        1,
        1.816,
        "tCO2e/t",
        2006,
        source="IPCC 2006 Guidelines, volume 2",
        confidence=Confidence.CHECKED,
    ),
    Factor(
        "gas-ipcc",
        "natural_gas",
        Book.PROJECT,
        1,
        0.00202,
        "tCO2e/m3",
        2006,
        source="IPCC 2006 Guidelines, volume 2",
        confidence=Confidence.UNCHECKED,
    ),
    Factor(
        "landfill-organic",
        "spent_grain",
        Book.LIFE_CYCLE,
        3,
        0.42,
        "tCO2e/t",
        2019,
        confidence=Confidence.UNCHECKED,
    ),
)

PRICES = (
    Price(
        "electricity",
        1833.0,
        "VND",
        YEAR,
        band="normal",
        reference_id="evn-2025-22kv-normal",
        confidence=Confidence.CHECKED,
    ),
    Price(
        "fresh_water",
        12500.0,
        "VND",
        YEAR,
        figure_id="flow/F-01/price",
        participant_id="E-01",
        confidence=Confidence.CHECKED,
    ),
    Price("coal_sub_bituminous", 3.1e6, "VND", YEAR, reference_id="coal-price-note"),
)

TITLES = (
    ("Fix compressed-air leaks", "Khắc phục rò rỉ khí nén"),
    ("Variable-speed drive on cooling-water pumps", "Lắp biến tần cho bơm nước giải nhiệt"),
    ("LED lighting in the production halls", "Thay đèn LED cho xưởng sản xuất"),
    ("Insulate steam valves and flanges", "Bảo ôn van và mặt bích đường hơi"),
    ("Return condensate to the boiler", "Thu hồi nước ngưng về lò hơi"),
    ("Counter-current rinsing", "Giặt ngược dòng trong xưởng nhuộm"),
    ("Rooftop solar, 1.2 MWp", "Điện mặt trời mái nhà 1,2 MWp"),
    ("High-efficiency motors on fans", "Động cơ hiệu suất cao cho quạt"),
)

STAGES = tuple(Stage)


def _measure(index):
    """Measure `index`: its solution, case and share, from sums a reader can redo."""
    sid = f"S-{index:03d}"
    title = TITLES[index % len(TITLES)]
    who = f"E-0{1 + index % 7}"
    stage = STAGES[index % 6]
    kwh = 24000.0 + 9100.0 * (index % 11)
    water = 5200.0 if index % len(TITLES) == 5 else 0.0
    coal = 55.0 if index % len(TITLES) in (3, 4) else 0.0
    saving, ghg = kwh * 1833 + water * 12500 + coal * 3.1e6, kwh * 0.0006592 + coal * 1.816
    capex = saving * (0.6 + 0.35 * (index % 9))
    physical = [
        PhysicalLine(who, "electricity", "kWh", Range.of(-kwh, 0.2), node_id=f"{who}/electricity/motors")
    ]
    money = [
        MoneyLine(
            "Điện",
            who,
            Range.of(kwh * 1833, 0.2),
            "VND",
            kwh,
            "kWh",
            1833,
            "reference/evn-2025-22kv-normal",
            "electricity",
        )
    ]
    emissions = [
        EmissionLine(
            "Electricity",
            Book.PROJECT,
            2,
            Range.of(kwh * 0.0006592, 0.2),
            kwh,
            "kWh",
            "grid-vn-2023",
            who,
            "electricity",
        )
    ]
    if water:
        physical.append(PhysicalLine(who, "fresh_water", "m3", Range.of(-water, 0.2)))
        money.append(
            MoneyLine(
                "Nước",
                who,
                Range.of(water * 12500, 0.2),
                "VND",
                water,
                "m3",
                12500,
                "flow/F-01/price",
                "fresh_water",
            )
        )
    if coal:
        physical.append(PhysicalLine(who, "coal_sub_bituminous", "t", Range.of(-coal, 0.3)))
        emissions.append(
            EmissionLine(
                "Coal",
                Book.PROJECT,
                1,
                Range.of(coal * 1.816, 0.3),
                coal,
                "t",
                "coal-ipcc",
                who,
                "coal_sub_bituminous",
            )
        )
    solution = Solution(
        sid,
        "vsd",
        "measure",
        title[0],
        title[1],
        (who,),
        (Delta(who, "electricity", Step.DEMAND, Effect.ABSOLUTE, Range.of(-kwh, 0.2)),),
        (CostItem("capex", "Thiết bị", Range.of(capex, 0.25), "VND", YEAR, "báo giá 03/2025"),),
        lifetime_a=8.0 + index % 5,
        rung=tuple(Rung)[index % 4],
        stage=stage,
        owner="Kỹ sư trưởng" if index % 3 else "",
        contribution="caused" if index % 2 else "supported",
        known=index % 4 == 0,
    )
    case = Case(
        sid,
        "VND",
        YEAR,
        tuple(physical),
        tuple(money),
        tuple(emissions),
        Range.of(capex, 0.25),
        Range.of(saving, 0.2),
        Range.of(saving / 25400, 0.2),
        Range.of(capex / 25400, 0.25),
        Range.of(ghg, 0.22),
        Range.of(saving * 4, 0.5),
        0.31,
        Range.of(capex / saving, 0.3) if index % 10 else None,
        4.2,
        -40.0 + 13.0 * (index % 9),
        8.0 + index % 5,
        0.1,
        undefined={} if index % 10 else {"simple_payback_a": "no_capex"},
    )
    return solution, case


EXCHANGES = (
    (
        "E-02",
        "E-05",
        "spent_grain",
        "animal_feed",
        7600,
        Stage.IMPLEMENTED,
        Rung.MEASURED,
        "Spent grain to animal feed",
        "Bã bia làm thức ăn chăn nuôi",
    ),
    (
        "E-07",
        "E-04",
        "fly_ash",
        "clinker",
        5400,
        Stage.FEASIBLE,
        Rung.ENGINEERING,
        "Fly ash into cement",
        "Tro bay làm phụ gia xi măng",
    ),
    (
        "E-01",
        "E-02",
        "waste_heat",
        "natural_gas",
        3.1e6,
        Stage.PROPOSED,
        Rung.SCREENING,
        "Dyeing waste heat to the brewery",
        "Nhiệt thải nhuộm cấp cho nhà máy bia",
    ),
    (
        "U-01",
        "E-03",
        "reclaimed_water",
        "fresh_water",
        120000,
        Stage.DECIDED,
        Rung.QUOTED,
        "Treated water for steel cooling",
        "Nước sau xử lý làm mát thép",
    ),
    (
        "E-03",
        "C-01",
        "waste_heat",
        "electricity",
        1.2e6,
        Stage.PROPOSED,
        Rung.SCREENING,
        "Waste heat to the town",
        "Nhiệt thải cho thị trấn",
    ),
    (
        "U-01",
        "E-04",
        "wastewater_sludge",
        "coal_sub_bituminous",
        2900,
        Stage.PROPOSED,
        Rung.SCREENING,
        "Sludge as kiln fuel",
        "Bùn thải làm nhiên liệu lò",
    ),
)


def _exchange(index):
    donor, receiver, resource, displaced, amount, stage, rung, title_en, title_vi = EXCHANGES[index]
    sid = f"X-{index + 1:02d}"
    exchange = Exchange(
        donor,
        receiver,
        resource,
        displaced,
        Range.of(amount, 0.25),
        ExchangeKind.BY_PRODUCT_REUSE,
        treatment=(TreatmentStep("Drying", "Sấy"),) if index % 2 else (),
        distance_km=0.4 + 0.9 * index,
        legal_type="vn05-2-1a",
        legal_class="by_product" if index % 2 else "waste",
        missing=("composition", "price") if index in (2, 5) else (),
    )
    saving, ghg = 2.1e8 + 6e7 * index, 60.0 + 35.0 * index
    solution = Solution(
        sid,
        "exchange",
        "exchange",
        title_en,
        title_vi,
        (donor, receiver),
        (),
        (),
        15.0,
        rung,
        stage,
        exchange=exchange,
        programme_ids=("P-1", "P-2") if index == 0 else (),
        contribution="caused",
    )
    case = Case(
        sid,
        "VND",
        YEAR,
        (PhysicalLine(receiver, displaced, RESOURCES[displaced].unit, Range.of(-amount * 0.1, 0.3)),),
        (MoneyLine("Giá bán", donor, Range.of(saving, 0.3), "VND"),),
        (
            EmissionLine(
                "Fuel", Book.PROJECT, 1, Range.of(ghg, 0.3), amount, "m3", "gas-ipcc", receiver, "natural_gas"
            ),
        ),
        Range.of(3e9, 0.3),
        Range.of(saving, 0.3),
        Range.of(saving / 25400, 0.3),
        Range.of(3e9 / 25400, 0.3),
        Range.of(ghg, 0.3),
        Range.of(5e8, 0.9),
        0.14,
        Range.of(3e9 / saving, 0.4),
        None,
        30.0 + 60 * index,
        15.0,
        0.1,
    )
    return solution, case


def _stage_totals(pairs):
    totals = []
    for stage in STAGES[:5]:
        cases = [case for solution, case in pairs if solution.stage is stage]
        if cases:
            physical: dict[str, float] = {}
            for line in (line for case in cases for line in case.physical):
                physical[line.resource_id] = physical.get(line.resource_id, 0.0) + line.amount.best
            totals.append(
                StageTotal(
                    stage,
                    len(cases),
                    physical,
                    Range.of(sum(c.saving_per_a.best for c in cases), 0.2),
                    Range.of(sum(c.saving_usd_per_a.best for c in cases), 0.2),
                    Range.of(sum(c.ghg_t_per_a.best for c in cases), 0.2),
                    Range.of(sum(c.capex.best for c in cases), 0.2),
                    2,
                    1 if stage is Stage.VERIFIED else 0,
                )
            )
    return tuple(totals)


def _portfolio(park_id, pairs):
    chosen = [(solution, case) for solution, case in pairs if solution.stage is not Stage.REJECTED]
    keep = 0.93  # of the stand-alone sum is left once measures on one motor have compounded
    shares = tuple(
        Share(
            s.id,
            tuple(replace(line, amount=line.amount.scaled(keep)) for line in c.physical),
            c.saving_per_a.best * keep,
            c.ghg_t_per_a.best * keep,
        )
        for s, c in chosen
    )
    alone: dict[str, float] = {}
    for _, case in chosen:
        for line in case.physical:
            alone[line.resource_id] = alone.get(line.resource_id, 0.0) + line.amount.best
    saving, ghg = sum(c.saving_per_a.best for _, c in chosen), sum(c.ghg_t_per_a.best for _, c in chosen)
    baseline = tuple(
        BaselineUse(who, "electricity", "kWh", use, use * part, part, source)
        for who, use, part, source in (
            ("E-01", 9.8e6, 0.031, "billed"),
            ("E-02", 6.1e6, 0.042, "metered"),
            ("E-07", 1.1e6, 0.34, "estimated"),
        )
    )
    return Portfolio(
        park_id,
        YEAR,
        "VND",
        TotalKind.RUN_RATE,
        tuple(s.id for s, _ in chosen),
        {s.id: "rejected" for s, _ in pairs if s.stage is Stage.REJECTED},
        {key: Range.of(value * keep, 0.25) for key, value in alone.items()},
        Range.of(saving * keep, 0.25),
        Range.of(saving * keep / 25400, 0.25),
        Range.of(ghg * keep, 0.25),
        Range.of(2.6e10, 0.25),
        Range.of(2.6e10 / 25400, 0.25),
        8.8e9,
        alone,
        saving,
        ghg,
        shares,
        _stage_totals(pairs),
        baseline,
        Range(0.6, 0.8, 1.0),
        by_scope={1: ghg * 0.4, 2: ghg * 0.53},
        life_cycle_ghg_t=310.0,
        biogenic_t=42.0,
    )


def _criteria(framework_id, confidence):
    rows = (
        (
            "environmental",
            "Share of industrial wastewater reused",
            "Tỷ lệ nước thải công nghiệp tái sử dụng",
            Shape.THRESHOLD,
            "%",
            ">=",
            50.0,
        ),
        (
            "environmental",
            "Monitoring of greenhouse gas in place",
            "Có chương trình giám sát khí nhà kính",
            Shape.BOOLEAN,
            "",
            "is_true",
            True,
        ),
        (
            "social",
            "Enterprises with rules against harassment",
            "Doanh nghiệp có quy định chống quấy rối",
            Shape.THRESHOLD,
            "%",
            ">=",
            75.0,
        ),
        (
            "social",
            "Dialogue with the community every year",
            "Đối thoại với cộng đồng hằng năm",
            Shape.BOOLEAN,
            "",
            "is_true",
            True,
        ),
        (
            "economic",
            "Local suppliers by value",
            "Giá trị mua từ nhà cung cấp địa phương",
            Shape.THRESHOLD,
            "%",
            ">=",
            25.0,
        ),
        (
            "park_management",
            "Unit in charge of the transition",
            "Bộ phận phụ trách chuyển đổi sinh thái",
            Shape.BOOLEAN,
            "",
            "is_true",
            True,
        ),
    )
    return tuple(
        Criterion(
            f"{framework_id}-{n}",
            framework_id,
            row[0],
            row[1],
            row[2],
            "performance",
            row[3],
            row[4],
            row[5],
            row[6],
            confidence=confidence,
        )
        for n, row in enumerate(rows, 1)
    )


def _assessment(framework_id, title_en, title_vi, confidence, park_id, answered=True):
    criteria = _criteria(framework_id, confidence)
    framework = Framework(
        framework_id,
        title_en,
        title_vi,
        "2022",
        ("environmental", "social", "economic", "park_management"),
        "all_must_pass",
        criteria,
        confidence=confidence,
        source="Decree",
    )
    verdicts = (
        Verdict.NOT_MET,
        Verdict.MET,
        Verdict.PARTLY,
        Verdict.UNANSWERED,
        Verdict.MET,
        Verdict.NOT_APPLICABLE,
    )
    values = (18.0, True, 61.5, None, 33.0, None)
    judged = tuple(
        Judged(
            c,
            v if answered else Verdict.UNANSWERED,
            Verdict.MET,
            f"A-{n}" if answered else "",
            values[n - 1] if answered else None,
            computed=n == 1,
        )
        for n, (c, v) in enumerate(zip(criteria, verdicts, strict=True), 1)
    )
    now = Tally(2, 1, 1, 1, 1, 0.5) if answered else Tally(0, 0, 0, 0, 6, 0.0)
    category = {
        "environmental": (Tally(1, 0, 1, 0, 0, 0.5), Tally(2, 0, 0, 0, 0, 1.0)),
        "social": (Tally(0, 1, 0, 0, 1, 0.25), Tally(1, 1, 0, 0, 0, 0.75)),
        "economic": (Tally(1, 0, 0, 0, 0, 1.0), Tally(1, 0, 0, 0, 0, 1.0)),
        "park_management": (Tally(0, 0, 0, 1, 0, None), Tally(0, 0, 0, 1, 0, None)),
    }
    return Assessment(
        park_id,
        framework,
        YEAR,
        ScoringRule(),
        judged,
        category,
        (now, Tally(5, 0, 0, 1, 0, 0.9)),
        False,
        ("vn-1",) if answered else (),
    )


def _geometries(park_id):
    def box(west, south, east, north):
        return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]

    lots = (("A1", 106.929), ("A2", 106.934), ("A3", 106.939))
    return (
        Geometry("G-0", park_id, "boundary", "Polygon", box(106.927, 10.728, 106.948, 10.746), "Ranh giới"),
        *(
            Geometry(f"G-{n}", park_id, "lot", "Polygon", box(w, 10.7385, w + 0.0042, 10.744), name)
            for n, (name, w) in enumerate(lots, 1)
        ),
        Geometry("G-4", park_id, "lot", "Polygon", box(106.934, 10.7305, 106.9382, 10.7355), "B2"),
        Geometry("G-5", park_id, "road", "LineString", [[106.927, 10.737], [106.948, 10.737]], "Đường số 1"),
        Geometry(
            "G-6",
            park_id,
            "pipe",
            "LineString",
            [[106.9310, 10.7405], [106.938, 10.734], [106.9449, 10.7311]],
            "Tuyến thu gom",
            "wastewater",
        ),
    )


def _ledger(park, name, sample):
    programme = Programme("P-1", "Sample programme", "Chương trình mẫu", is_sample=sample)
    months = [
        Bill(
            f"B-{m}",
            "E-06",
            "electricity",
            Period.month(YEAR, m),
            Amount(1.25e6, "kWh", source_class=SourceClass.BILLED),
            "normal",
            2.2e9,
            "VND",
        )
        for m in range(1, 10)
    ]
    return Ledger(
        programme,
        (park,),
        tuple(_people(park.id)),
        (Product("PR-1", "E-01", "Vải", "m2", YEAR, 8.1e6),),
        _flows(),
        tuple(months),
        (Equipment("Q-1", "E-01", "pump", source_class=SourceClass.METERED),),
        answers=tuple(
            Answer(f"A-{n}", park.id, f"vn-{n}", YEAR, 18.0, evidence=("EV-1",) if n == 1 else ())
            for n in range(1, 7)
        ),
        geometries=_geometries(park.id),
        evidence=(Evidence("EV-1", "bao-cao-nuoc-thai-2025.pdf"),),
    )


def _reasons(park_id):
    cell = Origin(OriginKind.CELL, "amata-2025.xlsx", sheet="Bills", cell="F14", typed="12,5 tấn/tháng")
    flow = Derivation(
        "flow/F-01/amount", "Nước cấp E-01", 412000.0, "m3", source_class=SourceClass.BILLED, origin=cell
    )
    grid = Derivation(
        "reference/grid-vn-2023",
        "Grid factor",
        0.0006592,
        "tCO2e/kWh",
        source="Official grid factor 2023",
        confidence=Confidence.CHECKED,
    )
    use = Derivation(
        "flow/F-77/amount", "Điện E-02 2025", 33100.0, "kWh/a", source_class=SourceClass.METERED, origin=cell
    )
    case = Derivation(
        "case/S-001/ghg_t",
        "S-001",
        21.82,
        "tCO2e/a",
        "điện tiết kiệm × hệ số lưới",
        "valuation.value",
        inputs=(use, grid),
    )
    answer = Derivation(
        "answer/A-1/value", "Tỷ lệ tái sử dụng", 18.0, "%", "nước tái sử dụng / nước thải", inputs=(flow,)
    )
    score = Derivation(
        f"assessment/vn/{park_id}/{YEAR}/score", "Score", 0.5, "-", "met / applicable", inputs=(answer,)
    )
    return {item.figure_id: item for item in (flow, grid, use, case, answer, score)}


def build_result(park_id="amata", name="Khu công nghiệp Mẫu Long Thành", *, measures=40, sample=True):
    """The made-up park with `measures` measures and six exchanges."""
    land = tuple(
        LandUse(k, v, source_class=SourceClass.METERED)
        for k, v in (("industrial", 310.5), ("green", 52.0), ("transport", 61.2), ("water", 8.1))
    )
    park = Park(
        park_id,
        "P-1",
        "Sample park Long Thanh",
        name,
        Place(province="Đồng Nai", country="VN"),
        Organisation("Công ty Cổ phần Hạ tầng Mẫu"),
        Registration("472023000123", "Ban Quản lý", date(2004, 8, 17)),
        date(2004, 9, 1),
        land,
        0.86,
        "Sông Đồng Nai",
        ("vn", "intl"),
        worker_housing="1.200 chỗ",
    )
    pairs = [_measure(i) for i in range(1, measures + 1)] + [_exchange(i) for i in range(len(EXCHANGES))]
    portfolio = _portfolio(park_id, pairs)
    start, macc = 0.0, []
    for solution, case in sorted(pairs, key=lambda pair: pair[1].abatement_cost_usd_per_t):
        if solution.stage is not Stage.REJECTED:
            macc.append(
                MaccBlock(
                    solution.id, case.ghg_t_per_a.best, case.abatement_cost_usd_per_t, start, solution.stage
                )
            )
            start += case.ghg_t_per_a.best
    macc[0] = replace(macc[0], cost_usd_per_t=-900.0)
    flows = {flow.id: flow for flow in _flows()}
    ledger = _ledger(park, name, sample)
    return ParkResult(
        park=park,
        year=YEAR,
        ledger=ledger,
        resources=RESOURCES,
        graphs=_graphs(),
        assessments=(
            _assessment(
                "vn",
                "Decree 35/2022 eco-industrial park criteria",
                "Tiêu chí khu công nghiệp sinh thái, Nghị định 35/2022",
                Confidence.CHECKED,
                park_id,
            ),
            _assessment(
                "intl",
                "International EIP Framework",
                "Khung quốc tế về khu công nghiệp sinh thái",
                Confidence.UNCHECKED,
                park_id,
                answered=False,
            ),
        ),
        balances=(
            Balance(
                "E-01",
                "water",
                "m3",
                YEAR,
                412000,
                371000,
                41000,
                9000,
                False,
                None,
                (
                    Adjusted("F-01", 412000, 401300, "m3", 8200, -1.3),
                    Adjusted("F-04", 371000, 378800, "m3", 18500, 0.42),
                ),
            ),
            Balance(
                "E-06",
                "water",
                "m3",
                YEAR,
                61000,
                66000,
                -5000,
                6600,
                True,
                None,
                (Adjusted("F-21", 66000, 59000, "m3", 2000, -3.5),),
            ),
            Balance("E-02", "mass", "t", YEAR, 9800, 7600, 2200, 500, None, 0.78),
        ),
        inferred=(
            InferredFlow(
                replace(
                    flows["F-01"],
                    id="I-1",
                    participant_id="E-08",
                    amount=Amount(5200, "m3", source_class=SourceClass.INFERRED),
                ),
                Range(2100, 5200, 12900),
                "employees",
                715,
                "intensity-vsic-2022",
            ),
        ),
        solutions=tuple(s for s, _ in pairs)
        + (Solution("S-900", "free", "measure", "Unvalued idea", "Ý tưởng chưa tính", ("E-08",), ()),),
        cases={c.solution_id: c for _, c in pairs},
        portfolio=portfolio,
        macc=tuple(macc),
        price_book=PriceBook(
            "VND",
            YEAR,
            PRICES,
            (ExchangeRate("VND", "USD", 25400, YEAR, "central bank average"),),
            0.10,
            "programme",
        ),
        factor_set=FactorSet("vn-2023", 2023, "VN", FACTORS),
        issues=(
            Issue(
                "intake.flow.unit_unknown_for_tests",
                Severity.ERROR,
                Where("amata-2025.xlsx", "Flows", "E14"),
                {"unit": "thùng"},
            ),
            Issue("reports.tests.no_such_code", Severity.WARNING, Where(record="E-06"), {}),
        ),
        reasons=_reasons(park_id),
    )


def build_empty():
    """A park somebody has only just named."""
    park = Park("moi", "P-1", "New park", "Khu công nghiệp mới")
    nothing = Range.exact(0.0)
    framework = Framework(
        "vn",
        "Decree 35/2022",
        "Nghị định 35/2022",
        "2022",
        (),
        "scored",
        _criteria("vn", Confidence.UNCHECKED),
    )
    none = Tally(0, 0, 0, 0, 6, None)
    judged = tuple(Judged(c, Verdict.UNANSWERED, Verdict.UNANSWERED) for c in framework.criteria)
    return ParkResult(
        park,
        YEAR,
        Ledger(Programme("P-1", "Programme", "Chương trình"), (park,)),
        RESOURCES,
        {},
        (Assessment("moi", framework, YEAR, ScoringRule(), judged, {}, (none, none), None),),
        (),
        (),
        (),
        {},
        Portfolio(
            "moi",
            YEAR,
            "VND",
            TotalKind.RUN_RATE,
            (),
            {},
            {},
            nothing,
            nothing,
            nothing,
            nothing,
            nothing,
            0.0,
            {},
            0.0,
            0.0,
            (),
            (),
            (),
            Range(0.6, 0.8, 1.0),
        ),
        (),
        PriceBook("VND", YEAR, (), (), 0.1),
        FactorSet("vn-2023", 2023, "VN", ()),
        (),
    )


def build_summary(results):
    """Sums over parks as the programme part gives them."""
    parks = {
        r.park.id: {
            t.stage: {
                "count": float(t.solution_count),
                "electricity_kwh": -t.physical.get("electricity", 0.0),
                "saving_usd": t.saving_usd.best,
                "ghg_t": t.ghg_t.best,
            }
            for t in r.portfolio.stages
        }
        for r in results
    }
    stages: dict[str, dict[str, float]] = {}
    for by_stage in parks.values():
        for stage, sums in by_stage.items():
            for name, value in sums.items():
                stages.setdefault(stage, {}).setdefault(name, 0.0)
                stages[stage][name] = math.fsum((stages[stage][name], value))
    compliance = {
        r.park.id: {
            f"{a.framework.id}/{category}": (now.score_fraction, later.score_fraction)
            for a in r.assessments
            for category, (now, later) in (*a.by_category.items(), ("total", a.total))
        }
        for r in results
    }
    return Summary(
        "P-1",
        YEAR,
        "VND",
        parks,
        stages,
        compliance,
        {"electricity_kwh": (4.4e6, 1.1e6), "ghg_t": (8910.0, 2300.0)},
        {"X-01": 60.0},
    )


@pytest.fixture(scope="session")
def result():
    return build_result()


@pytest.fixture(scope="session")
def empty_result():
    return build_empty()


@pytest.fixture(scope="session")
def programme_results():
    return tuple(build_result(f"park-{n}", f"Khu công nghiệp {n}", measures=12 + n) for n in range(1, 5))


@pytest.fixture(scope="session")
def summary(programme_results):
    return build_summary(programme_results)
