from onewindow.rules.assess import assess
from onewindow.rules.case import dated
from onewindow.rules.system import system

MONTH = "2025-10"
BEFORE = [f"2024-{month}" for month in (10, 11, 12)] + [f"2025-0{month}" for month in range(1, 10)]


def fact(name, value):
    return {name: dated(system().variables[name], value, MONTH)}


def test_facts_of_a_case_are_of_their_month_of_always_or_of_the_months_they_came_by():
    assert fact("wage_income", 500) == {"wage_income": {MONTH: 500}}
    assert fact("birth", "1980-01-01") == {"birth": {"ETERNITY": "1980-01-01"}}
    by_month = {**dict.fromkeys(BEFORE, 100), MONTH: 7}
    assert fact("rigid_expense", by_month) == {"rigid_expense": by_month}
    person = {**fact("monthly_income", 1000), **fact("rigid_expense", by_month), **fact("cremated_on", "2025-01-01")}
    told = {"persons": {"a": person}, "households": {"h": {"applicant": ["a"]}}}
    found = assess(told, MONTH, ["income_of_past_year", "rigid_expense_of_past_year"]).outputs
    assert found == {"income_of_past_year": 12000, "rigid_expense_of_past_year": 1200}
