"""One park's result told in one language: what all chapters of its dossier share."""

from collections.abc import Mapping
from dataclasses import dataclass

from parkloop.model import Confidence, ParkResult, Range
from parkloop.reports.derive import all_reasons
from parkloop.reports.figures import KeyFigure, key_figures
from parkloop.reports.links import ExchangeLink, exchange_links, unit_of
from parkloop.reports.numbers import DASH, entered, money_factor, money_unit, number, ranged, unit_text
from parkloop.reports.page import Cell
from parkloop.reports.voice import Voice, voice_of
from parkloop.reports.yearly import YearFlow, year_flows


@dataclass(frozen=True, slots=True)
class Story:
    """A result with its voice, key figures, exchanges (numbered) and yearly flows."""

    result: ParkResult
    voice: Voice
    figures: tuple[KeyFigure, ...]
    links: tuple[ExchangeLink, ...]
    amounts: Mapping[int, str]
    flows: tuple[YearFlow, ...]
    checked_off: frozenset[str]

    @property
    def lang(self) -> str:
        """The language of the document."""
        return self.voice.lang

    def say(self, key: str, arguments: Mapping[str, object] | None = None) -> str:
        """The text `reports.<key>`."""
        return self.voice.say(key, arguments)

    def unchecked(self, row_id: str, confidence: Confidence | None) -> tuple[str, ...]:
        """The mark of a reference row whose source nobody has opened; none once a person checked it off."""
        open_row = confidence is Confidence.UNCHECKED and row_id not in self.checked_off
        return ("unchecked",) if open_row else ()

    def trust(self, row_id: str, confidence: Confidence) -> Cell:
        """How far a reference row can be trusted: the mark of unchecked rows, words for the others."""
        if self.unchecked(row_id, confidence):
            return Cell("", marks=("unchecked",))
        if confidence is Confidence.UNCHECKED:
            return Cell(self.say("mark.checked_off"))
        return Cell(self.voice.code("confidence", confidence))


def story_of(result: ParkResult, lang: str) -> Story:
    """Everything the chapters of a park's dossier need, computed once."""
    voice = voice_of(result, lang, all_reasons(result, lang))
    links = exchange_links(result)
    amounts = {
        link.number: " ".join(
            (
                number(link.exchange.amount.best, lang),
                unit_text(f"{unit_of(result, link.exchange)}/a", lang),
            )
        )
        for link in links
    }
    return Story(
        result=result,
        voice=voice,
        figures=key_figures(result),
        links=links,
        amounts=amounts,
        flows=year_flows(result),
        checked_off=frozenset(item.row_id for item in result.ledger.check_offs),
    )


def range_cell(value: Range | None, lang: str, why: str = "") -> Cell:
    """A range as a cell: middle, ends, six digits on hover."""
    if value is None:
        return Cell(DASH)
    middle, ends = ranged(value, lang)
    return Cell(middle, why=why, extent=ends, detail=_more_digits(value.best, lang))


def money_cell(value: Range | None, currency: str, lang: str, why: str = "") -> Cell:
    """Money as a cell in the unit of `money_unit`; the full amount on hover."""
    if value is None:
        return Cell(DASH)
    middle, ends = ranged(value, lang, money_factor(currency))
    exact = _more_digits(value.best, lang)
    return Cell(middle, why=why, extent=ends, detail=f"{exact} {currency}" if exact else "")


def money_text(value: float, currency: str, lang: str) -> str:
    """Money in words: `1.230 triệu đồng`, `VND 1,230 million`, `USD 48,700`."""
    said, unit = number(value * money_factor(currency), lang), money_unit(currency, lang)
    if lang == "vi":
        return f"{said} {unit}"
    code, _, scale = unit.partition(" ")
    return f"{code} {said} {scale}".strip()


def _more_digits(value: float, lang: str) -> str:
    """The value with six digits where three leave something out."""
    exact = entered(value, lang)
    return "" if exact == number(value, lang) else exact
