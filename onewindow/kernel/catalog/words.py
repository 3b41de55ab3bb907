"""The words in which a matter is declared. Plain frozen data: no Django, no behaviour of any one matter."""

from dataclasses import dataclass, field
from typing import Literal

NEXT = "next"
STAY = "stay"

Ending = Literal["approved", "rejected", "not_accepted", "terminated", "completed"]


@dataclass(frozen=True, kw_only=True)
class Law:
    title: str
    number: str = ""
    articles: str = ""

    def __str__(self) -> str:
        return f"《{self.title}》{self.articles}"


@dataclass(frozen=True, kw_only=True)
class Material:
    """A paper that the law names. `from_register`: looked up instead of asked for; `when`: a fact that makes it needed."""

    code: str
    name: str
    from_register: str = ""
    generated: bool = False
    each_adult: bool = False
    when: str = ""
    deferrable: bool = False
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Removed:
    """A certificate no longer asked for, and what replaced it."""

    code: str
    name: str
    instead: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One way in which a step can end: where the case goes, or how it ends."""

    code: str
    name: str
    to: str = NEXT
    ends: Ending | None = None
    decides: Literal["approve", "refuse"] | None = None
    letter: str = ""
    needs_reason: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a case: who does it (`post`), or what does it (`by`), and its clock."""

    code: str
    name: str
    post: str = ""
    delegated_post: str = ""
    escalates_to: str = ""
    """The post that decides where the matter's `within_limit` variable says that the first may not."""
    by: Literal["staff", "exchange", "clock", "wait"] = "staff"
    """`wait`: nothing is done but that days pass, such as the thirty before a divorce."""
    record: str = ""
    """The form that is filled at this step: visit, opinion, decision, reinvestigation, aid."""
    people: int = 1
    working_days: int | None = None
    calendar_days: int | None = None
    hours: int | None = None
    on_due: str = ""
    """The outcome that the clock makes by itself on the day after the step's last."""
    rolls: bool = False
    """A last day of rest moves to the next working day (民法典第二百零三条)."""
    shows: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = (Outcome(code="done", name="办结"),)
    four_eyes: tuple[str, ...] = ()
    """Steps whose doers may not do this one, by person."""
    when: str = ""
    """A condition of the case (cases/conditions.py) without which the step is passed over."""
    before_acceptance: bool = False
    law: str = ""

    def outcome(self, code: str) -> Outcome:
        for each in self.outcomes:
            if each.code == code:
                return each
        raise KeyError(f"{self.code}: no outcome {code}")


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What an approval gives: the rule variable with the amount in fen, and how often it is paid."""

    amount: str
    every: Literal["month", "once"] = "month"
    cap: str = ""
    """For sums the officer chooses: the rule variable that bounds them."""
    review_months: int | None = None
    fund: str = ""


@dataclass(frozen=True, kw_only=True)
class Matter:
    code: str
    name: str
    summary: str
    audience: str
    applicant: Literal["household", "person"]
    parties: int = 1
    """Two where two people ask for one thing together: each signs for themselves."""
    fee: str = "不收费"
    kind: Literal["payment", "confirmation", "licence", "filing", "public_service"] = "payment"
    version: str
    laws: tuple[Law, ...]
    materials: tuple[Material, ...] = ()
    steps: tuple[Step, ...]
    appeal_steps: tuple[Step, ...] = ()
    statutory_working_days: int | None = None
    delegated_working_days: int | None = None
    special_working_days: int | None = None
    promised_working_days: int | None = None
    statutory_hours: int | None = None
    limit_is_example: bool = False
    eligible: str = ""
    within_limit: str = ""
    grant: Grant | None = None
    removed: tuple[Removed, ...] = ()
    uses: tuple[str, ...] = ()
    asks_sources: tuple[str, ...] = ()
    lookback_months: int = 12
    check_tolerance: str = ""
    """The rule variable of the sum that may be missing from a declaration without being a difference."""
    check_limits: tuple[tuple[str, str], ...] = ()
    """Fact and the rule variable of the most that is allowed, for the report's conclusion."""
    any_hukou: bool = False
    explains: tuple[str, ...] = ()
    """Rule variables beyond `eligible` and the grant's amount that the officer sees."""
    letter_series: str = "津民"
    """The words before the year in a letter's number: 津民救〔2026〕000123号."""
    everyday: tuple[str, ...] = ()
    """What people say when they mean this matter: 吃不上饭, 老人去世了. The search finds it by them."""
    life_events: tuple[str, ...] = ()
    """Codes of life_events.py: turns of life in which one thinks of this matter."""
    outside: str = ""
    """What is told to somebody for whom it is not: where to go instead."""
    catalogue_id: str = ""
    """Its entry in the city's catalogue of 52 matters: SA01."""
    module: str = field(default="", compare=False)

    @property
    def papers_asked(self) -> list[Material]:
        """Those that a resident has to bring: neither looked up, nor printed here, nor given by a tap."""
        return [each for each in self.materials if not (each.from_register or each.generated or each.each_adult)]

    @property
    def asks_consent(self) -> bool:
        """Must anybody but the one who fills it in sign for themselves?"""
        return bool(self.asks_sources) or self.parties > 1

    @property
    def limit_words(self) -> str:
        """By when the office must answer, in words; empty where no law says."""
        if self.statutory_hours:
            return f"{self.statutory_hours}小时内"
        if self.promised_working_days and self.statutory_working_days:
            return f"承诺{self.promised_working_days}个工作日（法定{self.statutory_working_days}个）"
        days = self.statutory_working_days or self.promised_working_days
        return f"{days}个工作日内" if days else ""

    def step(self, code: str) -> Step:
        for each in (*self.steps, *self.appeal_steps):
            if each.code == code:
                return each
        raise KeyError(f"{self.code}: no step {code}")

    def material(self, code: str) -> Material:
        return next(each for each in self.materials if each.code == code)
