"""What recognition as marginal asks: the means of the family, member by member."""

from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    pass


class Member(MeansMember):
    pass
