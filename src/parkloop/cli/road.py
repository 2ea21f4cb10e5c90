"""Commands along the road: check, assess, find, value, plan, run, forms, explain, demo."""

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from parkloop.app import documents, programmes
from parkloop.app import explain as why
from parkloop.app.runs import Order, Produced, produce_all
from parkloop.app.settings import RunSettings
from parkloop.app.transition import travel
from parkloop.app.trouble import AppError
from parkloop.cli import show
from parkloop.model import Ledger, ParkResult
from parkloop.texts import text


@dataclass(frozen=True, slots=True)
class Question:
    """Which park of which store, and the settings a user gave."""

    store: str
    programme: str
    park: str
    year: int | None
    budget: float | None = None
    target: float | None = None
    seed: int = 20260101

    def settings(self) -> RunSettings:
        """The run settings of this question."""
        return RunSettings(year=self.year, seed=self.seed, budget=self.budget, target_ghg_t=self.target)

    def ledger(self) -> Ledger:
        """The programme's ledger from the store."""
        return programmes.load(self.store, self.programme)

    def parks(self, ledger: Ledger) -> tuple[str, ...]:
        """The park asked for, or all."""
        known = tuple(park.id for park in ledger.parks)
        if self.park and self.park not in known:
            raise AppError(f"no park {self.park!r}; there are: {', '.join(known)}")
        if not known:
            raise AppError(
                f"the programme {ledger.programme.id} has no park yet; fill the sheet Park and import"
            )
        return (self.park,) if self.park else known


def _results(question: Question) -> tuple[ParkResult, ...]:
    ledger = question.ledger()
    found = []
    with show.progress() as bar:
        parks = question.parks(ledger)
        task = bar.add_task("parkloop", total=len(parks))
        for park_id in parks:
            found.append(travel(ledger, park_id, question.settings()))
            bar.advance(task)
    return tuple(found)


def _title(result: ParkResult, lang: str) -> str:
    return f"{result.park.name(lang)}, {result.year}"


def check(question: Question, lang: str, as_json: bool) -> None:
    """Balances and issues of each park."""
    results = _results(question)
    if as_json:
        show.as_json(
            [
                {"park": r.park.id, "balances": r.balances, "inferred": r.inferred, "issues": r.issues}
                for r in results
            ]
        )
        return
    for result in results:
        headers = show.headings(lang, "participant", "subject", "unit", "in", "out", "residual", "closes")
        rows = [
            (
                b.participant_id,
                b.subject,
                b.unit,
                show.number(b.inflow, lang),
                show.number(b.outflow, lang),
                show.number(b.residual, lang),
                {True: text("cli.yes", lang), False: text("cli.no", lang), None: "–"}[b.closes],
            )
            for b in result.balances
        ]
        show.table(_title(result, lang), headers, rows)
        show.say(text("cli.inferred", lang, count=len(result.inferred)))
        show.issues(result.issues, lang)


def assess(question: Question, lang: str, as_json: bool) -> None:
    """Score and counts per framework and category."""
    results = _results(question)
    if as_json:
        show.as_json([{"park": r.park.id, "assessments": r.assessments} for r in results])
        return
    names = (
        "framework",
        "category",
        "now",
        "intended",
        "met",
        "partly",
        "not_met",
        "not_applicable",
        "unanswered",
    )
    for result in results:
        rows = []
        for item in result.assessments:
            lines = [("", item.total), *item.by_category.items()]
            for category, (now, later) in lines:
                rows.append(
                    (
                        item.framework.id,
                        category or text("cli.total", lang),
                        _percent(now.score_fraction, lang),
                        _percent(later.score_fraction, lang),
                        *(
                            str(n)
                            for n in (now.met, now.partly, now.not_met, now.not_applicable, now.unanswered)
                        ),
                    )
                )
        show.table(_title(result, lang), show.headings(lang, *names), rows)


