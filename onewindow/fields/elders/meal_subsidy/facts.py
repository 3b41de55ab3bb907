"""What the canteens' card asks: the means of the family, and what this matter adds."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField
from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    card_mode = forms.ChoiceField(label="用什么就餐", choices=(("card", "社会保障卡"), ("face", "刷脸")))
    diet_note = forms.CharField(label="忌口或者饮食要求", max_length=100, required=False)


class Member(MeansMember):
    is_in_visiting_care_group = YesNoField(label="是探访关爱的老年人吗？", required=False)
    lives_in_institution = YesNoField(label="住在养老机构吗？", required=False)
