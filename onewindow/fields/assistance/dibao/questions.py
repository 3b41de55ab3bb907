"""The first honest answer, from three questions, before anybody fills in a form."""

from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.catalog.answers import FirstAnswer, Situation
from onewindow.rules.assess import CannotAssess, assess


def first_answer(told: Situation) -> FirstAnswer:
    """Reckons with the same rules as the case will; what was not asked is taken as none, and said so."""
    month = f"{today():%Y-%m}"
    people: dict[str, Any] = {f"p{n}": {} for n in range(told.people)}
    people["p0"]["wage_income"] = {month: told.income_fen}
    household = {
        "applicant": ["p0"],
        "others": [key for key in people if key != "p0"],
        "car_count": {month: int(told.has_car)},
        "home_count": {month: 2 if told.has_second_home else 1},
        "monetary_property": {month: told.savings_fen},
    }
    situation = {"persons": people, "households": {"household": household}}
    try:
        found = assess(situation, month, ["dibao_eligible", "dibao_amount", "dibao_property_ok"])
    except CannotAssess as problem:
        return FirstAnswer("unknown", f"现在无法估算：{problem}。您仍然可以申请，由街道核实。")
    if found.outputs["dibao_eligible"]:
        return FirstAnswer(
            "likely",
            "按您说的情况，可能符合低保条件。最终以核对和调查结果为准。",
            amount_fen=found.fen("dibao_amount"),
            every="month",
        )
    if not found.outputs["dibao_property_ok"]:
        return FirstAnswer(
            "unlikely", "按规定，有汽车、两套及以上住房或存款超过限额的家庭一般不能享受低保。情况特殊的可到窗口说明。"
        )
    return FirstAnswer(
        "unlikely", "按您说的收入，人均达到了低保标准。如有重病、残疾等支出，可到窗口说明，也可看看其他救助。"
    )
