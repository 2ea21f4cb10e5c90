import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from parkloop.reference import prices, resource_for, resources

LABELS = sorted(
    {(item.id, name) for item in resources().values() for name in (item.id, item.name_en, item.name_vi)}
)


def bare(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in spread if not unicodedata.combining(char))


@settings(deadline=None)
@given(
    st.sampled_from(LABELS),
    st.sampled_from([str.upper, str.lower, str.title, bare]),
    st.sampled_from(["", " ", "  "]),
)
def test_resource_for_when_label_in_any_case_or_without_accents_then_the_resource_is_found(
    label: tuple[str, str], change: object, pad: str
) -> None:
    resource_id, name = label
    assert callable(change)
    assert resource_id in resource_for(pad + str(change(name)) + pad)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_resource_for_when_any_text_then_only_known_ids_and_few(text: str) -> None:
    found = resource_for(text)
    assert set(found) <= set(resources())
    assert len(found) == len(set(found))


@given(st.integers(min_value=1990, max_value=2060))
def test_prices_when_any_year_then_the_same_set_of_keys(year: int) -> None:
    keys = {(p.resource_id, p.side, p.band, p.fate) for p in prices("VN", year)}
    assert keys == {(p.resource_id, p.side, p.band, p.fate) for p in prices("VN", 2025)}
