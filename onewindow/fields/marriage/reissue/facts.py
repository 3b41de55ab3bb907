"""Which certificate, and why."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    certificate = forms.ChoiceField(label="补领哪一种", choices=(("marriage", "结婚证"), ("divorce", "离婚证")))
    why = forms.ChoiceField(label="原因", choices=(("lost", "丢失"), ("damaged", "损坏")))
    registered_at = forms.CharField(label="原登记机关", max_length=80, required=False, help_text="记不清可以不填。")
