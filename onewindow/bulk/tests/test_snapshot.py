import json
from datetime import date

import numpy as np
import pytest
from django.db import connection

from onewindow.bulk.goes import JOURNAL, InUse, OtherPlan
from onewindow.bulk.snapshot import address_of, take
from onewindow.kernel.cases.models import Case
from onewindow.kernel.grants.tests.test_payroll import grant
from onewindow.kernel.people.models import Member, RegisterEntry
from onewindow.rules.case import assess_case
from onewindow.rules.system import system
from tests.bench.files import whole
from tests.bench.plain import computed, simulation_of
from tests.factories import NANKAI_COMMUNITY, City

pytestmark = pytest.mark.django_db(transaction=True)  # another connection reads: it must be there
MONTH = "2025-10"


@pytest.fixture
def city():
    return City().lay()


def taken(tmp_path, **options):
    report = take(address_of(connection.settings_dict), MONTH, tmp_path / "city", **options)
    households, persons = whole(tmp_path / "city")
    return report, households, persons


def entry(person, item, value, as_of=date(2025, 9, 1), source="DPF"):
    RegisterEntry.objects.create(person=person, source=source, item=item, value=value, as_of=as_of)


def test_households_come_in_order_with_their_members_roles_and_district(city, tmp_path):
    head, wife, widow = city.person(birth=date(1960, 2, 29)), city.person(sex=2), city.person(birth=date(1940, 1, 1))
    first = city.household(head, wife)
    second = city.household(widow, place=NANKAI_COMMUNITY, urban=False)
    _, households, persons = taken(tmp_path)
    assert households["household"].tolist() == [first.pk, second.pk] and households["members"].tolist() == [2, 1]
    assert persons["person"].tolist() == [head.pk, wife.pk, widow.pk] and persons["role"].tolist() == [0, 1, 0]
    assert households["place_is_urban"].tolist() == [1, 0] and persons["sex"].tolist()[1] == 2
    assert persons["birth"][0] == np.datetime64("1960-02-29")
    layout = json.loads((tmp_path / "city" / "layout.json").read_text())
    assert [layout["carried"]["district"][code] for code in households["district"]] == ["120101", "120104"]
    assert [layout["carried"]["household_type"][code] for code in households["household_type"]] == [
        "elder_couple",
        "elder_alone",
    ]


def test_the_dead_and_those_who_moved_out_are_not_there(city, tmp_path):
    head, gone, dead, later = city.person(), city.person(), city.person(died_on=date(2025, 9, 30)), city.person()
    home = city.household(head, gone, dead, later)
    Member.objects.filter(person=gone).update(until_on=date(2025, 10, 1))
    Member.objects.filter(person=later).update(from_on=date(2025, 10, 2))
    empty = city.household(city.person(died_on=date(2020, 1, 1)))
    _, households, persons = taken(tmp_path)
    assert persons["person"].tolist() == [head.pk]
    assert households["household"].tolist() == [home.pk] != [empty.pk]


def test_what_registers_say_goes_in_the_newest_last_and_nonsense_is_counted(city, tmp_path):
    person = city.person()
    city.household(person, city.person())
    entry(person, "disability_level", 3, date(2020, 1, 1))
    entry(person, "disability_level", 1, date(2025, 1, 1), source="DPF2")
    entry(person, "is_student", True, source="EDU")
    entry(person, "base_pension", 307.5, source="HRSS_PENSION")
    entry(person, "marital", "20", source="MCA_MARRIAGE")
    report, _, persons = taken(tmp_path)
    assert persons["disability_level"].tolist() == [1, 0] and persons["is_student"].tolist() == [1, 0]
    assert report.not_whole == 1 and persons["base_pension"].tolist() == [0, 0]
    assert "marital" not in persons


def test_nothing_that_names_a_person_is_in_the_folder(city, tmp_path):
    person = city.person("欧阳独一")
    city.household(person)
    taken(tmp_path)
    written = b"".join(path.read_bytes() for path in (tmp_path / "city").iterdir())
    for told in (
        person.name,
        person.id_number,
        person.phone,
        person.bank_account,
        person.public_id.hex,
        person.id_index,
    ):
        assert told.encode() not in written


def decided(city, applicant, clerk, **answers):
    case = city.accepted(applicant, clerk, **answers)
    Case.unscoped.filter(pk=case.pk).update(state=Case.State.APPROVED)
    case.refresh_from_db()
    return case


def test_a_decided_case_computes_in_the_city_to_the_fen_as_at_the_window(city, tmp_path):
    clerk = city.staff("street_window")
    cases = []
    for wage, money in (("600", "1000"), ("2090", "0"), ("2089.99", "0"), ("0", "90000")):
        applicant = city.resident()
        city.household(applicant.person, city.person())
        cases.append(decided(city, applicant, clerk, wage_income=wage, monetary_property=money))
    outputs = ["counted_household_size", "counted_income", "dibao_eligible", "dibao_amount", "is_marginal_household"]
    _, households, persons = taken(tmp_path)
    found = dict(computed(simulation_of(system(), households, persons, MONTH), outputs, MONTH))
    for case in cases:
        at = households["household"].tolist().index(case.household_id)
        answer = assess_case(case, date(2025, 10, 1))
        assert found["dibao_amount"][at] == answer.amount_fen and found["dibao_eligible"][at] == answer.is_eligible
        assert found["counted_household_size"][at] == len(case.listed_members)
    assert found["dibao_amount"].max() > 0


