"""Every sum that was decided, computed again from what was kept with it."""

from collections.abc import Iterator

from onewindow.fields.policy.law import by_version
from onewindow.kernel.cases.models import Decision
from onewindow.rules.assess import CannotAssess, assess
from onewindow.rules.system import Changes, under


class Replay:
    def __init__(self) -> None:
        self.same, self.older, self.by_hand = 0, 0, 0

    def flaws(self) -> Iterator[str]:
        """
        Each by the figures that were approved when it was made. A decision of older formulas needs that version of the
        program; it is counted, not called wrong.
        """
        laws = by_version()
        decisions = Decision.objects.exclude(assessment=None).select_related("assessment", "case").order_by("id")
        for decision in decisions.iterator():
            assessment = decision.assessment
            assert assessment is not None
            if not assessment.law_version:
                self.by_hand += 1
            elif assessment.law_version not in laws:
                self.older += 1
            elif words := self._difference(assessment.result, laws[assessment.law_version]):
                yield f"{decision.case.number}：{words}"
            else:
                self.same += 1

    def _difference(self, kept: dict, law: Changes) -> str:
        try:
            with under(law):
                found = assess(kept["inputs"], kept["month"], list(kept["outputs"]))
        except (CannotAssess, KeyError) as problem:
            return f"不能重算：{problem}"
        return "" if found.outputs == kept["outputs"] else f"重算为{found.outputs}，当时为{kept['outputs']}"
