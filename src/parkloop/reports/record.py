"""The dossier as data: every number under a name that carries its unit, with its figure id."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from parkloop import __version__
from parkloop.model import (
    Assessment,
    Derivation,
    Issue,
    Lead,
    Origin,
    ParkResult,
    Tally,
)
from parkloop.reports.figures import KeyFigure, key_figures, stage_counts
from parkloop.reports.reasons import is_told
from parkloop.reports.solution_record import Plain, range_record, solution_record
from parkloop.reports.voice import Voice
from parkloop.reports.yearly import year_flows

SCHEMA_ID = "urn:parkloop:dossier:1"
_SUFFIX = {"electricity": "kwh_per_a", "water": "m3_per_a", "saving": "money_per_a", "ghg": "tco2e_per_a"}


@cache
def dossier_schema() -> Plain:
    """The JSON Schema (2020-12) of `dossier.json`."""
    text = (files("parkloop.reports") / "schema" / "dossier.schema.json").read_text("utf-8")
    found: Plain = json.loads(text)
    return found


def to_json_bytes(plain: Plain) -> bytes:
    """A record as UTF-8 JSON."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8")


def dossier_record(
    result: ParkResult, reasons: Mapping[str, Derivation], languages: tuple[str, ...]
) -> Plain:
    """One park's result as plain data after `schema/dossier.schema.json`."""
    park, programme = result.park, result.ledger.programme
    shares = {share.solution_id: share for share in result.portfolio.shares}
    return {
        "schema": SCHEMA_ID,
        "generator": f"parkloop {__version__}",
        "languages": list(languages),
        "is_sample": programme.is_sample,
        "programme": {"id": programme.id, "name_en": programme.name_en, "name_vi": programme.name_vi},
        "park": {
            "id": park.id,
            "name_en": park.name_en,
            "name_vi": park.name_vi,
            "country": park.place.country,
            "province": park.place.province,
            "area_ha": park.area_ha,
            "phase": park.phase,
            "frameworks": list(park.frameworks),
            "land_use": [{"land_class": u.land_class, "area_ha": u.area_ha} for u in park.land_use],
        },
        "year": result.year,
        "currency": result.portfolio.currency,
        "solutions_by_stage": stage_counts(result),
        "totals": {figure.id: _total(figure, reasons) for figure in key_figures(result)},
        "plan": _plan(result),
        "participants": [
            {
                "id": p.id,
                "name": p.name,
                "kind": str(p.kind),
                "sector": p.sector,
                "lat": p.place.lat,
                "lon": p.place.lon,
                "lot": p.place.lot,
                "employees": p.employees,
            }
            for p in result.ledger.participants
        ],
        "solutions": [
            solution_record(item, result, shares.get(item.id), reasons) for item in result.solutions
        ],
        "leads": [_lead(lead, result) for lead in result.leads],
        "flows": [
            {
                "participant_id": f.participant_id,
                "direction": str(f.direction),
                "resource_id": f.resource_id,
                "unit": f.unit,
                "amount_per_a": f.amount,
                "entered_per_a": f.entered,
                "fate": str(f.fate),
                "source_class": str(f.source_class),
                "coverage_fraction": f.coverage_fraction,
                "figure_ids": [f"flow/{flow_id}/amount" for flow_id in f.flow_ids],
            }
            for f in year_flows(result)
        ],
        "balances": [
            {
                "participant_id": b.participant_id,
                "subject": b.subject,
                "unit": b.unit,
                "year": b.year,
                "inflow_per_a": b.inflow,
                "outflow_per_a": b.outflow,
                "residual_per_a": b.residual,
                "sigma_per_a": b.sigma,
                "closes": b.closes,
                "coverage_fraction": b.coverage_fraction,
                "adjusted": [
                    {
                        "flow_id": a.flow_id,
                        "unit": a.unit,
                        "entered": a.entered,
                        "adjusted": a.adjusted,
                        "z": a.z,
                    }
                    for a in b.adjusted
                ],
            }
            for b in result.balances
        ],
        "inferred": [
            {
                "participant_id": i.flow.participant_id,
                "resource_id": i.flow.resource_id,
                "unit": i.flow.amount.unit,
                "amount_per_a": range_record(i.range),
                "driver": i.driver,
                "driver_value": i.driver_value,
                "reference_id": i.reference_id,
            }
            for i in result.inferred
        ],
        "assessments": [_assessment(item) for item in result.assessments],
        "macc": [
            {
                "solution_id": b.solution_id,
                "avoided_tco2e_per_a": b.ghg_t,
                "cost_usd_per_t": b.cost_usd_per_t,
                "start_tco2e_per_a": b.start_t,
                "stage": b.stage,
            }
            for b in result.macc
        ],
        "factors": [
            {
                "id": f.id,
                "resource_id": f.resource_id,
                "book": str(f.book),
                "scope": f.scope,
                "value": f.value,
                "unit": f.unit,
                "year": f.year,
                "geography": f.geography,
                "source": f.source,
                "confidence": str(f.confidence),
            }
            for f in result.factor_set.factors
        ],
        "prices": [
            {
                "resource_id": p.resource_id,
                "value": p.value,
                "currency": p.currency,
                "year": p.year,
                "side": p.side,
                "band": p.band,
                "participant_id": p.participant_id,
                "figure_id": p.figure_id,
                "reference_id": p.reference_id,
                "confidence": str(p.confidence),
            }
            for p in result.price_book.prices
        ],
        "issues": [_issue(item) for item in result.issues],
        "reasons": {figure_id: _reason(item, reasons, whole=True) for figure_id, item in reasons.items()},
    }


