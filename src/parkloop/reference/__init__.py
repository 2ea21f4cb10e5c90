"""Published tables with their sources: takes a name, a country or a year; gives typed rows."""

from parkloop.reference.codes import Code, WasteCode, code_lists, waste_codes
from parkloop.reference.crossings import Crossing, crossings, crosswalk, enterprise_shares
from parkloop.reference.equipment import EquipmentField, EquipmentKind, equipment_kinds
from parkloop.reference.factors import factor_set, gwp
from parkloop.reference.forms import FormRow, form_rows, form_titles
from parkloop.reference.frameworks import frameworks, read_framework
from parkloop.reference.indicators import ResultIndicator, result_indicators
from parkloop.reference.intensities import (
    Intensity,
    PlausibleBand,
    bands,
    end_use_shares,
    inferred_factor,
    intensities,
    uncertainty,
)
from parkloop.reference.measures import CostFunction, MeasureValue, cost_functions, measure_values
from parkloop.reference.prices import (
    TariffHours,
    discount_rate,
    exchange_rates,
    parameters,
    prices,
    tariff_hours,
    voltages,
)
from parkloop.reference.reference_rows import ReferenceRow, reference_rows, row
from parkloop.reference.resources import ancestors, inheritors, resource_for, resources
from parkloop.reference.sectors import Sector, SectorGroup, sector, sector_groups, sectors
from parkloop.reference.sources import source, sources
from parkloop.reference.uses import (
    Rate,
    SectorStream,
    SymbiosisForm,
    Treatment,
    Use,
    activity_sectors,
    legal_rules,
    sector_streams,
    symbiosis_forms,
    symbiosis_rates,
    treatments,
    uses,
)

__all__ = [
    "FormRow",
    "form_rows",
    "form_titles",
    "Code",
    "CostFunction",
    "Crossing",
    "EquipmentField",
    "EquipmentKind",
    "Intensity",
    "MeasureValue",
    "PlausibleBand",
    "Rate",
    "ReferenceRow",
    "ResultIndicator",
    "Sector",
    "SectorGroup",
    "SectorStream",
    "SymbiosisForm",
    "TariffHours",
    "Treatment",
    "Use",
    "WasteCode",
    "activity_sectors",
    "ancestors",
    "bands",
    "code_lists",
    "cost_functions",
    "crossings",
    "crosswalk",
    "discount_rate",
    "end_use_shares",
    "enterprise_shares",
    "equipment_kinds",
    "exchange_rates",
    "factor_set",
    "frameworks",
    "gwp",
    "inferred_factor",
    "inheritors",
    "intensities",
    "legal_rules",
    "measure_values",
    "parameters",
    "prices",
    "read_framework",
    "reference_rows",
    "resource_for",
    "resources",
    "result_indicators",
    "row",
    "sector",
    "sector_groups",
    "sector_streams",
    "sectors",
    "source",
    "sources",
    "symbiosis_forms",
    "symbiosis_rates",
    "tariff_hours",
    "treatments",
    "uncertainty",
    "uses",
    "voltages",
    "waste_codes",
]
