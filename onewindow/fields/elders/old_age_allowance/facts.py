"""What the allowance asks."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    phone_of_family = forms.RegexField(
        label="家属电话", regex=r"^1\d{10}$", required=False, error_messages={"invalid": "请填写11位手机号码。"}
    )


class Member(forms.Form):
    pass
