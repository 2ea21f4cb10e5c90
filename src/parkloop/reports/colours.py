"""The colours of resources and stages: one resource, one colour, in every drawing."""

from parkloop.model import Family, Resource

INK = "#1f2933"
MUTED = "#5b6770"
LINE = "#c8ced3"
PALE = "#f3f5f6"
ACCENT = "#0f766e"
ATTENTION = "#b45309"
BREACH = "#b42318"

FAMILY_COLOURS = {
    Family.ELECTRICITY: "#d9a404",
    Family.FUEL: "#8f5a1e",
    Family.HEAT: "#c8402f",
    Family.WATER: "#2f74b5",
    Family.GAS: "#5c8a96",
    Family.MATERIAL: "#9a6b3f",
    Family.CHEMICAL: "#a3518a",
    Family.PRODUCT: "#5f7a3d",
    Family.WASTE: "#7d868c",
    Family.SERVICE: "#4c5a9e",
}

# hues of the Okabe-Ito set where they are free, told apart by texture as well
STAGE_COLOURS = {
    "proposed": "#a9b4bc",
    "feasible": "#56b4e9",
    "decided": "#e69f00",
    "implemented": "#0f766e",
    "verified": "#1a7f37",
    "rejected": "#d0d5d9",
}


def resource_colour(resource: Resource | None) -> str:
    """The colour of a resource by its family."""
    return FAMILY_COLOURS[resource.family] if resource else FAMILY_COLOURS[Family.WASTE]
