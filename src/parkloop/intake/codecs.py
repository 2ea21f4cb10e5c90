"""Values that several columns make together: amounts, answers, land use, shapes."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from parkloop.intake.cell import Blank, bounded, is_clear, number_in, text_of, typed_text
from parkloop.intake.look import Look
from parkloop.intake.number import Typed
from parkloop.intake.places_shapes import ShapeError, sound
from parkloop.intake.plain import to_plain
from parkloop.intake.sheet import Cells, Codec
from parkloop.intake.trouble import CellError
from parkloop.intake.words import fold
from parkloop.model import Amount, LandUse, Shape, SourceClass

_AMOUNT_KEYS = ("amount", "low", "high", "unit", "source_class")
_BAND_UNITS = {"reactive": "kVArh", "capacity": "kW"}
_PARTLY = ("partly", "một phần", "mot phan", "đạt một phần", "partial", "partially")
_NOT_APPLICABLE = ("n/a", "na", "không áp dụng", "khong ap dung", "not applicable")
_YES = ("yes", "có", "co", "true", "đúng", "đạt", "met")
_NO = ("no", "không", "khong", "false", "sai", "không đạt", "not met")


def amount_codec(*, priced: bool, default_class: SourceClass) -> Codec:
    """Amount, its bounds, unit and source class; with `priced` also the price per typed unit."""

    def read(cells: Cells) -> Mapping[str, Any]:
        return _read_amount(cells, default_class, priced=priced)

    def write(record: Any, look: Look, lang: str) -> Mapping[str, object]:
        return _write_amount(record, look, lang, priced=priced)

    keys = (*_AMOUNT_KEYS, "price") if priced else _AMOUNT_KEYS
    return Codec(keys, ("amount", "price") if priced else ("amount",), read, write)


def canonical_unit(look: Look, resource_id: str, band: str) -> str:
    """The unit amounts of a resource are kept in; reactive energy and capacity have their own."""
    if band in _BAND_UNITS:
        return _BAND_UNITS[band]
    resource = look.resource_record(resource_id)
    return resource.unit if resource else ""


def number_and_unit(cells: Cells, key: str, unit_key: str) -> tuple[float | None, str]:
    """What an amount cell and its unit cell hold; the unit may stand in the amount cell as well."""
    raw, unit_raw = cells.raw.get(key), cells.raw.get(unit_key)
    unit = "" if unit_raw is None or is_clear(unit_raw) else text_of(unit_raw)
    if raw is None:
        return None, unit
    if is_clear(raw):
        raise cells.fail("intake.cell.cannot_clear", key)
    column = cells.column(key)
    notes: list[Any] = []
    found: Typed = number_in(column, raw, cells.look, notes)
    cells.extend(tuple(notes))
    if found.rest and not found.rest[0].isalpha():
        raise cells.fail("intake.number.text", key, typed=typed_text(raw))
    if found.rest and unit and fold(found.rest) != fold(unit):
        raise cells.fail("intake.amount.two_units", key, typed=typed_text(raw), unit=unit)
    return bounded(column, found.value, raw), unit or found.rest


def _read_amount(cells: Cells, default_class: SourceClass, *, priced: bool) -> Mapping[str, Any]:
    before: Amount | None = cells.before("amount")
    typed, unit = number_and_unit(cells, "amount", "unit")
    if typed is None and before is None:
        raise cells.fail("intake.row.required_missing", "amount", column="amount")
    if typed is None and before is not None:
        typed = before.value if before.typed_value is None else before.typed_value
    if not unit and before is not None:
        unit = before.typed_unit or before.unit
    resource_id = cells.base("resource_id", "")
    canonical = canonical_unit(cells.look, resource_id, cells.base("band", "") if not priced else "")
    if not unit:
        raise cells.fail("intake.amount.unit_missing", "unit", canonical=canonical)
    scale = cells.scale(unit, canonical, resource_id, "unit")
    result: dict[str, Any] = {}
    if cells.typed(*_AMOUNT_KEYS):
        result["amount"] = _amount(
            cells, Typed(float(typed or 0.0), unit), scale.factor, canonical, default_class
        )
        cells.figures["amount"] = "amount"
    if priced and cells.typed("price"):
        result["price"] = None if cells.cleared("price") else _price(cells, scale.per_unit)
        cells.figures["price"] = "price"
    return result


def _price(cells: Cells, per_unit: float) -> float:
    column = cells.column("price")
    notes: list[Any] = []
    found = number_in(column, cells.raw["price"], cells.look, notes)
    cells.extend(tuple(notes))
    if found.rest:
        raise cells.fail("intake.number.text", "price", typed=typed_text(cells.raw["price"]))
    return bounded(column, found.value, cells.raw["price"]) / per_unit


def _amount(cells: Cells, typed: Typed, factor: float, canonical: str, default_class: SourceClass) -> Amount:
    before: Amount | None = cells.before("amount")
    ends: list[float | None] = []
    for key, old in (("low", before.low if before else None), ("high", before.high if before else None)):
        raw = cells.raw.get(key)
        if raw is None:
            ends.append(old)
        elif cells.cleared(key):
            ends.append(None)
        else:
            number, _ = number_and_unit(cells, key, "unit")
            ends.append(None if number is None else number * factor)
    value = bounded(cells.column("amount"), typed.value * factor, typed.value)
    low, high = ends
    if (low is not None and low > value) or (high is not None and high < value):
        raise cells.fail(
            "intake.range.order", "low" if low is not None and low > value else "high", typed=value
        )
    source_class = cells.filled("source_class", before.source_class if before else default_class)
    return Amount(
        value=value,
        unit=canonical,
        typed_value=typed.value,
        typed_unit=typed.rest,
        source_class=SourceClass(source_class or default_class),
        low=low,
        high=high,
    )


def _write_amount(record: Any, look: Look, lang: str, *, priced: bool) -> Mapping[str, object]:
    amount: Amount = record.amount
    number = amount.value if amount.typed_value is None else amount.typed_value
    factor = amount.value / number if number else 1.0
    unit = amount.typed_unit or amount.unit
    classes = look.list("source_classes")
    found: dict[str, object] = {
        "amount": number,
        "unit": unit,
        "low": None if amount.low is None or not factor else amount.low / factor,
        "high": None if amount.high is None or not factor else amount.high / factor,
        "source_class": classes.word(amount.source_class.value, lang)
        if classes
        else amount.source_class.value,
    }
    if priced and record.price is not None:
        found["price"] = record.price * _per_unit(record, unit, look)
    return found


def _per_unit(record: Any, unit: str, look: Look) -> float:
    """Canonical units in one typed unit; 1 where that cannot be said (the exact value then goes along)."""
    from_unit = canonical_unit(look, record.resource_id, "")
    try:
        return look.scale(unit, from_unit, record.period, record.resource_id).per_unit
    except CellError:
        return 1.0


def read_answer(cells: Cells) -> Mapping[str, Any]:
    """`now` and `intended` with the words for partly and not applicable."""
    result: dict[str, Any] = {}
    for key, name, partly in (("now", "value", "partly"), ("intended", "intended_value", "intended_partly")):
        raw = cells.raw.get(key)
        if raw is None:
            continue
        cells.figures[name] = key
        if is_clear(raw):
            result[name], result[partly] = None, False
        elif isinstance(raw, str) and fold(raw) in _NOT_APPLICABLE and key == "now":
            result |= {"value": None, "partly": False, "not_applicable": True}
        else:
            result[name], result[partly] = _answer(cells, key, raw)
            if key == "now":
                result["not_applicable"] = False
    return result


def _answer(cells: Cells, key: str, raw: object) -> tuple[float | bool | str | None, bool]:
    if isinstance(raw, bool):
        return raw, False
    word = fold(raw) if isinstance(raw, str) else ""
    if word in _PARTLY:
        return None, True
    if word in _YES or word in _NO:
        return word in _YES, False
    criterion = cells.look.criterion(cells.base("criterion_id", ""))
    column = cells.column(key)
    if isinstance(raw, str) and criterion is not None and criterion.shape is Shape.INFORMATION:
        return text_of(raw), False
    if isinstance(raw, str) and criterion is not None and criterion.shape is Shape.BOOLEAN:
        raise cells.fail("intake.answer.not_yes_no", key, typed=raw)
    notes: list[Any] = []
    found = number_in(column, raw, cells.look, notes)
    cells.extend(tuple(notes))
    unit = criterion.unit if criterion else ""
    if found.rest and found.rest != unit:
        if found.rest == "%" and unit in ("-", "fraction"):
            return bounded(column, found.value / 100.0, raw), False
        raise cells.fail("intake.number.other_unit", key, typed=typed_text(raw), unit=unit or "-")
    return bounded(column, found.value, raw), False


def write_answer(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The cells of an answer."""
    now = _answer_word(record.value, lang, partly=record.partly)
    if record.not_applicable:
        now = "không áp dụng" if lang == "vi" else "n/a"
    criterion, frameworks = look.criterion(record.criterion_id), look.list("frameworks")
    return {
        "now": now,
        "intended": _answer_word(record.intended_value, lang, partly=record.intended_partly),
        "framework": frameworks.word(criterion.framework_id, lang) if criterion and frameworks else None,
    }


