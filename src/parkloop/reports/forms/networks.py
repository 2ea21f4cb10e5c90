"""Form A.4, part III.2: the symbiosis networks, their kinds, partners and papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from parkloop.model import ExchangeKind, Participant, ParticipantKind, Solution
from parkloop.reports.forms.answers import evidence_of
from parkloop.reports.forms.filing import Filing
from parkloop.reports.forms.life import planned
from parkloop.reports.forms.sheet import Values
from parkloop.reports.forms.wording import day

__all__ = ["KIND_FIELDS", "Partners", "agreed", "fill_networks", "kinds_of", "partners_of", "support_for"]

KIND_FIELDS = {
    "inputs": "III.2.1.2",
    "infrastructure": "III.2.1.3",
    "services": "III.2.1.4",
    "parks": "III.2.1.5",
    "other": "III.2.1.6",
}
PAPERS = ("contract", "agreement")
SUPPORT = ("matchmaking", "symbiosis_support")
NO_AGREEMENT = "none"


@dataclass(frozen=True, slots=True)
class Partners:
    """Who takes part in exchanges, by where they are; names."""

    enterprises: tuple[str, ...]
    utilities: tuple[str, ...]
    elsewhere: tuple[str, ...]
    cities: tuple[str, ...]


def fill_networks(values: Values) -> None:
    """III.2.1: counts, kinds, papers and partners of the exchanges running on 31 December of N-1."""
    filing, lang, none = values.filing, values.lang, values.none
    exchanges = filing.exchanges
    figures = _ids(exchanges)
    values.put("III.2.1.1", len(exchanges), values.say("forms.network_meaning"), figures)
    kinds = kinds_of(filing, exchanges)
    for kind, field_id in KIND_FIELDS.items():
        values.put(field_id, bool(kinds[kind]), figures=_ids(kinds[kind]))
    if kinds["other"]:
        values.conditions.add("III.2.1.6")
    described = [f"{s.title(lang)} ({_pair(s, filing)})" for s in kinds["other"]]
    values.put("III.2.1.7", "; ".join(described) or none)
    _expected(values)
    forms = sorted({s.exchange.agreement_form for s in agreed(filing, exchanges) if s.exchange})
    named = [values.word("agreement_forms", one) for one in forms if one]
    values.put("III.2.1.10", ", ".join(named) or none)
    papers = [e for s in exchanges for e in evidence_of(filing, s.evidence) if e.kind in PAPERS]
    files = tuple(dict.fromkeys(e.file for e in papers))
    values.put(
        "III.2.1.11",
        files,
        values.say("forms.sizes_unknown") if files else "",
        reason=values.say("forms.no_files"),
    )
    _partners(values)
    support = support_for(filing, exchanges)
    values.put("III.2.1.16", "; ".join(support) or none)


def _expected(values: Values) -> None:
    filing, lang = values.filing, values.lang
    until = date(filing.year + 3, 12, 31)
    coming = planned(filing.result.solutions, "exchange", filing.last_day, until)
    ahead = coming.dated + coming.undated + coming.overdue
    note = values.say("forms.undated_planned", count=len(coming.undated)) if coming.undated else ""
    values.put("III.2.1.8", len(filing.exchanges) + len(ahead), note, _ids(filing.exchanges) + _ids(ahead))
    described = [f"{s.title(lang)} ({_pair(s, filing)})" for s in ahead]
    values.put("III.2.1.9", "; ".join(described) or values.none, figures=_ids(ahead))


def _pair(solution: Solution, filing: Filing) -> str:
    """Donor to receiver, and what moves."""
    exchange = solution.exchange
    if exchange is None:
        return ", ".join(filing.name(p) for p in solution.participant_ids)
    resource = filing.result.resources.get(exchange.resource_id)
    what = resource.name(filing.lang) if resource is not None else exchange.resource_id
    return f"{filing.name(exchange.donor_id)} → {filing.name(exchange.receiver_id)}: {what}"


def _partners(values: Values) -> None:
    filing, none = values.filing, values.none
    partners = partners_of(filing, filing.exchanges)
    note = values.say("forms.own_plants", names=", ".join(partners.utilities)) if partners.utilities else ""
    values.put("III.2.1.13", partners.enterprises or (none,), note)
    values.put("III.2.1.14", "; ".join(partners.elsewhere) or none)
    with_city = [
        s for s in filing.exchanges if any(_kind(filing, p) is ParticipantKind.CITY for p in _both(s))
    ]
    values.put(
        "III.2.1.15", "; ".join(f"{s.title(values.lang)} ({_pair(s, filing)})" for s in with_city) or none
    )


def _both(solution: Solution) -> tuple[str, ...]:
    exchange = solution.exchange
    return solution.participant_ids if exchange is None else (exchange.donor_id, exchange.receiver_id)


def _member(filing: Filing, participant_id: str) -> Participant | None:
    return next((p for p in filing.result.ledger.participants if p.id == participant_id), None)


def _kind(filing: Filing, participant_id: str) -> ParticipantKind | None:
    found = _member(filing, participant_id)
    return found.kind if found is not None else None


def kinds_of(filing: Filing, exchanges: Iterable[Solution]) -> dict[str, list[Solution]]:
    """The five kinds of the form, each exchange in one: by where the partners are, then by what it is."""
    kinds: dict[str, list[Solution]] = {kind: [] for kind in KIND_FIELDS}
    for solution in exchanges:
        kinds[_kind_of(filing, solution)].append(solution)
    return kinds


def _kind_of(filing: Filing, solution: Solution) -> str:
    exchange = solution.exchange
    if exchange is None:
        return "other"
    donor, receiver = _member(filing, exchange.donor_id), _member(filing, exchange.receiver_id)
    if donor is None or receiver is None:
        # records of another park are not in this ledger: what the exchange itself says goes
        return "other" if exchange.legal_type.endswith("x") else "parks"
    if donor.park_id != receiver.park_id:
        return "parks"
    if {donor.kind, receiver.kind} & {ParticipantKind.CITY, ParticipantKind.CONTRACTOR}:
        return "other"
    if exchange.kind is ExchangeKind.BY_PRODUCT_REUSE:
        return "inputs"
    if exchange.kind is ExchangeKind.UTILITY_SHARING and donor.kind is ParticipantKind.ENTERPRISE:
        return "infrastructure"
    return "services"


def partners_of(filing: Filing, exchanges: Iterable[Solution], without: str = "") -> Partners:
    """Names of those who take part, `without` one of them."""
    sets: dict[str, set[str]] = {"enterprise": set(), "utility": set(), "elsewhere": set(), "city": set()}
    for solution in exchanges:
        for participant_id in _both(solution):
            member = _member(filing, participant_id)
            if participant_id == without:
                continue
            if member is None:
                sets["elsewhere"].add(participant_id)
            elif member.kind is ParticipantKind.CITY:
                sets["city"].add(member.name)
            elif member.id in filing.inside:
                sets[member.kind.value].add(member.name)
            else:
                sets["elsewhere"].add(_named(member, filing))
    ordered = {key: tuple(sorted(names)) for key, names in sets.items()}
    return Partners(ordered["enterprise"], ordered["utility"], ordered["elsewhere"], ordered["city"])


def _named(member: Participant, filing: Filing) -> str:
    return member.name if member.park_id == filing.result.park.id else f"{member.name} ({member.park_id})"


def agreed(filing: Filing, exchanges: Iterable[Solution]) -> tuple[Solution, ...]:
    """Exchanges with an agreement: a stated form, or a contract or agreement among the evidence."""
    return tuple(
        s
        for s in exchanges
        if (s.exchange is not None and s.exchange.agreement_form not in ("", NO_AGREEMENT))
        or any(e.kind in PAPERS for e in evidence_of(filing, s.evidence))
    )


def support_for(filing: Filing, exchanges: Iterable[Solution]) -> list[str]:
    """Support of the developer with its day: for these exchanges, or for none in particular."""
    ids = {s.id for s in exchanges}
    found = []
    for activity in filing.result.ledger.activities:
        named = set(activity.solution_ids)
        fits = bool(ids & named) or (not named and activity.kind in SUPPORT)
        if fits and activity.on <= filing.last_day:
            found.append(f"{activity.title} ({day(activity.on)})")
    return found


def _ids(solutions: Iterable[Solution]) -> tuple[str, ...]:
    return tuple(f"solution/{s.id}" for s in solutions)
