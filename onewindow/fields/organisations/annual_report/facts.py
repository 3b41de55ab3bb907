"""About the organisation, found by its code."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    uscc = forms.CharField(label="本组织的统一社会信用代码", max_length=18, help_text="见登记证书，18位。")
    year = forms.IntegerField(label="报告年度", min_value=2000, max_value=2100)
    income = MoneyField(label="本年收入（元）")
    spending = MoneyField(label="本年支出（元）")
    staff = forms.IntegerField(label="专职工作人员数", min_value=0, max_value=1000000)
    activities = forms.CharField(label="开展的主要活动", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
