"""The sheets of the workbook: which records each holds and what tells two of them apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from parkloop import reference
from parkloop.intake.codecs import ANSWER, LAND_USE, SHAPE, amount_codec
from parkloop.intake.column import Column, table
from parkloop.intake.sheet import SheetSpec
from parkloop.intake.solution_columns import BARRIERS, COSTS, EXCHANGE, HISTORY, SAVINGS
from parkloop.model import (
    Activity,
    Answer,
    Baseline,
    Bill,
    CheckItem,
    CheckOff,
    Confidence,
    Equipment,
    Evidence,
    ExchangeRate,
    Flow,
    Geometry,
    Inspection,
    Limit,
    LogEntry,
    Meter,
    Observation,
    Park,
    ParkScreening,
    Participant,
    Permit,
    Photo,
    Policy,
    Price,
    Product,
    Programme,
    SeriesPoint,
    Solution,
    SourceClass,
    Stakeholder,
    Target,
    VerifiedSaving,
    Visit,
)


@dataclass(frozen=True, slots=True)
class PermitLimit:
    """A limit together with the permit it belongs to: a row of the sheet of limits."""

    permit_id: str
    parameter: str
    value: float
    unit: str
    edition: str
    column: str = ""
    averaging: str = "daily_mean"
    source: str = ""
    confidence: Confidence = Confidence.UNCHECKED

    @property
    def limit(self) -> Limit:
        """The limit alone."""
        return Limit(
            self.parameter, self.value, self.unit, self.edition, self.column, self.averaging, self.source,
            self.confidence,
        )  # fmt: skip

    @classmethod
    def of(cls, permit_id: str, limit: Limit) -> "PermitLimit":
        """The row of `limit`."""
        return cls(
            permit_id, limit.parameter, limit.value, limit.unit, limit.edition, limit.column, limit.averaging,
            limit.source, limit.confidence,
        )  # fmt: skip


_FLOW_AMOUNT = amount_codec(priced=True, default_class=SourceClass.ESTIMATED)
_BILL_AMOUNT = amount_codec(priced=False, default_class=SourceClass.BILLED)
_LIFE = (COSTS, HISTORY, BARRIERS)
_MEASURE = {"type_id": "known", "kind": "measure", "known": True, "deltas": ()}
_EXCHANGE = {"type_id": "known", "kind": "exchange", "known": True}


def _columns(key: str) -> tuple[Column, ...]:
    columns = table()[key]
    if key != "equipment":
        return columns
    at = next(at for at, column in enumerate(columns) if column.key == "source_class")
    return (*columns[:at], *_properties(), *columns[at:])


def _properties() -> tuple[Column, ...]:
    """One column for each property any kind of equipment has; its help names the kinds."""
    found: dict[str, Column] = {}
    kinds: dict[str, list[tuple[str, str]]] = {}
    for kind in reference.equipment_kinds().values():
        for item in kind.fields:
            kinds.setdefault(item.name, []).append((kind.label_en, kind.label_vi))
            words = item.unit == "text"
            column = Column(
                "equipment", item.name, f"properties.{item.name}", "text" if words else "number",
                unit="" if words else item.unit, low=item.low, high=item.high,
                label_en=item.label_en, label_vi=item.label_vi,
            )  # fmt: skip
            found[item.name] = _wider(found.get(item.name), column)
    return tuple(
        replace(
            column,
            help_en="; ".join(pair[0] for pair in kinds[name]),
            help_vi="; ".join(pair[1] for pair in kinds[name]),
        )
        for name, column in found.items()
    )


def _wider(old: Column | None, new: Column) -> Column:
    """One column serves several kinds: its bounds hold for all of them."""
    if old is None:
        return new
    low = None if old.low is None or new.low is None else min(old.low, new.low)
    high = None if old.high is None or new.high is None else max(old.high, new.high)
    kind = "text" if "text" in (old.type, new.type) else "number"
    return replace(old, low=low, high=high, type=kind)


_SHEETS: tuple[SheetSpec, ...] = (
    SheetSpec("programme", "programme", Programme, "programme", "Programme", "Chương trình", (), ("id",),
              prefix="PR", layout="fields"),
    SheetSpec("parks", "parks", Park, "park", "Park", "Khu công nghiệp", (), ("name_en|name_vi",), prefix="K",
              layout="fields", codecs=(LAND_USE,)),
    SheetSpec("participants", "participants", Participant, "participant", "Participants", "Bên tham gia", (),
              ("park", "name"), prefix="P"),
    SheetSpec("products", "products", Product, "product", "Products", "Sản phẩm", (),
              ("participant", "name", "year"), prefix="PD", money=(("revenue", "revenue_currency"),)),
    SheetSpec("flows", "flows", Flow, "flow", "Flows", "Dòng", (),
              ("participant", "direction", "resource", "label", "period"), prefix="F", strict=True,
              codecs=(_FLOW_AMOUNT,), money=(("price", "currency"),)),
    SheetSpec("equipment", "equipment", Equipment, "equipment", "Equipment", "Thiết bị", (),
              ("participant", "kind", "name"), prefix="Q"),
    SheetSpec("bills", "bills", Bill, "bill", "Bills", "Hóa đơn", (),
              ("participant", "resource", "period", "band", "meter"), prefix="B",
              codecs=(_BILL_AMOUNT,), money=(("money", "currency"),)),
    SheetSpec("bill_months", "bills", Bill, "bill", "Bills by month", "Hóa đơn theo tháng", (), (),
              layout="months"),
    SheetSpec("log", "log", LogEntry, "log", "Log", "Nhật ký", (), ("participant", "point", "at"),
              prefix="L"),
    SheetSpec("answers", "answers", Answer, "answer", "Answers", "Câu trả lời", (),
              ("subject", "criterion", "year"), prefix="A", strict=True, codecs=(ANSWER,)),
    SheetSpec("solutions", "solutions", Solution, "solution", "Solutions", "Giải pháp", (),
              ("participants", "title_en|title_vi"), prefix="S", codecs=(SAVINGS, *_LIFE), defaults=_MEASURE),
    SheetSpec("exchanges", "solutions", Solution, "solution", "Exchanges", "Trao đổi", (),
              ("donor", "receiver", "resource"), prefix="X", codecs=(EXCHANGE, *_LIFE), defaults=_EXCHANGE),
    SheetSpec("evidence", "evidence", Evidence, "evidence", "Evidence", "Minh chứng", (), ("file",),
              prefix="E"),
    SheetSpec("prices", "prices", Price, "price", "Prices", "Giá", (),
              ("resource", "side", "band", "fate", "participant", "currency", "year"), minor=True),
    SheetSpec("exchange_rates", "exchange_rates", ExchangeRate, "exchange_rate", "Exchange rates",
              "Tỷ giá", (),
              ("currency", "base", "year"), minor=True),
    SheetSpec("permits", "permits", Permit, "permit", "Permits", "Giấy phép", (),
              ("participant", "kind", "number"), prefix="G", minor=True),
    SheetSpec("limits", "limits", PermitLimit, "limit", "Limits", "Giới hạn xả thải", (),
              ("permit", "parameter", "edition", "column", "averaging"), minor=True),
    SheetSpec("inspections", "inspections", Inspection, "inspection", "Inspections", "Thanh tra, kiểm tra",
              (),
              ("subject", "on", "law"), prefix="I", money=(("penalty", "currency"),), minor=True),
    SheetSpec("meters", "meters", Meter, "meter", "Meters", "Đồng hồ đo", (), ("participant", "resource",
              "name"),
              prefix="M", minor=True),
    SheetSpec("activities", "activities", Activity, "activity", "Activities", "Hoạt động", (),
              ("subject", "title", "on"), prefix="AC", minor=True),
    SheetSpec("targets", "targets", Target, "target", "Targets", "Mục tiêu", (), ("subject", "indicator",
              "year"),
              prefix="T", minor=True),
    SheetSpec("stakeholders", "stakeholders", Stakeholder, "stakeholder", "Stakeholders",
              "Các bên liên quan", (),
              ("park", "name"), prefix="SH", minor=True),
    SheetSpec("policies", "policies", Policy, "policy", "Policies", "Chính sách", (), ("topic", "title"),
              prefix="PO", minor=True),
    SheetSpec("screenings", "screenings", ParkScreening, "screening", "Screening", "Sàng lọc khu", (),
              ("park", "criterion"), prefix="SC", minor=True),
    SheetSpec("baselines", "baselines", Baseline, "baseline", "Baselines", "Đường cơ sở", (),
              ("participant", "resource", "period"), prefix="BL", minor=True),
    SheetSpec("verified_savings", "verified_savings", VerifiedSaving, "verified_saving", "Verified savings",
              "Tiết kiệm đã kiểm chứng", (), ("solution", "period", "resource"), prefix="V", minor=True),
    SheetSpec("visits", "visits", Visit, "visit", "Visits", "Chuyến thăm", (), ("subject", "on", "purpose"),
              prefix="VI", minor=True),
    SheetSpec("check_items", "check_items", CheckItem, "check_item", "Checklist", "Danh mục kiểm tra", (),
              ("visit", "text"), prefix="CI", minor=True),
    SheetSpec("observations", "observations", Observation, "observation", "Observations", "Quan sát", (),
              ("visit", "text"), prefix="O", minor=True),
    SheetSpec("photos", "photos", Photo, "photo", "Photos", "Ảnh", (), ("visit", "evidence"), prefix="PH",
              minor=True),
    SheetSpec("geometries", "geometries", Geometry, "geometry", "Geometry", "Hình học", (),
              ("park", "kind", "name"), prefix="GE", codecs=(SHAPE,), minor=True),
    SheetSpec("series", "series", SeriesPoint, "series", "Series", "Chuỗi số liệu", (), ("meter", "at"),
              minor=True),
    SheetSpec("check_offs", "check_offs", CheckOff, "check_off", "Check-offs", "Xác nhận đối chiếu", (),
              ("row_id", "who", "when"), minor=True),
)  # fmt: skip

READING_ORDER = (
    "programme", "parks", "participants", "evidence", "meters", "products", "flows", "bills", "bill_months",
    "equipment", "log", "answers", "solutions", "exchanges", "prices", "exchange_rates", "permits", "limits",
    "inspections", "activities", "targets", "stakeholders", "policies", "screenings", "baselines",
    "verified_savings", "visits", "check_items", "observations", "photos", "geometries", "series",
    "check_offs",
)  # fmt: skip


@cache
def sheets() -> Mapping[str, SheetSpec]:
    """Every sheet of the workbook by key, in the order they stand there."""
    return {spec.key: replace(spec, columns=_columns(spec.key)) for spec in _SHEETS}
