"""What a solution earns: present value, rate of return, payback, levelised cost, loan.

One time convention throughout: the outlay falls at time 0, yearly amounts at the end of each year; of a
lifetime that is not a whole number of years the last year brings its fraction, at its end. Amounts and the
discount rate are both real or both nominal. The equations are those of every textbook of engineering
economics (for instance L. Blank and A. Tarquin, Engineering Economy; recalled, not checked). Most functions
take scalars or arrays.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_IRR_LOW, _IRR_HIGH = -0.9999, 1e6
_HALVINGS = 200


class NoRate(StrEnum):
    """Why there is no single internal rate of return."""

    NO_OUTLAY = "no_outlay"
    NO_SIGN_CHANGE = "no_sign_change"
    MULTIPLE = "multiple"
    NO_ROOT = "no_root"


class Rate(NamedTuple):
    """An internal rate of return [1/a], or None with the reason."""

    value: float | None
    reason: NoRate | None = None


class Loan(NamedTuple):
    """A loan year by year, arrays `(term,)` in money: payment, interest, repayment, debt after the year."""

    payment: Floats
    interest: Floats
    repayment: Floats
    balance: Floats


def npv(discount_rate: ArrayLike, cash_flow: ArrayLike) -> Floats:
    """Net present value of a cash flow that starts now [money].

    Parameters
    ----------
    discount_rate
        [1/a], scalar or `(...)`.
    cash_flow
        Money at the end of year 0, 1, 2, ... along the last axis, `(..., n_years + 1)`.

    Examples
    --------
    -1000 + 500/1.1 + 500/1.21 + 500/1.331 = 243.43:

    >>> round(float(npv(0.10, [-1000.0, 500.0, 500.0, 500.0])), 2)
    243.43
    """
    flow = np.asarray(cash_flow, dtype=float)
    growth = 1.0 + np.asarray(discount_rate, dtype=float)[..., None]
    return np.asarray((flow / growth ** np.arange(flow.shape[-1])).sum(axis=-1))


def irr(cash_flow: ArrayLike) -> Rate:
    """Internal rate of return of one cash flow [1/a], or why there is none.

    Parameters
    ----------
    cash_flow
        Money at the end of year 0, 1, 2, ..., `(n_years + 1,)`.

    Returns
    -------
    Rate
        None with `no_sign_change` when money only comes or only goes, `no_root` when no rate makes the
        present value zero, `multiple` when more than one above -100 % does, so that none means anything.

    Examples
    --------
    -1000 now and 1100 in a year is 10 %; -1000, 2300, -1320 has both 10 % and 20 %:

    >>> round(irr([-1000.0, 1100.0]).value, 9)
    0.1
    >>> irr([-1000.0, 2300.0, -1320.0]).reason.value, irr([100.0, 5.0]).reason.value
    ('multiple', 'no_sign_change')
    """
    flow = np.trim_zeros(np.asarray(cash_flow, dtype=float))
    signs = np.sign(flow[flow != 0.0])
    if len(signs) == 0 or not (np.diff(signs) != 0).any():
        return Rate(None, NoRate.NO_SIGN_CHANGE)
    # v = 1 / (1 + rate): the roots of a polynomial in v; v > 0 is a rate above -100 %
    roots = np.roots(flow[::-1])
    real = roots[(np.abs(roots.imag) < 1e-7 * np.maximum(1.0, np.abs(roots))) & (roots.real > 1e-9)].real
    rates = np.unique(np.round(1.0 / real - 1.0, 7))
    if len(rates) == 0:
        return Rate(None, NoRate.NO_ROOT)
    if len(rates) > 1:
        return Rate(None, NoRate.MULTIPLE)
    return Rate(float(1.0 / real[0] - 1.0))


def annuity_factor(discount_rate: ArrayLike, lifetime: ArrayLike) -> Floats:
    """Present value of 1 a year over a lifetime [a].

    Parameters
    ----------
    discount_rate
        [1/a]; at 0 the factor is the lifetime.
    lifetime
        [a]; the fraction of the last year counts at its end.

    Examples
    --------
    (1 - 1.1**-3) / 0.1 = 2.486852:

    >>> round(float(annuity_factor(0.10, 3.0)), 6), float(annuity_factor(0.0, 2.5))
    (2.486852, 2.5)
    """
    rate = np.asarray(discount_rate, dtype=float)
    years = np.asarray(lifetime, dtype=float)
    whole = np.floor(years)
    safe = np.where(rate == 0.0, 1.0, rate)
    full = np.where(rate == 0.0, whole, -np.expm1(-whole * np.log1p(rate)) / safe)
    return np.asarray(full + (years - whole) * (1.0 + rate) ** -(whole + 1.0))


def annuity(outlay: ArrayLike, discount_rate: ArrayLike, lifetime: ArrayLike) -> Floats:
    """The yearly amount with the same present value as an outlay now [money/a].

    Examples
    --------
    1000 over 3 years at 10 % is 1000 / 2.486852 = 402.11:

    >>> round(float(annuity(1000.0, 0.10, 3.0)), 2)
    402.11
    """
    factor = annuity_factor(discount_rate, lifetime)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.asarray(outlay, dtype=float) / factor)


def present_value(
    outlay: ArrayLike, saving: ArrayLike, discount_rate: ArrayLike, lifetime: ArrayLike
) -> Floats:
    """Net present value of an outlay now and an even yearly saving [money].

    Examples
    --------
    >>> round(float(present_value(1000.0, 500.0, 0.10, 3.0)), 2)
    243.43
    """
    gained = np.asarray(saving, dtype=float) * annuity_factor(discount_rate, lifetime)
    return np.asarray(gained - np.asarray(outlay, dtype=float))


def even_irr(outlay: ArrayLike, saving: ArrayLike, lifetime: ArrayLike) -> Floats:
    """Internal rate of return of outlays with even yearly savings [1/a]; NaN where there is none.

    Parameters
    ----------
    outlay, saving, lifetime
        [money], [money/a], [a], all `(n,)` or scalar. There is one rate exactly where both are positive.

    Examples
    --------
    1000 now, 402.115 a year for 3 years is 10 %:

    >>> round(float(even_irr(1000.0, 402.114804, 3.0)), 6)
    0.1
    """
    out, gain, years = np.broadcast_arrays(*(np.asarray(i, dtype=float) for i in (outlay, saving, lifetime)))
    exists = (out > 0.0) & (gain > 0.0) & (years > 0.0)
    safe_out = np.where(exists, out, 1.0)
    safe_gain = np.where(exists, gain, 1.0)
    low, high = np.full(out.shape, np.log1p(_IRR_LOW)), np.full(out.shape, np.log1p(_IRR_HIGH))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        rate = np.expm1(middle)
        with np.errstate(over="ignore"):
            too_low = safe_gain * annuity_factor(rate, years) > safe_out
        low, high = np.where(too_low, middle, low), np.where(too_low, high, middle)
        if np.all(high - low < 1e-13):
            break
    return np.asarray(np.where(exists, np.expm1((low + high) / 2.0), np.nan))


def simple_payback(outlay: ArrayLike, saving: ArrayLike) -> Floats:
    """Years until the savings have paid the outlay, without interest [a]; NaN where nothing is saved.

    Examples
    --------
    >>> float(simple_payback(1000.0, 400.0)), float(simple_payback(0.0, 400.0))
    (2.5, 0.0)
    """
    out, gain = np.asarray(outlay, dtype=float), np.asarray(saving, dtype=float)
    return np.asarray(np.where(gain > 0.0, np.maximum(out, 0.0) / np.where(gain > 0.0, gain, 1.0), np.nan))


def discounted_payback(
    outlay: ArrayLike, saving: ArrayLike, discount_rate: ArrayLike, lifetime: ArrayLike
) -> Floats:
    """Years until the discounted savings have paid the outlay [a]; NaN where the lifetime ends before.

    Inside a year the discounted saving of that year is taken as coming in evenly.

    Examples
    --------
    At 10 % savings of 500 are worth 454.55, 413.22, 375.66; 1000 is reached in year 3 at 2 + 132.23/375.66:

    >>> round(float(discounted_payback(1000.0, 500.0, 0.10, 5.0)), 4)
    2.352
    """
    out, gain, rate, years = np.broadcast_arrays(
        *(np.asarray(item, dtype=float) for item in (outlay, saving, discount_rate, lifetime))
    )
    needed = np.where(gain > 0.0, np.maximum(out, 0.0) / np.where(gain > 0.0, gain, 1.0), np.inf)
    paid = needed <= annuity_factor(rate, years) + 1e-12
    growth = np.log1p(rate)
    inside = np.clip(1.0 - np.where(paid, needed, 0.0) * rate, 1e-300, None)
    whole = np.where(rate == 0.0, needed, -np.log(inside) / np.where(growth == 0.0, 1.0, growth))
    whole = np.floor(np.where(paid, whole, 0.0) + 1e-12)
    rest = np.where(paid, needed, 0.0) - annuity_factor(rate, whole)
    return np.asarray(np.where(paid, whole + np.maximum(rest, 0.0) * (1.0 + rate) ** (whole + 1.0), np.nan))


def levelised_cost(
    outlay: ArrayLike, opex: ArrayLike, saved: ArrayLike, discount_rate: ArrayLike, lifetime: ArrayLike
) -> Floats:
    """What one saved unit costs: (annuity of the outlay + yearly cost) / units saved a year [money/unit].

    Examples
    --------
    (402.11 + 50) / 10000 kWh:

    >>> round(float(levelised_cost(1000.0, 50.0, 10000.0, 0.10, 3.0)), 5)
    0.04521
    """
    units = np.asarray(saved, dtype=float)
    yearly = annuity(outlay, discount_rate, lifetime) + np.asarray(opex, dtype=float)
    return np.asarray(np.where(units > 0.0, yearly / np.where(units > 0.0, units, 1.0), np.nan))


def loan(principal: float, interest_rate: float, term_a: int, grace_a: int = 0) -> Loan:
    """Cash flow of a loan with even payments after a grace period in which only interest is paid.

    Parameters
    ----------
    principal
        [money].
    interest_rate
        [1/a].
    term_a, grace_a
        Years until the last payment [a], and years at the start without repayment [a].

    Raises
    ------
    ValueError
        When the grace period leaves no year for repayment.

    Examples
    --------
    1000 at 10 % over 3 years: 402.11 a year; the first year carries 100 interest and 302.11 repayment.

    >>> first = loan(1000.0, 0.10, 3)
    >>> first.payment.round(2).tolist(), first.balance.round(2).tolist()
    ([402.11, 402.11, 402.11], [697.89, 365.56, 0.0])
    """
    if not 0 <= grace_a < term_a:
        raise ValueError(f"grace of {grace_a} a in a term of {term_a} a; repayment needs at least one year")
    even = float(annuity(principal, interest_rate, float(term_a - grace_a)))
    debt, rows = principal, []
    for year in range(term_a):
        interest = debt * interest_rate
        payment = interest if year < grace_a else even
        debt = max(debt - (payment - interest), 0.0) if year < term_a - 1 else 0.0
        rows.append((payment, interest, payment - interest, debt))
    columns = np.array(rows).T
    return Loan(columns[0], columns[1], columns[2], columns[3])


def loan_cash_flow(outlay: float, saving: float, lifetime: int, credit: Loan, borrowed: float) -> Floats:
    """What the owner sees year by year when part of the outlay is borrowed, `(n_years + 1,)` [money].

    Examples
    --------
    Half of 1000 borrowed at 10 % over 2 years (288.10 a year), saving 500 over 3 years:

    >>> loan_cash_flow(1000.0, 500.0, 3, loan(500.0, 0.10, 2), 500.0).round(2).tolist()
    [-500.0, 211.9, 211.9, 500.0]
    """
    years = max(lifetime, len(credit.payment))
    flow = np.zeros(years + 1)
    flow[0] = borrowed - outlay
    flow[1 : lifetime + 1] += saving
    flow[1 : len(credit.payment) + 1] -= credit.payment
    return flow