def _percent(fraction: float | None, lang: str) -> str:
    return "–" if fraction is None else f"{show.number(round(100 * fraction, 1), lang)} %"


def find(question: Question, lang: str, as_json: bool) -> None:
    """Known and found solutions."""
    results = _results(question)
    if as_json:
        show.as_json([{"park": r.park.id, "solutions": r.solutions} for r in results])
        return
    names = ("id", "title", "participant", "kind", "stage", "rung")
    for result in results:
        rows = [
            (s.id, s.title(lang), ", ".join(s.participant_ids), s.kind, s.stage.value, s.rung.value)
            for s in result.solutions
        ]
        show.table(_title(result, lang), show.headings(lang, *names), rows)


def value(question: Question, lang: str, as_json: bool) -> None:
    """Cases: each solution on its own."""
    results = _results(question)
    if as_json:
        show.as_json([{"park": r.park.id, "cases": r.cases} for r in results])
        return
    names = ("id", "capex", "saving", "payback", "npv", "ghg", "range")
    for result in results:
        rows = []
        for solution_id, case in sorted(result.cases.items(), key=lambda item: -item[1].saving_per_a.best):
            payback = case.simple_payback_a
            spread = f"{show.number(case.ghg_t_per_a.low, lang)} – {show.number(case.ghg_t_per_a.high, lang)}"
            rows.append(
                (
                    solution_id,
                    show.number(case.capex.best / 1e6, lang),
                    show.number(case.saving_per_a.best / 1e6, lang),
                    show.number(payback.best if payback else None, lang, 2),
                    show.number(case.npv.best / 1e6 if case.npv else None, lang),
                    show.number(case.ghg_t_per_a.best, lang),
                    spread,
                )
            )
        money = text("cli.million", lang, currency=result.price_book.currency)
        title = f"{result.park.name(lang)}, {result.year} ({money})"
        show.table(title, show.headings(lang, *names), rows)


def plan(question: Question, lang: str, as_json: bool) -> None:
    """The portfolio and its stage totals."""
    results = _results(question)
    if as_json:
        show.as_json([{"park": r.park.id, "portfolio": r.portfolio, "macc": r.macc} for r in results])
        return
    for result in results:
        show.table(
            _title(result, lang),
            show.headings(
                lang, "stage", "count", "electricity", "water", "saving", "saving_usd", "ghg", "capex"
            ),
            [
                (
                    text(f"cli.stage.{s.stage}", lang),
                    str(s.solution_count),
                    show.number(-s.physical.get("electricity", 0.0), lang),
                    show.number(-s.physical.get("fresh_water", 0.0), lang),
                    show.number(s.saving.best / 1e6, lang),
                    show.number(s.saving_usd.best, lang),
                    show.number(s.ghg_t.best, lang),
                    show.number(s.capex.best / 1e6, lang),
                )
                for s in result.portfolio.stages
            ],
        )
        plan_ = result.portfolio
        show.say(
            text(
                "cli.counted_twice",
                lang,
                alone=show.number(plan_.stand_alone_ghg_t, lang),
                together=show.number(plan_.ghg_t.best, lang),
            )
        )


def run(question: Question, out: Path, languages: tuple[str, ...], as_json: bool, forms: bool = True) -> None:
    """All parks, all documents."""
    _run(question.ledger(), question, out, (languages, forms), as_json)


