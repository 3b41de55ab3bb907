"""Calling back whoever was not satisfied."""

from datetime import date

from django.utils import timezone

from onewindow.kernel.audit.acting import Refused, action
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.events import tell
from onewindow.kernel.cases.models import Callback, Rating
from onewindow.kernel.staff.actor import Actor
from onewindow.kernel.staff.posts import Post

LEAST_WORDS = 5


def may_call_back(actor: Actor, callback: Callback) -> bool:
    """Somebody of the district, and never a person who had a hand in the case."""
    at_work = actor.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF, at=callback.place_id)
    runs = callback.rating.case.runs
    hands = set(runs.values_list("done_by", flat=True)) | set(runs.values_list("done_with", flat=True))
    return at_work and actor.person_id not in hands


@action("rating.call_back", "回访差评", may=may_call_back, logs=("stars_again",))
def end_callback(
    actor: Actor,
    callback: Callback,
    *,
    called_on: date,
    is_justified: bool,
    found: str,
    measures: str = "",
    stars_again: int | None = None,
) -> Callback:
    """What was found, what is done about it, and how the person rates it now; they are told in writing."""
    if callback.ended_at is not None:
        raise Refused("这条差评已经回访办结。")
    if not timezone.localdate(callback.rating.at) <= called_on <= today():
        raise Refused("回访日期应在评价之后、今天或以前。", "called_on")
    if len(found.strip()) < LEAST_WORDS:
        raise Refused("请写明核实的情况。", "found")
    if is_justified and len(measures.strip()) < LEAST_WORDS:
        raise Refused("反映属实的，请写明怎样整改。", "measures")
    if stars_again is not None and stars_again not in Rating.Stars.values:
        raise Refused("请选择回访后的满意程度。", "stars_again")
    callback.called_on, callback.called_by, callback.ended_at = called_on, actor.person, timezone.now()
    callback.is_justified, callback.stars_again = is_justified, stars_again
    callback.found, callback.measures = found.strip()[:500], measures.strip()[:500]
    callback.save()
    done = f"整改措施：{callback.measures}" if callback.measures else "感谢您的意见。"
    tell(callback.rating.case, f"您对{callback.rating.case.number}的评价已核实：{callback.found}{done}"[:400])
    return callback
