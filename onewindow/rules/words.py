"""
The words in which a variable of the law is written: OpenFisca's Variable, and beside the formula its article, its
sentence for the resident (`explain`), what would change the answer (`change`) and the range of an input.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from openfisca_core.periods import DateUnit
from openfisca_core.variables import Variable

# What OpenFisca hands to a formula. Aliases, since its own types name no attribute that a formula uses.
Population = Any
Month = Any
Parameters = Any
Array = Any
# What explain.py hands to a sentence (its class Told).
Told = Any

Sentence = Callable[[Any], str | None]
MAX_FEN = 10**12
"""Ten thousand million yuan. A family's sums of sums stay below 2⁵³, where OpenFisca's float64 totals are exact."""


@dataclass(frozen=True)
class Wording:
    article: str | dict[str, str] = ""
    """The article, or the articles by the date from which each holds."""
    source: str = ""
    """Key in sources.yaml of the text that the formula follows."""
    confidence: str = "C"
    explain: Sentence | None = None
    """What happened here, for this person or family; None where there is nothing to say."""
    change: Sentence | None = None
    """What would change the answer."""
    told_first: tuple[str, ...] = ()
    """Variables to tell of before this one, though its formula does not need them."""
    says: tuple[str, str] = ("是", "否")
    unknown: tuple[str, ...] = ()
    """Parameters without a known value that might decide otherwise; said whenever `explain` says something."""
    months_back: int = 0
    """An input that the law also looks at in this many months before: it may be given by month."""
    only_before: bool = False
    """Never of the month itself: a value without a month is then that of every month looked back at."""
    at_least: int | None = None
    at_most: int | None = None

    def article_on(self, day: str) -> str:
        if isinstance(self.article, str):
            return self.article
        return next((words for since, words in sorted(self.article.items(), reverse=True) if since <= day), "")


WORDS = tuple(each.name for each in fields(Wording))


class Rule(Variable):
    """OpenFisca refuses attributes that it does not know, so our words move out of its sight when a class is made."""

    __wording__ = Wording()
    __given__: dict[str, Any] = {"definition_period": DateUnit.MONTH}

    def __init_subclass__(cls, **given: Any) -> None:
        super().__init_subclass__()
        own = dict(vars(cls))
        cls.__given__ = {**cls.__given__, **given}
        if "entity" not in own:
            return
        cls.__wording__ = Wording(**{word: own[word] for word in WORDS if word in own})
        for word in WORDS:
            if word in own:
                delattr(cls, word)
        for name, value in cls.__given__.items():
            if name not in own:
                setattr(cls, name, value)
        article = cls.__wording__.article
        if article:
            cls.reference = list(article.values()) if isinstance(article, dict) else [article]

    @property
    def wording(self) -> Wording:
        return self.__wording__


class Fen(Rule, value_type=int, unit="fen"):
    """Money in whole fen. OpenFisca's int has 32 bits, which end at 21 million yuan; its float loses fen at 168 thousand."""

    def __init__(self, baseline_variable: Any = None) -> None:
        super().__init__(baseline_variable)
        self.dtype = np.int64


class Flag(Rule, value_type=bool):
    """Yes or no."""


class Count(Rule, value_type=int):
    """A whole number that is not money."""
