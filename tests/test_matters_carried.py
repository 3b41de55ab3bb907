"""Matters of assistance, disability, children and elders: filled in and handed in, granted to whom the law gives, refused to others."""

from datetime import date

import pytest

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.ports import ports
from onewindow.kernel.grants import awarding
from onewindow.kernel.grants.models import Grant
from tests.carrying import Office, draft, submitted
from tests.factories import City

pytestmark = pytest.mark.django_db
ELDER, CHILD = date(1939, 5, 1), date(2016, 5, 1)
ASKED = {
    "tekun": {"support_mode": "home", "transfer_net_income": "0"},
    "marginal_household": {}, "rigid_expenditure": {}, "expenditure_aid": {},
    "living_subsidy": {"disability_level": "1", "disability_category": "4"},
    "care_subsidy": {"disability_level": "1", "disability_category": "4", "needs_long_term_care": "yes", "has_able_supporter_elsewhere": "yes"},
    "orphan_allowance": {}, "unattended_child_allowance": {},
    "old_age_allowance": {"phone_of_family": ""}, "home_care_subsidy": {}, "meal_subsidy": {"card_mode": "card"},
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    ports.on_approved, ports.on_work_done = awarding.award, awarding.payment_corrected
    return Office(City().lay())


@pytest.mark.parametrize("code", ASKED)
def test_a_form_filled_in_is_handed_in_with_a_number_and_a_limit(office: Office, code: str) -> None:
    applicant = office.city.resident(birth=CHILD if code.endswith(("orphan_allowance", "child_allowance")) else ELDER)
    case = submitted(applicant, code, **ASKED[code])
    assert case.state == "submitted" and case.number and case.matter.statutory_working_days
    assert not draft(office.city.resident(), code, **ASKED[code]).number


@pytest.mark.parametrize(("code", "fen"), [("old_age_allowance", 5_000), ("care_subsidy", 20_000)])
def test_an_allowance_is_granted_to_whom_the_law_gives_it(office: Office, code: str, fen: int) -> None:
    case = office.to_end(submitted(office.city.resident(birth=ELDER), code, **ASKED[code]))
    assert Grant.unscoped.get(case=case).amount_fen == fen


@pytest.mark.parametrize("code", ["old_age_allowance", "care_subsidy"])
def test_and_refused_with_a_letter(office: Office, code: str) -> None:
    case = office.to_end(submitted(office.city.resident(birth=ELDER), code, **ASKED[code]), "refuse")
    assert case.state == "rejected" and not Grant.unscoped.exists()
    assert case.letters.filter(letter__kind="refusal").count() == 1


@pytest.mark.parametrize(("code", "asked"), [("old_age_allowance", {}), ("care_subsidy", {"disability_level": "3"})])
def test_nobody_approves_what_the_law_does_not_give(office: Office, code: str, asked: dict[str, str]) -> None:
    with pytest.raises(Refused, match="不符合条件"):
        office.to_end(submitted(office.city.resident(birth=date(1970, 5, 1)), code, **ASKED[code] | asked))
    assert not Grant.unscoped.exists()
