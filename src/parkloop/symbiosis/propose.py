"""Exchanges worth doing in and around parks: match, weigh, allocate, and put what is left into leads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from parkloop.model import (
    Direction,
    Flow,
    Issue,
    Lead,
    Park,
    Participant,
    PriceBook,
    Range,
    Resource,
    Severity,
    Solution,
    Visibility,
    Where,
)
from parkloop.reference.uses import Use
from parkloop.reference.uses import uses as reference_uses
from parkloop.symbiosis import build, wording
from parkloop.symbiosis.allocate import Allocation, allocate
from parkloop.symbiosis.contracts import Yearly, known_pairs, reserve
from parkloop.symbiosis.frames import isic_digits, sides, yearly
from parkloop.symbiosis.gain import Worth, gain_by, worth_of
from parkloop.symbiosis.infer import PEOPLE_SCHEMA, infer_sides
from parkloop.symbiosis.match import Ground, judge, lead, prepare, with_missing
from parkloop.symbiosis.outcome import Proposal, Rejection
from parkloop.symbiosis.reach import ROWS, in_blocks
from parkloop.symbiosis.settings import MatchSettings

_TIES = ["donor_flow", "receiver_flow", "use"]
_INDEX = [*ROWS, "straight_km", *_TIES, "confidence"]
_ARC = ["amount", "want_amount", "quantity", "displaced_per_unit", "cap_fraction", "gain_per_unit",
        "fixed_cost_per_a", "min_amount"]  # fmt: skip
_REFUSED = ["donor", "receiver", "resource", "displaced", *_TIES, "reason", "failed_parameters",
            "visibility", "distance_km"]  # fmt: skip
_LEADS = ("confidential", "incomplete", "inferred", "no_gain")


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Pairs by what becomes of them, in no more columns than that needs.

    `leads` holds the surest of each kind, `found` how many there were; `unpriced` the inputs without price.
    """

    open: pl.DataFrame
    leads: Mapping[str, pl.DataFrame]
    found: int
    refused: pl.DataFrame
    unpriced: frozenset[str]


def propose(
    participants: Iterable[Participant],
    flows: Iterable[Flow],
    parks: Iterable[Park],
    resources: Mapping[str, Resource],
    book: PriceBook,
    settings: MatchSettings = MatchSettings(),  # noqa: B008 - frozen record
) -> Proposal:
    """Exchanges between these participants that pass every gate and gain most together.

    Parameters
    ----------
    participants, flows, parks
        Who, what they take in and give off, and where; those of several parks and their cities may be mixed.
    resources
        The taxonomy of resources.
    book
        Prices and rates; the general ones are used for flows that only their owner may see.
    settings
        Year, country, known exchanges, objective.

    Returns
    -------
    Proposal
        Solutions of the kind `exchange` with deltas, costs, reasons in both languages; leads; rejected pairs;
        issues. The same whatever the order of the arguments.
    """
    people = sorted(participants, key=lambda person: person.id)
    places = tuple(parks)
    uses = settings.uses if settings.uses is not None else reference_uses()
    records = yearly(flows, settings.year, resources)
    issues = [*_flow_issues(records, resources), *_people_issues(people, places)]
    rows = reserve(records, settings.known)
    offers, wants, parameters = sides(people, rows, places, resources, settings.country)
    offers, wants = _hidden(offers, people), _hidden(wants, people)
    crowd = _crowd(people, places)
    if settings.infer_offers:
        offers = pl.concat([offers, infer_sides(crowd, offers, Direction.OUT, resources)])
    if settings.infer_wants:
        wants = pl.concat([wants, infer_sides(crowd, wants, Direction.IN, resources)])
    worth = worth_of(uses, resources, book, settings)
    ground, groups = _search((offers, wants, parameters), uses, worth)
    result = allocate(groups.open, settings)
    issues += _allocation_issues(result) + _price_issues(groups)
    setting = build.Setting(
        uses={use.id: use for use in uses},
        resources=resources,
        names={person.id: person.name for person in people},
        flows={flow.id: flow for flow, _, _ in records},
        yearly=frozenset(flow.id for flow, _, _ in records if flow.period.coverage_fraction >= 1.0),
        country=settings.country,
    )
    chosen = result.arcs.filter(pl.col("allocated") > 0)
    standby = result.arcs.filter(pl.col("allocated") <= 0)
    kinds = {**groups.leads, "standby": _surest(standby, settings.max_leads)}

    def whole(some: pl.DataFrame) -> pl.DataFrame:
        """The same pairs with everything that is known of them."""
        known = gain_by(worth, with_missing(judge(ground, some.select(*ROWS, "straight_km"))))
        return known.with_columns(some.select("allocated"))

    # looked up together: the columns of a handful of pairs cost as much as those of a thousand
    known = whole(pl.concat([chosen, *kinds.values()], how="diagonal"))
    parts = known.select(pl.all().exclude("allocated"))
    at, groups_of_leads = chosen.height, []
    for kind, frame in kinds.items():
        part = (known if kind == "standby" else parts).slice(at, frame.height)
        groups_of_leads.append((kind, part))
        at += frame.height
    leads = _leads(groups_of_leads, setting, book)
    count = groups.found + standby.height
    if count > settings.max_leads:
        arguments = {"found": count, "kept": settings.max_leads}
        issues.append(Issue("symbiosis.leads.cut", Severity.INFO, Where(), arguments))
    return Proposal(
        _solutions(known.head(chosen.height), setting),
        leads[: settings.max_leads],
        _rejections(groups.refused),
        tuple(issues),
    )


