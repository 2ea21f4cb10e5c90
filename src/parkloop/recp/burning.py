"""How the fuel of a boiler burns, as inputs of a finding."""

from dataclasses import replace

from parkloop.model import Equipment, Finding, Input, Site
from parkloop.recp.heat import boiler_efficiency
from parkloop.recp.inputs import reference_input
from parkloop.reference.measures import fuel_burning

__all__ = ["burning_inputs", "with_burning"]


def burning_inputs(fuel: str) -> tuple[Input, ...]:
    """Siegert constants, oxygen of a tuned burner [-] and lowest stack temperature [degC] of a fuel."""
    if fuel not in fuel_burning():
        return ()
    return (
        reference_input("siegert_a2", f"fuel.{fuel}.siegert_a2"),
        reference_input("siegert_b", f"fuel.{fuel}.siegert_b"),
        reference_input("target_o2_fraction", f"fuel.{fuel}.target_o2"),
        reference_input("lowest_stack_c", f"fuel.{fuel}.lowest_stack"),
    )


def with_burning(site: Site, finding: Finding) -> Finding | None:
    """The finding of a boiler with its fuel's constants and efficiency; None for an unknown fuel."""
    item = _equipment(site, finding.subject_id)
    constants = burning_inputs(str(item.properties.get("fuel", "")))
    if not constants:
        return None
    return replace(finding, inputs=(*finding.inputs, *constants, boiler_efficiency(item)))


def _equipment(site: Site, item_id: str) -> Equipment:
    return next(item for item in site.equipment if item.id == item_id)