def _total(figure: KeyFigure, reasons: Mapping[str, Derivation]) -> Plain:
    unit = _SUFFIX[figure.id]
    made: dict[str, object] = {
        "figure_id": next((item for item in figure.figure_ids if item in reasons), figure.figure_ids[0]),
        f"total_{unit}": range_record(figure.total),
        f"stand_alone_{unit}": figure.stand_alone,
        f"counted_twice_{unit}": figure.counted_twice,
        "stages": [
            {"stage": str(item.stage), "count": item.count, f"sub_total_{unit}": range_record(item.amount)}
            for item in figure.stages
        ],
        "shares": [{"solution_id": item, f"share_{unit}": amount} for item, amount in figure.lines],
    }
    if figure.total_usd is not None:
        made["total_usd_per_a"] = range_record(figure.total_usd)
    return made


def _plan(result: ParkResult) -> Plain:
    plan = result.portfolio
    return {
        "id": plan.id,
        "year": plan.year,
        "kind": str(plan.kind),
        "currency": plan.currency,
        "solution_ids": list(plan.solution_ids),
        "left_out": dict(plan.left_out),
        "capex": range_record(plan.capex),
        "capex_usd": range_record(plan.capex_usd),
        "npv": plan.npv,
        "realisation_factor": range_record(plan.realisation),
        "life_cycle_tco2e_per_a": plan.life_cycle_ghg_t,
        "biogenic_tco2_per_a": plan.biogenic_t,
        "by_scope_tco2e_per_a": {str(scope): value for scope, value in plan.by_scope.items()},
        "physical": [
            {
                "resource_id": item,
                "unit": result.resources[item].unit if item in result.resources else "",
                "change_per_a": range_record(value),
                "stand_alone_per_a": plan.stand_alone_physical.get(item),
            }
            for item, value in plan.physical.items()
        ],
        "baseline": [
            {
                "participant_id": use.participant_id,
                "resource_id": use.resource_id,
                "unit": use.unit,
                "use_per_a": use.amount,
                "saved_per_a": use.saving,
                "saved_fraction": use.fraction,
                "source_class": use.source_class,
            }
            for use in plan.baseline
        ],
    }


