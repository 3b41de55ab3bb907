"""The four parts of a name."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    division = forms.ChoiceField(
        label="行政区划",
        choices=(("天津市", "天津市"), ("天津市和平区", "天津市和平区"), ("天津市南开区", "天津市南开区")),
    )
    word = forms.CharField(label="字号", max_length=20)
    field = forms.CharField(label="行业或者业务领域", max_length=20)
    form = forms.ChoiceField(
        label="组织形式",
        choices=(
            ("协会", "协会"),
            ("学会", "学会"),
            ("商会", "商会"),
            ("中心", "中心"),
            ("院", "院"),
            ("基金会", "基金会"),
        ),
    )