def _answer_word(value: object, lang: str, *, partly: bool) -> object:
    if partly:
        return "một phần" if lang == "vi" else "partly"
    if isinstance(value, bool):
        words = ("có", "không") if lang == "vi" else ("yes", "no")
        return words[0] if value else words[1]
    return value


ANSWER = Codec(
    ("now", "intended"),
    ("value", "partly", "not_applicable", "intended_value", "intended_partly"),
    read_answer,
    write_answer,
)

_LAND = {
    "land_industrial": "industrial",
    "land_green": "green",
    "land_transport": "transport",
    "land_technical": "technical_infrastructure",
    "land_social": "social_infrastructure",
    "land_service": "service",
    "land_water": "water",
    "land_other": "other",
}


def read_land_use(cells: Cells) -> Mapping[str, Any]:
    """The land of a park by class; a class is updated in the year typed beside it, else in its latest."""
    uses: list[LandUse] = list(cells.before("land_use", ()))
    for key, land_class in _LAND.items():
        area = cells.value(key)
        if area is Blank.ABSENT:
            continue
        year, source_class = _beside(cells, key)
        latest = _latest(uses, land_class, year)
        if area is Blank.CLEAR:
            uses = [item for item in uses if item is not latest]
            continue
        new = latest or LandUse(land_class, 0.0)
        new = replace(new, area_ha=area)
        if year is not None:
            new = replace(new, year=year)
        if source_class is not None:
            new = replace(new, source_class=source_class)
        uses = [new if item is latest else item for item in uses] if latest else [*uses, new]
        cells.figures[f"land_use.{land_class}"] = key
    return {"land_use": tuple(uses)}