def _run(
    ledger: Ledger, question: Question, out: Path, wanted: tuple[tuple[str, ...], bool], as_json: bool
) -> tuple[Produced, ...]:
    languages, forms = wanted
    begun = time.perf_counter()
    parks = question.parks(ledger)
    order = Order(question.settings(), languages, forms_lang=languages[0] if forms else "")
    produced: list[Produced] = []
    written: list[Path] = []
    with show.progress() as bar:
        task = bar.add_task("parkloop", total=len(parks) + 1)
        for item in produce_all(ledger, parks, order):
            written += documents.keep(item.documents, out / item.result.park.id)
            produced.append(item)
            bar.advance(task)
        results = tuple(item.result for item in produced)
        summary, rendered = documents.programme_documents(ledger, results, languages)
        written += documents.keep(rendered, out)
        bar.advance(task)
    seconds = time.perf_counter() - begun
    if as_json:
        show.as_json(
            {"summary": summary, "documents": [str(path) for path in written], "seconds": round(seconds, 2)}
        )
    else:
        _show_summary(results, languages[0])
        show.say(
            text(
                "cli.documents",
                languages[0],
                count=len(written),
                out=out,
                seconds=show.number(seconds, languages[0], 2),
            )
        )
    return tuple(produced)


def _show_summary(results: tuple[ParkResult, ...], lang: str) -> None:
    names = ("park", "measures", "exchanges", "electricity", "water", "saving", "saving_usd", "ghg", "score")
    rows = []
    for result in results:
        plan_ = result.portfolio
        chosen = {s.id: s for s in result.solutions if s.id in set(plan_.solution_ids)}
        score = next((a.total[0].score_fraction for a in result.assessments), None)
        zero = replace(plan_.saving, low=0.0, best=0.0, high=0.0)
        rows.append(
            (
                result.park.name(lang),
                str(sum(s.kind == "measure" for s in chosen.values())),
                str(sum(s.kind == "exchange" for s in chosen.values())),
                show.number(-plan_.physical.get("electricity", zero).best, lang),
                show.number(-plan_.physical.get("fresh_water", zero).best, lang),
                show.number(plan_.saving.best / 1e6, lang),
                show.number(plan_.saving_usd.best, lang),
                show.number(plan_.ghg_t.best, lang),
                _percent(score, lang),
            )
        )
    show.table(text("cli.summary", lang), show.headings(lang, *names), rows)


def forms(question: Question, reporting_year: int | None, out: Path, lang: str, as_json: bool) -> None:
    """The legal forms alone."""
    ledger = question.ledger()
    if reporting_year is not None:
        question = replace(question, year=reporting_year - 1)
    order = Order(question.settings(), (lang,), dossier=False, forms_lang=lang)
    written: list[Path] = []
    filled: list[dict[str, Any]] = []
    for item in produce_all(ledger, question.parks(ledger), order):
        written += documents.keep(item.documents, out / item.result.park.id)
        filled += [documents.form_as_dict(form) for form in item.forms]
    if as_json:
        show.as_json(filled)
        return
    rows = []
    for form in filled:
        if not form["checks"]:
            continue
        for check_ in form["checks"]:
            if check_["passed"] is False:
                rows.append((form["park"], check_["id"], check_["severity"], check_["detail"]))
    if rows:
        show.table(
            text("cli.failed_checks", lang),
            show.headings(lang, "park", "id", "severity", "what"),
            rows,
        )
    show.say(text("cli.documents", lang, count=len(written), out=out, seconds="–"))


def explain(figure_id: str, question: Question, lang: str, as_json: bool) -> None:
    """One figure's derivation."""
    ledger = question.ledger()
    for park_id in question.parks(ledger):
        try:
            found = why.explain(figure_id, travel(ledger, park_id, question.settings()))
        except why.FigureError:
            continue
        if as_json:
            show.as_json(found)
        else:
            show.derivation(found, lang)
        return
    raise why.FigureError(figure_id, ", ".join(question.parks(ledger)))


def demo(out: Path, languages: tuple[str, ...], as_json: bool) -> None:
    """The sample programme: workbooks written, imported, run, documents kept."""
    from parkloop.app.demo import prepare

    ready = prepare(out, languages[0], datetime.now(UTC))
    question = Question(str(ready.store), ready.ledger.programme.id, "", ready.year)
    _run(ready.ledger, question, out, (languages, True), as_json)
    if not as_json:
        first = ready.ledger.parks[0].id
        show.say(text("cli.look", languages[0], out=out, first=first, store=ready.store))
