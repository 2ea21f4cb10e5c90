"""Flows as subjects of measures."""

from parkloop.model import Direction, Fate, Flow, Input, Site
from parkloop.reference import measure_values

__all__ = ["flow_input", "waste_flows"]

_THROWN = {Fate.LANDFILLED, Fate.INCINERATED, Fate.TREATED, Fate.DISCHARGED, Fate.UNKNOWN, Fate.STORED}


def waste_flows(site: Site, resource_ids: set[str]) -> tuple[Flow, ...]:
    """Outputs of the year that are thrown away today; what is sold or recycled already has a use."""
    return tuple(
        flow
        for flow in site.flows
        if flow.participant_id == site.participant.id
        and flow.direction is Direction.OUT
        and flow.resource_id in resource_ids
        and flow.fate in _THROWN
        and flow.period.start.year == site.year
    )


def flow_input(flow: Flow, name: str) -> Input:
    """The amount of a flow as the input `name`, with its typed band or the one of its class."""
    half = abs(flow.amount.value) * measure_values()[f"spread.{flow.amount.source_class}"].value
    return Input(
        name=name,
        value=flow.amount.value,
        unit=flow.amount.unit,
        figure_id=f"flow/{flow.id}/amount",
        source_class=flow.amount.source_class,
        low=flow.amount.low if flow.amount.low is not None else flow.amount.value - half,
        high=flow.amount.high if flow.amount.high is not None else flow.amount.value + half,
    )