def _assessment(assessment: Assessment) -> Plain:
    now, intended = assessment.total
    framework, subject, year = assessment.framework, assessment.subject_id, assessment.year
    return {
        "figure_id": f"assessment/{framework.id}/{subject}/{year}/score",
        "framework_id": framework.id,
        "edition": framework.edition,
        "confidence": str(framework.confidence),
        "subject_id": subject,
        "year": year,
        "passed": assessment.passed,
        "failed_gates": list(assessment.failed_gates),
        "now": _tally(now),
        "intended": _tally(intended),
        "by_category": {
            name: {"now": _tally(first), "intended": _tally(second)}
            for name, (first, second) in assessment.by_category.items()
        },
        "criteria": [
            {
                "id": item.criterion.id,
                "now": str(item.now),
                "intended": str(item.intended),
                "value": item.value,
                "intended_value": item.intended_value,
                "answer_id": item.answer_id,
                "computed": item.computed,
                "confidence": str(item.criterion.confidence),
            }
            for item in assessment.judged
        ],
    }


def _tally(tally: Tally) -> Plain:
    return {
        "met": tally.met,
        "partly": tally.partly,
        "not_met": tally.not_met,
        "not_applicable": tally.not_applicable,
        "unanswered": tally.unanswered,
        "score_fraction": tally.score_fraction,
    }


def _issue(issue: Issue) -> Plain:
    said = {lang: Voice(lang).issue(issue) for lang in ("en", "vi")}
    return {
        "code": issue.code,
        "severity": str(issue.severity),
        "where": str(issue.where),
        "arguments": dict(issue.arguments),
        **{f"message_{lang}": message for lang, (message, _) in said.items()},
        **{f"mend_{lang}": mend for lang, (_, mend) in said.items()},
    }


def _origin(origin: Origin | None) -> Plain | None:
    if origin is None:
        return None
    kept = {
        "kind": str(origin.kind),
        "file": origin.file,
        "file_hash": origin.file_hash,
        "sheet": origin.sheet,
        "cell": origin.cell,
        "who": origin.who,
        "reference_id": origin.reference_id,
        "method": origin.method,
        "typed": origin.typed,
    }
    return {name: value for name, value in kept.items() if value}


def _reason(derivation: Derivation, known: Mapping[str, Derivation], *, whole: bool) -> Plain:
    """A derivation; what has an entry of its own among `known` is named, not told again."""
    made: dict[str, object] = {
        "figure_id": derivation.figure_id,
        "label": derivation.label,
        "value": derivation.value,
        "unit": derivation.unit,
    }
    if not whole and is_told(derivation, known):
        return made
    more = {
        "formula": derivation.formula,
        "method": derivation.method,
        "source": derivation.source,
        "confidence": str(derivation.confidence or ""),
        "source_class": str(derivation.source_class or ""),
        "origin": _origin(derivation.origin),
        "note": derivation.note,
        "inputs": [_reason(item, known, whole=False) for item in derivation.inputs],
    }
    made.update({name: value for name, value in more.items() if value})
    return made


def _lead(lead: Lead, result: ParkResult) -> Plain:
    """A possible exchange; a side that has not agreed stays unnamed, and so do amount and gain."""
    return {
        "status": lead.status,
        "donor_id": None if "donor" in lead.masked else lead.donor_id,
        "receiver_id": None if "receiver" in lead.masked else lead.receiver_id,
        "resource_id": lead.resource_id,
        "displaced_resource_id": lead.displaced_resource_id,
        "unit": result.resources[lead.resource_id].unit,
        "amount_per_a": range_record(lead.amount),
        "gain_per_a": lead.gain_per_a,
        "currency": lead.currency,
        "distance_km": lead.distance_km,
        "confidence": lead.confidence,
        "missing": list(lead.missing),
        "reasons_en": list(lead.reasons_en),
        "reasons_vi": list(lead.reasons_vi),
    }
