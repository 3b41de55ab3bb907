"""The claim is made on the day it is handed in. Nobody is buried twice."""

from typing import Any

from onewindow.fields.funerals.models import FuneralClaim
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.models import Case, Decision
from onewindow.kernel.people.identity import mask_id_number
from onewindow.kernel.people.sealed import blind_index

NUMBER, INDEX = "deceased_number", "deceased_index"


def handed_in(case: Case) -> None:
    told = case.facts["household"]
    told["funeral_claimed_on"] = today().isoformat()
    if "*" not in told[NUMBER]:
        told[INDEX], told[NUMBER] = blind_index(told[NUMBER], "id"), mask_id_number(told[NUMBER])


def objections(case: Case) -> list[str]:
    told = case.facts.get("household", {})
    index = told.get(INDEX) or blind_index(told.get(NUMBER, ""), "id")
    return (
        ["这位逝者的丧葬补贴已经发放过，不能重复申领。"] if FuneralClaim.unscoped.filter(index=index).exists() else []
    )


def approved(case: Case, decision: Decision) -> dict[str, Any]:
    FuneralClaim.unscoped.create(index=case.facts["household"][INDEX], decision=decision)
    return {}
