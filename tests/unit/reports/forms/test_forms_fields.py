"""Fields of the forms: filled from the ledger, typed, or empty with their reason."""

from dataclasses import replace
from datetime import date

import pytest

from parkloop import reference
from parkloop.model import Answer, Inspection, LandUse, Organisation
from parkloop.reports.forms import form_as_dict

NUMBERS = ("number", "integer", "percent", "number+choice")


def test_every_form_when_filled_then_has_all_its_fields(filed):
    for form in filed.forms:
        wanted = {row.id for row in reference.form_rows(form.code)}
        assert {field.id.partition("[")[0] for field in form.fields} == wanted
    assert [f.code for f in filed.forms] == ["A.4", "A.5", "B.5", "B.4", "B.4", "B.4"]


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_no_field_when_empty_then_is_without_a_reason(small_park, file_again, lang):
    empty = [
        f"{form.code} {field.id}"
        for form in file_again(small_park, lang).forms
        for field in form.fields
        if field.value in (None, "", ()) and not field.reason
    ]
    assert empty == []


def test_closed_enterprise_when_forms_are_filled_then_files_none(filed):
    assert [f.subject_id for f in filed.forms if f.code == "B.4"] == ["E-1", "E-2", "E-3"]


def test_forms_of_another_year_when_asked_then_say_which_year_to_run(small_park):
    from parkloop.reports import fill_forms

    with pytest.raises(ValueError, match="run the park with year 2026"):
        fill_forms(small_park, 2027, "en")


def test_typed_data_when_given_by_subject_then_stand_on_that_form_alone(small_park, file_again):
    typed = {"A.4/I.1.4.1": "Nguyễn Văn A", "B.4/E-1/I.1.2a.2": "Trần Thị B"}
    park = file_again(small_park, typed=typed)
    assert park.value("I.1.4.1") == "Nguyễn Văn A"
    assert park.b4("I.1.2a.2", "E-1") == "Trần Thị B"
    assert park.b4("I.1.2a.2", "E-3") is None
    assert "typed at export" in park.field("I.1.2a.2", "B.4", "E-3").reason


def test_typed_data_when_kept_as_json_then_are_left_out(small_park, file_again):
    park = file_again(small_park, typed={"A.4/I.1.4.1": "Nguyễn Văn A"})
    kept = form_as_dict(park.forms[0])
    assert "Nguyễn Văn A" not in str(kept)
    field = next(f for f in kept["fields"] if f["id"] == "I.1.4.1")
    assert (field["value"], field["reason"]) == (None, "personal data: typed at export, not kept")


@pytest.mark.parametrize(
    "key", ["A.4/I.1.1", "B.4/I.1.2a.2", "B.4/E-9/I.1.2a.2", "B.4/E-4/I.1.2a.2", "C.1/x", "I.1.4.1"]
)
def test_typed_data_when_the_key_fits_no_personal_field_then_is_refused(small_park, file_again, key):
    with pytest.raises(ValueError, match="names no field for personal data"):
        file_again(small_park, typed={key: "x"})


def test_personal_fields_when_nothing_is_typed_then_are_empty_everywhere(filed):
    for form in filed.forms:
        personal = {row.id for row in reference.form_rows(form.code) if row.personal}
        assert all(f.value is None and f.reason for f in form.fields if f.id in personal)


def test_individual_investor_when_filled_then_gives_no_name_and_requires_its_own_part(filed):
    assert filed.b4("I.1.1.1", "E-2") == "individual"
    assert filed.b4("I.1.2.2", "E-2") is None  # the name of a person is personal data
    assert "Ông Ba" not in str(filed.form("B.4", "E-2"))
    assert filed.field("I.1.1.2", "B.4", "E-2").required
    assert not filed.field("I.1.2.2", "B.4", "E-2").required
    assert filed.field("I.1.2.2", "B.4", "E-1").required
    assert filed.field("I.1.1.2", "B.4", "E-1").reason == "the investor is of the other kind"


def test_registration_when_never_amended_then_says_so(filed):
    assert filed.value("I.1.2") == "41221"
    assert filed.value("I.1.2.2") == "04/05/2010"
    assert filed.field("I.1.2.3").reason == "never amended"
    assert filed.field("I.2.4.4").reason == "not in the ledger"  # no certificate at all


def test_land_when_classes_are_known_then_shares_follow(filed, small_park, file_again):
    assert filed.value("I.2.5.1") == 200.0  # 140 + 30 + 20 + 6 + 4
    assert filed.value("I.2.5.3") == 15.0
    bare = replace(small_park, park=replace(small_park.park, land_use=(LandUse("green", 30.0),)))
    park = file_again(bare)
    assert park.value("I.2.5.4") is None
    assert "Transport" in park.field("I.2.5.4").reason
    assert park.value("I.2.5.3") == 100.0


