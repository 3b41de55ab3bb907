from datetime import date
from typing import Any

import pytest

from onewindow.fields.finding.models import Lead, Search
from onewindow.kernel.audit.models import AuditLine
from onewindow.kernel.cases.models import Case
from onewindow.kernel.grants.models import Grant
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.project.searching import finding, leads, registers, searches
from onewindow.project.searching.finding import find
from onewindow.project.searching.tests.conftest import STANDARD, Town, look_for
from onewindow.rules.assess import CannotAssess

MONTH = "2025-10"


def found() -> list[Lead]:
    return list(Lead.unscoped.order_by("id"))


def test_who_is_owed_and_has_nothing_becomes_a_lead(town: Town) -> None:
    person = town.alone("郑重残", disability_level=1, disability_category=4)
    find(SYSTEM, MONTH)
    lead = Lead.unscoped.get(benefit="dibao_amount")
    assert (lead.person, lead.household_id, lead.place_id) == (
        person,
        person.memberships.get().household_id,
        person.place_id,
    )
    assert lead.expected_fen >= STANDARD and lead.rank == lead.expected_fen * lead.certainty // 100
    assert "可能符合最低生活保障" in lead.reason and "尚未核对" in lead.reason
    told = next(fact for fact in lead.facts if fact["what"] == "残疾等级")
    assert (told["source"], told["as_of"]) == ("残联残疾人证", "2025-06-01")


def test_that_no_register_knows_of_a_wage_is_no_sign_of_need(town: Town) -> None:
    town.alone("没人知道")
    search = find(SYSTEM, MONTH)
    assert not found() and search.counts["not_enough_known"] >= 1


def test_age_alone_is_enough_where_the_law_asks_for_nothing_else(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is not known of the family's means."""
    look_for(monkeypatch, "dibao_amount", "old_age_allowance")
    elder = town.known("郑耄耋", birth=date(1934, 3, 1))
    town.household(town.known(), elder)
    find(SYSTEM, MONTH)
    lead = Lead.unscoped.get()
    assert (lead.person, lead.benefit, lead.needs_consent) == (elder, "old_age_allowance", False)
    assert "每月应享受高龄津贴" in lead.reason and "满91岁" in lead.facts[0]["value"]


def test_one_adult_with_unknown_means_keeps_the_household_off_the_list(town: Town) -> None:
    town.household(town.known(disability_level=1), town.known())
    find(SYSTEM, MONTH)
    assert not found()


def test_who_has_the_benefit_or_has_applied_is_not_looked_for(town: Town) -> None:
    town.granted(person=town.alone(disability_level=1))
    applied = town.alone(disability_level=2)
    town.submitted(town.account(applied))
    counts = find(SYSTEM, MONTH).counts
    assert not found() and (counts["have_it"], counts["applied"]) == (1, 1)


def test_who_is_kept_as_tekun_is_not_found_for_dibao(town: Town) -> None:
    kept, other = (town.alone(name, disability_level=1, disability_category=4) for name in ("郑重残", "王重残"))
    grant = town.granted(person=town.person("某人"), decided_on=date(2025, 7, 1))
    Grant.unscoped.filter(pk=grant.pk).update(holder=kept, benefit="tekun")
    find(SYSTEM, MONTH)
    assert [lead.person for lead in found() if lead.benefit == "dibao_amount"] == [other]


def test_a_second_search_finds_nothing_new(town: Town) -> None:
    town.alone(disability_level=1)
    find(SYSTEM, MONTH)
    before = [(lead.pk, lead.found_at) for lead in found()]
    find(SYSTEM, MONTH)
    find(SYSTEM, "2025-11")
    assert [(lead.pk, lead.found_at) for lead in found()] == before


def test_who_said_no_is_not_asked_again_next_month(town: Town) -> None:
    town.alone(disability_level=1)
    find(SYSTEM, MONTH)
    lead = Lead.unscoped.get()
    lead.state, lead.ended_at = Lead.State.DECLINED, lead.found_at
    lead.save()
    assert find(SYSTEM, "2025-11").counts["known"] == 1
    assert len(found()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_large_city_is_read_by_the_snapshot(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.alone(disability_level=1), town.alone()
    find(SYSTEM, MONTH)
    by_rows = [(lead.person_id, lead.expected_fen) for lead in found()]
    Lead.unscoped.all().delete()
    monkeypatch.setattr(registers, "FEW", 0)
    find(SYSTEM, MONTH)
    assert [(lead.person_id, lead.expected_fen) for lead in found()] == by_rows != []


def test_the_dead_are_not_looked_for(town: Town) -> None:
    person = town.alone(disability_level=1)
    person.died_on = person.birth.replace(year=2025, month=10, day=3)  # type: ignore[union-attr]
    person.save()
    find(SYSTEM, MONTH)
    assert not found()


def test_a_killed_search_goes_on_where_it_was(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in the third batch: the first two stay, the third leaves nothing, and the population is not computed again."""
    for _ in range(7):
        town.alone(disability_level=1)
    monkeypatch.setattr(searches, "BATCH", 2)
    honest, calls = leads.write_leads, []

    def dying(batch: list[Any], month: str, cause: str) -> Any:
        calls.append(len(batch))
        counts = honest(batch, month, cause)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return counts

    monkeypatch.setattr(finding, "write_leads", dying)
    with pytest.raises(KeyboardInterrupt):
        find(SYSTEM, MONTH)
    search = Search.objects.get()
    assert len(found()) == 4 and search.batches == 2 and search.ended_at is None
    monkeypatch.setattr(finding, "write_leads", honest)
    monkeypatch.setattr(searches, "compute", None)
    done = find(SYSTEM, MONTH)
    assert done.pk == search.pk and len(found()) == 7
    assert done.counts["leads"] == 7 and not searches.folder_of(done).exists()


def test_the_search_is_a_line_in_the_log(town: Town) -> None:
    town.alone(disability_level=1)
    find(SYSTEM, MONTH)
    line = AuditLine.objects.get(action="search.find")
    assert line.detail["leads"] == 1 and line.reason == "2025-10政策找人"


def test_a_lead_explains_itself_by_the_rules_own_input(town: Town) -> None:
    from onewindow.rules.assess import assess

    town.alone(disability_level=1)
    find(SYSTEM, MONTH)
    lead = Lead.unscoped.get()
    assert assess(lead.situation, MONTH, [lead.benefit]).fen(lead.benefit) == lead.expected_fen
    assert Case.unscoped.count() == 0


def test_a_card_is_enough_where_the_law_keeps_two_benefits_apart_by_income(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_for(monkeypatch, "disability_care_subsidy")
    person = town.known(disability_level=1, disability_category=4)
    town.household(town.known(), person)
    find(SYSTEM, MONTH)
    assert Lead.unscoped.get().person == person


def test_a_month_whose_figures_nobody_found_is_said_in_words(town: Town) -> None:
    town.alone(disability_level=1)
    with pytest.raises(CannotAssess, match="2012"):
        find(SYSTEM, "2012-01")
    assert not found()