def _beside(cells: Cells, key: str) -> tuple[int | None, SourceClass | None]:
    """Year and source class from the cells beside an area."""
    year, said = cells.sides.get((key, "year")), cells.sides.get((key, "source_class"))
    text = "" if year is None else text_of(year)
    if text and not text.isdigit():
        raise cells.fail("intake.date.not_year", key, typed=text)
    code = None if said is None else SourceClass(cells.look.code("source_classes", text_of(said)))
    return int(text) if text else None, code


def _latest(uses: list[LandUse], land_class: str, year: int | None) -> LandUse | None:
    same = [item for item in uses if item.land_class == land_class]
    if year is not None:
        same = [item for item in same if item.year in (year, None)]
    return max(same, key=lambda item: item.year or 0, default=None)


def write_land_use(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The latest area of each class, with year and source class in the side cells."""
    found: dict[str, object] = {}
    classes = look.list("source_classes")
    for key, land_class in _LAND.items():
        latest = _latest(list(record.land_use), land_class, None)
        if latest is not None:
            word = latest.source_class.value
            found[key] = latest.area_ha
            found[f"{key}/year"] = latest.year
            found[f"{key}/source_class"] = classes.word(word, lang) if classes else word
    return found


LAND_USE = Codec(tuple(_LAND), ("land_use",), read_land_use, write_land_use)


def read_shape(cells: Cells) -> Mapping[str, Any]:
    """A shape and its coordinates, as they are typed, when the one fits the other."""
    shape, coordinates = (cells.filled(key, cells.before(key)) for key in _SHAPE)
    for key, value in zip(_SHAPE, (shape, coordinates), strict=True):
        if value is None:
            raise cells.fail("intake.row.required_missing", key, column=key)
        if cells.typed(key):
            cells.figures[key] = key
    try:
        sound(shape, coordinates)
    except ShapeError as error:
        place = text_of(cells.raw.get("id", shape))
        raise cells.fail(error.code, "coordinates", **{"place": place, **error.arguments}) from error
    return {"shape": shape, "coordinates": coordinates}


def write_shape(record: Any, look: Look, lang: str) -> Mapping[str, object]:
    """The cells of a shape: its GeoJSON type and coordinates."""
    text = json.dumps(to_plain(record.coordinates), ensure_ascii=False)
    return {"shape": record.shape, "coordinates": text}


_SHAPE = ("shape", "coordinates")
SHAPE = Codec(_SHAPE, _SHAPE, read_shape, write_shape)
