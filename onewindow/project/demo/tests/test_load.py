from collections import Counter

import pytest

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.relatives import NEAR
from onewindow.kernel.people.identity import IdNumber
from onewindow.kernel.people.models import Account, Household, Kinship, Member, Person, RegisterEntry
from onewindow.kernel.people.sealed import blind_index
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.models import Staff, StaffPost
from onewindow.project.demo.load import load_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def loader():
    return load_city(60, 2026, progress=lambda text: None)


def test_every_street_and_district_has_people_for_its_work(loader):
    held = Counter(StaffPost.objects.values_list("place__level", "post"))
    assert held == {
        ("street", "street_window"): 299, ("street", "street_officer"): 598, ("street", "street_chief"): 299,
        ("district", "district_officer"): 32, ("district", "district_chief"): 16, ("district", "district_finance"): 16,
        ("district", "district_finance_checker"): 16, ("city", "auditor"): 1, ("city", "city_leader"): 2, ("city", "city_policy"): 1,
    }  # fmt: skip
    assert Account.objects.filter(person__staff__isnull=False).count() == StaffPost.objects.count()


def test_residents_are_found_by_their_number_and_belong_to_one_household(loader):
    assert Household.objects.count() == 60
    told = loader.truth[7]
    person = Person.unscoped.get(id_index=blind_index(told["id_number"], "id"))
    assert (person.name, person.id_number) == (told["name"], told["id_number"])
    assert person.place.level == Place.Level.COMMUNITY
    assert Member.objects.filter(person=person, until_on=None).count() == 1


def test_nobody_in_the_demo_can_be_anybody(loader):
    assert all(IdNumber.parse(person.id_number).is_demo for person in Person.unscoped.all())
    assert all(person.phone.startswith("1990") for person in Person.unscoped.exclude(phone_index=""))


def test_nobody_can_sign_in_with_a_password(loader):
    assert not any(account.has_usable_password() for account in Account.objects.all()[:50])


def test_registers_say_of_everybody_what_dibao_would_ask(loader):
    residents = Member.objects.count()
    for item in ("disability_level", "base_pension", "is_student", "is_conscript", "is_imprisoned", "serious_disease"):
        assert RegisterEntry.objects.filter(item=item).count() == residents
    assert not RegisterEntry.objects.filter(as_of__gt=today()).exists()


def test_some_families_have_a_brother_or_sister_in_their_street_office(loader):
    found = Kinship.objects.filter(NEAR, kind__startswith="7").select_related("person", "relative")
    assert found
    for kin in found:
        post = StaffPost.objects.get(staff__person=kin.relative, post="street_officer")
        assert kin.person.place_id.startswith(post.place_id[:9])


def test_the_partners_know_more_than_households_tell(loader):
    assert {each["id_number"] for each in loader.truth} == {
        person.id_number for person in Person.unscoped.filter(memberships__isnull=False)
    }
    assert any(len(each["accounts"]) > 2 for each in loader.truth) and any(
        len(each["homes"]) > 0 for each in loader.truth
    )


def test_the_same_seed_loads_the_same_city(loader):
    first = [(person.name, person.id_number) for person in Person.unscoped.order_by("id")]
    for model in (Kinship, RegisterEntry, Member, Household, Account, StaffPost, Staff):
        model.objects.all().delete()
    Person.unscoped.all().delete()
    load_city(60, 2026, progress=lambda text: None)
    assert [(person.name, person.id_number) for person in Person.unscoped.order_by("id")] == first
