"""A ledger goes into the store and comes back equal, and every change is in the history."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from parkloop.model import (
    Amount,
    CheckOff,
    ExchangeRate,
    Flow,
    Ledger,
    Origin,
    Price,
    Programme,
    SeriesPoint,
)
from parkloop.store import Store, StoreConflict, StoreRefused, StoreUnknown
from parkloop.store.tables import KINDS, REFERENCES

AT = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
# Shrinking a failure against a real database takes minutes: the unit tests of the codec shrink instead.
ON_A_DATABASE: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "phases": [Phase.explicit, Phase.generate],
}
NewLedger = Callable[..., Ledger]
Strategies = Callable[[Any], st.SearchStrategy[Any]]


def _created(store: Store, ledger: Ledger) -> Ledger:
    store.apply(None, ledger, "An", AT, "create")
    return ledger


def _with_flow(ledger: Ledger, number: int, **values: Any) -> Ledger:
    flows = [replace(flow, **values) if i == number else flow for i, flow in enumerate(ledger.flows)]
    return replace(ledger, flows=tuple(flows))


def test_ledger_when_applied_then_loads_equal(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        ledger = _created(store, new_ledger())
        assert store.load("P-1") == ledger
        assert store.programmes() == (ledger.programme,)
    with Store.open(store_url) as store:
        assert store.load("P-1") == ledger


def test_any_ledger_when_applied_then_loads_equal(store_url: str, records: Strategies) -> None:
    numbers = count(1)

    @settings(max_examples=20, **ON_A_DATABASE)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        ledger = _any_ledger(data, records, f"P-{next(numbers)}")
        store.apply(None, ledger, "An", AT, "create")
        assert store.load(ledger.programme.id) == ledger

    with Store.open(store_url) as store:
        check()


def _any_ledger(data: st.DataObject, records: Strategies, programme_id: str) -> Ledger:
    hints = get_type_hints(Ledger)
    collections: dict[str, tuple[Any, ...]] = {}
    for kind in KINDS.values():
        record = get_args(hints[kind.collection])[0]
        found = data.draw(st.lists(records(record), max_size=2), label=kind.name)
        for field, target in REFERENCES.get(kind.name, {}).items():
            ids = ["", *(item.id for item in collections.get(KINDS[target].collection, ()))]
            found = [replace(item, **{field: data.draw(st.sampled_from(ids))}) for item in found]
        if hasattr(record, "id"):
            found = list({item.id: item for item in found}.values())
        collections[kind.collection] = tuple(found)
    programme = replace(data.draw(records(Programme)), id=programme_id)
    texts = records(str)
    return Ledger(
        programme,
        **collections,
        origins=data.draw(st.dictionaries(texts, records(Origin), max_size=2)),
        extras=data.draw(st.dictionaries(texts, st.dictionaries(texts, texts, max_size=2), max_size=2)),
    )


def test_any_change_of_flows_when_applied_then_loads_equal(
    store_url: str, new_ledger: NewLedger, records: Strategies
) -> None:
    """Flows come, go, change and move; the stored ledger follows in content and order."""
    flows = st.lists(st.builds(replace, records(Flow), participant_id=st.just("E-1")), max_size=4)

    @settings(max_examples=25, **ON_A_DATABASE)
    @given(flows, st.integers(0, 2**32))
    def check(new: list[Flow], seed: int) -> None:
        # Not drawn step by step: what is drawn may not depend on what the store holds by now.
        random = Random(seed)
        before = store.load("P-1")
        kept = [flow for flow in before.flows if random.random() < 0.7]
        moved = [replace(flow, note=flow.note + "!") if random.random() < 0.3 else flow for flow in kept]
        mixed = [*moved, *new]
        if random.random() < 0.5:
            random.shuffle(mixed)
        after = replace(before, flows=tuple({flow.id: flow for flow in mixed}.values()))
        store.apply(before, after, "An", AT, "edit")
        assert store.load("P-1") == after

    with Store.open(store_url) as store:
        _created(store, new_ledger())
        check()


def test_records_without_id_when_alike_then_all_kept_in_order(store_url: str, new_ledger: NewLedger) -> None:
    price = Price("electricity", 1800.0, "VND", 2025)
    ledger = replace(
        new_ledger(),
        prices=(price, replace(price, value=1900.0), price),
        exchange_rates=(ExchangeRate("VND", "USD", 25_400.0, 2025),) * 2,
        series=(SeriesPoint("M-1", AT, 4.0, "kWh"),) * 2,
        check_offs=(CheckOff("row", "An", AT.date(), "decision 2626"),),
    )
    with Store.open(store_url) as store:
        _created(store, ledger)
        assert store.load("P-1") == ledger
        after = replace(ledger, prices=ledger.prices[1:])
        store.apply(ledger, after, "An", AT, "edit")
        assert store.load("P-1") == after


def test_two_programmes_when_ids_are_the_same_then_kept_apart(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        first, second = _created(store, new_ledger("P-1")), _created(store, new_ledger("P-2"))
        after = replace(first, flows=())
        store.apply(first, after, "An", AT, "edit")
        assert store.load("P-1") == after
        assert store.load("P-2") == second
        assert [event.record_id for event in store.history("P-2", "flow")] == ["F-1", "F-2", "F-3"]


def test_change_of_one_field_when_applied_then_one_event_with_old_and_new(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        after = _with_flow(before, 0, amount=Amount(13_000.0, "kWh"), note="đọc lại công tơ")
        result = store.apply(before, after, "Bình", AT, "edit", reason="hóa đơn mới")
        events = store.history("P-1", "flow", "F-1")[1:]
    assert (result.added, result.changed, result.removed) == ({}, {"flow": 1}, {})
    assert result.events == 2
    assert [(event.field, event.who, event.action, event.reason, event.at) for event in events] == [
        ("amount", "Bình", "edit", "hóa đơn mới", AT),
        ("note", "Bình", "edit", "hóa đơn mới", AT),
    ]
    assert json.loads(events[0].old)["value"] == 12_500.0
    assert json.loads(events[0].new)["value"] == 13_000.0
    assert (events[1].old, events[1].new) == ('""', '"đọc lại công tơ"')


def test_new_ledger_when_applied_then_one_event_a_record(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        result = store.apply(None, new_ledger(), "An", AT, "import")
        events = store.history("P-1")
    # a programme, a park, two participants, three flows and one unknown column
    assert result.events == len(events) == 8
    assert result.added == {"programme": 1, "park": 1, "participant": 2, "flow": 3}
    assert [event.number for event in events] == list(range(1, 9))
    assert json.loads(events[4].new)["resource_id"] == "electricity"


def test_removed_record_and_replaced_origin_when_applied_then_history_keeps_them(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        figure = "flow/F-1/amount"
        corrected = replace(before.origins[figure], cell="F9")
        after = replace(
            before,
            flows=before.flows[:2],
            origins={figure: corrected, "flow/F-2/amount": before.origins["flow/F-2/amount"]},
            extras={},
        )
        store.apply(before, after, "An", AT, "edit")
        assert store.load("P-1") == after
        gone = store.history("P-1", "flow", "F-3")[-1]
        moved = store.history("P-1", "origin", figure)[-1]
        lost = store.history("P-1", "origin", "flow/F-3/amount")[-1]
        column = store.history("P-1", "extra")[-1]
    assert (json.loads(gone.old)["id"], gone.new) == ("F-3", "")
    assert (json.loads(moved.old)["cell"], json.loads(moved.new)["cell"]) == ("F2", "F9")
    assert (json.loads(lost.old)["cell"], lost.new) == ("F4", "")
    assert (json.loads(column.old), column.new) == ({"Ghi chú riêng": "ca đêm"}, "")


def test_same_ledger_when_applied_again_then_nothing_is_written(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        result = store.apply(before, new_ledger(), "An", AT, "import")
        assert (result.total, result.events, result.revision) == (0, 0, 1)
        assert store.revision("P-1") == 1
        assert len(store.history("P-1")) == 8


def test_programme_when_changed_then_field_is_in_the_history(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        after = replace(before, programme=replace(before.programme, baseline_year=2024))
        result = store.apply(before, after, "An", AT, "edit")
        assert store.load("P-1") == after
        assert result.changed == {"programme": 1}
        event = store.history("P-1", "programme")[-1]
    assert (event.field, event.old, event.new) == ("baseline_year", "2025", "2024")


def test_stale_revision_when_applied_then_conflict_and_nothing_changed(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as mine, Store.open(store_url) as yours:
        _created(mine, new_ledger())
        read_by_me, read_by_you = mine.load("P-1"), yours.load("P-1")
        kept = _with_flow(read_by_you, 0, note="yours")
        yours.apply(read_by_you, kept, "Bình", AT, "edit")
        with pytest.raises(StoreConflict, match="state 2 instead of 1") as caught:
            mine.apply(read_by_me, _with_flow(read_by_me, 2, note="mine"), "An", AT, "edit")
        assert caught.value.code == "store.conflict.revision"
        assert mine.load("P-1") == kept
        assert mine.history("P-1")[-1].who == "Bình"


def test_stale_record_when_one_store_object_serves_many_then_conflict(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        kept = _with_flow(before, 0, note="first")
        store.apply(before, kept, "Bình", AT, "edit")
        for late in (_with_flow(before, 0, note="second"), replace(before, flows=before.flows[1:])):
            with pytest.raises(StoreConflict, match="flow F-1"):
                store.apply(before, late, "An", AT, "edit")
        with pytest.raises(StoreConflict, match="state 2 instead of 1"):
            store.apply(before, _with_flow(before, 2, note="third"), "An", AT, "edit", revision=1)
        assert store.load("P-1") == kept


def test_new_programme_when_its_id_is_taken_then_conflict(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        with pytest.raises(StoreConflict, match="already a programme P-1"):
            store.apply(None, replace(before, flows=()), "An", AT, "create")
        assert store.load("P-1") == before


def test_same_record_when_added_twice_at_once_then_conflict(store_url: str, new_ledger: NewLedger) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        added = replace(before, flows=(*before.flows, replace(before.flows[0], id="F-9")))
        store.apply(before, added, "Bình", AT, "import")
        with pytest.raises(StoreConflict):
            store.apply(before, added, "An", AT, "import", revision=2)
        assert store.load("P-1") == added


def test_programme_when_unknown_then_sentence_lists_those_there_are(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        _created(store, new_ledger())
        for ask in (store.load, store.revision):
            with pytest.raises(StoreUnknown, match="no programme P-9 in the store; there are: P-1"):
                ask("P-9")
        ledger = new_ledger("P-9")
        with pytest.raises(StoreUnknown):
            store.apply(ledger, replace(ledger, flows=()), "An", AT, "edit")


def test_unkeepable_records_when_applied_then_refused_by_name_and_nothing_changed(
    store_url: str, new_ledger: NewLedger
) -> None:
    with Store.open(store_url) as store:
        before = _created(store, new_ledger())
        for after, words in (
            (_with_flow(before, 0, note="a\x00b"), "field note of flow F-1"),
            (_with_flow(before, 0, price=float("nan")), "field price of flow F-1"),
            (_with_flow(before, 1, id="F-1"), "kind flow have the id F-1"),
            (_with_flow(before, 0, participant_id="E-7"), "flow F-1 names the participant E-7"),
            (replace(before, participants=before.participants[:1]), "flow F-3 names the participant E-2"),
            (replace(before, programme=replace(before.programme, id="P-2")), "from programme P-1 to"),
        ):
            with pytest.raises(StoreRefused, match=words):
                store.apply(before, after, "An", AT, "edit")
        assert store.load("P-1") == before
        assert store.revision("P-1") == 1
