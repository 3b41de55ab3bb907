"""Steps as most matters have them: acceptance at any window, an examination, a decision by somebody else."""

from dataclasses import replace

from onewindow.kernel.catalog.words import Material, Outcome, Step

APPLICATION = Material(code="application", name="申请书", generated=True)
IDENTITY = Material(code="identity", name="身份证", from_register="公安户籍")

ACCEPT = Step(
    code="accept",
    name="受理",
    post="street_window",
    before_acceptance=True,
    working_days=1,
    outcomes=(
        Outcome(code="accept", name="受理", letter="accepted"),
        Outcome(code="supplement", name="一次性告知补正", to="stay"),
        Outcome(code="not_accept", name="不予受理", ends="not_accepted", letter="not_accepted", needs_reason=True),
    ),
)


def accepting(law: str = "", name: str = "受理") -> Step:
    return replace(ACCEPT, law=law, name=name)


def examining(days: int, *, name: str = "审查", post: str = "district_officer", law: str = "") -> Step:
    return Step(code="examine", name=name, post=post, record="opinion", working_days=days, law=law)


def deciding(
    days: int,
    *,
    name: str = "决定",
    approve: str = "准予",
    refuse: str = "不予准许",
    post: str = "district_chief",
    record: str = "decision",
    letter: str = "certificate",
    after: str = "examine",
    may_return: bool = True,
    law: str = "",
) -> Step:
    """`after`: the step whose doer may not decide, and to which a decision may send back."""
    outcomes = (
        Outcome(code="grant", name=approve, decides="approve", ends="approved", letter=letter),
        Outcome(code="refuse", name=refuse, decides="refuse", ends="rejected", letter="refusal", needs_reason=True),
    )
    back = (Outcome(code="return", name="退回重新审查", to=after, needs_reason=True),) if may_return else ()
    return Step(
        code="decide", name=name, post=post, record=record, working_days=days, four_eyes=(after,),
        outcomes=(*outcomes, *back), law=law,
    )  # fmt: skip


def on_the_spot(*, name: str, approve: str, record: str = "decision", law: str = "") -> Step:
    """Decided the same day by the registrar, who is not the one that took it in."""
    return deciding(
        1, name=name, approve=approve, refuse="不予办理", post="district_officer", record=record, after="accept",
        may_return=False, law=law,
    )  # fmt: skip


def routing(days: int, *, to: str, back_days: int, law: str = "") -> tuple[Step, Step]:
    """Another department decides: the case is handed over, and its answer is read back and told."""
    return (
        Step(
            code="route", name=f"转{to}", post="street_officer", record="routing", working_days=days, law=law,
            outcomes=(Outcome(code="done", name=f"已转{to}"),),
        ),
        Step(
            code="result", name=f"收回{to}的结果", post="street_officer", record="result", working_days=back_days,
            outcomes=(
                Outcome(code="given", name=f"{to}已办结：符合", ends="completed", letter="result"),
                Outcome(code="not_given", name=f"{to}已办结：不符合", ends="rejected", letter="result", needs_reason=True),
            ),
        ),
    )  # fmt: skip


def opining(days: int, *, post: str = "street_officer", name: str = "初审意见", law: str = "") -> Step:
    return Step(
        code="opinion", name=name, post=post, record="opinion", working_days=days, law=law,
        outcomes=(
            Outcome(code="propose_grant", name="拟同意"),
            Outcome(code="propose_refuse", name="拟不同意", to="decide", needs_reason=True),
        ),
    )  # fmt: skip


def granting(
    days: int, *, post: str = "district_chief", delegated_post: str = "", letter: str = "grant", law: str = ""
) -> Step:
    """确认 of a benefit by somebody who has not prepared it."""
    step = deciding(
        days, name="审核确认", approve="确认给予", refuse="不予确认", post=post, letter=letter, after="opinion", law=law,
    )  # fmt: skip
    return replace(step, delegated_post=delegated_post)


def visiting(days: int, law: str = "", name: str = "入户调查") -> Step:
    return Step(
        code="home_visit", name=name, post="street_officer", record="visit", people=2, working_days=days, law=law
    )


def checking_means(days: int = 8, law: str = "") -> Step:
    return Step(code="means_check", name="经济状况核对", by="exchange", working_days=days, law=law)


def publishing(law: str = "") -> tuple[Step, Step]:
    """公示 of seven days, and what follows an objection. Never for children."""
    return (
        Step(
            code="publish", name="公示", by="clock", calendar_days=7, shows=("name", "members", "amount_fen"), law=law,
            outcomes=(
                Outcome(code="done", name="公示期满无异议", to="decide"),
                Outcome(code="objected", name="公示期内有异议", to="reinvestigate"),
            ),
        ),
        Step(
            code="reinvestigate", name="重新调查", post="street_officer", record="reinvestigation", people=2,
            working_days=5, when="never", law=law,
            outcomes=(Outcome(code="done", name="重新调查完毕", to="opinion"),),
        ),
    )  # fmt: skip
