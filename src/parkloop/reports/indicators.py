"""What a programme adds up, as titles and units."""

from parkloop.reference import result_indicators
from parkloop.reports.numbers import money_unit, unit_text
from parkloop.reports.voice import Voice

UNIT_ENDS = (("_kwh", "kWh/a"), ("_m3", "m3/a"), ("_usd", "USD/a"), ("_t", "t/a"))


def indicator_unit(indicator: str, currency: str, lang: str) -> str:
    """The printed unit of a programme indicator, from the unit in its name."""
    if indicator == "saving":
        return unit_text(f"{money_unit(currency, lang)}/a", lang)
    if indicator == "ghg_t":
        return unit_text("tCO2e/a", lang)
    if indicator == "capex":
        return money_unit(currency, lang)
    return next((unit_text(unit, lang) for end, unit in UNIT_ENDS if indicator.endswith(end)), "")


def indicator_title(indicator: str, voice: Voice) -> str:
    """The title of an indicator: of the reference table where it is physical, else of the catalogue."""
    known = next((item for item in result_indicators() if item.id == indicator), None)
    if known is None:
        return voice.code("indicator", indicator)
    return known.title_vi if voice.lang == "vi" else known.title_en
