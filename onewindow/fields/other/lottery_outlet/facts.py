"""What is asked."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    site = forms.CharField(label="店址", max_length=200)
    area = forms.IntegerField(label="面积（平方米）", min_value=1, max_value=1000000)
    rent_years = forms.IntegerField(label="租期（年）", min_value=0, max_value=99)
    promises = YesNoField(label="承诺不向未成年人售票、不赊销、不在网上销售、不转代销吗？")
