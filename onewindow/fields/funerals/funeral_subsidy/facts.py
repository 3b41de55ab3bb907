"""About the one who died: the field names are inputs of the rules, and no member of the case is meant by them."""

from django import forms

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import IdNumberField, YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    deceased_name = forms.CharField(label="逝者姓名", max_length=60)
    deceased_number = IdNumberField(label="逝者身份证号")
    relation = forms.ChoiceField(
        label="您与逝者的关系",
        choices=(("spouse", "配偶"), ("child", "子女"), ("parent", "父母"), ("other", "其他亲属或者单位")),
    )
    has_city_hukou = YesNoField(label="逝者是本市户籍吗？")
    cremated_in_city = YesNoField(label="在本市殡仪馆火化的吗？", help_text="在天铁街道办理的按本市算。")
    cremated_on = forms.DateField(label="火化日期", widget=forms.DateInput(attrs={"type": "date"}))
    has_funeral_allowance_elsewhere = YesNoField(
        label="逝者有其他丧葬补助吗？", help_text="机关事业单位、职工养老、失业、工伤保险的丧葬补助都算。"
    )
    was_tekun = YesNoField(label="逝者生前是特困供养人员吗？")

    def clean_cremated_on(self) -> object:
        day = self.cleaned_data["cremated_on"]
        if day > today():
            raise forms.ValidationError("火化日期不能晚于今天。")
        return day
