"""
The cases of the demo: a street in 和平区 in the middle of its work. Every case is made by the same acts as on the pages,
by the people who may do them, at the times when they would have.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from onewindow.exchange.answering import keep_findings, settle
from onewindow.exchange.models import Query
from onewindow.exchange.protocol import messages
from onewindow.kernel.calendar.working_days import add_working_days, today
from onewindow.kernel.cases.actions import applying, disputing, working
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.missing import paper_needs
from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.catalog import matter_named
from onewindow.kernel.grants import payroll
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.people.models import Account
from onewindow.kernel.places.models import Place
from onewindow.kernel.staff.actor import Actor, actor_of
from onewindow.kernel.staff.models import StaffPost
from onewindow.kernel.staff.posts import Post
from onewindow.project.demo.addresses import community
from onewindow.project.demo.families import Shape, couple_with_children
from onewindow.project.demo.funds import lay_funds
from onewindow.project.demo.load import Loader, account_of, sibling_kin
from onewindow.project.demo.people import Circumstance, DemoHousehold
from onewindow.project.demo.population import Builder

HEPING, STREET, COMMUNITY = "120101000000", "120101001000", "120101001001"
NANKAI_STREET = "120104001000"
STAFF_ACCOUNTS = (
    ("clerk", Post.STREET_WINDOW, STREET, 0), ("officer", Post.STREET_OFFICER, STREET, 0),
    ("officer2", Post.STREET_OFFICER, STREET, 1), ("chief", Post.STREET_CHIEF, STREET, 0),
    ("district", Post.DISTRICT_OFFICER, HEPING, 0), ("district2", Post.DISTRICT_OFFICER, HEPING, 1),
    ("districtchief", Post.DISTRICT_CHIEF, HEPING, 0), ("finance", Post.DISTRICT_FINANCE, HEPING, 0),
    ("checker", Post.DISTRICT_FINANCE_CHECKER, HEPING, 0), ("auditor", Post.AUDITOR, "120000000000", 0),
    ("leader", Post.CITY_LEADER, "120000000000", 0), ("leader2", Post.CITY_LEADER, "120000000000", 1),
    ("policy", Post.CITY_POLICY, "120000000000", 0), ("stranger", Post.STREET_OFFICER, NANKAI_STREET, 0),
)  # fmt: skip
KEPT = "户籍在册，与申报一致；生活确有困难。"


@contextmanager
def days_ago(working_days: int, hour: int = 10) -> Iterator[None]:
    """What is done inside happened then, in office hours. The only place where the clock is told what to say."""
    day = today()
    while working_days:
        day -= timedelta(days=1)
        working_days -= add_working_days(day - timedelta(days=1), 1).on == day
    now = timezone.now()
    then = datetime(day.year, day.month, day.day, hour, 20, tzinfo=timezone.get_current_timezone())
    with patch("django.utils.timezone.now", lambda: min(then, now)):
        yield


class Story:
    def __init__(self, loader: Loader) -> None:
        self.loader = loader
        self.builder = Builder(Random("story"), loader.supplies, today())  # noqa: S311 invented people
        self.people = {name: self._staff(name, post, place, nth) for name, post, place, nth in STAFF_ACCOUNTS}

    def _staff(self, username: str, post: str, place: str, nth: int) -> Actor:
        held = StaffPost.objects.filter(post=post, place_id=place).order_by("id")[nth]
        account = Account.objects.get(person_id=held.staff.person_id)
        account.username = username
        account.save(update_fields=["username"])
        return actor_of(account)

    def family(
        self, circumstance: Circumstance, username: str = "", shape: Shape | None = None
    ) -> tuple[Actor, DemoHousehold]:
        """A family of the street, whose head has an account."""
        told = self.builder.household(circumstance, community(COMMUNITY), shape)
        ((_, people),) = next(self.loader.load_households([told]))
        accounts = [account_of(person, f"r{person.public_id.hex[:10]}") for person in people]
        if username:
            accounts[0].username = username
        Account.objects.bulk_create(accounts)
        return actor_of(Account.objects.get(person=people[0])), told

    def draft(self, me: Actor, told: DemoHousehold, matter: str = "dibao", **answers: Any) -> Case:
        assert me.person is not None
        case = applying.start_case(me, None, matter=matter_named(matter), applicant=me.person)
        applying.save_case(me, case, data=self._answers(case, told, answers))
        case.refresh_from_db()
        return case

    def _answers(self, case: Case, told: DemoHousehold, answers: dict[str, Any]) -> dict[str, Any]:
        """What the family declares: what it does not keep to itself."""
        shown = [a.balance_fen for m in told.members for a in m.accounts if not a.is_hidden and not a.is_closed]
        homes = {home.reference for m in told.members for home in m.homes if not home.is_hidden}
        household = {
            "monetary_property": sum(shown), "car_count": told.car_count, "home_count": len(homes), "cause": "illness",
            "non_residential_property": False, "study_abroad": False, "has_support_judgment": False, **answers,
        }  # fmt: skip
        by_number = {member.id_number: member for member in told.members}
        data: dict[str, Any] = {}
        for sheet in sheets(case):
            values = household if sheet.member is None else _of_member(by_number[sheet.member.person.id_number])
            for name, field in sheet.form.fields.items():
                value = values.get(name, sheet.form.initial.get(name))
                shown_value = field.widget.format_value(field.prepare_value(value))
                data[sheet.form.add_prefix(name)] = (
                    shown_value[0] if isinstance(shown_value, list) and shown_value else shown_value or ""
                )
        return data

    def submitted(self, me: Actor, told: DemoHousehold, *, consents: bool = True, **answers: Any) -> Case:
        case = self.draft(me, told, **answers)
        for need in paper_needs(case):
            if need.state == "missing" and not need.material.deferrable:
                applying.upload_paper(me, case, material=need.material.code, file=photo(need.material.name))
        case = applying.submit_case(me, case)
        if consents:
            for member in case.listed_members:
                is_me = member.person_id == me.person_id
                who, how = (me, "self") if is_me else (self.people["clerk"], "agent")
                if member.person.is_adult(today()):
                    applying.give_consent(who, case, person_id=member.person_id, given_by=how)
        return case

    def finish(
        self, who: str, case: Case, outcome: str, record: dict[str, Any] | None = None, second: str = ""
    ) -> Case:
        number = self.people[second].person.staff.number if second else ""  # type: ignore[union-attr]
        return working.finish_step(
            self.people[who], run_of(case), outcome=outcome, record=record or {}, with_number=number
        )

    def visit(self, case: Case, findings: str = KEPT, **more: Any) -> Case:
        record = {
            "visited_on": today().isoformat(), "method": "at_home", "findings": findings, "agrees": "yes",
            "signed": "on", **more,
        }  # fmt: skip
        return self.finish("officer", case, "done", record, second="officer2")

    def answered(self, case: Case) -> Case:
        """The partners answered at the time, from the same records that their simulators hold today."""
        truth = {each["id_number"]: each for each in self.loader.truth}
        for query in Query.unscoped.filter(case=case, state=Query.State.QUEUED).select_related("partner", "subject"):
            found = _findings(query.partner.source, truth.get(query.subject.id_number, {}))
            keep_findings(query, found, as_of=today(), message=None)
            query.state, query.sent_at = Query.State.ANSWERED, timezone.now()
            query.save(update_fields=["state", "sent_at"])
            OutMessage.objects.filter(key=f"query:{query.public_id}").update(sent_at=timezone.now())
        settle(case)
        return case

    def to_opinion(self, me: Actor, told: DemoHousehold, before: int, **answers: Any) -> Case:
        """Accepted, checked and visited, ending some working days before today."""
        with days_ago(before + 4, 9):
            case = self.submitted(me, told, **answers)
            case = self.finish("clerk", case, "accept")
        with days_ago(before + 2, 15):
            self.answered(case)
        with days_ago(before + 1, 14):
            return self.visit(case)

    def decided(self, me: Actor, told: DemoHousehold, before: int, outcome: str = "grant") -> Case:
        case = self.to_opinion(me, told, before + 8)
        proposal = "propose_grant" if outcome == "grant" else "propose_refuse"
        with days_ago(before + 8, 16):
            case = self.finish(
                "officer",
                case,
                proposal,
                {"reason": "经调查核实，拟" + ("同意。" if outcome == "grant" else "不同意：收入或财产超过规定。")},
            )
        if outcome == "grant":
            with days_ago(before + 1, 8):
                disputing.end_public_notices()
        with days_ago(before):
            return self.finish(
                "chief", case, outcome, {"reason": "" if outcome == "grant" else "家庭财产超过规定标准。"}
            )


def photo(title: str) -> SimpleUploadedFile:
    """A blank page in place of a photo of a paper."""
    page = BytesIO()
    Image.new("RGB", (600, 850), "white").save(page, "JPEG")
    return SimpleUploadedFile(f"{title}.jpg", page.getvalue(), content_type="image/jpeg")


def run_of(case: Case) -> StepRun:
    return case.runs.filter(ended_at=None).exclude(post="").latest("id")


def _of_member(told: Any) -> dict[str, Any]:
    return {
        "wage_income": told.incomes.wage_fen, "business_net_income": told.incomes.business_fen,
        "property_net_income": told.incomes.property_fen, "transfer_net_income": told.incomes.transfer_fen,
        "rigid_expense": told.rigid_expense_fen,
    }  # fmt: skip


def _findings(source: str, truth: dict[str, Any]) -> tuple[messages.Finding, ...]:
    if source == "HOUSE":
        return tuple(
            messages.Home("home", h["reference"], h["address"], h["use"], h["area_square_decimetres"], h["share"])
            for h in truth.get("homes", ())
        )
    return tuple(
        messages.Account("account", f"acc-{a['account'][-10:]}", a["account"][-4:], a["product"], a["balance_fen"], a["inflow_12_months_fen"])
        for a in truth.get("accounts", ())
    )  # fmt: skip


def tell_story(loader: Loader, progress: Callable[[str], None]) -> Story:
    story = Story(loader)
    lay_funds()
    _waiting_at_the_window(story)
    _in_the_middle(story)
    _decided(story)
    _in_sudden_need(story)
    progress(f"办件：{Case.unscoped.count()}件")
    return story


def _waiting_at_the_window(story: Story) -> None:
    story.family(Circumstance.DIBAO, "resident", couple_with_children)
    me, told = story.family(Circumstance.DIBAO, shape=couple_with_children)
    with days_ago(0, 9):
        case = story.submitted(me, told, consents=False)
    spouse = case.members.get(relation__in=("11", "12")).person
    Account.objects.filter(person=spouse).update(username="family")
    me, told = story.family(Circumstance.ELDER_ALONE, "supplement")
    with days_ago(1):
        story.finish("clerk", story.submitted(me, told, consents=False), "supplement")
    for circumstance in (Circumstance.MARGINAL, Circumstance.DISABLED_ALONE):
        me, told = story.family(circumstance)
        with days_ago(0, 8):
            story.submitted(me, told)


def _in_the_middle(story: Story) -> None:
    me, told = story.family(Circumstance.HIDDEN_DEPOSIT)
    with days_ago(3):
        case = story.finish("clerk", story.submitted(me, told), "accept")
    with days_ago(1):
        story.answered(case)
    me, told = story.family(Circumstance.HIDDEN_HOME)
    with days_ago(0, 8):
        story.finish("clerk", story.submitted(me, told), "accept")  # its answers come when the partners run
    story.to_opinion(*story.family(Circumstance.DIBAO), 1)
    late = story.to_opinion(*story.family(Circumstance.ELDER_ALONE), 26)
    with days_ago(20):
        working.suspend_case(
            story.people["officer"], late, kind="verification_letter", article="最低生活保障审核确认办法第十六条"
        )
    with days_ago(17):
        working.resume_case(story.people["officer"], late)
    case = story.to_opinion(*story.family(Circumstance.DIBAO), 2)
    with days_ago(2, 16):
        story.finish("officer", case, "propose_grant", {"reason": "经调查核实，拟同意。"})
    case = story.to_opinion(*story.family(Circumstance.DISABLED_ALONE), 9)
    with days_ago(9, 16):
        story.finish("officer", case, "propose_grant", {"reason": "重度残疾，无收入，拟同意。"})
    with days_ago(1, 8):
        disputing.end_public_notices()
    me, told = story.family(Circumstance.DIBAO)
    chief = story.people["chief"].person
    assert me.person is not None and chief is not None
    sibling_kin(me.person, chief).save()
    story.to_opinion(me, told, 1)


def _decided(story: Story) -> None:
    for n, circumstance in enumerate((Circumstance.DIBAO, Circumstance.DISABLED_ALONE, Circumstance.ELDER_ALONE)):
        me, told = story.family(circumstance, "granted" if n == 0 else "")
        case = story.decided(me, told, 26)
        if n == 2:  # an account that the bank does not know: the payment comes back
            case.grants.update(pay_to_name="张冠李")
    me, told = story.family(Circumstance.HAS_CAR, "refused")
    case = story.decided(me, told, 6, "refuse")
    me, told = story.family(Circumstance.HIDDEN_HOME)
    case = story.decided(me, told, 8, "refuse")
    with days_ago(2):
        disputing.open_appeal(me, case, grounds="第二套房子是亲戚借名购买的，不是我家的。")
    place = Place.objects.get(pk=HEPING)
    with days_ago(0, 9):
        run = payroll.draft_run(story.people["finance"], place, benefit="dibao", month=f"{today():%Y-%m}")
        payroll.approve_run(story.people["checker"], run, digest=run.digest)


def _in_sudden_need(story: Story) -> None:
    for hours, done in ((2, False), (8, True)):
        me, told = story.family(Circumstance.MARGINAL)
        answers = {
            "event_type": "fire", "happened_on": today().isoformat(), "description": "家中起火，衣物粮食都烧毁了，无处过夜。",
            "emergency_persons": "2", "difficulty_grade": "1", "requested_aid": 150_000,
        }  # fmt: skip
        with days_ago(0 if not done else 1, 16 - hours):
            case = story.submitted(me, told, matter="emergency_relief", consents=False, **answers)
            case = story.finish("clerk", case, "accept")
            if done:
                case = story.visit(case, "现场核实火灾属实，一家两口暂住社区。")
                story.finish("chief", case, "grant", {"amount_fen": "1500", "mode": "cash", "reason": "先行救助。"})
