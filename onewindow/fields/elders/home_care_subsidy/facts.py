"""What the voucher asks: the means of the family, and what this matter adds."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField
from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember, supporter_question, whole_number

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    provider_choice = forms.CharField(label="希望由哪家机构服务", max_length=80, required=False)


class Member(MeansMember):
    has_able_supporter_elsewhere = supporter_question()
    assessed_care_level = forms.TypedChoiceField(
        label="照护需求（评估等级）",
        coerce=whole_number,
        choices=((0, "没有评估或者不需要"), (1, "轻度"), (2, "中度"), (3, "重度")),
    )
    is_preferential_person = YesNoField(label="是重点优抚对象吗？", required=False)
    is_childless_elder = YesNoField(label="无子女吗？", required=False)
    only_child_is_over_sixty = YesNoField(label="独生子女且子女已满60周岁吗？", required=False)
    lives_in_institution = YesNoField(label="住在养老机构吗？", required=False)
