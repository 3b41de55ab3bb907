"""Reads a matter's folder and says in words what it lacks."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from onewindow.kernel.cases.records import RECORDS
from onewindow.kernel.cases.steps import CONDITIONS
from onewindow.kernel.catalog import Matter, Step, matters, part_of
from onewindow.kernel.staff.posts import Post
from onewindow.rules.system import system

FIELDS = Path(__file__).parents[2] / "onewindow" / "fields"
LETTERS = FIELDS.parent / "kernel" / "papers" / "letters"


def lacks() -> Iterator[str]:
    for matter in matters().values():
        folder = FIELDS.joinpath(*matter.module.split(".")[2:])
        for what in (*_files(matter, folder), *_declaration(matter), *_facts(matter), *_law(matter, folder)):
            yield f"{matter.code}: {what}"


def _files(matter: Matter, folder: Path) -> Iterator[str]:
    readme = folder / "README.md"
    if not readme.exists():
        yield "has no README.md: one page for officials (who, what, law, a worked example)"
    else:
        text = readme.read_text(encoding="utf-8")
        yield from (
            f"README.md does not say {word}" for word in ("给谁", "给什么", "依据", "算一例") if word not in text
        )
    if _reckons_itself(matter, folder) and not any((folder / "tests").glob("*.yaml")):
        yield "has no tests/*.yaml that an official can read"


def _reckons_itself(matter: Matter, folder: Path) -> bool:
    """Money or a condition that no shared benefit of rules/ reckons. A registration has nothing to reckon."""
    wanted = {matter.eligible, matter.grant.amount if matter.grant else ""} - {""}
    return (folder / "rules").is_dir() or any(name not in system().variables for name in wanted)


def _declaration(matter: Matter) -> Iterator[str]:
    steps = (*matter.steps, *matter.appeal_steps)
    if not matter.laws:
        yield "names no law"
    if not any(
        outcome.decides == "refuse" or (step.record == "result" and outcome.ends == "rejected")
        for step in steps
        for outcome in step.outcomes
    ):
        yield "can't refuse: no outcome decides 'refuse'"
    for step in steps:
        yield from (f"step {step.code}: {what}" for what in _step(step, steps))


def _step(step: Step, steps: tuple[Step, ...]) -> Iterator[str]:
    codes = {each.code for each in steps}
    for post in filter(None, (step.post, step.delegated_post, step.escalates_to)):
        if post not in Post.values:
            yield f"there is no post {post} in staff/posts.py"
    if step.on_due and (step.on_due not in {each.code for each in step.outcomes} or not step.calendar_days):
        yield "the clock can't end it: on_due names one of its outcomes, calendar_days says when"
    if step.by == "staff" and not step.post:
        yield "nobody does it: name a post"
    if step.when and step.when not in CONDITIONS:
        yield f"the condition {step.when} is not known in cases/steps.py"
    if step.record not in RECORDS:
        yield f"the record {step.record} is not known in cases/records.py"
    yield from (f"four eyes against {each}, which is no step" for each in step.four_eyes if each not in codes)
    yield from _outcomes(step, codes)


def _outcomes(step: Step, codes: set[str]) -> Iterator[str]:
    for outcome in step.outcomes:
        if outcome.to not in (codes | {"next", "stay"}):
            yield f"outcome {outcome.code} leads to {outcome.to}, which is no step"
        if outcome.letter and not (LETTERS / f"{outcome.letter}.typ").exists():
            yield f"outcome {outcome.code} sends the letter {outcome.letter}, which has no template"
        if outcome.decides == "refuse" and not outcome.needs_reason:
            yield f"outcome {outcome.code} refuses without a reason"
        if outcome.decides == "approve" and not step.four_eyes:
            yield f"outcome {outcome.code} approves alone: name the steps in four_eyes whose doers may not"


def _facts(matter: Matter) -> Iterator[str]:
    facts = part_of(matter, "facts")
    if facts is None:
        yield "has no facts.py: what the form asks"
        return
    member = getattr(facts, "Member", None)
    asked = set(member.base_fields) if member else set()
    yield from (f"PREFILL names {name}, which the form does not ask" for name in facts.PREFILL if name not in asked)
    known = system().variables
    grant = (matter.grant.amount, matter.grant.cap) if matter.grant else ()
    for variable in filter(
        None, (matter.eligible, matter.within_limit, matter.check_tolerance, *grant, *matter.explains)
    ):
        if variable not in known:
            yield f"declares the rule variable {variable}, which rules/ does not have"


def _law(matter: Matter, folder: Path) -> Iterator[str]:
    if _reckons_itself(matter, folder) and not any(
        path.name != "__init__.py" for path in (folder / "rules").glob("*.py")
    ):
        yield "has no rules/: the law as OpenFisca variables"
    for path in sorted((folder / "rules" / "parameters").rglob("*.yaml")):
        yield from (f"{path.name}: {what}" for what in _sources(yaml.safe_load(path.read_text(encoding="utf-8"))))


def _sources(node: object) -> Iterator[str]:
    """Every dated value stands with its source and confidence; an example says that it is one."""
    if not isinstance(node, dict):
        return
    for since, value in (node.get("values") or {}).items():
        told = value.get("metadata", {}) if isinstance(value, dict) else {}
        if not {"source", "confidence"} <= set(told):
            yield f"the value of {since} names no source or confidence"
        elif told["confidence"] == "E" and not told.get("is_example"):
            yield f"the value of {since} is an example and does not say is_example"
    for child in node.values():
        yield from _sources(child)
