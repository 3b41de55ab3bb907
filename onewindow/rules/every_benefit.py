"""All that the law gives, asked one by one: a figure that has not been loaded refuses one benefit and no other."""

from typing import Any

from onewindow.rules.assess import Assessment, CannotAssess, assess

STATUSES = ("is_marginal_household", "is_rigid_expenditure_household")
SUMS = (
    "dibao_amount", "gradual_exit_amount", "single_person_dibao_amount", "marginal_grant", "tekun_amount",
    "disability_living_subsidy", "disability_care_subsidy", "orphan_allowance", "unattended_child_allowance",
    "old_age_allowance", "home_care_subsidy", "meal_subsidy", "temporary_aid_emergency_cap",
    "temporary_aid_expenditure_amount", "price_linked_subsidy", "rural_year_end_grant", "preferential_living_subsidy",
    "funeral_subsidy", "land_saving_burial_award", "land_saving_basic_service_award", "land_saving_operator_subsidy",
)  # fmt: skip
EVERY_BENEFIT = (*STATUSES, *SUMS)


def every_benefit(situation: Any, month: str) -> dict[str, Assessment | CannotAssess]:
    return {name: _asked(situation, month, name) for name in EVERY_BENEFIT}


def _asked(situation: Any, month: str, name: str) -> Assessment | CannotAssess:
    try:
        return assess(situation, month, [name])
    except CannotAssess as refused:
        return refused
