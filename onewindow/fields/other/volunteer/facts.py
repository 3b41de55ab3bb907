"""What is asked."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    skills = forms.CharField(label="特长", max_length=100, required=False)
    service = forms.ChoiceField(
        label="愿意服务的方面",
        choices=(
            ("elders", "敬老助老"),
            ("children", "关爱儿童"),
            ("disabled", "助残"),
            ("community", "社区服务"),
            ("emergency", "应急救援"),
        ),
    )
    hours = forms.IntegerField(label="申请证明的服务时长（小时，首次注册填0）", min_value=0, max_value=100000)
