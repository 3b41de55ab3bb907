"""
From OpenFisca's trace to sentences. The words stand beside each variable (`explain`, `change` in words.Rule); here they
are only asked for, in the order in which the law was applied: who counts, what counts, the standard, the sum.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from openfisca_core.simulations import Simulation

from onewindow.rules.figures import Figure, figure, shown, yuan
from onewindow.rules.system import system
from onewindow.rules.words import Rule

SURENESS = ("C", "C2", "K", "E", "U")


@dataclass(frozen=True)
class Explanation:
    """One sentence. `person` is the key in the situation, so that a page can put the name."""

    variable: str
    label: str
    value: str
    raw: int | bool | str
    text: str
    article: str = ""
    source: str = ""
    confidence: str = "C"
    is_example: bool = False
    figures: tuple[Figure, ...] = ()
    person: str | None = None
    depth: int = 0
    kind: Literal["step", "change"] = "step"


@dataclass(frozen=True)
class Step:
    """A variable that the trace has met: how deep, and which parameters its formula read."""

    rule: Rule
    depth: int
    parameters: tuple[str, ...]


class Told:
    """What a sentence may ask: values of the same family or person, and figures of the law."""

    def __init__(self, simulation: Simulation, month: str, rule: Rule, person: int | None) -> None:
        self.simulation, self.month, self.rule, self.person = simulation, month, rule, person

    def __call__(self, name: str) -> Any:
        values = self.across(name)
        if system().variables[name].entity.is_person:
            if self.person is None:
                raise LookupError(f"{self.rule.name} speaks of a family; ask told.across({name!r})")
            return values[self.person]
        return values[0]

    @property
    def value(self) -> Any:
        return self(self.rule.name)

    @property
    def role(self) -> str:
        return str(self.simulation.household.members_role[self.person].key)

    def across(self, name: str) -> list[Any]:
        found: list[Any] = self.simulation.calculate(name, self.month).tolist()
        return found

    def yuan(self, of: str | int | None = None) -> str:
        return yuan(of if isinstance(of, int) else self(of or self.rule.name))

    def label(self, name: str) -> str:
        return str(system().variables[name].label)

    def parameter(self, name: str) -> Any:
        return figure(name, f"{self.month}-01").raw


def explanations(simulation: Simulation, month: str) -> tuple[Explanation, ...]:
    """Reads the trace of what has been calculated; the sentences' own questions leave no trace."""
    steps = list(steps_of(simulation.tracer.trees))
    simulation.trace = False
    found = [said for step in steps for said in say(simulation, month, step, "step")]
    changes = [said for step in steps for said in say(simulation, month, step, "change")]
    return (*found, *changes)


def steps_of(trees: list[Any]) -> Iterator[Step]:
    """What a result rests on comes before it, each variable once, with all parameters that its formula read."""
    seen: set[str] = set()
    for tree in trees:
        yield from _walk(tree, 0, seen)


def _walk(node: Any, depth: int, seen: set[str]) -> Iterator[Step]:
    if node.name in seen:
        return
    seen.add(node.name)
    rule = system().variables[node.name]
    for child in node.children:
        yield from _walk(child, depth + 1, seen)
    for name in rule.wording.told_first:
        if name not in seen:
            seen.add(name)
            yield Step(system().variables[name], depth + 1, ())
    yield Step(rule, depth, tuple(dict.fromkeys(parameter.name for parameter in node.parameters)))


def say(simulation: Simulation, month: str, step: Step, kind: Literal["step", "change"]) -> Iterator[Explanation]:
    sentence = step.rule.wording.explain if kind == "step" else step.rule.wording.change
    if sentence is None:
        return
    is_person = step.rule.entity.is_person
    for person in range(simulation.persons.count) if is_person else (None,):
        told = Told(simulation, month, step.rule, person)
        text = sentence(told)
        if text:
            yield _explanation(step, told, text, kind)


def _explanation(step: Step, told: Told, text: str, kind: Literal["step", "change"]) -> Explanation:
    rule, wording, day = step.rule, step.rule.wording, f"{told.month}-01"
    figures = tuple(figure(name, day) for name in (*step.parameters, *wording.unknown))
    return Explanation(
        variable=rule.name,
        label=rule.label,
        value=shown(told.value, rule.unit, wording.says),
        raw=told.value,
        text=text,
        article=wording.article_on(day),
        source="；".join(dict.fromkeys(_from_document(each) for each in figures if not isinstance(each.raw, bool))),
        confidence=max((wording.confidence, *(each.confidence for each in figures)), key=SURENESS.index),
        is_example=wording.confidence == "E" or any(each.is_example for each in figures),
        figures=figures,
        person=None if told.person is None else str(told.simulation.persons.ids[told.person]),
        depth=step.depth,
        kind=kind,
    )


def _from_document(each: Figure) -> str:
    if each.raw is None:
        return f"{each.label}：未录入"
    return f"{each.document}，自{each.since}起" if not each.is_example else "示例"