def _hidden(side: pl.DataFrame, people: list[Participant]) -> pl.DataFrame:
    """A participant that only its owner may see hides all its flows."""
    owners = [person.id for person in people if person.visibility is Visibility.OWNER]
    return side.with_columns(
        visibility=pl.when(pl.col("participant").is_in(owners))
        .then(pl.lit(Visibility.OWNER.value))
        .otherwise(pl.col("visibility"))
    )


def _crowd(people: list[Participant], parks: tuple[Park, ...]) -> pl.DataFrame:
    place_of = {park.id: park.place for park in parks}
    rows = []
    for person in people:
        if not person.in_operation:
            continue
        place = person.place if person.place.located else place_of.get(person.park_id, person.place)
        rows.append(
            (
                person.id,
                person.park_id,
                person.kind.value,
                isic_digits(person),
                person.employees,
                place.lat,
                place.lon,
                person.place.located,
                person.visibility.value,
            )
        )
    return pl.DataFrame(rows, schema=PEOPLE_SCHEMA, orient="row", strict=False)


def _search(
    frames: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame], uses: tuple[Use, ...], worth: Worth
) -> tuple[Ground, _Sorted]:
    """All pairs within reach of offers, wants and parameters, judged and sorted block by block."""
    settings = worth.settings
    ground, reached = prepare(*frames, uses, worth.resources, settings)
    judged = (_without_known(judge(ground, block), settings.known) for block in in_blocks(reached))
    return ground, _together([_sort(block, worth) for block in judged], settings)


def _without_known(pairs: pl.DataFrame, known: tuple[Solution, ...]) -> pl.DataFrame:
    keys = ["donor", "receiver", "resource"]
    listed = known_pairs(known)
    return pairs.join(listed, on=keys, how="anti", maintain_order="left") if listed.height else pairs


