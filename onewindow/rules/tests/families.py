"""Families drawn by Hypothesis, near the edges where the law decides, and as situations in OpenFisca's format."""

from datetime import date

from hypothesis import strategies as st

from onewindow.rules.tests.oracle import STANDARD, in_force

MONTHS = (
    "2009-01", "2009-03", "2009-04", "2009-12", "2016-01", "2016-03", "2016-04", "2017-03", "2017-04", "2018-04",
    "2019-05", "2020-08", "2020-09", "2020-12", "2021-01", "2021-06", "2021-07", "2022-11", "2025-08", "2025-09",
    "2025-12", "2026-01", "2026-02", "2026-11",
)  # fmt: skip
months = st.sampled_from(MONTHS)
fen = st.one_of(st.just(0), st.integers(0, 400_000), st.integers(0, 10**12))
net = st.one_of(fen, fen.map(lambda amount: -amount))
rarely = st.integers(0, 5).map(lambda drawn: drawn == 0)


@st.composite
def persons(draw, month):
    last = date.fromisoformat(f"{month}-28")
    values = {
        "birth": draw(st.none() | st.dates(date(1920, 1, 1), last)),
        "wage_income": draw(fen),
        "necessary_work_cost": draw(fen),
        "business_net_income": draw(net),
        "property_net_income": draw(net),
        "transfer_net_income": draw(net),
        "other_income": draw(fen),
        "base_pension": draw(fen),
        "rigid_expense": draw(fen),
        "disability_level": draw(st.integers(0, 4)),
        "disability_category": draw(st.integers(0, 7)),
        "religious_years_away": draw(st.sampled_from([0, 0, 0, 2, 3])),
        "lives_with_household": not draw(rarely),
        "has_support_duty": not draw(rarely),
    }
    flags = (
        "is_imprisoned", "is_conscript", "in_compulsory_detox", "is_declared_missing", "is_student",
        "cannot_live_independently", "serious_disease", "receives_tekun",
    )  # fmt: skip
    values |= {flag: draw(rarely) for flag in flags}
    return {name: value for name, value in values.items() if value is not None}


@st.composite
def families(draw, month):
    roles = ["applicant", *draw(st.lists(st.sampled_from(["spouse", "children", "parents", "others"]), max_size=5))]
    roles = [role for place, role in enumerate(roles) if role != "spouse" or "spouse" not in roles[:place]]
    is_urban = draw(st.booleans())
    near_cap = in_force(STANDARD, month, is_urban) * draw(st.sampled_from([24, 36])) * len(roles)
    household = {
        "place_is_urban": is_urban,
        "monetary_property": draw(st.one_of(fen, st.integers(-1, 1).map(lambda step: max(0, near_cap + step)))),
        "illness_home_sale_cash": draw(fen),
        "car_count": draw(st.sampled_from([0, 0, 0, 1, 2])),
        "mobility_vehicle_count": draw(st.sampled_from([0, 0, 1])),
        "home_count": draw(st.sampled_from([0, 1, 1, 2])),
        "home_area_below_city_average": draw(rarely),
        "non_residential_property": draw(rarely),
        "study_abroad": draw(rarely),
        "luxury_goods": draw(rarely),
    }
    return [(role, draw(persons(month))) for role in roles], household


@st.composite
def poor_families(draw, month):
    """Nobody left out, no property, one income around the standard: where a fen decides."""
    size = draw(st.integers(1, 7))
    limit = in_force(STANDARD, month, True) * size
    around = st.one_of(st.integers(0, 2 * limit), st.integers(-2, 2).map(lambda step: limit + step))
    people = [("applicant", {"wage_income": draw(around)}), *[("others", {})] * (size - 1)]
    return people, {"place_is_urban": True}


def situation(people, household, month):
    keys = {f"p{place}": values for place, (_, values) in enumerate(people)}
    roles = {}
    for place, (role, _) in enumerate(people):
        roles.setdefault(role, []).append(f"p{place}")
    shown = {key: {name: _dated(name, value, month) for name, value in values.items()} for key, values in keys.items()}
    return {
        "persons": shown,
        "households": {"h": {**roles, **{name: {month: value} for name, value in household.items()}}},
    }


def _dated(name, value, month):
    return {"ETERNITY": value.isoformat()} if name == "birth" else {month: value}
