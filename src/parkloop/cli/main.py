"""The commands of parkloop."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from parkloop.cli import exits
from parkloop.texts import LANGUAGES


class Command(TyperCommand):
    """A command that tells its trouble in the language it was asked in."""

    def invoke(self, ctx: Any) -> Any:
        """Run; known trouble becomes one sentence on standard error and an exit code."""
        try:
            return super().invoke(ctx)
        except Exception as trouble:
            code = exits.of(trouble)
            if code is None:
                raise
            sys.stderr.write(f"parkloop: {exits.sentence(trouble, ctx.params.get('lang') or 'en')}\n")
            raise typer.Exit(code) from trouble


def _language(lang: str) -> str:
    """The language, when there are texts in it."""
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter(f"no texts in {lang!r}; there are: {', '.join(LANGUAGES)}")
    return lang


app = typer.Typer(
    name="parkloop",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="One ledger of an industrial park in; every decision and document of its transition out.",
    epilog=exits.EPILOG,
)

Store = Annotated[
    str, typer.Option("--store", envvar="PARKLOOP_STORE", help="Store: a file, or postgresql://...")
]
Lang = Annotated[
    str,
    typer.Option("--lang", envvar="PARKLOOP_LANG", help="Language of texts: en or vi.", callback=_language),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
ParkId = Annotated[str, typer.Option("--park", help="One park; all parks when left out.")]
Year = Annotated[
    int | None, typer.Option("--year", help="Baseline year; the best covered one when left out.")
]
Programme = Annotated[
    str, typer.Option("--programme", help="Programme id; needed when the store has several.")
]
Budget = Annotated[
    float | None, typer.Option("--budget", help="Money for new solutions, in the programme's currency.")
]
Target = Annotated[float | None, typer.Option("--target", help="Wanted saving in tCO2e a year.")]
Seed = Annotated[int, typer.Option("--seed", help="Seed of the Monte Carlo draws.")]
Out = Annotated[Path, typer.Option("--out", help="Folder for the documents.")]

DEFAULT_STORE = "parkloop.db"


@app.command(cls=Command)
def demo(out: Out = Path("parkloop-demo"), lang: Lang = "", as_json: Json = False) -> None:
    """Run the sample programme through the whole road and write every document under --out."""
    from parkloop.cli import road

    road.demo(out, _languages(lang), as_json)


@app.command(cls=Command)
def template(
    path: Annotated[Path, typer.Argument(metavar="PARK.xlsx", help="The workbook to write.")],
    lang: Lang = "vi",
) -> None:
    """Write the blank workbook: guide, locked bilingual headers, drop-downs, examples."""
    from parkloop.cli import ledger

    ledger.template(path, lang)


@app.command(name="import", cls=Command)
def import_(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="[KIND] PATH...",
            help="Workbooks; or one of the words eprtr, hotmaps, series, places, mapped in front of a path.",
        ),
    ],
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="Saved column mapping for 'mapped'.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the differences and keep nothing.")
    ] = False,
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Issue code to accept by name.")
    ] = None,
    who: Annotated[str, typer.Option("--who", help="Name for the audit history.")] = "",
    keep_good_rows: Annotated[
        bool, typer.Option("--keep-good-rows", help="Leave out the rows that are wrong and keep the others.")
    ] = False,
    issues_to: Annotated[
        Path | None, typer.Option("--issues", help="Write the issues to this workbook.")
    ] = None,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Import workbooks, registers or own sheets; show what changed and which figures moved."""
    from parkloop.cli import ledger

    request = ledger.Request(
        tuple(sources),
        store,
        programme,
        park,
        mapping,
        dry_run,
        tuple(accept or ()),
        who,
        issues_to,
        keep_good_rows,
    )
    ledger.import_(request, lang, as_json)


@app.command(cls=Command)
def check(
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Check balances, plausibility and gaps of the ledger."""
    from parkloop.cli import road

    road.check(road.Question(store, programme, park, year), lang, as_json)


@app.command(cls=Command)
def assess(
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Judge parks by their frameworks: now, intended and the gaps."""
    from parkloop.cli import road

    road.assess(road.Question(store, programme, park, year), lang, as_json)


@app.command(cls=Command)
def find(
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Find measures and exchanges."""
    from parkloop.cli import road

    road.find(road.Question(store, programme, park, year), lang, as_json)


@app.command(cls=Command)
def value(
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    seed: Seed = 20260101,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Value each solution on its own: savings, money, emissions, ranges."""
    from parkloop.cli import road

    road.value(road.Question(store, programme, park, year, seed=seed), lang, as_json)


@app.command(cls=Command)
def plan(
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    budget: Budget = None,
    target: Target = None,
    seed: Seed = 20260101,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Choose solutions under a budget and a target, counting nothing twice."""
    from parkloop.cli import road

    road.plan(road.Question(store, programme, park, year, budget, target, seed), lang, as_json)


@app.command(cls=Command)
def run(
    out: Out = Path("parkloop-out"),
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    budget: Budget = None,
    target: Target = None,
    seed: Seed = 20260101,
    lang: Lang = "",
    as_json: Json = False,
) -> None:
    """Take every park the whole road and write all documents under --out; both languages unless --lang."""
    from parkloop.cli import road

    question = road.Question(store, programme, park, year, budget, target, seed)
    road.run(question, out, _languages(lang), as_json)


@app.command(cls=Command)
def report(
    out: Out = Path("parkloop-out"),
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    lang: Lang = "",
    as_json: Json = False,
) -> None:
    """Write the dossiers and the programme summary, without the legal forms."""
    from parkloop.cli import road

    road.run(road.Question(store, programme, park, year), out, _languages(lang), as_json, forms=False)


@app.command(cls=Command)
def forms(
    out: Out = Path("parkloop-out"),
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    reporting_year: Annotated[
        int | None, typer.Option("--reporting-year", help="Year N of the forms; most figures are of N-1.")
    ] = None,
    lang: Lang = "vi",
    as_json: Json = False,
) -> None:
    """Write the legal forms A.4, A.5, B.4 and B.5 with their cross-checks."""
    from parkloop.cli import road

    road.forms(road.Question(store, programme, park, None), reporting_year, out, lang, as_json)


@app.command(cls=Command)
def explain(
    figure_id: Annotated[
        str, typer.Argument(metavar="ID", help="For instance case/R-TG-01-boiler-air/ghg_t.")
    ],
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    park: ParkId = "",
    year: Year = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> None:
    """Print how any figure was made, down to cells and factors."""
    from parkloop.cli import road

    road.explain(figure_id, road.Question(store, programme, park, year), lang, as_json)


@app.command(cls=Command)
def export(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook (.xlsx) or one store file (.parkloop).")
    ],
    store: Store = DEFAULT_STORE,
    programme: Programme = "",
    lang: Lang = "vi",
) -> None:
    """Write the ledger to one file: a workbook that imports again, or a store that opens elsewhere."""
    from parkloop.cli import ledger

    ledger.export(path, store, programme, lang)


def _languages(lang: str) -> tuple[str, ...]:
    return (lang,) if lang else ("vi", "en")


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; trouble becomes one sentence on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")
    try:
        app(args=arguments)
    except KeyboardInterrupt:
        sys.stderr.write("stopped; nothing half-written was kept\n")
        sys.exit(exits.STOPPED)
