"""In which order the nodes of a household are computed: its own values, a loop over its members, sums, and again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onewindow.bulk.compiled.graph import PERSON, SCALAR, LoweringError, Node, in_order

REDUCED = {"sum", "maximum_of", "minimum_of", "logical_and_of", "logical_or_of", "pick"}
AGAIN = {"input", "role", "position", "fill", "project"}
"""Of an earlier loop, cheaper to have again than to keep."""


@dataclass
class Round:
    """First the household's values, then its members', while the sums add up."""

    of_household: list[Node] = field(default_factory=list)
    of_members: list[Node] = field(default_factory=list)
    sums: list[Node] = field(default_factory=list)

    def needs(self) -> Iterator[Node]:
        for node in [*self.of_members, *self.sums]:
            yield from (arg for arg in node.args if arg.rows == PERSON and node.op != "rank")


class Schedule:
    def __init__(self, wanted: Sequence[Node]) -> None:
        self.order = in_order(wanted)
        if len(groups := {node.rows for node in self.order} - {PERSON, SCALAR}) > 1:
            raise LoweringError(f"several group entities: {', '.join(sorted(groups))}")
        self.level: dict[int, int] = {}
        for node in self.order:
            below = max((self.level[id(arg)] for arg in node.args), default=0)
            self.level[id(node)] = below + 1 if node.op in REDUCED or node.op == "rank" else below
        self.rounds = [Round() for _ in range(max(self.level.values(), default=0) + 1)]
        for node in self.order:
            self.put(node)
        self.kept = {id(arg) for node in self.order if node.op == "rank" for arg in node.args}
        for number, each in enumerate(self.rounds):
            earlier = [arg for arg in each.needs() if self.level[id(arg)] < number and arg.op not in AGAIN]
            self.kept |= {id(arg) for arg in earlier}

    def put(self, node: Node) -> None:
        level = self.level[id(node)]
        if node.op in REDUCED:
            self.rounds[level - 1].sums.append(node)
        elif node.rows == PERSON:
            self.rounds[level].of_members.append(node)
        elif node.rows != SCALAR:
            self.rounds[level].of_household.append(node)

    @property
    def scalars(self) -> list[Node]:
        return [node for node in self.order if node.rows == SCALAR]
