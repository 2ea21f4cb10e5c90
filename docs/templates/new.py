"""Write the files of a new catalogue entry: `python docs/templates/new.py measure air-leak`."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEASURE = '''"""{title}: say in one line when it applies."""

from parkloop.model import Finding, Quantity, Site, SolutionType


def find(site: Site) -> tuple[Finding, ...]:
    """Places at `site` where the measure applies, with the inputs to quantify it."""
    raise NotImplementedError("read the equipment, bills or flows of the site")


def quantify(finding: Finding) -> Quantity:
    """Physical deltas [canonical unit/a] from the same calculator before and after, and cost items."""
    raise NotImplementedError("run the calculator of parkloop.methods for both states")


MEASURE = SolutionType(
    id="{name}",
    title_en="{title}",
    title_vi="",
    system="",
    recp_class="",
    inputs=(),
    find=find,
    quantify=quantify,
    sources=(),
    maturity="draft",
)
'''
PAGE = """# {title}

**When it applies.**

**Data needed.**

**Formula.**

**Limits.**

**Source.**
"""
READ = """Written:
  {module}
  {page}
Next:
- list MEASURE in src/parkloop/recp/catalogue/__init__.py;
- put equations into methods/ (unit, source, example) and factors into reference/;
- add a unit test, a worked case from the source in tests/reference/, and a property test.
Read: CONTRIBUTING.md, docs/decisions/0003-nothing-twice.md, and a finished neighbour.
"""


def main(kind: str, name: str) -> None:
    """Write the files, or say why not."""
    if kind != "measure":
        raise SystemExit(f"unknown KIND {kind!r}; there is: measure")
    module = ROOT / "src" / "parkloop" / "recp" / "catalogue" / f"{name.replace('-', '_')}.py"
    page = ROOT / "docs" / "measures" / f"{name}.md"
    for path in (module, page):
        if path.exists():
            raise SystemExit(f"{path} exists already; choose another NAME")
    title = name.replace("-", " ").capitalize()
    module.write_text(MEASURE.format(name=name, title=title), "utf-8")
    page.write_text(PAGE.format(title=title), "utf-8")
    sys.stdout.write(READ.format(module=module.relative_to(ROOT), page=page.relative_to(ROOT)))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: make new KIND=measure NAME=air-leak")
    main(sys.argv[1], sys.argv[2])
