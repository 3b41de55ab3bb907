import pytest

from onewindow.fields.other.community_facility.acts import required
from onewindow.fields.other.models import PlaceName
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case
from onewindow.kernel.staff.actor import Actor
from tests.carrying import Office, submitted
from tests.factories import City

ROUTED = {
    "medical_aid": {"group": "dibao", "expense": "8000", "self_paid": "5000"},
    "veteran_aid": {"category": "disabled"},
}
DECIDED = {
    "community_facility": {"households": "1050", "area": "330", "origin": "new"},
    "beautiful_community": {"score": "92", "satisfaction": "95"},
    "place_name": {"kind": "road", "name": "海河新路", "pinyin": "Haihe Xin Lu"},
    "lottery_outlet": {"promises": "yes", "area": "20"},
    "social_worker": {"level": "assistant", "is_renewal": "no"},
    "volunteer": {"service": "elders", "hours": "36"},
}


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@pytest.fixture
def me(city: City) -> Actor:
    return city.resident()


@pytest.mark.parametrize("matter", ROUTED)
def test_another_department_s_matter_is_routed_and_its_answer_told(office: Office, me: Actor, matter: str) -> None:
    case = office.to_end(submitted(me, matter, **ROUTED[matter]))
    letter = case.letters.get(letter__kind="result").letter
    assert case.state == Case.State.COMPLETED and "救助500元" in str(letter.content)
    assert not case.decisions.exists()
    assert office.to_end(submitted(me, matter, **ROUTED[matter]), "not_given").state == Case.State.REJECTED


@pytest.mark.parametrize("matter", DECIDED)
def test_it_is_carried_to_its_end_and_refused(office: Office, me: Actor, matter: str) -> None:
    refused = office.to_end(submitted(me, matter, **DECIDED[matter]), "refuse")
    assert refused.state == Case.State.REJECTED
    case = office.to_end(submitted(me, matter, **DECIDED[matter]))
    assert case.state == Case.State.APPROVED and case.letters.filter(letter__kind="certificate").exists()


@pytest.mark.parametrize(
    ("matter", "told", "why"),
    [
        ("community_facility", {"area": "329"}, "330平方米"),
        ("place_name", {"name": "曼哈顿路"}, "外国地名"),
        ("lottery_outlet", {"promises": "no"}, "未成年人"),
        ("social_worker", {"is_renewal": "yes", "hours": "71"}, "72学时"),
    ],
)
def test_what_stands_in_the_way_is_said_at_once(me: Actor, matter: str, told: dict[str, str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        submitted(me, matter, **DECIDED[matter] | told)


def test_a_place_has_one_name_and_no_two_the_same(office: Office, me: Actor) -> None:
    office.to_end(submitted(me, "place_name", **DECIDED["place_name"]))
    assert PlaceName.unscoped.get().name == "海河新路"
    with pytest.raises(Refused, match="已有这个地名"):
        submitted(me, "place_name", **DECIDED["place_name"])


def test_begun_hundreds_of_households_count() -> None:
    assert [required(each) for each in (1, 100, 101, 1050)] == [30, 30, 60, 330]
