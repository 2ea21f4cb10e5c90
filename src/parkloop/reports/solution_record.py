"""Solutions, exchanges and cases as plain data."""

from collections.abc import Mapping

from parkloop.model import Case, Derivation, Exchange, ParkResult, Range, Share, Solution

Plain = Mapping[str, object]


def range_record(value: Range | None) -> Plain | None:
    """A range as its three points."""
    return None if value is None else {"low": value.low, "best": value.best, "high": value.high}


def solution_record(
    solution: Solution, result: ParkResult, share: Share | None, reasons: Mapping[str, Derivation]
) -> Plain:
    """One solution with its exchange, its case and its share of the plan."""
    case = result.cases.get(solution.id)
    return {
        "id": solution.id,
        "type_id": solution.type_id,
        "kind": solution.kind,
        "title_en": solution.title_en,
        "title_vi": solution.title_vi,
        "participant_ids": list(solution.participant_ids),
        "stage": str(solution.stage),
        "rung": str(solution.rung),
        "owner": solution.owner,
        "contribution": solution.contribution,
        "lifetime_a": solution.lifetime_a,
        "in_plan": solution.id in result.portfolio.solution_ids,
        "share_saving_money_per_a": share.saving if share else None,
        "share_tco2e_per_a": share.ghg_t if share else None,
        "exchange": _exchange(solution.exchange) if solution.exchange else None,
        "case": _case(case, reasons) if case else None,
    }


def _exchange(exchange: Exchange) -> Plain:
    return {
        "donor_id": exchange.donor_id,
        "receiver_id": exchange.receiver_id,
        "resource_id": exchange.resource_id,
        "displaced_resource_id": exchange.displaced_resource_id,
        "amount_per_a": range_record(exchange.amount),
        "kind": str(exchange.kind),
        "distance_km": exchange.distance_km,
        "legal_type": exchange.legal_type,
        "legal_class": exchange.legal_class,
        "missing": list(exchange.missing),
    }


def _case(case: Case, reasons: Mapping[str, Derivation]) -> Plain:
    stem = f"case/{case.solution_id}/"
    return {
        "currency": case.currency,
        "price_year": case.price_year,
        "saving_money_per_a": range_record(case.saving_per_a),
        "saving_usd_per_a": range_record(case.saving_usd_per_a),
        "capex_money": range_record(case.capex),
        "capex_usd": range_record(case.capex_usd),
        "avoided_tco2e_per_a": range_record(case.ghg_t_per_a),
        "npv_money": range_record(case.npv),
        "irr_fraction": case.irr,
        "simple_payback_a": range_record(case.simple_payback_a),
        "discounted_payback_a": case.discounted_payback_a,
        "abatement_cost_usd_per_t": case.abatement_cost_usd_per_t,
        "lifetime_a": case.lifetime_a,
        "discount_rate_fraction": case.discount_rate,
        "undefined": dict(case.undefined),
        "figure_ids": [item for item in reasons if item.startswith(stem)],
        "physical": [
            {
                "participant_id": line.participant_id,
                "resource_id": line.resource_id,
                "unit": line.unit,
                "change_per_a": range_record(line.amount),
                "fate": line.fate,
                "band": line.band,
                "node_id": line.node_id,
            }
            for line in case.physical
        ],
        "money": [
            {
                "label": line.label,
                "party": line.party,
                "amount_per_a": range_record(line.amount),
                "currency": line.currency,
                "quantity": line.quantity,
                "unit": line.unit,
                "price": line.price,
                "price_ref": line.price_ref,
                "transfer": line.transfer,
            }
            for line in case.money
        ],
        "emissions": [
            {
                "label": line.label,
                "book": str(line.book),
                "scope": line.scope,
                "avoided_tco2e_per_a": range_record(line.amount),
                "quantity": line.quantity,
                "unit": line.unit,
                "factor_id": line.factor_id,
                "biogenic": line.biogenic,
            }
            for line in case.emissions
        ],
    }
