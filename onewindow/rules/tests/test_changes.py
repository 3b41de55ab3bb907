"""Changes that a city approved: values of the law from their month on, and of no month before."""

from collections.abc import Iterator

import pytest

from onewindow.rules.assess import assess
from onewindow.rules.figures import figure
from onewindow.rules.system import CannotChange, Change, in_force, law_version, put_in_force, sources, system, under

RAISED = Change("standard.unified", "2027-01", 108_000, "津民发〔2026〕99号", "P1")
AGAIN = Change("standard.unified", "2028-01", 112_000, "津民发〔2027〕99号", "P2")
ALONE = {"persons": {"a": {"birth": "1980-01-01"}}, "household": {"applicant": "a"}}


@pytest.fixture(autouse=True)
def no_change_stays() -> Iterator[None]:
    yield
    put_in_force(())


def paid(month: str) -> int:
    return assess(ALONE, month, ["dibao_amount"]).fen("dibao_amount")


def test_a_change_holds_from_its_month_and_past_months_stay_to_the_fen() -> None:
    before, version = paid("2026-12"), law_version()
    put_in_force([AGAIN, RAISED])
    assert (paid("2026-12"), paid("2027-01"), paid("2027-12"), paid("2028-01")) == (before, 108_000, 108_000, 112_000)
    assert law_version() != version


def test_the_explanation_names_the_document_of_the_change() -> None:
    put_in_force([RAISED])
    told = figure("standard.unified", "2027-01-01")
    assert (told.value, told.since, told.document, told.source) == ("1080.00元", "2027-01-01", RAISED.document, "P1")
    steps = assess(ALONE, "2027-01", ["dibao_amount"]).steps
    assert any("津民发〔2026〕99号" in step.source for step in steps)
    assert sources()["P1"]["document"] == RAISED.document


def test_the_version_tells_the_law_apart_and_not_the_order() -> None:
    with under([RAISED, AGAIN]):
        one = law_version()
    with under([AGAIN, RAISED]):
        assert law_version() == one
    with under([RAISED]):
        assert law_version() != one
    assert system().get_package_metadata()["version"] == law_version()


def test_no_later_value_is_dropped_in_silence() -> None:
    early = Change("standard.unified", "2025-09", 108_000, "文", "P3")
    for clash in ([early], [AGAIN, Change("standard.unified", "2028-01", 1, "文", "P4")]):
        with under(clash), pytest.raises(CannotChange):
            system()


def test_what_is_computed_under_a_law_sees_no_other() -> None:
    with under([]):
        put_in_force([RAISED])
        assert in_force() == () and paid("2027-01") == 104_500
    assert paid("2027-01") == 108_000