def test_housing_when_only_the_answer_tells_then_comes_from_it(filed):
    assert filed.value("I.2.6.1") == "Khu lưu trú 420 phòng"
    assert "vn35-37-3b" in filed.field("I.2.6.1").note


def test_compliance_when_breach_is_open_then_is_named_with_its_day(filed):
    told = filed.value("II.1")
    assert "Environmental law, 03/06/2025: Chậm nộp báo cáo (still open)" in told
    assert "Labour law: 1 inspection(s), no breach on record" in told
    assert "Land law, 03/06/2019: cũ (still open)" in told  # old, but never closed


def test_compliance_when_nobody_inspected_then_claims_nothing(small_park, file_again):
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, inspections=())))
    assert park.value("II.1") is None
    assert "nothing can be said" in park.field("II.1").reason


def test_compliance_when_very_long_then_is_cut_and_whole_in_the_note(small_park, file_again):
    many = tuple(
        Inspection(
            f"T-{n}", "K", date(2025, 1, 1), "labour", finding=f"tồn tại số {n} " + "x" * 100, breach=True
        )
        for n in range(40)
    )
    field = file_again(replace(small_park, ledger=replace(small_park.ledger, inspections=many))).field("II.1")
    assert len(field.value) <= 3000
    assert field.value.endswith("…")
    assert "tồn tại số 39" in field.note


def test_uptake_when_counted_then_knows_years_and_plans(filed):
    assert filed.value("III.1.1.1") == 3  # E-1, E-2, E-3; U-1 is no enterprise, E-4 is closed
    assert filed.value("III.1.1.2") == 5  # M-1, M-3, M-4, M-8, M-9
    assert filed.value("III.1.1.3") == 1  # E-1 by M-2
    assert filed.value("III.1.1.4") == 1
    assert filed.value("III.1.1.5") == 2  # E-2 by M-5 (2027), E-3 by M-6 (March 2026)


def test_networks_when_described_then_name_kinds_partners_and_papers(filed):
    ticks = [filed.value(f"III.2.1.{n}") for n in range(2, 7)]
    # X-1 inputs, X-4 services, X-2 another park
    assert ticks == [True, False, True, True, False]
    assert filed.value("III.2.1.8") == 4  # and X-3
    assert filed.value("III.2.1.10") == "Purchase contract"
    assert filed.value("III.2.1.11") == ("Hop dong tro bay.pdf",)
    assert filed.value("III.2.1.13") == ("Bia Bình", "Dệt An", "Nhựa Cúc")
    assert filed.value("III.2.1.14") == "P-9"
    assert filed.value("III.2.1.16") == "Hội thảo kết nối (01/03/2025)"


def test_links_of_an_enterprise_when_no_agreement_is_filed_then_only_agreed_partners_stand(filed):
    assert filed.b4("P4.1", "E-2") == 2
    assert "31/12/2025" in filed.field("P4.1", "B.4", "E-2").note
    assert filed.b4("P4.3", "E-2") == ("Nhựa Cúc",)
    assert "X-4" in filed.field("P4.3", "B.4", "E-2").note
    assert filed.b4("P4.2", "E-3") == ("Exchange of production inputs and outputs",)


def test_products_when_several_then_have_a_row_each(filed):
    assert filed.b4("P2.1[1]", "E-1") == "Vải"
    assert filed.b4("P2.1[2]", "E-1") == "Sợi"
    assert filed.b4("P2.2[1]", "E-1") == "t/year"
    assert filed.field("P2.2[1]", "B.4", "E-1").note == "converted from kg"
    assert filed.b4("P2.3[1]", "E-1") == "4,000 t/year"
    assert filed.b4("P2.4[1]", "E-1") == "3,000 t/year"
    # 1,000,000 kWh by revenue 300 : 100
    assert filed.b4("P2.5[1]", "E-1") == 750_000.0
    assert filed.b4("P2.5[2]", "E-1") == 250_000.0
    assert filed.b4("P2.6[2]", "E-1") == 100_000.0


def test_product_when_the_portal_has_no_unit_then_the_texts_carry_it(filed):
    assert filed.b4("P2.2[1]", "E-3") is None
    assert "piece" in filed.field("P2.2[1]", "B.4", "E-3").reason
    assert filed.b4("P2.4[1]", "E-3") == "9,000,000 piece/year"


