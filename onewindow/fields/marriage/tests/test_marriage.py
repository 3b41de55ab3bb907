from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from onewindow.fields.marriage.models import Marriage, Spouse
from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.cases.actions import applying, working
from onewindow.kernel.cases.actions.waiting import end_waiting
from onewindow.kernel.cases.models import Case
from onewindow.kernel.people.models import Kinship, Person
from onewindow.kernel.staff.actor import Actor
from tests.carrying import RECORDS, Office, draft, submitted
from tests.factories import City, open_run

YES = {"is_kin": "no", "is_voluntary": "yes", "is_capable": "yes", "marital_state": "never", "kind": "first"}
PART = YES | {
    "married_on": "2020-05-20", "married_in_mainland": "yes", "has_minor_children": "no", "property_agreed": "各归各的",
}  # fmt: skip
MARRY, DIVORCE, REISSUE, QUERY = (
    "marriage_registration", "divorce_registration", "marriage_certificate_reissue", "marriage_record_query",
)  # fmt: skip


@pytest.fixture
def he(city: City) -> Actor:
    return city.resident("王建", sex=1, birth=date(1998, 3, 1))


@pytest.fixture
def she(city: City) -> Actor:
    return city.resident("李梅", sex=2, birth=date(1999, 3, 1))


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def marriage(office: Office, he: Actor, she: Actor) -> Marriage:
    office.to_end(submitted(he, MARRY, she, **YES))
    return Marriage.unscoped.get()


def test_two_marry_at_the_window_and_each_has_a_certificate(office: Office, he: Actor, she: Actor) -> None:
    case = office.to_end(submitted(he, MARRY, she, **YES))
    assert case.state == Case.State.APPROVED
    letters = [each.letter for each in case.letters.filter(letter__kind="certificate").select_related("letter")]
    assert {letter.recipient_name for letter in letters} == {"王建", "李梅"}
    assert all(letter.title == "结婚证" and letter.number.startswith("津民婚") for letter in letters)
    assert Spouse.unscoped.filter(is_married=True).count() == 2
    assert "*" in case.facts["household"]["partner_id_number"]


def test_nobody_is_married_twice(city: City, marriage: Marriage, he: Actor) -> None:
    other = city.resident("赵兰", sex=2, birth=date(1995, 1, 1))
    with pytest.raises(Refused, match="王建在婚姻登记中有配偶"):
        submitted(he, MARRY, other, **YES)
    with pytest.raises(IntegrityError), transaction.atomic():
        Spouse.unscoped.create(marriage=marriage, person=he.person, is_married=True)


def test_two_windows_at_the_same_moment_marry_one_person_once(
    city: City, office: Office, he: Actor, she: Actor
) -> None:
    other = city.resident("赵兰", sex=2, birth=date(1995, 1, 1))
    first, second = submitted(he, MARRY, she, **YES), submitted(other, MARRY, he, **YES)
    second = office.step(second)
    office.to_end(first)
    with pytest.raises(Refused, match="有配偶"):
        office.to_end(second)


@time_machine.travel("2026-11-24 10:00+08:00")
@pytest.mark.parametrize(("born", "old_enough"), [(date(2004, 11, 24), True), (date(2004, 11, 25), False)])
def test_he_is_twenty_two_on_the_birthday_itself(city: City, she: Actor, born: date, old_enough: bool) -> None:
    young = city.resident("小王", sex=1, birth=born)
    if old_enough:
        assert submitted(young, MARRY, she, **YES).number
    else:
        with pytest.raises(Refused, match="未满22周岁"):
            submitted(young, MARRY, she, **YES)


def test_kin_and_the_unwilling_are_refused_whatever_they_declare(he: Actor, she: Actor) -> None:
    with pytest.raises(Refused, match="自愿"):
        submitted(he, MARRY, she, **YES | {"is_voluntary": "no"})
    Kinship.objects.create(person=he.person, relative=she.person, kind="75")
    with pytest.raises(Refused, match="血亲"):
        submitted(he, MARRY, she, **YES)


def test_a_name_that_is_not_the_number_s_finds_nobody(city: City, he: Actor, she: Actor) -> None:
    assert she.person is not None
    with pytest.raises(AssertionError, match="对不上"):
        draft(he, MARRY, Person(name="别人", id_number=she.person.id_number), **YES)


def test_somebody_of_another_city_can_be_the_other_party(city: City, he: Actor) -> None:
    number = next(number for number in city.numbers if int(number[16]) % 2 == 0)
    case = draft(he, MARRY, Person(name="外地人", id_number=number), **YES)
    other = case.members.get(is_applicant=False).person
    assert other.place_id is None and other.birth is not None and case.is_draft


def test_it_is_not_accepted_until_both_have_signed(office: Office, he: Actor, she: Actor) -> None:
    assert she.person is not None and he.person_id is not None
    case = draft(he, MARRY, she.person, **YES)
    applying.give_consent(he, case, person_id=he.person_id)
    case = applying.submit_case(he, Case.unscoped.get(pk=case.pk))
    with pytest.raises(Refused, match="李梅的声明签字"):
        office.step(case)


def test_who_took_it_in_does_not_register_it(city: City, office: Office, he: Actor, she: Actor) -> None:
    case = office.step(submitted(he, MARRY, she, **YES))
    clerk = office.at["street_window"]
    with pytest.raises(NotAllowed):
        working.finish_step(clerk, open_run(case), outcome="grant", record=RECORDS["presence"])


