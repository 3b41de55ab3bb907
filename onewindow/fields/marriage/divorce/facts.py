"""The agreement's heads, and each side's own will."""

from django import forms

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import IdNumberField, YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    partner_name = forms.CharField(label="对方姓名", max_length=60)
    partner_id_number = IdNumberField(label="对方身份证号")
    married_on = forms.DateField(label="结婚登记日期", widget=forms.DateInput(attrs={"type": "date"}))
    married_in_mainland = YesNoField(label="是在中国内地登记结婚的吗？")
    has_minor_children = YesNoField(label="有未成年子女吗？")
    children_agreed = forms.CharField(
        label="子女抚养怎么约定", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="跟谁生活、抚养费多少、怎样探望。没有未成年子女的不用填。",
    )  # fmt: skip
    property_agreed = forms.CharField(
        label="财产和债务怎么约定", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_married_on(self) -> object:
        day = self.cleaned_data["married_on"]
        if day > today():
            raise forms.ValidationError("结婚登记日期不能晚于今天，请对照结婚证核对。")
        return day


class Member(forms.Form):
    is_voluntary = YesNoField(label="本人自愿离婚吗？")
    is_capable = YesNoField(label="本人具有完全民事行为能力吗？", help_text="能独立处理自己的事情。")
