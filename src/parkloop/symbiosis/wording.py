"""Reasons, titles and missing figures in words, both languages."""

from collections.abc import Mapping

from parkloop.model import Resource
from parkloop.reference.uses import Use, legal_rules, treatments
from parkloop.texts import text

Row = Mapping[str, object]


def figure(value: float, lang: str) -> str:
    """A number of three digits for a sentence, with the separators of the language.

    Examples
    --------
    >>> figure(15948.96, "en"), figure(0.93, "vi")
    ('15,900', '0,93')
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.3g}")
    shown = f"{rounded:,.0f}" if abs(rounded) >= 100 else f"{rounded:,.3g}"
    return shown.translate(str.maketrans(",.", ".,")) if lang == "vi" else shown


def missing_text(code: str, lang: str) -> str:
    """What a missing-figure code asks for: `donor_amount`, `quality.loi`, ..."""
    kind, _, parameter = code.partition(".")
    if kind == "quality":
        return text("symbiosis.missing.quality", lang, parameter=parameter)
    return text(f"symbiosis.missing.{code}", lang)


def title(row: Row, names: Mapping[str, str], resources: Mapping[str, Resource], lang: str) -> str:
    """`Fly ash from A to B in place of clinker`."""
    return text(
        "symbiosis.title.exchange",
        lang,
        resource=_name(row["resource"], resources, lang),
        donor=names[str(row["donor"])],
        receiver=names[str(row["receiver"])],
        displaced=_inside(row["displaced"], resources, lang),
    )


def reasons(
    row: Row, use: Use, names: Mapping[str, str], resources: Mapping[str, Resource], lang: str
) -> tuple[str, ...]:
    """Why the two match, sentence by sentence: use, quantity, way, heat, law, present fate, treatment."""
    found = [_use_reason(row, use, resources, lang)]
    if row["quantity"] is not None:
        found.append(_quantity_reason(row, names, resources, lang))
    if row["distance_km"] is not None:
        found.append(
            text(
                "symbiosis.reason.distance",
                lang,
                distance=figure(_number(row["distance_km"]), lang),
                limit=figure(use.max_distance_km, lang),
            )
        )
    if row["required_temperature_c"] is not None and row["temperature_c"] is not None:
        found.append(
            text(
                "symbiosis.reason.temperature",
                lang,
                have=figure(_number(row["temperature_c"]), lang),
                need=figure(_number(row["required_temperature_c"]), lang),
            )
        )
    return (*found, legal_reason(row, use, lang), _fate_reason(row, lang), *_treatment_reason(use, lang))


def masked_reasons(row: Row, use: Use, resources: Mapping[str, Resource], lang: str) -> tuple[str, ...]:
    """What may be said while one side keeps its figures to itself: use and law; no name, amount or price."""
    return (
        _use_reason(row, use, resources, lang),
        legal_reason(row, use, lang),
        text("symbiosis.reason.masked", lang),
    )


def legal_reason(row: Row, use: Use, lang: str) -> str:
    """The class in law with the rules to read, or the advice to ask the authority."""
    rules = [legal_rules()[rule] for rule in use.rules_vn]
    key = "legal_open" if row["legal"] == "ask_authority" else "legal_class"
    return text(
        f"symbiosis.reason.{key}",
        lang,
        legal_class=text(f"symbiosis.legal.{row['legal']}", lang),
        permit=use.permit_vi if lang == "vi" else use.permit_en,
        rules="; ".join(rule.title_vi if lang == "vi" else rule.title_en for rule in rules),
    )


def _use_reason(row: Row, use: Use, resources: Mapping[str, Resource], lang: str) -> str:
    ratio = row["displaced_per_unit"]
    return text(
        "symbiosis.reason.use",
        lang,
        resource=_name(row["resource"], resources, lang),
        role=use.role_vi if lang == "vi" else use.role_en,
        process=use.process_vi if lang == "vi" else use.process_en,
        displaced=_inside(row["displaced"], resources, lang),
        ratio="?" if ratio is None else figure(_number(ratio), lang),
        displaced_unit=_unit(row["displaced"], resources),
        unit=_unit(row["resource"], resources),
        cap=figure(use.cap_fraction * 100, lang),
    )


def _quantity_reason(row: Row, names: Mapping[str, str], resources: Mapping[str, Resource], lang: str) -> str:
    return text(
        "symbiosis.reason.quantity",
        lang,
        donor=names[str(row["donor"])],
        receiver=names[str(row["receiver"])],
        supply=figure(_number(row["amount"]), lang),
        demand=figure(_number(row["want_amount"]), lang),
        amount=figure(_number(row.get("allocated", row["quantity"])), lang),
        displaced=_inside(row["displaced"], resources, lang),
        unit=_unit(row["resource"], resources),
        displaced_unit=_unit(row["displaced"], resources),
    )


def _fate_reason(row: Row, lang: str) -> str:
    fate = str(row["fate"])
    if fate in ("sold", "reused", "recycled"):
        return text("symbiosis.reason.sold", lang, fate=text(f"symbiosis.fate.{fate}", lang))
    if fate in ("treated", "landfilled", "incinerated", "discharged", "stored"):
        return text("symbiosis.reason.disposed", lang, fate=text(f"symbiosis.fate.{fate}", lang))
    return text("symbiosis.reason.unknown_fate", lang)


def _treatment_reason(use: Use, lang: str) -> tuple[str, ...]:
    if not use.treatment:
        return ()
    path = [treatments()[name] for name in use.treatment]
    share = 1.0
    for item in path:
        share *= item.yield_fraction.best
    names = ", ".join(item.step.name_vi if lang == "vi" else item.step.name_en for item in path)
    return (text("symbiosis.reason.treatment", lang, steps=names, share=figure(share * 100, lang)),)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _name(resource: object, resources: Mapping[str, Resource], lang: str) -> str:
    found = resources.get(str(resource))
    return found.name(lang) if found else str(resource)


def _inside(resource: object, resources: Mapping[str, Resource], lang: str) -> str:
    """The name within a sentence: without its capital, unless it is an abbreviation."""
    name = _name(resource, resources, lang)
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def _unit(resource: object, resources: Mapping[str, Resource]) -> str:
    found = resources.get(str(resource))
    return found.unit if found else ""
