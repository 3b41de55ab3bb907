"""What emergency relief asks: as little as can be, the rest follows within ten working days."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    event_type = forms.ChoiceField(
        label="遇到了什么急难",
        choices=(
            ("", "请选择"), ("fire", "火灾"), ("traffic", "交通事故"), ("injury", "意外伤害"),
            ("sudden_illness", "突发重病"), ("lost", "流落街头、财物丢失"), ("other", "其他"),
        ),
    )  # fmt: skip
    happened_on = forms.DateField(label="发生日期", widget=forms.DateInput(attrs={"type": "date"}))
    description = forms.CharField(
        label="情况说明",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="发生了什么、现在最缺什么。",
    )
    emergency_persons = forms.IntegerField(label="需要救助的人数", min_value=1, max_value=20)
    difficulty_grade = forms.TypedChoiceField(
        label="困难程度",
        coerce=int,
        choices=(("", "请选择"), (1, "一时困难（约1个月）"), (2, "较重（约2个月）"), (3, "严重（约3个月）")),
        help_text="分级为示例，以街道核实为准。",
    )
    requested_aid = MoneyField(label="希望得到的救助金额（元）", help_text="街道按规定标准核定。")
