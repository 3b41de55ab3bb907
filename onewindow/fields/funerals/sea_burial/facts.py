"""Who, and in which session."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    deceased_name = forms.CharField(label="逝者姓名", max_length=60)
    session_on = forms.DateField(label="希望参加的场次日期", widget=forms.DateInput(attrs={"type": "date"}))
    participants = forms.IntegerField(label="参加的亲属人数", min_value=1, max_value=10)
    mode = forms.ChoiceField(label="安葬方式", choices=(("sea", "撒海"), ("tree", "树葬"), ("lawn", "草坪葬")))
