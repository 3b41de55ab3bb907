"""A district with planted canaries, in cases that have come as far as cases come; and strangers who should see none of it."""

from dataclasses import dataclass, field
from datetime import time, timedelta

import time_machine

from onewindow.exchange.asking import complete_by_letter
from onewindow.exchange.models import Query
from onewindow.exchange.partners import register_partner
from onewindow.fields.finding.actions import recomputing
from onewindow.fields.finding.actions import working as working_leads
from onewindow.fields.finding.models import Lead, Recomputation, Search
from onewindow.fields.policy.actions import drafting
from onewindow.fields.policy.models import SimulationRun
from onewindow.fields.policy.tests.conftest import RESULT
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions import applying, disputing, working
from onewindow.kernel.cases.models import Case, CasePaper
from onewindow.kernel.grants.awarding import month_after
from onewindow.kernel.grants.funds import add_budget, open_fund
from onewindow.kernel.grants.models import Grant, PaymentRun
from onewindow.kernel.grants.payroll import approve_run, draft_run, mark_sent, take_answer
from onewindow.kernel.papers.tests.files import picture, sent
from onewindow.kernel.people.identity import mask_id_number
from onewindow.kernel.people.models import Person
from onewindow.kernel.places.models import Place
from onewindow.kernel.reception.models import Appointment, Ticket
from onewindow.kernel.staff.actor import NOBODY, SYSTEM, Actor
from onewindow.kernel.staff.posts import Post
from onewindow.rules.system import law_version
from tests.factories import (
    COMMUNITY,
    HEPING,
    NANKAI,
    NANKAI_COMMUNITY,
    NANKAI_STREET,
    QUANYECHANG,
    City,
    number_of,
    open_run,
    visit,
)

OTHER_STREET = "120101002000"
NAMES = ("欧阳璟珩", "尉迟毓翃", "轩辕懿瑄", "濮阳翊晟")
FOUND, TOLD, OBJECTED, APPEALED = "回函暗记甲丙戊庚", "入户暗记乙丁己辛", "异议暗记子寅辰午申", "申诉暗记丑卯巳未酉"
NEW_ACCOUNT = "6222020200123456789"
UPLOADED = "材料暗记角亢氐房心"
STRANGERS = (
    "nobody",
    "resident of another district",
    "clerk of another district",
    "officer of another street",
    "chief of another street",
    "officer of another district",
    "chief of another district",
    "finance of another district",
    "finance checker of another district",
    "leader of the city",
)
A_WHILE = timedelta(days=30)


