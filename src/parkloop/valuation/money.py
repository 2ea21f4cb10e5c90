"""Prices of what crosses the fence, in the currency of the book."""

from dataclasses import dataclass

from parkloop.model import Family, Fate, Issue, Price, PriceBook, Severity, Where
from parkloop.valuation.places import Place
from parkloop.valuation.terms import Terms

NORMAL_BAND = "normal"
_EARNS = {Fate.SOLD.value, Fate.EXCHANGED.value}
_MAY_EARN = {Fate.REUSED.value, Fate.RECYCLED.value}


@dataclass(frozen=True, slots=True)
class UnitValue:
    """What one unit more of a line is worth: `income` [book currency/unit] is negative for what is paid.

    `key` names the uncertain input behind it, `uncertainty` its relative 10/90 half-width [-].
    """

    income: float
    key: str
    uncertainty: float
    ref: str


class Money:
    """Looks prices up and converts currencies; remembers what was missing."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.book: PriceBook = terms.book
        self.issues: dict[tuple[str, ...], Issue] = {}
        self._rates: dict[tuple[str, str, int], float | None] = {}

    def rate(self, from_currency: str, to_currency: str, year: int) -> float | None:
        """Units of `to_currency` for one of `from_currency` in the closest year; None if unknown."""
        if from_currency == to_currency:
            return 1.0
        key = (from_currency, to_currency, year)
        if key not in self._rates:
            self._rates[key] = self._find_rate(from_currency, to_currency, year)
        return self._rates[key]

    def convert(self, amount: float, currency: str, year: int) -> float | None:
        """Money in the book's currency at the dated rate; None and an issue where there is no rate."""
        found = self.rate(currency, self.book.currency, year)
        if found is None:
            self._note("valuation.rate.missing", Severity.ERROR, currency, self.book.currency)
            return None
        return amount * found

    def unit_value(self, place: Place, band: str, fate: str) -> UnitValue | None:
        """The marginal value of one unit at a place: the participant's own price before the general one.

        None with an issue where there is no price; None without one for heat that is merely given off.
        """
        if not place.outgoing:
            return self._purchase(place, band)
        resource = self.terms.resources[place.resource_id]
        if place.income is not None:
            return self._own(place, "sell" if place.income > 0.0 else "dispose")
        side = "sell" if fate in _EARNS else "dispose"
        found = self._find(place, side, fate)
        if found is None and fate in _MAY_EARN:
            found = self._find(place, "sell", fate)
            side = "sell"
        if found is None:
            if resource.family is not Family.HEAT:
                self._note("valuation.price.missing", Severity.WARNING, place.resource_id, side, place)
            return None
        return self._priced(found, side, 1.0 if side == "sell" else -1.0)

    def _purchase(self, place: Place, band: str) -> UnitValue | None:
        """The price of one unit bought: that of its band, and only where there are no bands a flat one.

        Where a resource is priced by tariff band a flat price is a mean over the bands, and the mean is not
        what the next unit costs.
        """
        own, general = self._prices(place, "buy")
        found = None
        for wanted in dict.fromkeys((band or NORMAL_BAND, NORMAL_BAND)):
            found = found or self._of_band(own, wanted) or self._of_band(general, wanted)
        if found is not None and not band:
            self._note("valuation.price.band_unknown", Severity.INFO, place.resource_id, "buy", place)
        found = found or self._of_band(own, "")
        if found is None and place.income is not None:
            return self._own(place, "buy")
        found = found or self._of_band(general, "")
        if found is None:
            self._note("valuation.price.missing", Severity.WARNING, place.resource_id, "buy", place)
            return None
        return self._priced(found, "buy", -1.0)

    def _find(self, place: Place, side: str, fate: str) -> Price | None:
        """The price of an output with its fate, else of any fate; the participant's own first."""
        for prices in self._prices(place, side):
            group = [p for p in prices if p.fate in (fate, "")]
            exact = [p for p in group if p.fate == fate]
            if group:
                return self._closest(exact or group)
        return None

    def _prices(self, place: Place, side: str) -> tuple[tuple[Price, ...], tuple[Price, ...]]:
        """The prices of the participant itself, and the general ones."""
        of, resource = self.terms.prices_of, place.resource_id
        own = of.get((resource, side, place.participant_id), ()) if place.participant_id else ()
        return own, of.get((resource, side, ""), ())

    def _of_band(self, prices: tuple[Price, ...], band: str) -> Price | None:
        return self._closest([p for p in prices if p.band == band])

    def _closest(self, prices: list[Price]) -> Price | None:
        """Of several years the one closest to the book's."""
        return min(prices, key=lambda p: (abs(p.year - self.book.year), -p.year, p.value), default=None)

    def _priced(self, price: Price, side: str, sign: float) -> UnitValue | None:
        value = self.convert(price.value, price.currency, price.year)
        if value is None:
            return None
        ref = price.reference_id or price.figure_id
        return UnitValue(sign * value, f"price/{price.resource_id}/{side}", price.uncertainty, ref)

    def _own(self, place: Place, side: str) -> UnitValue | None:
        value = self.convert(place.income or 0.0, place.currency, place.price_year)
        if value is None:
            return None
        # an agreed price moves like the others of its resource
        spread = self.terms.price_spread.get((place.resource_id, side), 0.1)
        return UnitValue(value, f"price/{place.resource_id}/{side}", spread, place.price_ref)

    def _find_rate(self, one: str, other: str, year: int) -> float | None:
        direct = self._direct(one, other, year)
        if direct is not None:
            return direct
        for base in sorted({r.base for r in self.book.rates}):
            first, second = self._direct(one, base, year), self._direct(base, other, year)
            if first is not None and second is not None:
                return first * second
        return None

    def _direct(self, one: str, other: str, year: int) -> float | None:
        found = [(r.year, 1.0 / r.rate) for r in self.book.rates if (r.currency, r.base) == (one, other)]
        found += [(r.year, r.rate) for r in self.book.rates if (r.base, r.currency) == (one, other)]
        if not found:
            return None
        return min(found, key=lambda item: (abs(item[0] - year), item[0]))[1]

    def _note(
        self, code: str, severity: Severity, first: str, second: str, place: Place | None = None
    ) -> None:
        where = Where(record=f"participant/{place.participant_id}") if place else Where()
        names = ("resource", "side") if place else ("currency", "to")
        arguments = dict(zip(names, (first, second), strict=True))
        if place:
            arguments["participant"] = place.participant_id
        self.issues.setdefault((code, first, second, where.record), Issue(code, severity, where, arguments))


def book_issues(book: PriceBook) -> tuple[Issue, ...]:
    """What is wrong with the book as a whole: prices with VAT cannot be used for savings."""
    if not book.vat_included:
        return ()
    return (Issue("valuation.book.vat_included", Severity.ERROR, Where(record="price_book"), {}),)
