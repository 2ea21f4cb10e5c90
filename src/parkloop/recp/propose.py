"""Run the catalogue over a site and make solutions of what it finds."""

from collections.abc import Iterable
from dataclasses import replace

from parkloop.model import (
    Effect,
    Finding,
    Issue,
    Quantity,
    Severity,
    Site,
    Solution,
    SolutionType,
    Where,
)
from parkloop.recp.catalogue import MEASURES
from parkloop.recp.uses import UseMap, read_uses
from parkloop.reference import equipment_kinds, measure_values

__all__ = ["measure_types", "propose"]

_LEAST_SAVED_FRACTION = 0.002
_RIVALS = (
    {"pump_vsd", "pump_right_size"},
    {"motor_high_efficiency", "pump_right_size"},
)


def measure_types() -> tuple[SolutionType, ...]:
    """All measures of the catalogue, in alphabetical order of their ids."""
    return MEASURES


def propose(site: Site) -> tuple[tuple[Solution, ...], tuple[Issue, ...]]:
    """Every measure that applies to a site, quantified, and what should be collected to find more.

    Each solution is a proposal with physical deltas, cost items and the inputs it was computed from. Where
    data of a machine are missing, an information issue names the field. Two measures that rule each other
    out on the same machine are both kept and name each other in `extra["excludes"]`.

    A site that comes with its graph is taken as drawn; whoever drew it tells the issues of drawing.
    """
    uses = UseMap(site.graph, ()) if site.graph is not None else read_uses(site)
    drawn = replace(site, graph=uses.graph)
    issues = list(uses.issues)
    found: list[Solution] = []
    for kind in MEASURES:
        for finding in kind.find(drawn):
            if finding.missing:
                issues += _wanted(drawn, kind, finding)
                continue
            made = kind.quantify(finding)
            issues += made.issues
            if _worth_naming(made):
                found.append(_solution(site, kind, finding, made))
                issues += _unusual(drawn, found[-1])
    return tuple(_with_rivals(found)), tuple(issues)


def _worth_naming(made: Quantity) -> bool:
    first = next(iter(made.deltas), None)
    if first is None:
        return False
    return first.effect.value != "fraction" or abs(first.value.best) >= _LEAST_SAVED_FRACTION


def _unusual(site: Site, solution: Solution) -> list[Issue]:
    band = measure_values().get(f"band.{solution.type_id}")
    first = solution.deltas[0]
    node = site.graph.node(first.node_id) if site.graph else None
    if band is None or node is None or node.amount <= 0:
        return []
    saved = -first.value.best if first.effect is Effect.FRACTION else -first.value.best / node.amount
    if saved <= band.high * 1.0001:
        return []
    return [
        Issue(
            "recp.measure.above_usual",
            Severity.WARNING,
            Where(record=solution.id),
            {
                "solution": solution.id,
                "measure_en": solution.title_en,
                "measure_vi": solution.title_vi,
                "percent": round(saved * 100),
                "usual": round(band.high * 100),
            },
        )
    ]


def _wanted(site: Site, kind: SolutionType, finding: Finding) -> list[Issue]:
    item = next((item for item in site.equipment if item.id == finding.subject_id), None)
    fields = equipment_kinds()[item.kind] if item is not None and item.kind in equipment_kinds() else None
    issues = []
    for name in finding.missing:
        field = fields.field(name) if fields else None
        where = Where(sheet="Equipment", record=finding.subject_id, field=name)
        arguments: dict[str, str | float | int] = {
            "subject": (item.name if item is not None and item.name else finding.subject_id),
            "measure_en": kind.title_en,
            "measure_vi": kind.title_vi,
        }
        if field is None:
            code = f"recp.measure.{name}_missing" if name in _KNOWN_GAPS else "recp.measure.field_missing"
            arguments |= {"field_en": name, "field_vi": name, "unit": "-"}
        else:
            code = "recp.measure.field_missing"
            arguments |= {"field_en": field.label_en, "field_vi": field.label_vi, "unit": field.unit}
        issues.append(Issue(code, Severity.INFO, where, arguments))
    return issues


_KNOWN_GAPS = {"yearly_use", "heat_source", "hours_per_a"}


def _solution(site: Site, kind: SolutionType, finding: Finding, made: Quantity) -> Solution:
    owner = finding.participant_id
    subject = finding.subject_id.removeprefix(f"{owner}-")
    return Solution(
        id=f"R-{owner}-{kind.id}-{subject}",
        type_id=kind.id,
        kind="measure",
        title_en=_title(site, finding, kind.title_en),
        title_vi=_title(site, finding, kind.title_vi),
        participant_ids=(owner,),
        deltas=made.deltas,
        costs=made.costs,
        lifetime_a=made.lifetime_a,
        rung=made.rung,
        baseline_year=site.year,
        inputs=finding.inputs,
        subject_id=finding.subject_id,
        co_benefits_en=made.co_benefits_en,
        co_benefits_vi=made.co_benefits_vi,
        method_ids=made.method_ids,
        extra={
            "system": kind.system,
            "recp_class": kind.recp_class,
            "node_id": finding.node_id,
            "risks_en": made.risks_en,
            "risks_vi": made.risks_vi,
        },
    )


def _title(site: Site, finding: Finding, title: str) -> str:
    item = next((item for item in site.equipment if item.id == finding.subject_id), None)
    return f"{title}: {item.name}" if item is not None and item.name else title


def _with_rivals(found: Iterable[Solution]) -> list[Solution]:
    solutions = list(found)
    by_subject: dict[str, list[Solution]] = {}
    for one in solutions:
        by_subject.setdefault(one.subject_id, []).append(one)
    return [_marked(one, by_subject[one.subject_id]) for one in solutions]


def _marked(one: Solution, others: list[Solution]) -> Solution:
    against = [
        other.id
        for other in others
        if other.id != one.id and any({one.type_id, other.type_id} <= rivals for rivals in _RIVALS)
    ]
    if not against:
        return one
    return replace(one, extra={**one.extra, "excludes": ";".join(sorted(against))})
