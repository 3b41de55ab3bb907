"""
The same law once more, in plain Python integers and written apart from the formulas and the parameter files, from
the tables of the documents. Where the two differ, one of them is wrong.
"""

from datetime import date

# From 3.13 of the domain notes: first month → yuan, town and country.
STANDARD = [
    ("2009-01", 400, 200), ("2009-04", 430, 230), ("2010-01", None, None), ("2016-01", 705, 540), ("2016-04", 780, 700),
    ("2017-04", 860, 860), ("2018-04", 920, 920), ("2019-04", 980, 980), ("2020-09", 1010, 1010), ("2025-09", 1045, 1045),
]  # fmt: skip
GRANT = [
    ("2016-04", 234, 210), ("2017-04", 258, 258), ("2018-04", 276, 276), ("2019-04", 294, 294), ("2020-09", 303, 303),
    ("2025-09", 314, 314),
]  # fmt: skip


def in_force(table, month, is_urban):
    row = [row for row in table if row[0] <= month][-1]
    return row[1 if is_urban else 2] * 100


def age(birth, month):
    if birth is None:
        return None
    first = date.fromisoformat(f"{month}-01")
    return max(0, first.year - birth.year - ((first.month, first.day) < (birth.month, birth.day)))


def is_counted(person, role, month):
    new = month >= "2021-07"
    if person.get("is_imprisoned") or person.get("is_conscript") or person.get("religious_years_away", 0) >= 3:
        return False
    if new and (person.get("in_compulsory_detox") or person.get("is_declared_missing")):
        return False
    if role in ("applicant", "spouse") or (role == "parents" and not new):
        return True
    years = age(person.get("birth"), month)
    is_minor = years is not None and years < 18
    depends = is_minor or person.get("is_student") or person.get("cannot_live_independently")
    if role == "children" and depends:
        return True
    return bool(person.get("lives_with_household", True) and person.get("has_support_duty", True))


def income(person, month):
    wage = person.get("wage_income", 0)
    if month >= "2021-07":
        wage = max(0, wage - person.get("necessary_work_cost", 0))
    kinds = ("business_net_income", "property_net_income", "transfer_net_income", "other_income")
    pension = 0 if "2021-01" <= month <= "2025-12" else person.get("base_pension", 0)
    return wage + sum(person.get(kind, 0) for kind in kinds) + pension


def deduction(person, month):
    return person.get("rigid_expense", 0) if month >= "2021-07" else 0


def family(persons, household, month):
    """`persons`: [(role, values)]. Gives the outputs that the law gives, in fen."""
    standard = in_force(STANDARD, month, household.get("place_is_urban", True))
    counted = [person for role, person in persons if is_counted(person, role, month)]
    size = len(counted)
    total = max(0, sum(income(person, month) - deduction(person, month) for person in counted))
    disabled = sum(person.get("disability_level", 0) > 0 for _, person in persons)
    cars = max(0, household.get("car_count", 0) - min(household.get("mobility_vehicle_count", 0), disabled))
    homes = household.get("home_count", 0) >= 2 and not household.get("home_area_below_city_average", False)
    things = ("non_residential_property", "study_abroad", "luxury_goods")
    is_hard = cars > 0 or homes or any(household.get(thing, False) for thing in things)
    money = household.get("monetary_property", 0)
    property_ok = not is_hard and money <= 24 * standard * size
    is_dibao = size > 0 and total < standard * size and property_ok
    found = {
        "dibao_standard": standard,
        "counted_household_size": size,
        "counted_income": total,
        "per_capita_income": total // size if size else 0,
        "dibao_property_ok": property_ok,
        "dibao_eligible": is_dibao,
        "dibao_amount": standard * size - total if is_dibao else 0,
    }
    if month >= "2016-04":
        found |= marginal(household, month, standard, size, total, counted, is_dibao, is_hard)
    return found


def marginal(household, month, standard, size, total, counted, is_dibao, is_hard):
    money = household.get("monetary_property", 0) - household.get("illness_home_sale_cash", 0)
    is_marginal = (
        size > 0 and not is_dibao and 2 * total < 3 * standard * size and not is_hard and money <= 36 * standard * size
    )
    has_reason = any(person.get("disability_level", 0) > 0 or person.get("serious_disease") for person in counted)
    amount = in_force(GRANT, month, household.get("place_is_urban", True))
    return {"is_marginal_household": is_marginal, "marginal_grant": amount if is_marginal and has_reason else 0}
