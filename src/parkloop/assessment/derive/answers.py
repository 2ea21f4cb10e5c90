"""Gather every answer the ledger itself can give for a park."""

from collections.abc import Mapping

from parkloop import reference
from parkloop.assessment.derive.compliance import derive_compliance
from parkloop.assessment.derive.enterprises import derive_enterprise_shares, derive_phase
from parkloop.assessment.derive.facts import Facts
from parkloop.assessment.derive.flows import derive_flows
from parkloop.assessment.derive.land import derive_land
from parkloop.assessment.derive.solutions import derive_solutions
from parkloop.model import Answer, Ledger, Resource


def derive_answers(
    ledger: Ledger,
    park_id: str,
    year: int,
    resources: Mapping[str, Resource] | None = None,
    lang: str = "en",
) -> tuple[Answer, ...]:
    """Answer for a park what its land, solutions, enterprises, inspections and flows already tell.

    Every answer is marked `computed`, names its formula in `note` and its figures in `figure_ids`. What the
    ledger does not tell is not answered. Values are in the unit of their criterion (percent, count, years).

    Parameters
    ----------
    resources
        The taxonomy that tells waste, water and fuels apart; None means that of the house.
    lang
        Language of the notes.

    Raises
    ------
    KeyError
        When the ledger has no such park.
    """
    known = reference.resources() if resources is None else resources
    facts = Facts(ledger, ledger.park(park_id), year, known, lang)
    return (
        *derive_land(facts),
        *derive_solutions(facts),
        *derive_enterprise_shares(facts),
        *derive_phase(facts),
        *derive_compliance(facts),
        *derive_flows(facts),
    )
