"""What is asked."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    kind = forms.ChoiceField(
        label="类型",
        choices=(("road", "道路街巷"), ("residence", "住宅区"), ("building", "大型建筑物"), ("bridge", "桥梁")),
    )
    name = forms.CharField(label="拟用名称", max_length=30)
    pinyin = forms.CharField(label="罗马字母拼写", max_length=80)
    meaning = forms.CharField(label="名称含义", max_length=200)
    reason = forms.CharField(label="命名、更名的理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
