"""What the care subsidy asks."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField
from onewindow.kernel.cases.usual_facts import (
    DISABILITY_CATEGORIES,
    DISABILITY_LEVELS,
    supporter_question,
    whole_number,
)

PREFILL: dict[str, tuple[str, str]] = {
    "disability_category": ("DPF", "disability_category"),
    "disability_level": ("DPF", "disability_level"),
}


class Household(forms.Form):
    pass


class Member(forms.Form):
    has_able_supporter_elsewhere = supporter_question()
    disability_category = forms.TypedChoiceField(label="残疾类别", coerce=whole_number, choices=DISABILITY_CATEGORIES)
    disability_level = forms.TypedChoiceField(label="残疾等级", coerce=whole_number, choices=DISABILITY_LEVELS)
    disability_certificate_expired = YesNoField(label="残疾人证已过期或者注销吗？")
    needs_long_term_care = YesNoField(label="需要6个月以上的长期照护吗？")
    receives_work_injury_nursing_pay = YesNoField(label="领取工伤保险生活护理费吗？")
