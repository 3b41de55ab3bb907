"""What tekun asks."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField, YesNoField
from onewindow.kernel.cases.usual_facts import DISABILITY_CATEGORIES, DISABILITY_LEVELS, whole_number

PREFILL: dict[str, tuple[str, str]] = {
    "disability_category": ("DPF", "disability_category"),
    "disability_level": ("DPF", "disability_level"),
    "base_pension": ("HRSS_PENSION", "base_pension"),
}


class Household(forms.Form):
    monetary_property = MoneyField(label="本人存款、理财等合计（元）", help_text="没有填0。")
    car_count = forms.IntegerField(label="汽车（辆）", min_value=0, max_value=20)
    home_count = forms.IntegerField(label="住房（套）", min_value=0, max_value=50)
    support_mode = forms.ChoiceField(
        label="希望怎样供养", choices=(("home", "在家分散供养"), ("institution", "供养服务机构集中供养"))
    )


class Member(forms.Form):
    transfer_net_income = MoneyField(
        label="每月收入（元）", help_text="职工养老金等。城乡居民基础养老金填在下一项。没有填0。"
    )
    base_pension = MoneyField(label="城乡居民基础养老金（元/月）", required=False)
    disability_category = forms.TypedChoiceField(label="残疾类别", coerce=whole_number, choices=DISABILITY_CATEGORIES)
    disability_level = forms.TypedChoiceField(label="残疾等级", coerce=whole_number, choices=DISABILITY_LEVELS)
    has_able_supporter_elsewhere = YesNoField(
        label="有能够履行义务的父母、配偶、子女吗？", help_text="不住在一起的也算。"
    )
    lives_in_institution = YesNoField(label="住在供养服务机构吗？")
    unable_to_eat = YesNoField(label="吃饭需要别人帮助吗？")
    unable_to_dress = YesNoField(label="穿衣需要别人帮助吗？")
    unable_to_get_out_of_bed = YesNoField(label="上下床需要别人帮助吗？")
    unable_to_toilet = YesNoField(label="如厕需要别人帮助吗？")
    unable_to_walk = YesNoField(label="室内行走需要别人帮助吗？")
    unable_to_bathe = YesNoField(label="洗澡需要别人帮助吗？")
