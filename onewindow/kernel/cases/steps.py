"""Which steps a case goes through: its matter's, those of an appeal, and work that any granted case can need."""

from collections.abc import Callable

from onewindow.kernel.cases.models import Case, StepRun
from onewindow.kernel.catalog import Matter, Outcome, Step
from onewindow.kernel.staff.posts import Post

CONDITIONS: dict[str, Callable[[Case], bool]] = {
    "relative_of_staff": lambda case: case.is_relative_of_staff,
    "parents_not_found": lambda case: bool(case.facts.get("household", {}).get("parents_not_found")),
    "never": lambda case: False,
}
"""Conditions that a step's `when` may name. `never`: reached only where an outcome leads to it."""

APPEAL_STEPS = (
    Step(
        code="review_appeal",
        name="申诉复核",
        post=Post.DISTRICT_OFFICER,
        record="opinion",
        working_days=10,
        outcomes=(
            Outcome(code="propose_uphold", name="建议维持", needs_reason=True),
            Outcome(code="propose_revoke", name="建议撤销", needs_reason=True),
        ),
    ),
    Step(
        code="decide_appeal",
        name="复核决定",
        post=Post.DISTRICT_CHIEF,
        record="decision",
        working_days=10,
        four_eyes=("review_appeal",),
        outcomes=(
            Outcome(code="uphold", name="维持原决定", ends="completed", letter="appeal_upheld", needs_reason=True),
            Outcome(
                code="revoke", name="撤销原决定，重新办理", ends="completed", letter="appeal_revoked", needs_reason=True
            ),
        ),
    ),
)
EXTRA_STEPS = {
    "fix_account": Step(
        code="fix_account",
        name="退票处理：核实收款账户",
        post=Post.STREET_WINDOW,
        record="account",
        working_days=5,
        outcomes=(Outcome(code="done", name="账户已核实更正"),),
    ),
    "review_grant": Step(
        code="review_grant",
        name="定期复核",
        post=Post.STREET_OFFICER,
        record="opinion",
        working_days=20,
        outcomes=(
            Outcome(code="keep", name="继续发放"),
            Outcome(code="propose_stop", name="建议停发", to="confirm_stop", needs_reason=True),
        ),
    ),
    "confirm_stop": Step(
        code="confirm_stop",
        name="停发确认",
        post=Post.STREET_CHIEF,
        working_days=5,
        four_eyes=("review_grant",),
        outcomes=(
            Outcome(code="stop", name="确认停发", needs_reason=True),
            Outcome(code="keep", name="继续发放", needs_reason=True),
        ),
    ),
}


def steps_of(case: Case) -> tuple[Step, ...]:
    matter = case.matter
    if case.kind == Case.Kind.APPEAL:
        return matter.appeal_steps or APPEAL_STEPS
    return matter.steps


def step_of(case: Case, code: str) -> Step:
    if code in EXTRA_STEPS:
        return EXTRA_STEPS[code]
    return next(step for step in steps_of(case) if step.code == code)


def step_of_run(run: StepRun) -> Step:
    return step_of(run.case, run.step_code)


def first_step(case: Case) -> Step:
    return next(step for step in steps_of(case) if applies(case, step))


def applies(case: Case, step: Step) -> bool:
    return not step.when or CONDITIONS[step.when](case)


def step_after(case: Case, step: Step, outcome: Outcome) -> Step | None:
    """Where the outcome leads; None at the end of the way."""
    if outcome.to != "next":
        return step_of(case, outcome.to)
    steps = steps_of(case)
    if step not in steps:
        return None
    rest = steps[steps.index(step) + 1 :]
    return next((each for each in rest if applies(case, each)), None)


def decides_by_street(matter: Matter) -> bool:
    return any(step.delegated_post for step in matter.steps)
