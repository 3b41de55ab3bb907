"""What is asked."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    level = forms.ChoiceField(
        label="级别", choices=(("assistant", "助理社会工作师"), ("worker", "社会工作师"), ("senior", "高级社会工作师"))
    )
    certificate_no = forms.CharField(label="证书编号", max_length=40)
    employer = forms.CharField(label="工作单位", max_length=80)
    is_renewal = YesNoField(label="是再登记吗？")
    hours = forms.IntegerField(label="三年内继续教育学时", min_value=0, max_value=2000, required=False)