@dataclass
class Town:
    city: City = field(default_factory=lambda: City().lay())

    def __post_init__(self) -> None:
        """Strangers first: what they see must not change when the district gets its cases."""
        city = self.city
        Place.objects.create(code=OTHER_STREET, name="小白楼街道", level="street", parent_id=HEPING)
        self.strangers: dict[str, Actor] = {
            "nobody": NOBODY,
            "resident of another district": city.account(city.person("南开居民", NANKAI_COMMUNITY)),
            "clerk of another district": city.staff(Post.STREET_WINDOW, NANKAI_STREET),
            "officer of another street": city.staff(Post.STREET_OFFICER, OTHER_STREET),
            "chief of another street": city.staff(Post.STREET_CHIEF, OTHER_STREET),
            "officer of another district": city.staff(Post.DISTRICT_OFFICER, NANKAI),
            "chief of another district": city.staff(Post.DISTRICT_CHIEF, NANKAI),
            "finance of another district": city.staff(Post.DISTRICT_FINANCE, NANKAI),
            "finance checker of another district": city.staff(Post.DISTRICT_FINANCE_CHECKER, NANKAI),
            "leader of the city": city.staff(Post.CITY_LEADER, "120000000000"),
        }
        assert tuple(self.strangers) == STRANGERS
        stranger = self.strangers["resident of another district"]
        assert stranger.person is not None
        city.household(stranger.person, place=NANKAI_COMMUNITY)
        self.own_case = city.submitted(stranger)

    def fill(self) -> "Town":
        """The district's own people: everything that a stranger should not see."""
        city = self.city
        for code, source in (("bank", "BANK"), ("real_estate", "HOUSE")):
            register_partner(SYSTEM, None, code=code, name=f"示例{code}", base_url="https://localhost", source=source)
        self.clerk, self.chief = city.staff(Post.STREET_WINDOW), city.staff(Post.STREET_CHIEF)
        self.officer, self.second = city.staff(Post.STREET_OFFICER), city.staff(Post.STREET_OFFICER)
        self.district_chief = city.staff(Post.DISTRICT_CHIEF, HEPING)
        self.district_officer = city.staff(Post.DISTRICT_OFFICER, HEPING)
        self.maker, self.checker = (
            city.staff(Post.DISTRICT_FINANCE, HEPING),
            city.staff(Post.DISTRICT_FINANCE_CHECKER, HEPING),
        )
        self.auditor = city.staff(Post.AUDITOR, "120000000000")
        self.applicants = [city.resident(name) for name in NAMES]
        self.spouse = city.resident("司马曦霖")
        for n, applicant in enumerate(self.applicants):
            assert applicant.person is not None and self.spouse.person is not None
            city.household(applicant.person, *([self.spouse.person] if n == 0 else []))
        with time_machine.travel(today() - A_WHILE):
            self.decided = self._decide(self.applicants[0])
        self.run = self._pay()
        applying.rate_case(self.applicants[0], self.decided, stars=1, words=f"等了太久，{TOLD}")
        self.appeal = disputing.open_appeal(self.applicants[0], self.decided, grounds=f"认定的收入不对，{APPEALED}。")
        self.posted = self._post(self.applicants[1])
        self.told_once = self._tell_once(self.applicants[2])
        self.draft = city.draft(self.applicants[3])
        self.paper = self._upload(self.applicants[2])
        self._search()
        self._propose()
        self._receive()
        return self

    def _receive(self) -> None:
        """One who comes another day, and a number at a window of the street."""
        Appointment.unscoped.create(
            person=self.applicants[0].person, place_id=QUANYECHANG, matter_code="dibao", day=today() + timedelta(days=1),
            at=time(9), seat=1,
        )  # fmt: skip
        Ticket.unscoped.create(place_id=QUANYECHANG, day=today(), number=1, state="called", window=1)

    def _propose(self) -> None:
        """Two standards proposed for the whole city: one still a draft, one handed in. Neither is law."""
        self.policy = self.city.staff(Post.CITY_POLICY, "120000000000")
        for n in range(2):
            proposal = drafting.draft_proposal(
                self.policy, None, figure="standard.unified", value_fen=108_000 + n, month=f"{today().year + 1}-0{n + 2}",
                document="示例文件", reason="示例理由",
            )  # fmt: skip
            proposal.run = SimulationRun.objects.create(
                proposal=proposal, figure=proposal.figure, value_fen=proposal.value_fen, month=proposal.month,
                population="own", state="done", law_version=law_version(), result=RESULT, ended_at=proposal.drafted_at,
            )  # fmt: skip
            proposal.save()
            if n:
                drafting.submit_proposal(self.policy, proposal)

    def _search(self) -> None:
        """One lead at each turn, and a list of new sums that waits for the chief and one that waits to be checked."""
        for n, applicant in enumerate((*self.applicants[2:], self.spouse)):
            assert applicant.person is not None
            lead = Lead.unscoped.create(
                kind="find", benefit="dibao_amount", matter_code="dibao", person=applicant.person, place_id=COMMUNITY,
                month="2025-10", cause="month", expected_fen=104_500, reason=f"线索暗记{FOUND}", certainty=40,
                rank=41_800, law_version="1",
            )  # fmt: skip
            if n:
                for worker in (self.officer,) if n == 1 else (self.clerk,):
                    working_leads.take(worker, lead)
                    working_leads.contact(worker, lead, way="phone", text=f"接通，{TOLD}")
        grant = Grant.unscoped.get(case=self.decided)
        for n, month in enumerate(("2030-01", "2030-02")):
            search = Search.objects.create(kind="recheck", month=month, source="grants", law_version="1")
            told = Recomputation.unscoped.create(
                month=month, benefit="dibao", place_id=HEPING, search=search, law_version="1"
            )
            told.lines.create(grant=grant, before_fen=grant.amount_fen, after_fen=grant.amount_fen + 1)
            told = recomputing.add_up(told)
            if n:
                recomputing.check_list(self.district_officer, told, digest=told.digest)

    def _upload(self, applicant: Actor) -> CasePaper:
        file = sent(picture(), f"{UPLOADED}.jpg")
        return applying.upload_paper(applicant, self.told_once, material="serious_disease_record", file=file)

    def _accept(self, applicant: Actor) -> Case:
        return self.city.accepted(applicant, self.clerk)

    def _check(self, case: Case) -> None:
        """Every source by letter, which an officer reads."""
        for query in Query.unscoped.filter(case=case):
            complete_by_letter(self.officer, query, amount=0, reason=f"{FOUND}〔2026〕1号")

    def _visit(self, case: Case) -> Case:
        self._check(case)
        working.claim_step(self.officer, open_run(case))
        record = visit(today(), findings=TOLD)
        return working.finish_step(
            self.officer, open_run(case), outcome="done", record=record, with_number=number_of(self.second)
        )

    def _post(self, applicant: Actor) -> Case:
        case = self._visit(self._accept(applicant))
        return working.finish_step(
            self.officer, open_run(case), outcome="propose_grant", record={"reason": "拟同意，属实。"}
        )

    def _decide(self, applicant: Actor) -> Case:
        case = self._post(applicant)
        disputing.raise_objection(NOBODY, case.public_notices.get(), text=f"他家另有住房，{OBJECTED}", by_name="邻居")
        record = visit(today(), findings=TOLD, is_upheld="no", answer=f"经查不属实，{OBJECTED}")
        case = working.finish_step(
            self.officer, open_run(case), outcome="done", record=record, with_number=number_of(self.second)
        )
        working.finish_step(self.officer, open_run(case), outcome="propose_grant", record={"reason": "拟同意，属实。"})
        with time_machine.travel(today() + timedelta(days=9)):
            disputing.end_public_notices()
            return working.finish_step(self.chief, open_run(case), outcome="grant", record={"reason": "同意。"})

    def _pay(self) -> PaymentRun:
        grant = Grant.unscoped.get(case=self.decided)
        place = Place.objects.get(code=HEPING)
        fund = open_fund(SYSTEM, place, code="dibao", name="救助资金", kind="budget", year=int(grant.from_month[:4]))
        add_budget(self.maker, fund, amount_fen=10**10, document="预算文件")
        run = draft_run(self.maker, place, benefit="dibao", month=grant.from_month)
        run = mark_sent(SYSTEM, approve_run(self.checker, run, digest=run.digest))
        item = run.items.get()
        answer = {"key": item.key, "amount_fen": item.amount_fen, "state": "returned", "reason": "账号已销户"}
        run = take_answer(SYSTEM, run, lines=[answer])
        record = {"account": NEW_ACCOUNT, "account_name": NAMES[0]}
        working.finish_step(self.clerk, open_run(self.decided), outcome="done", record=record)
        self.next_run = draft_run(self.maker, place, benefit="dibao", month=month_after(grant.from_month))
        return run

    def _tell_once(self, applicant: Actor) -> Case:
        case = self.city.submitted(applicant)
        return working.finish_step(self.clerk, open_run(case), outcome="supplement", extra_items=("租房合同",))

    @property
    def insiders(self) -> dict[str, Actor]:
        """One of each kind."""
        return {
            "applicant": self.applicants[0], "applicant told once": self.applicants[2],
            "applicant with a draft": self.applicants[3], "spouse": self.spouse, "clerk": self.clerk, "officer": self.officer, "chief": self.chief, "district chief": self.district_chief,
            "district officer": self.district_officer,
            "maker": self.maker, "checker": self.checker, "auditor": self.auditor,
            "policy officer": self.policy,
        }  # fmt: skip

    @property
    def numbers(self) -> set[str]:
        """What is shown in full to nobody, but where it is opened with a reason."""
        return {NEW_ACCOUNT} | {
            each for person in self.people for each in (person.id_number, person.phone, person.bank_account)
        }

    @property
    def cases(self) -> list[Case]:
        return [self.decided, self.posted, self.told_once, self.draft, self.appeal]

    @property
    def people(self) -> list[Person]:
        return [each.person for each in (*self.applicants, self.spouse) if each.person]

    @property
    def names(self) -> set[str]:
        return {person.name for person in self.people}

    @property
    def letter_numbers(self) -> set[str]:
        return {letter.letter.number for case in self.cases for letter in case.letters.all()}

    @property
    def masked(self) -> set[str]:
        return {mask_id_number(person.id_number) for person in self.people}

    @property
    def secrets(self) -> set[str]:
        """What stands for a person of the district besides the name; a search that finds one of these has found a leak."""
        found = {TOLD, FOUND, OBJECTED, APPEALED, UPLOADED} | self.masked | self.numbers
        found |= {case.number for case in self.cases if case.number}
        return found | self.letter_numbers | {self.run.digest, self.next_run.digest, self.run.file_id}
