"""Seats of a session are counted on its row, so that two windows never give the same one."""

from datetime import date
from typing import Any

from django.db.models import F

from onewindow.fields.funerals.models import SeaSession
from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.cases.models import Case, Decision


def _session(case: Case) -> SeaSession | None:
    told = case.facts.get("household", {})
    return (
        SeaSession.unscoped.filter(on=date.fromisoformat(told["session_on"])).first() if "session_on" in told else None
    )


def objections(case: Case) -> list[str]:
    session = _session(case)
    if session is None:
        days = "、".join(f"{each.on}" for each in SeaSession.unscoped.filter(taken__lt=F("seats")).order_by("on")[:5])
        return [f"这一天没有撒海场次。{'可以选：' + days if days else '新的场次安排后会公布'}。"]
    return ["这一场已满，请选其他场次。"] if session.taken >= session.seats else []


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    session = _session(case)
    if session is None or not SeaSession.unscoped.filter(pk=session.pk, taken__lt=F("seats")).update(
        taken=F("taken") + 1
    ):
        raise Refused("这一场已满，请选其他场次。")
    return {
        "title": "骨灰撒海安葬证明",
        "says": "下列骨灰已按节地生态安葬方式安葬，特此证明。",
        "rows": [
            ["逝者", case.facts["household"]["deceased_name"]],
            ["场次", f"{session.on}"],
            ["地点", session.where],
        ],
    }
