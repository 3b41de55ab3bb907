"""Which monthly sums of the law are looked for, and what each rests on: read off the law itself, never listed twice."""

from dataclasses import dataclass
from functools import cache

from onewindow.kernel.catalog import Matter, matters
from onewindow.rules.rests_on import inputs_of, is_given_to_the_rich
from onewindow.rules.system import system

LOOKED_FOR = (
    "dibao_amount", "marginal_grant", "tekun_amount", "disability_living_subsidy", "disability_care_subsidy",
    "orphan_allowance", "unattended_child_allowance", "old_age_allowance", "home_care_subsidy",
)  # fmt: skip
"""In the order in which somebody would rather have them; those that the law of this version has."""
NOT_TO_BE_FOUND = frozenset({"tekun_amount"})
"""Whether anybody must support them stands in no register: the visit that a dibao lead leads to finds it out."""
MEANS = frozenset({"wage_income", "monetary_property", "transfer_net_income"})
"""What no register tells without asking: a sum that rests on one of these is a hint, not a finding."""


@dataclass(frozen=True)
class Benefit:
    variable: str

    @property
    def matter(self) -> Matter | None:
        return next((each for each in matters().values() if each.grant and each.grant.amount == self.variable), None)

    @property
    def code(self) -> str:
        """As grants name it."""
        return self.matter.code if self.matter else self.variable

    @property
    def name(self) -> str:
        return self.matter.name if self.matter else str(system().variables[self.variable].label)

    @property
    def is_of_persons(self) -> bool:
        return bool(system().variables[self.variable].entity.is_person)

    def article(self, month: str) -> str:
        return str(system().variables[self.variable].wording.article_on(f"{month}-01"))

    @property
    def inputs(self) -> frozenset[str]:
        return inputs_of(self.variable)

    @property
    def rests_on_means(self) -> bool:
        return bool(self.inputs & MEANS) and not is_given_to_the_rich(self.variable)


def names_looked_for() -> list[str]:
    """The matters' own monthly sums, and those that no matter takes applications for yet."""
    own = [each.grant.amount for each in matters().values() if each.grant and each.grant.every == "month"]
    return [name for name in dict.fromkeys((*LOOKED_FOR, *own)) if name in system().variables]


@cache
def benefits() -> dict[str, Benefit]:
    """By variable."""
    return {name: Benefit(name) for name in names_looked_for()}


@cache
def benefit_of(code: str) -> Benefit | None:
    """By the code under which it is granted."""
    return next((each for each in benefits().values() if each.code == code), None)
