"""What this aid asks: the means of the family, and what this matter adds."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField
from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    income_of_past_year = MoneyField(label="前12个月全家总收入（元）")
    necessary_expense = MoneyField(label="必需支出总额（元）")
    expense_paid_by_insurance = MoneyField(label="其中医保、保险已支付（元）")
    expense_met_by_other_aid = MoneyField(label="其中其他救助、捐助已解决（元）")
    requested_aid = MoneyField(label="希望得到的救助金额（元）")
    event = forms.CharField(label="事由和用途", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class Member(MeansMember):
    pass
