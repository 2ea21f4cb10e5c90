"""Takes a site; gives its end-use graph and resource-efficiency measures, quantified, with issues."""

from parkloop.recp.propose import measure_types, propose
from parkloop.recp.uses import UseMap, map_uses, read_uses

__all__ = ["UseMap", "map_uses", "measure_types", "propose", "read_uses"]