def _sort(judged: pl.DataFrame, worth: Worth) -> _Sorted:
    """Pairs open for allocation, the others by why they are only leads, and those refused."""
    most = worth.settings.max_leads
    failed = pl.col("reason").is_not_null()
    inferred = pl.col("inferred") | pl.col("want_inferred")
    refused = judged.filter(failed & ~inferred).select(_REFUSED)
    pairs = gain_by(worth, judged.filter(~failed)).with_columns(lead=lead())
    owner = Visibility.OWNER.value
    secret = (pl.col("visibility") == owner) | (pl.col("want_visibility") == owner)
    unpriced = pl.col("price_missing").list.contains("sale_price") | (
        (pl.col("gain_per_unit") <= 0) & (pl.col("price_missing").list.len() > 0)
    )
    total = pl.col("gain_per_unit") * pl.col("quantity") - pl.col("fixed_cost_per_a")
    candidate, other = ~pl.col("lead") & ~secret, pl.col("lead") & ~secret
    lacking = pl.col("price_missing").list.contains("price") & ~(other & inferred)
    leads = {
        "confidential": pairs.filter(secret),
        "incomplete": pairs.filter((candidate & unpriced) | (other & ~inferred)),
        "inferred": pairs.filter(other & inferred & ~(total <= 0).fill_null(value=False)),
        "no_gain": pairs.filter(candidate & ~unpriced & (total <= 0)),
    }
    return _Sorted(
        open=pairs.filter(candidate & ~unpriced & (total > 0)).select(*_INDEX, *_ARC),
        leads={kind: _surest(frame.select(_INDEX), most) for kind, frame in leads.items()},
        found=sum(frame.height for frame in leads.values()),
        refused=refused if worth.settings.keep_rejected else refused.clear(),
        unpriced=frozenset(pairs.filter(lacking)["displaced"]),
    )


def _together(parts: list[_Sorted], settings: MatchSettings) -> _Sorted:
    """What was sorted block by block as one."""
    return _Sorted(
        open=pl.concat([part.open for part in parts]),
        leads={
            kind: _surest(pl.concat([part.leads[kind] for part in parts]), settings.max_leads)
            for kind in _LEADS
        },
        found=sum(part.found for part in parts),
        refused=pl.concat([part.refused for part in parts]).sort(_TIES),
        unpriced=frozenset[str]().union(*(part.unpriced for part in parts)),
    )


def _solutions(chosen: pl.DataFrame, setting: build.Setting) -> tuple[Solution, ...]:
    rows = list(chosen.sort("donor", "receiver", "resource", "use", "donor_flow").iter_rows(named=True))
    ids = solution_ids(rows)
    return tuple(build.solution(row, name, setting) for row, name in zip(rows, ids, strict=True))


def solution_ids(rows: list[dict[str, object]]) -> list[str]:
    """`X-<donor>-<receiver>-<resource>`, with the replaced input and the flows where that is not enough."""

    def name(row: dict[str, object], parts: int) -> str:
        keys = ("donor", "receiver", "resource", "displaced", "use", "donor_flow", "receiver_flow")
        return "-".join(("X", *(str(row[key]) for key in keys[:parts])))

    ids = [name(row, 3) for row in rows]
    for parts in (4, 5, 7):
        doubled = {one for one, count in Counter(ids).items() if count > 1}
        ids = [name(row, parts) if one in doubled else one for one, row in zip(ids, rows, strict=True)]
    return ids


def _surest(frame: pl.DataFrame, count: int) -> pl.DataFrame:
    """The `count` rows of highest confidence; words are made for no more than can be kept."""
    down = [True, False, False, False]
    return frame.sort(["confidence", *_TIES], descending=down, nulls_last=True).head(count)


def _leads(
    groups: list[tuple[str, pl.DataFrame]], setting: build.Setting, book: PriceBook
) -> tuple[Lead, ...]:
    """Leads of all kinds, the surest first."""
    found = [
        _lead(row, status, setting, book) for status, frame in groups for row in frame.iter_rows(named=True)
    ]
    order = ("confidential", "standby", "incomplete", "no_gain", "inferred")
    found.sort(key=lambda lead: (-lead.confidence, order.index(lead.status), lead.id))
    return tuple(found)


