"""What is asked."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    community = forms.CharField(label="社区名称", max_length=80)
    score = forms.IntegerField(label="自评得分", min_value=0, max_value=100)
    satisfaction = forms.IntegerField(label="居民满意度（%）", min_value=0, max_value=100)
