"""About the organisation, found by its code."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    uscc = forms.CharField(label="本组织的统一社会信用代码", max_length=18, help_text="见登记证书，18位。")
    related = forms.IntegerField(label="有近亲属关系的理事人数", min_value=0, max_value=100)
    council = forms.IntegerField(label="理事总数", min_value=1, max_value=100)
    was_punished = YesNoField(label="最近一年受过行政处罚吗？")