def _lead(row: dict[str, object], status: str, setting: build.Setting, book: PriceBook) -> Lead:
    use = setting.uses[str(row["use"])]
    owner = Visibility.OWNER.value
    masked = tuple(
        side
        for side, column in (("donor", "visibility"), ("receiver", "want_visibility"))
        if row[column] == owner
    )
    known = row["quantity"] is not None
    gain = None
    if known and row["gain_per_unit"] is not None:
        gain = build.number(row, "money_per_unit") * build.number(row, "quantity")
        gain -= build.number(row, "link_cost_per_a")
    if masked and gain is not None:
        # one digit: enough to decide on talking, too coarse to work the amount back from it
        gain = float(f"{gain:.0e}")
    amount = None
    if known and not masked:
        amount = Range(*(build.number(row, f"quantity{end}") for end in ("_low", "", "_high")))

    def words(lang: str) -> tuple[str, ...]:
        if masked:
            return wording.masked_reasons(row, use, setting.resources, lang)
        return wording.reasons(row, use, setting.names, setting.resources, lang)

    return Lead(
        id=f"L-{row['donor_flow']}-{row['receiver_flow']}-{use.id}",
        status=status,
        donor_id=str(row["donor"]),
        receiver_id=str(row["receiver"]),
        resource_id=str(row["resource"]),
        displaced_resource_id=str(row["displaced"]),
        use_id=use.id,
        donor_flow_id="" if row["inferred"] and _made_up(row["donor_flow"]) else str(row["donor_flow"]),
        receiver_flow_id=""
        if row["want_inferred"] and _made_up(row["receiver_flow"])
        else str(row["receiver_flow"]),
        distance_km=None if masked or row["distance_km"] is None else build.number(row, "distance_km"),
        amount=amount,
        gain_per_a=gain,
        currency=book.currency,
        masked=masked,
        missing=build.missing_of(row),
        confidence=build.number(row, "confidence"),
        reasons_en=words("en"),
        reasons_vi=words("vi"),
    )


def _made_up(flow_id: object) -> bool:
    return str(flow_id).startswith("inferred/")


def _rejections(rejected: pl.DataFrame) -> tuple[Rejection, ...]:
    owner = Visibility.OWNER.value
    return tuple(
        Rejection(
            donor_id=row["donor"],
            receiver_id=row["receiver"],
            resource_id=row["resource"],
            displaced_resource_id=row["displaced"],
            use_id=row["use"],
            donor_flow_id=row["donor_flow"],
            receiver_flow_id=row["receiver_flow"],
            reason=row["reason"],
            detail=", ".join(row["failed_parameters"]) if row["visibility"] != owner else "",
            distance_km=row["distance_km"],
        )
        for row in rejected.iter_rows(named=True)
    )


def _flow_issues(records: list[Yearly], resources: Mapping[str, Resource]) -> list[Issue]:
    found = []
    for flow, _, coverage in records:
        where = Where(record=f"flow/{flow.id}")
        if flow.resource_id not in resources:
            arguments: dict[str, str | float | int] = {"flow": flow.id, "resource": flow.resource_id}
            found.append(Issue("symbiosis.resource.unknown", Severity.WARNING, where, arguments))
        if coverage < 0.99:
            arguments = {
                "flow": flow.id,
                "coverage": round(coverage * 100),
                "year": flow.period.start.year,
            }
            found.append(Issue("symbiosis.flow.partial_year", Severity.INFO, where, arguments))
    return found


def _people_issues(people: list[Participant], parks: tuple[Park, ...]) -> list[Issue]:
    placed = {park.id for park in parks if park.place.located}
    found = []
    for person in people:
        where = Where(record=f"participant/{person.id}")
        if not person.place.located and person.park_id not in placed:
            found.append(
                Issue("symbiosis.participant.unplaced", Severity.INFO, where, {"participant": person.name})
            )
        if person.sector and not isic_digits(person):
            arguments = {"participant": person.name, "code": person.sector}
            found.append(Issue("symbiosis.participant.sector_unknown", Severity.WARNING, where, arguments))
    return found


def _allocation_issues(result: Allocation) -> list[Issue]:
    found = []
    if result.status != "optimal" or result.max_residual > 1e-6:
        arguments = {"status": result.status, "residual": f"{result.max_residual:.1e}"}
        found.append(Issue("symbiosis.allocation.untrusted", Severity.WARNING, Where(), arguments))
    if not result.exact:
        found.append(
            Issue("symbiosis.allocation.spread", Severity.INFO, Where(), {"count": len(result.arcs)})
        )
    return found


def _price_issues(groups: _Sorted) -> list[Issue]:
    return [
        Issue("symbiosis.price.missing", Severity.WARNING, Where(), {"resource": resource})
        for resource in sorted(groups.unpriced)
    ]
