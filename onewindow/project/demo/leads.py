"""The demo's leads: the month's search over the invented city, and some of what it found already worked in the street."""

from collections.abc import Callable

from onewindow.fields.finding.actions import working
from onewindow.fields.finding.models import Lead
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.staff.actor import SYSTEM
from onewindow.project.demo.people import Circumstance
from onewindow.project.demo.story import STREET, Story
from onewindow.project.searching.budgeting import forecast
from onewindow.project.searching.finding import find
from onewindow.project.searching.registers import last_day


def search_the_city(story: Story, progress: Callable[[str], None]) -> None:
    for circumstance in (Circumstance.ELDER_ALONE, Circumstance.DISABLED_ALONE, Circumstance.DISABLED_ALONE):
        story.family(circumstance)
    month = f"{today():%Y-%m}"
    find(SYSTEM, month)
    _work_some(story)
    forecast(SYSTEM, f"{last_day(month).replace(day=1):%Y-%m}", 12)
    progress(f"政策找人线索：{Lead.unscoped.count()}条")


def _work_some(story: Story) -> None:
    """One taken, one called by the clerk who may apply for the person; the others wait."""
    here = list(Lead.unscoped.filter(place__code__startswith=STREET[:9]).order_by("-rank", "-id")[:2])
    for lead, who in zip(here, ("officer", "clerk"), strict=False):
        working.take(story.people[who], lead)
        if who == "clerk":
            working.contact(story.people[who], lead, way="phone", text="接通，本人行动不便，愿意申请，约好明天上门。")
