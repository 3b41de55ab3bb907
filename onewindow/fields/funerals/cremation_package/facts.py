"""The deceased, and what is ordered."""

from django import forms

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    deceased_name = forms.CharField(label="逝者姓名", max_length=60)
    died_on = forms.DateField(label="去世日期", widget=forms.DateInput(attrs={"type": "date"}))
    relation = forms.ChoiceField(
        label="您与逝者的关系",
        choices=(("spouse", "配偶"), ("child", "子女"), ("parent", "父母"), ("other", "其他亲属或者单位")),
    )
    place_of_body = forms.CharField(label="接运地点", max_length=200)
    takes_package = YesNoField(label="选择3000元套餐吗？")
    relief = forms.ChoiceField(
        label="减免对象", choices=(("none", "不是"), ("dibao", "低保家庭"), ("tekun", "特困人员"))
    )

    def clean_died_on(self) -> object:
        day = self.cleaned_data["died_on"]
        if day > today():
            raise forms.ValidationError("去世日期不能晚于今天。")
        return day
