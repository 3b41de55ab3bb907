"""The invented city: nobody in it can be anybody, and each household is what it is said to be."""

from collections import Counter
from datetime import date
from itertools import islice
from typing import Any

import pytest

from onewindow.kernel.people.identity import IdNumber, normal_name
from onewindow.project.demo.numbers import ELSEWHERE, IdNumbers, with_luhn_digit
from onewindow.project.demo.people import Circumstance, DemoHousehold
from onewindow.project.demo.population import CITY_MIX, households
from onewindow.rules.assess import assess
from onewindow.rules.case import role_of

ON = date(2026, 11, 23)
C = Circumstance


@pytest.fixture(scope="module")
def city() -> list[DemoHousehold]:
    return list(households(800, on=ON))


@pytest.fixture(scope="module")
def people(city):
    return [member for home in city for member in home.members]


def test_the_same_seed_makes_the_same_people_however_many_are_wanted(city):
    assert list(islice(households(1_000_000, on=ON), 200)) == city[:200]
    assert list(households(20, on=ON, seed=7)) != city[:20]


def test_every_id_number_is_valid_its_own_and_never_issued(people):
    numbers = [IdNumber.parse(person.id_number) for person in people]
    assert len(set(numbers)) == len(people) > 1800
    assert all(number.is_demo for number in numbers)
    assert all((number.birth, number.sex) == (p.birth, p.sex) for number, p in zip(numbers, people, strict=True))


def test_a_full_day_sends_the_next_person_to_another_division():
    supply = IdNumbers()
    numbers = {supply.take("120101", 1990, 1) for _ in range(365 * 5 + 1)}
    assert len(numbers) == 365 * 5 + 1
    assert Counter(number[:6] for number in numbers) == {"120101": 365 * 5, ELSEWHERE[0]: 1}


def test_phones_and_accounts_belong_to_nobody(people):
    phones = [person.phone for person in people if person.phone]
    accounts = [account.number for person in people for account in person.accounts]
    assert len(set(phones)) == len(phones) and all(p.startswith("19900") and len(p) == 11 for p in phones)
    assert len(set(accounts)) == len(accounts)
    assert all(a.startswith("990000") and len(a) == 19 and with_luhn_digit(a[:-1]) == a for a in accounts)


def test_the_luhn_digit_is_that_of_the_published_example():
    assert with_luhn_digit("7992739871") == "79927398713"


def test_every_district_and_every_circumstance_is_there_from_the_start(city):
    assert len({home.place[:6] for home in city[:16]}) == 16
    assert {home.circumstance for home in city[:16]} == set(Circumstance)


def test_families_are_families(city):
    for home in city:
        head, *others = home.members
        assert head.relation == "02" and 1 <= len(home.members) <= 6
        ages = {"older": [], "younger": []}
        for member in others:
            ages["younger" if member.relation[0] in "234" else "older"].append(member.birth)
        parents = [m.birth for m in others if m.relation[0] == "5"]
        assert all(birth.year >= head.birth.year + 18 for birth in ages["younger"])
        assert all(birth.year <= head.birth.year - 18 for birth in parents)
        spouses = [m for m in others if m.relation in ("11", "12")]
        assert len(spouses) <= 1 and all(m.sex != head.sex for m in spouses)


def test_names_are_written_the_one_way_and_some_are_hard(people):
    assert all(normal_name(person.name) == person.name for person in people)
    assert any("·" in person.name for person in people)
    assert any(ord(character) < 0x4E00 for person in people for character in person.name if character != "·")


def test_money_is_whole_and_never_negative(people):
    for person in people:
        incomes = person.incomes
        sums = (
            incomes.wage_fen, incomes.business_fen, incomes.property_fen, incomes.transfer_fen, incomes.other_fen,
            incomes.base_pension_fen, person.rigid_expense_fen, *(a.balance_fen for a in person.accounts),
        )  # fmt: skip
        assert all(type(fen) is int and fen >= 0 for fen in sums)


def test_those_away_earn_nothing_at_home(people):
    assert any(p.is_conscript for p in people) and any(p.is_imprisoned for p in people)
    assert all(p.incomes.total_fen == 0 for p in people if p.is_conscript or p.is_imprisoned)


def situation(home: DemoHousehold, *, all_known: bool) -> dict[str, Any]:
    """As declared, or as the sources would tell."""
    roles: dict[str, list[str]] = {}
    persons = {}
    for member in home.members:
        incomes = member.incomes
        persons[member.id_number] = {
            "birth": member.birth.isoformat(), "wage_income": incomes.wage_fen, "business_net_income": incomes.business_fen,
            "property_net_income": incomes.property_fen, "transfer_net_income": incomes.transfer_fen,
            "base_pension": incomes.base_pension_fen, "rigid_expense": member.rigid_expense_fen,
            "disability_category": member.disability_category, "disability_level": member.disability_level,
            "serious_disease": member.serious_disease, "is_student": member.is_student,
            "is_conscript": member.is_conscript, "is_imprisoned": member.is_imprisoned,
        }  # fmt: skip
        roles.setdefault(role_of(member.relation, member is home.head), []).append(member.id_number)
    deposits = [a.balance_fen for m in home.members for a in m.accounts if all_known or not a.is_hidden]
    homes = {h.reference for m in home.members for h in m.homes if all_known or not h.is_hidden}
    owned = {
        "monetary_property": sum(deposits), "home_count": len(homes), "car_count": home.car_count,
        "place_is_urban": home.is_urban,
    }  # fmt: skip
    return {"persons": persons, "households": {"household": {**roles, **owned}}}


def is_eligible(home: DemoHousehold, *, all_known: bool = True) -> bool:
    return bool(assess(situation(home, all_known=all_known), "2026-11", ["dibao_eligible"]).outputs["dibao_eligible"])


@pytest.mark.parametrize(
    "circumstance", [C.DIBAO, C.ELDER_ALONE, C.DISABLED_ALONE, C.CONSCRIPT, C.PRISONER, C.STAFF_RELATIVE]
)
def test_the_law_finds_households_in_need_to_be_so(city, circumstance):
    assert all(is_eligible(home) for home in _some(city, circumstance))


@pytest.mark.parametrize("circumstance", [C.OVER, C.MARGINAL, C.HAS_CAR])
def test_the_law_finds_the_others_not_to_be(city, circumstance):
    assert not any(is_eligible(home) for home in _some(city, circumstance))


@pytest.mark.parametrize("circumstance", [C.HIDDEN_DEPOSIT, C.HIDDEN_HOME])
def test_what_is_hidden_decides(city, circumstance):
    found = _some(city, circumstance)
    assert all(is_eligible(home, all_known=False) for home in found)
    assert not any(is_eligible(home) for home in found)


def test_a_marginal_household_is_marginal(city):
    for home in _some(city, C.MARGINAL):
        answer = assess(situation(home, all_known=True), "2026-11", ["is_marginal_household"])
        assert answer.outputs["is_marginal_household"]


def _some(city: list[DemoHousehold], circumstance: Circumstance) -> list[DemoHousehold]:
    found = [home for home in city if home.circumstance == circumstance][:15]
    assert found
    return found


def test_a_whole_city_is_mostly_not_poor():
    found = Counter(home.circumstance for home in households(3000, on=ON, mix=CITY_MIX))
    assert found[C.OVER] / found.total() > 0.95