def test_a_registrar_refuses_with_a_reason(office: Office, he: Actor, she: Actor) -> None:
    case = office.to_end(submitted(he, MARRY, she, **YES), "refuse")
    assert case.state == Case.State.REJECTED and not Marriage.unscoped.exists()


class TestDivorce:
    @pytest.fixture
    def waiting(self, office: Office, marriage: Marriage, he: Actor, she: Actor) -> Case:
        with time_machine.travel("2026-11-24 10:00+08:00"):
            return office.step(submitted(he, DIVORCE, she, **PART))

    def test_thirty_days_then_thirty_more_whenever_the_clock_runs(self, office: Office, waiting: Case) -> None:
        assert open_run(waiting).due_on == date(2026, 12, 24)
        with time_machine.travel("2026-12-24 23:00+08:00"):
            assert end_waiting() == 0
        with time_machine.travel("2026-12-28 09:00+08:00"):
            assert end_waiting() == 1
            run = open_run(waiting)
            assert (run.step_code, run.due_on) == ("come", date(2027, 1, 25))  # the 23rd is a Saturday
            case = office.step(waiting)
        assert case.state == Case.State.APPROVED
        assert Marriage.unscoped.get().ended_on == date(2026, 12, 28)
        assert not Spouse.unscoped.filter(is_married=True).exists()

    def test_nobody_came_and_it_lapses(self, waiting: Case) -> None:
        with time_machine.travel("2026-12-25 09:00+08:00"):
            end_waiting()
        with time_machine.travel("2027-01-25 23:00+08:00"):
            assert end_waiting() == 0
        with time_machine.travel("2027-01-26 01:00+08:00"):
            assert (end_waiting(), end_waiting()) == (1, 0)
        waiting.refresh_from_db()
        assert waiting.state == Case.State.TERMINATED and Marriage.unscoped.get().ended_on is None

    def test_either_takes_it_back_alone(self, city: City, waiting: Case, she: Actor) -> None:
        with pytest.raises(NotAllowed):
            applying.withdraw_case(city.resident(), waiting, reason="不是我的事")
        assert applying.withdraw_case(she, waiting, reason="不想离了").state == Case.State.WITHDRAWN

    def test_it_can_not_be_hurried(self, office: Office, waiting: Case) -> None:
        with pytest.raises(NotAllowed):
            working.finish_step(office.at["district_officer"], open_run(waiting), outcome="done", record={})

    def test_the_divorced_marry_again(self, office: Office, waiting: Case, he: Actor, she: Actor) -> None:
        with time_machine.travel("2026-12-25 09:00+08:00"):
            end_waiting()
            office.step(waiting)
            again = office.to_end(submitted(she, MARRY, he, **YES | {"kind": "remarry"}))
        assert again.state == Case.State.APPROVED and Marriage.unscoped.count() == 2

    def test_children_must_be_provided_for(self, marriage: Marriage, he: Actor, she: Actor) -> None:
        with pytest.raises(Refused, match="抚养"):
            submitted(he, DIVORCE, she, **PART | {"has_minor_children": "yes", "children_agreed": ""})

    def test_who_is_not_married_is_not_divorced(self, office: Office, he: Actor, she: Actor) -> None:
        with pytest.raises(Refused, match="没有查到"):
            submitted(he, DIVORCE, she, **PART)


def test_a_lost_certificate_is_issued_again_from_the_register(office: Office, marriage: Marriage, she: Actor) -> None:
    case = office.to_end(submitted(she, REISSUE, certificate="marriage", why="lost"))
    letter = case.letters.get(letter__kind="certificate").letter
    assert letter.title == "结婚证（补发）" and marriage.decision.letter.number in str(letter.content)


def test_what_is_not_in_the_register_is_not_issued(office: Office, marriage: Marriage, she: Actor) -> None:
    with pytest.raises(Refused, match="没有查到"):
        submitted(she, REISSUE, certificate="divorce", why="lost")


def test_one_s_own_record_is_certified(office: Office, marriage: Marriage, he: Actor) -> None:
    case = office.to_end(submitted(he, QUERY, purpose="own"))
    assert "存续" in str(case.letters.get(letter__kind="certificate").letter.content)
    refused = office.to_end(submitted(he, QUERY, purpose="own"), "refuse")
    assert refused.state == Case.State.REJECTED


def test_only_the_two_and_registrars_see_a_marriage(city: City, office: Office, marriage: Marriage, he: Actor) -> None:
    assert Marriage.objects.seen_by(he).count() == 1
    assert Marriage.objects.seen_by(office.at["district_officer"]).count() == 1
    for stranger in (city.resident(), office.at["street_window"]):
        assert not Marriage.objects.seen_by(stranger).exists()
        assert not Spouse.objects.seen_by(stranger).exists()


def test_the_case_is_both_s_once_it_is_handed_in(city: City, he: Actor, she: Actor) -> None:
    assert she.person is not None
    draft(he, MARRY, she.person, **YES)
    assert not Case.objects.seen_by(she).exists()
    case = submitted(he, MARRY, she, **YES)
    assert list(Case.objects.seen_by(she)) == [case]
    assert not Case.objects.seen_by(city.resident()).exists()
