import pytest
from django.http import Http404

from onewindow.kernel.audit.acting import NotAllowed, Refused
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.staff import budget
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.finding import find_people, looks_at, person_file
from onewindow.kernel.staff.revealing import reveal_id_number
from tests.factories import NANKAI, NANKAI_COMMUNITY, NANKAI_STREET, City

WHY = "窗口受理"


@pytest.fixture
def city(db: None) -> City:
    return City().lay()


@pytest.fixture
def clerk(city: City) -> Actor:
    return city.staff("street_window", NANKAI_STREET)


def test_a_window_finds_any_resident_by_number_phone_or_whole_name(city: City, clerk: Actor) -> None:
    person = city.person("欧阳·卢珈")
    number = person.id_number
    for text in (number, f"{number[:6]} {number[6:]}", number.lower(), person.phone, "欧阳·卢珈", "欧阳•卢珈"):
        assert find_people(clerk, text, WHY) == [person], text


@pytest.mark.parametrize("text", ["", "欧", "120101", "欧阳%", "1", "12010119600115991"])
def test_nobody_is_found_by_a_part(city: City, clerk: Actor, text: str) -> None:
    city.person("欧阳卢")
    try:
        assert find_people(clerk, text, WHY) == []
    except Refused as refusal:
        assert refusal.field == "text"


def test_an_officer_finds_nobody_of_another_district(city: City) -> None:
    officer = city.staff("district_officer", NANKAI)
    here, there = city.person("马文", NANKAI_COMMUNITY), city.person("马文")
    assert find_people(officer, "马文", WHY) == [here]
    with pytest.raises(Http404):
        person_file(officer, there.public_id, WHY)
    with pytest.raises(NotAllowed):
        reveal_id_number(officer, there, reason="办理低保核对")


def test_a_search_and_a_look_need_a_reason_that_the_person_reads(city: City, clerk: Actor) -> None:
    person = city.person()
    with pytest.raises(Refused, match="事由"):
        find_people(clerk, person.id_number, "  ")
    with pytest.raises(Refused, match="理由"):
        reveal_id_number(clerk, person, reason="看看")
    find_people(clerk, person.id_number, "低保受理")
    person_file(clerk, person.public_id, "核对户籍")
    assert reveal_id_number(clerk, person, reason="办理银行开户") == person.id_number
    looks = looks_at(AuditLine.objects.filter(subject=person.pk).order_by("id"))
    assert [look.why for look in looks] == ["低保受理", "核对户籍", "办理银行开户"]
    assert [look.what for look in looks] == ["查找到您", "查看资料", "查看完整身份证号"]
    assert "长虹街道 街道窗口受理员" in looks[0].who


def test_whoever_opens_too_many_people_is_stopped_and_the_log_says_so(
    city: City, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "PEOPLE_PER_HOUR", 3)
    people = [city.person() for _ in range(5)]
    find_people(clerk, people[0].id_number, WHY)
    person_file(clerk, people[0].public_id, WHY)
    person_file(clerk, people[1].public_id, WHY)
    reveal_id_number(clerk, people[2], reason=WHY)
    for act in (
        lambda: find_people(clerk, people[3].phone, WHY),
        lambda: person_file(clerk, people[3].public_id, WHY),
        lambda: reveal_id_number(clerk, people[3], reason=WHY),
    ):
        with pytest.raises(Refused, match="上限"):
            act()
    person_file(clerk, people[0].public_id, "再看一次已看过的人")
    assert AuditLine.objects.filter(action=budget.ALARM, subject=people[3].pk).count() == 3


def test_choosing_among_namesakes_costs_nothing(city: City, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "PEOPLE_PER_HOUR", 2)
    namesakes = [city.person("张伟") for _ in range(25)]
    assert len(find_people(clerk, "张伟", WHY)) == 20
    person_file(clerk, namesakes[0].public_id, WHY)
