"""What the recognition asks: the means of the family, and what this matter adds."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField
from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    income_of_past_year = MoneyField(label="前12个月全家总收入（元）")
    rigid_expense_of_past_year = MoneyField(
        label="前12个月刚性支出（元）", help_text="报销、减免之后自己负担的医疗、教育、康复等支出。"
    )
    expense_kinds = forms.CharField(
        label="支出明细",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每项写明用途、时间、金额。",
    )


class Member(MeansMember):
    pass
