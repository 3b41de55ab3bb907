import pytest

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.cases.actions import applying
from onewindow.kernel.cases.missing import missing
from onewindow.kernel.cases.models import Case
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.people.models import RegisterEntry
from tests.factories import City, filled


def test_a_draft_begins_with_what_registers_know_and_shows_the_source(city: City) -> None:
    me = city.resident()
    RegisterEntry.objects.create(person=me.person, source="DPF", item="disability_level", value=2, as_of="2026-10-01")
    case = applying.start_case(me, None, matter=matter_named("dibao"), applicant=me.person)
    key = me.person.public_id.hex
    assert case.facts["people"][key]["disability_level"] == 2
    assert case.facts["sources"][key]["disability_level"]["register"] == "DPF"


def test_starting_again_goes_on_with_the_same_draft(city: City) -> None:
    me = city.resident()
    first, second = city.draft(me), applying.start_case(me, None, matter=matter_named("dibao"), applicant=me.person)
    assert first.pk == second.pk


def test_what_was_typed_wrong_is_kept_and_asked_for_again(city: City) -> None:
    me = city.resident()
    case = city.draft(me)
    errors = applying.save_case(me, case, data=filled(case, monetary_property="三千"))
    case.refresh_from_db()
    assert errors["household"]["monetary_property"] == ["请填写金额，例如 1200 或 1200.50。"]
    assert case.facts["typed"]["household"]["monetary_property"] == "三千"
    with pytest.raises(Refused, match="还没有填完"):
        applying.submit_case(me, case)


def test_a_form_with_a_gap_is_not_handed_in_and_says_which(city: City) -> None:
    me = city.resident()
    case = city.draft(me, car_count="")
    with pytest.raises(Refused, match="全家汽车"):
        applying.submit_case(me, case)
    assert Case.unscoped.get().state == Case.State.DRAFT


def test_handing_in_twice_changes_nothing(city: City) -> None:
    me = city.resident()
    case = city.submitted(me)
    with pytest.raises(Refused, match="已经提交"):
        applying.submit_case(me, case)
    assert case.runs.count() == 1 and case.letters.count() == 1


def test_one_household_has_one_open_case_of_a_matter(city: City) -> None:
    me, wife = city.resident(), city.resident()
    city.household(me.person, wife.person)
    city.submitted(me)
    with pytest.raises(Refused, match="无需重复申请"):
        city.submitted(wife)


def test_only_a_person_themselves_consents_and_only_once(city: City) -> None:
    me, wife = city.resident(), city.resident()
    city.household(me.person, wife.person)
    case = city.submitted(me)
    with pytest.raises(Refused, match="只能由本人授权"):
        applying.give_consent(me, case, person_id=wife.person_id)
    with pytest.raises(NotAllowed):
        applying.give_consent(city.resident(), case, person_id=me.person_id)
    first = applying.give_consent(wife, case, person_id=wife.person_id)
    assert applying.give_consent(wife, case, person_id=wife.person_id).pk == first.pk


def test_a_withdrawn_consent_is_missing_again(city: City) -> None:
    me = city.resident()
    case = city.submitted(me)
    consent = applying.give_consent(me, case, person_id=me.person_id)
    assert missing(case) == []
    applying.withdraw_consent(me, consent)
    assert [each.code for each in missing(case)] == [f"consent:{me.person.public_id.hex}"]


def test_a_stranger_can_not_fill_submit_or_withdraw(city: City) -> None:
    case = city.draft(city.resident())
    stranger = city.resident()
    for act in (
        lambda: applying.save_case(stranger, case, data={}),
        lambda: applying.submit_case(stranger, case),
        lambda: applying.set_account(stranger, case, account="6217000000000000", name="张三"),
        lambda: applying.discard_draft(stranger, case),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_money_goes_only_to_the_household(city: City) -> None:
    me = city.resident()
    case = city.draft(me)
    with pytest.raises(Refused, match="户名"):
        applying.set_account(me, case, account="6217000000000000", name="别人")
    with pytest.raises(Refused, match="银行账号"):
        applying.set_account(me, case, account="12ab", name=me.person.name)


def test_a_clerk_of_any_street_applies_for_any_resident(city: City) -> None:
    clerk = city.staff("street_window", place="120104001000")
    me = city.person()
    case = applying.start_case(clerk, None, matter=matter_named("dibao"), applicant=me, mandate="本人到场")
    assert case.place_id == "120101001000" and case.intake_place_id == "120104001000"
    assert case.channel == Case.Channel.WINDOW
    assert case in Case.objects.seen_by(clerk)


def test_a_withdrawn_case_stops_its_work_and_says_so(city: City) -> None:
    me = city.resident()
    case = city.submitted(me)
    applying.withdraw_case(me, case, reason="家庭情况已好转")
    case.refresh_from_db()
    assert case.state == Case.State.WITHDRAWN and not case.runs.filter(ended_at=None).exists()
    assert "withdrawn" in case.letters.values_list("letter__kind", flat=True)


def test_a_discarded_draft_leaves_no_facts(city: City) -> None:
    me = city.resident()
    case = city.draft(me, monetary_property="3000")
    applying.discard_draft(me, case)
    case.refresh_from_db()
    assert case.state == Case.State.DISCARDED and case.facts == {} and case.pay_to == ""


def test_somebody_of_another_city_is_told_where_to_go(city: City) -> None:
    me = city.resident(place=None)
    with pytest.raises(Refused, match="户籍所在"):
        applying.start_case(me, None, matter=matter_named("dibao"), applicant=me.person)


def test_a_case_is_rated_once_and_only_when_it_ended(city: City) -> None:
    me = city.resident()
    case = city.submitted(me)
    with pytest.raises(Refused, match="办结后"):
        applying.rate_case(me, case, stars=5)
    applying.withdraw_case(me, case, reason="不办了")
    applying.rate_case(me, case, stars=1, words="等太久")
    with pytest.raises(Refused, match="已经评价"):
        applying.rate_case(me, case, stars=5)
    assert open_run_count(case) == 0


def open_run_count(case: Case) -> int:
    return case.runs.filter(ended_at=None).count()
