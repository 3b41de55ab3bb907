"""About the organisation, found by its code."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    uscc = forms.CharField(label="本组织的统一社会信用代码", max_length=18, help_text="见登记证书，18位。")
    item = forms.ChoiceField(
        label="变更事项", choices=(("name", "名称"), ("address", "住所"), ("purpose", "业务范围和章程"))
    )
    new = forms.CharField(label="变更为", max_length=200)
