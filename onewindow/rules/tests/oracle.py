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


def is_member(person, role, month):
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


def means(people, month):
    return max(0, sum(income(person, month) - deduction(person, month) for person in people))


def tekun(persons, month, standard, members, has_property):
    """Who of `persons` may be tekun. The family's means are those of all who live together."""
    is_poor = bool(members) and means(members, month) < standard * len(members) and not has_property

    def has_no_income(person):
        pension = 0 if "2021-01" <= month <= "2025-12" else person.get("base_pension", 0)
        return max(0, income(person, month) - pension) < standard and not has_property

    able = [can_support(person, month, is_poor, has_no_income(person)) for _, person in persons]
    return [
        cannot_work(person, month) and has_no_income(person) and sum(able) == own and not person.get("is_imprisoned")
        for own, (_, person) in zip(able, persons, strict=True)
    ]


def is_of_mind(person):
    return person.get("disability_category", 0) in (5, 6)


def can_support(person, month, is_poor, has_no_income):
    years, level = age(person.get("birth"), month), person.get("disability_level", 0)
    unable = ("is_imprisoned", "is_declared_missing", "receives_tekun")
    if any(person.get(flag) for flag in unable) or not person.get("has_support_duty", True):
        return False
    if 1 <= level <= 2 or (level == 3 and is_of_mind(person)):
        return False
    if years is None:
        return True
    return years >= 18 and not (years >= 60 and is_poor) and not (years >= 70 and has_no_income)


def cannot_work(person, month):
    years, kind = age(person.get("birth"), month), person.get("disability_category", 0)
    worst_of_kind = {1: 1, 4: 2, 5: 3, 6: 3}.get(kind, 0)
    young = 18 if person.get("receives_tekun") else 16
    is_old_or_young = years is not None and (years >= 60 or years < young)
    return is_old_or_young or 1 <= person.get("disability_level", 0) <= worst_of_kind


def family(persons, household, month):
    """`persons`: [(role, values)]. Gives the outputs that the law gives, in fen."""
    standard = in_force(STANDARD, month, household.get("place_is_urban", True))
    members = [person for role, person in persons if is_member(person, role, month)]
    is_hard = has_hard_property(persons, household)
    over = is_hard or household.get("monetary_property", 0) > 24 * standard * len(members)
    counted = [person for person in members if not person.get("receives_tekun")]
    size, total = len(counted), means(counted, month)
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
    if month >= "2014-05":
        found_tekun = tekun(persons, month, standard, members, over)
        found["is_tekun"] = {f"p{place}": is_so for place, is_so in enumerate(found_tekun)}
    if month >= "2016-04":
        found |= marginal(household, month, standard, size, total, counted, is_dibao, is_hard)
    return found


def has_hard_property(persons, household):
    disabled = sum(person.get("disability_level", 0) > 0 for _, person in persons)
    cars = max(0, household.get("car_count", 0) - min(household.get("mobility_vehicle_count", 0), disabled))
    homes = household.get("home_count", 0) >= 2 and not household.get("home_area_below_city_average", False)
    things = ("non_residential_property", "study_abroad", "luxury_goods")
    return cars > 0 or homes or any(household.get(thing, False) for thing in things)


def marginal(household, month, standard, size, total, counted, is_dibao, is_hard):
    money = household.get("monetary_property", 0) - household.get("illness_home_sale_cash", 0)
    is_marginal = (
        size > 0 and not is_dibao and 2 * total < 3 * standard * size and not is_hard and money <= 36 * standard * size
    )
    has_reason = any(person.get("disability_level", 0) > 0 or person.get("serious_disease") for person in counted)
    amount = in_force(GRANT, month, household.get("place_is_urban", True))
    return {"is_marginal_household": is_marginal, "marginal_grant": amount if is_marginal and has_reason else 0}
