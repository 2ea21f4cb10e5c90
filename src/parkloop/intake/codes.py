"""The code lists behind drop-downs: code to its English and Vietnamese label."""

from collections.abc import Mapping
from functools import cache

from parkloop import reference, texts

Pair = tuple[str, str]
BILL_VALUES = ("amount", "money")


@cache
def code_list(name: str) -> Mapping[str, Pair]:
    """Codes of the list `name` with (English, Vietnamese) labels; empty when no such list is published."""
    if name == "frameworks":
        return {item.id: (item.title_en, item.title_vi) for item in reference.frameworks().values()}
    if name == "criteria":
        return {
            criterion.id: (criterion.title_en, criterion.title_vi)
            for framework in reference.frameworks().values()
            for criterion in framework.criteria
        }
    if name == "equipment_kinds":
        return {kind.id: (kind.label_en, kind.label_vi) for kind in reference.equipment_kinds().values()}
    if name == "resources":
        return {item.id: (item.name_en, item.name_vi) for item in reference.resources().values()}
    if name == "bill_values":
        return {code: _texts(f"intake.bill_value.{code}") for code in BILL_VALUES}
    return {item.code: (item.label_en, item.label_vi) for item in reference.code_lists().get(name, ())}


def _texts(key: str) -> Pair:
    return texts.text(key, "en"), texts.text(key, "vi")
