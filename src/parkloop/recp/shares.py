"""How a sector splits a carrier over uses, for what no machine on the list shows."""

from collections.abc import Mapping

from parkloop.model import Family, ParticipantKind, Site
from parkloop.reference import equipment_kinds, resources
from parkloop.reference.intensities import end_use_shares
from parkloop.reference.sectors import sector

__all__ = ["sector_shares"]

_TABLE = {
    Family.ELECTRICITY: "electricity",
    Family.FUEL: "heat",
    Family.HEAT: "heat",
    Family.WATER: "water",
}


def sector_shares(site: Site, resource_id: str) -> Mapping[str, float]:
    """Share of a carrier by end use [-] of the site's sector, less the end uses its machines already show.

    Steam takes the heat shares without direct firing.

    Empty for carriers without shares, for utilities and cities, and for sectors nobody knows. Rows are
    `share-<group>-<carrier>-<end use>` of the reference tables, all inferred.
    """
    table = _TABLE.get(resources()[resource_id].family)
    known = sector(site.participant.sector) if site.participant.sector else None
    if table is None or known is None or site.participant.kind is not ParticipantKind.ENTERPRISE:
        return {}
    shown = {
        name
        for item in site.equipment
        if item.participant_id == site.participant.id and item.kind in equipment_kinds()
        for name in equipment_kinds()[item.kind].sector_share.split(";")
    }
    shares = end_use_shares(known.group, table)
    if resource_id == "steam":
        piped = {name: share for name, share in shares.items() if name != "direct_heat"}
        total = sum(piped.values())
        return {name: share / total for name, share in piped.items()} if total > 0 else {}
    return {name: share for name, share in shares.items() if name not in shown and name != "other"}
