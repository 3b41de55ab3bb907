"""What is asked."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    community = forms.CharField(label="社区名称", max_length=80)
    households = forms.IntegerField(label="户数", min_value=1, max_value=100000)
    area = forms.IntegerField(label="现有面积（平方米）", min_value=0, max_value=1000000)
    origin = forms.ChoiceField(
        label="来源", choices=(("new", "新建"), ("convert", "改造"), ("buy", "购买"), ("share", "共享"))
    )