def test_who_applied_elsewhere_lives_there_and_who_was_left_out_is_kept_apart(city, tmp_path):
    applicant, son, brother = city.resident(), city.person(), city.person()
    home = city.household(applicant.person, son, brother)
    Member.objects.filter(person__in=[son, brother]).update(relation="20")
    case = decided(city, applicant, city.staff("street_window"))
    case.members.filter(person=brother).delete()
    _, households, persons = taken(tmp_path)
    of_home = np.repeat(households["household"], households["members"]) == home.pk
    by_key = dict(
        zip(persons["person"][of_home].tolist(), persons["lives_with_household"][of_home].tolist(), strict=True)
    )
    assert by_key == {applicant.person_id: 1, son.pk: 1, brother.pk: 0}
    assert len(set(persons["person"].tolist())) == len(persons["person"]), "everybody once"


def test_a_register_newer_than_the_application_is_believed(city, tmp_path):
    applicant = city.resident()
    city.household(applicant.person)
    decided(city, applicant, city.staff("street_window"), disability_level="2", disability_category="4")
    entry(applicant.person, "disability_level", 3, date(2000, 1, 1))
    assert taken(tmp_path)[2]["disability_level"].tolist()[0] == 2
    RegisterEntry.objects.update(as_of=date(2050, 1, 1))
    assert taken(tmp_path)[2]["disability_level"].tolist()[0] == 3


def test_whoever_has_a_tekun_grant_is_marked_and_their_family_reckoned_without_them(city, tmp_path):
    kept = grant(city, matter="dibao")
    city.household(kept.holder, city.person())
    _, _, persons = taken(tmp_path, tekun_benefits=["dibao"])
    marked = dict(zip(persons["person"].tolist(), persons["receives_tekun"].tolist(), strict=True))
    assert marked.pop(kept.holder_id) == 0  # from the month after the decision
    report = take(address_of(connection.settings_dict), "2027-01", tmp_path / "later", tekun_benefits=["dibao"])
    _, persons = whole(tmp_path / "later")
    marked = dict(zip(persons["person"].tolist(), persons["receives_tekun"].tolist(), strict=True))
    assert report.persons == len(marked) and marked.pop(kept.holder_id) == 1 and not any(marked.values())


def test_parts_are_whole_households_whatever_their_size(city, tmp_path):
    for _ in range(5):
        city.household(city.person(), city.person())
    progress = []
    report, households, persons = taken(tmp_path, part_households=2, progress=lambda *at: progress.append(at))
    assert [part["households"] for part in report.parts] == [2, 2, 1] and progress[-1] == (10, 0)
    again = take(address_of(connection.settings_dict), MONTH, tmp_path / "whole")
    assert (report.persons, len(again.parts)) == (10, 1)
    for mine, other in zip((households, persons), whole(tmp_path / "whole"), strict=True):
        assert all((mine[name] == other[name]).all() for name in other)


def test_an_empty_city_is_an_empty_folder(tmp_path):
    assert take(address_of(connection.settings_dict), MONTH, tmp_path).persons == 0
    assert json.loads((tmp_path / "layout.json").read_text())["parts"] == []


class PowerCut(Exception):
    pass


def cut_after(ranges):
    """A progress that ends the process, so to speak, after so many ranges."""
    seen = []

    def progress(persons, left):
        seen.append(persons)
        if len(seen) == ranges:
            raise PowerCut

    return progress


def test_a_snapshot_that_was_broken_off_goes_on_where_it_was(city, tmp_path):
    for _ in range(3):
        city.household(city.person(), city.person())
    dead = city.household(city.person(died_on=date(2020, 1, 1)))
    city.household(city.person(), place=NANKAI_COMMUNITY)
    entry(Member.objects.first().person, "disability_level", "nonsense")
    whole_report, *at_once = taken(tmp_path, part_households=1)
    for goes in (1, 2):
        with pytest.raises(PowerCut):
            take(
                address_of(connection.settings_dict),
                MONTH,
                tmp_path / "cut",
                part_households=1,
                progress=cut_after(goes),
            )
        with (tmp_path / "cut" / JOURNAL).open("ab") as journal:
            journal.write(b'{"name": "part-0')
    written = (tmp_path / "cut" / "part-00000.persons.arrow").stat().st_mtime_ns
    report = take(address_of(connection.settings_dict), MONTH, tmp_path / "cut", part_households=1)
    assert (report.persons, report.not_whole, report.resumed_at) == (7, whole_report.not_whole, [1, 3])
    assert (tmp_path / "cut" / "part-00000.persons.arrow").stat().st_mtime_ns == written
    for mine, theirs in zip(whole(tmp_path / "cut"), at_once, strict=True):
        assert {name: values.tolist() for name, values in mine.items()} == {
            name: values.tolist() for name, values in theirs.items()
        }
    layout = json.loads((tmp_path / "cut" / "layout.json").read_text())
    assert "before ranges [1, 3]" in layout["note"] and not (tmp_path / "cut" / JOURNAL).exists()
    assert dead.pk not in at_once[0]["household"]


def test_what_was_begun_for_one_month_is_not_gone_on_with_for_another(city, tmp_path):
    city.household(city.person())
    with pytest.raises(PowerCut):
        take(address_of(connection.settings_dict), MONTH, tmp_path, progress=cut_after(1))
    with pytest.raises(OtherPlan, match="month"):
        take(address_of(connection.settings_dict), "2025-11", tmp_path)


def test_two_snapshots_do_not_write_into_one_folder_at_once(city, tmp_path):
    """The second would count the first's ranges as its own."""
    city.household(city.person())

    def again(persons, left):
        with pytest.raises(InUse):
            take(address_of(connection.settings_dict), MONTH, tmp_path)

    assert take(address_of(connection.settings_dict), MONTH, tmp_path, progress=again).persons == 1