def test_revenue_when_in_dollars_then_is_in_million_dong_at_the_rate(filed):
    assert filed.b4("P2.6[1]", "E-2") == 100_000.0  # 4 million USD x 25,000
    assert "25,000.00 VND for 1 USD" in filed.field("P2.6[1]", "B.4", "E-2").note


def test_volume_when_hours_are_known_then_is_per_hour(small_park, file_again):
    people = tuple(
        replace(p, hours_per_a=8000.0) if p.id == "E-2" else p for p in small_park.ledger.participants
    )
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, participants=people)))
    assert park.b4("P2.2[1]", "E-2") == "m3/hour"
    assert park.b4("P2.4[1]", "E-2") == "0.50 m3/hour"  # 40,000 hL = 4,000 m3 over 8,000 h


def test_main_carrier_when_another_has_more_energy_then_the_rest_is_in_the_note(filed):
    # coal: 200 t x 18.9 GJ/t is more than 500,000 kWh, but the portal offers electricity, oil and gas
    assert filed.field("P2.5[1]", "B.4", "E-2").unit == "kWh – Electricity"
    assert "200 t Sub-bituminous coal" in filed.field("P2.5[1]", "B.4", "E-2").note


def test_indicators_when_answered_then_keep_doubts_beside_them(filed):
    assert filed.value("ENV.1", "A.5") == 3
    # 10,000 of 60,000 + 30,000 + 10,000 m3 of 2025; the 500,000 m3 are of 2024
    assert filed.value("ENV.3", "A.5") == 10.0
    assert filed.value("ENV.4", "A.5") is True
    assert "no evidence filed" in filed.field("ENV.4", "A.5").note
    assert filed.value("ECO.1", "A.5") is False
    assert filed.field("ECO.1", "A.5").note == "answer of 2024"
    assert filed.value("PM.4", "A.5") is None
    assert "khu đang hoạt động" in filed.field("PM.4", "A.5").reason


def test_monitoring_indicator_when_yes_then_shows_coverage_of_the_six_groups(small_park, file_again):
    answers = (*small_park.ledger.answers, Answer("A-ENV.5", "K", "vn-ENV.5", 2025, True, evidence=("BC-1",)))
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, answers=answers)))
    assert "water 2/3" in park.field("ENV.5", "A.5").note
    assert "scrap 0/3" in park.field("ENV.5", "A.5").note


def test_shares_when_below_the_threshold_then_are_kept_and_marked(filed):
    # more than 100 workers: E-1 yes, E-2 no; E-3 has 80, E-4 is closed
    assert filed.value("SOC.1", "B.5") == 50.0
    note = filed.field("SOC.1", "B.5").note
    assert "1 of 2" in note
    assert "below the threshold of 75 %" in note
    assert filed.value("SOC.2", "B.5") == 33.33  # 1 of 3, whatever the size
    assert filed.value("ENV.2", "B.5") == 100.0
    assert "women 340 of 570" in filed.field("SOC.4", "B.5").note  # 300 + 40 of 420 + 150


def test_shares_when_nobody_is_concerned_then_are_neither_0_nor_100(small_park, file_again):
    people = tuple(replace(p, employees=20) for p in small_park.ledger.participants)
    park = file_again(replace(small_park, ledger=replace(small_park.ledger, participants=people)))
    assert park.value("SOC.1", "B.5") is None
    assert park.field("SOC.1", "B.5").reason == "no enterprise concerned"


def test_vietnamese_forms_when_nothing_exists_then_say_khong_co(small_park, file_again):
    quiet = replace(small_park, solutions=tuple(s for s in small_park.solutions if s.kind == "measure"))
    park = file_again(quiet, "vi")
    assert park.value("III.3.6") == "Không có"
    assert park.value("III.3.2") == 0.0
    assert park.b4("P4.2", "E-1") == ("Không có",)
    assert "không áp dụng" in park.field("III.3.9").note


def test_benefits_when_stated_then_stand_once_in_the_language(filed, filed_vi):
    assert filed.value("III.1.2.7") == "less noise"
    assert filed_vi.value("III.1.2.7") == "bớt ồn"
    assert filed.b4("P3.5", "E-1") == "less noise"
    assert filed.b4("P3.9", "E-1") == "None"


def test_operator_when_unknown_then_fields_give_their_reason(small_park, file_again):
    park = file_again(replace(small_park, park=replace(small_park.park, operator=None)))
    assert park.field("I.1.1").reason == "not in the ledger"
    park = file_again(
        replace(small_park, park=replace(small_park.park, operator=Organisation("H", fax="08")))
    )
    assert park.value("I.1.3.3") == "08"
