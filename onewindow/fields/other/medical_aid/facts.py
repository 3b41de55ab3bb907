"""What is asked."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    hospital = forms.CharField(label="就诊医院", max_length=80)
    expense = MoneyField(label="总费用（元）")
    self_paid = MoneyField(label="自己负担的部分（元）")
    group = forms.ChoiceField(
        label="人员类别",
        choices=(
            ("dibao", "低保"),
            ("tekun", "特困"),
            ("marginal", "低保边缘"),
            ("rigid", "刚性支出困难"),
            ("other", "其他"),
        ),
    )
