"""The sheets that say how good the data are and what the figures rest on."""

from collections.abc import Sequence

from parkloop.model import Assessment, ParkResult
from parkloop.reports.voice import Voice
from parkloop.reports.workbook import Sheet, Value, headers

Row = tuple[Value, ...]


def balances_sheet(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    """Balances, and under each the values that were reconciled."""
    voice = voices[0]
    rows: list[Row] = []
    for item in result.balances:
        head = (voice.participant(item.participant_id), voice.code("balance", item.subject))
        rows.append(
            (
                *head,
                "",
                f"{item.unit}/a",
                item.inflow,
                item.outflow,
                item.residual,
                item.sigma,
                item.closes,
                None,
                None,
                None,
            )
        )
        rows.extend(
            (
                *head,
                f"flow/{a.flow_id}/amount",
                a.unit,
                None,
                None,
                None,
                a.sigma,
                None,
                a.entered,
                a.adjusted,
                a.z,
            )
            for a in item.adjusted
        )
    columns = (
        "participant",
        "subject",
        "flow",
        "unit",
        "inflow",
        "outflow",
        "residual",
        "sigma",
        "closes",
        "entered",
        "adjusted",
        "sigmas",
    )
    return Sheet("balances", headers(columns, voices), tuple(rows))


def scorecard_sheet(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    """Every criterion of every assessment."""
    voice = voices[0]
    rows: list[Row] = []
    for item in result.assessments:
        title = item.framework.title_vi if voice.lang == "vi" else item.framework.title_en
        rows.extend(_criteria(item, title, voice))
    columns = (
        "framework",
        "subject",
        "id",
        "criterion",
        "kind",
        "now",
        "intended",
        "value",
        "unit",
        "needed",
        "confidence",
        "source",
        "figure",
    )
    return Sheet("scorecard", headers(columns, voices), tuple(rows))


def _criteria(assessment: Assessment, title: str, voice: Voice) -> list[Row]:
    rows: list[Row] = []
    for judged in assessment.judged:
        row = judged.criterion
        needed = f"{row.comparison} {row.threshold if row.threshold is not None else row.parameter}".strip()
        rows.append(
            (
                title,
                voice.participant(assessment.subject_id),
                row.id,
                row.title_vi if voice.lang == "vi" else row.title_en,
                voice.code("criterion_kind", row.kind),
                voice.code("verdict", judged.now),
                voice.code("verdict", judged.intended),
                judged.value,
                row.unit,
                needed,
                voice.code("confidence", row.confidence),
                row.source,
                f"answer/{judged.answer_id}/value" if judged.answer_id else "",
            )
        )
    return rows


def issues_sheet(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    """Issues with place and mend in all languages."""
    rows: list[Row] = []
    for issue in result.issues:
        said = [voice.issue(issue) for voice in voices]
        message = "\n".join(dict.fromkeys(text for text, _ in said))
        mend = "\n".join(dict.fromkeys(text for _, text in said))
        rows.append((voices[0].code("severity", issue.severity), str(issue.where), message, mend, issue.code))
    return Sheet("issues", headers(("severity", "where", "issue", "mend", "code"), voices), tuple(rows))


def factors_sheet(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    """Emission factors, prices and exchange rates."""
    voice = voices[0]
    rows: list[Row] = [
        (
            item.id,
            voice.resource(item.resource_id),
            item.value,
            item.unit,
            voice.code("book", item.book),
            item.scope,
            item.year,
            item.geography,
            item.source,
            voice.code("confidence", item.confidence),
        )
        for item in result.factor_set.factors
    ]
    for price in result.price_book.prices:
        resource = result.resources.get(price.resource_id)
        side = ", ".join(
            part
            for part in (
                voice.code("price_side", price.side),
                voice.code("band", price.band),
                voice.participant(price.participant_id),
            )
            if part
        )
        unit = f"{price.currency}/{resource.unit if resource else ''}"
        rows.append(
            (
                price.figure_id or price.reference_id,
                voice.resource(price.resource_id),
                price.value,
                unit,
                side,
                None,
                price.year,
                "",
                "",
                voice.code("confidence", price.confidence),
            )
        )
    rows.extend(
        (
            f"{rate.currency}/{rate.base}",
            "",
            rate.rate,
            rate.currency,
            voice.say("column.rate"),
            None,
            rate.year,
            "",
            rate.source,
            voice.code("confidence", rate.confidence),
        )
        for rate in result.price_book.rates
    )
    columns = ("id", "resource", "value", "unit", "book", "scope", "year", "where", "source", "confidence")
    return Sheet("factors", headers(columns, voices), tuple(rows))


def sources_sheet(result: ParkResult, voices: Sequence[Voice]) -> Sheet:
    """Publications and files the figures rest on."""
    voice = voices[0]
    found: dict[tuple[str, str], str] = {}
    for factor in result.factor_set.factors:
        found.setdefault((factor.source, str(factor.confidence)), factor.id)
    for assessment in result.assessments:
        framework = assessment.framework
        found.setdefault((framework.source, str(framework.confidence)), framework.id)
    for rate in result.price_book.rates:
        found.setdefault((rate.source, str(rate.confidence)), f"{rate.currency}/{rate.base}")
    files = [(item.file, "", item.id) for item in result.ledger.evidence]
    rows: list[Row] = [
        (source, voice.code("confidence", confidence), used)
        for (source, confidence), used in found.items()
        if source
    ]
    return Sheet("sources", headers(("source", "confidence", "figure"), voices), (*rows, *files))
