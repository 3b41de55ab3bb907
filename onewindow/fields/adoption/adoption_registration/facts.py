"""The adopter's circumstances and the child's."""

from django import forms

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    is_married = YesNoField(label="您已婚吗？")
    spouse_agrees = YesNoField(label="已婚的，配偶共同收养吗？（未婚选是）")
    children = forms.IntegerField(label="现有子女数", min_value=0, max_value=20)
    child_name = forms.CharField(label="被收养人姓名", max_length=60, help_text="不会公示。")
    child_sex = forms.ChoiceField(label="被收养人性别", choices=(("male", "男"), ("female", "女")))
    child_born_on = forms.DateField(label="被收养人出生日期", widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.ChoiceField(
        label="被收养人的情况",
        choices=(
            ("normal", "生父母送养"),
            ("orphan", "孤儿"),
            ("disabled", "残疾儿童"),
            ("institution", "儿童福利机构抚养的孩子"),
            ("relative", "三代以内旁系同辈血亲的子女"),
        ),
    )
    parents_not_found = YesNoField(label="是查找不到生父母的孩子吗？")
    child_agrees = YesNoField(label="孩子满8周岁的，本人同意吗？（未满8周岁选是）")
    has_unfit_illness = YesNoField(label="患有医学上不应当收养子女的疾病吗？")
    has_record = YesNoField(label="有不利于孩子成长的违法犯罪记录吗？")

    def clean_child_born_on(self) -> object:
        day = self.cleaned_data["child_born_on"]
        if day > today():
            raise forms.ValidationError("出生日期不能晚于今天。")
        return day
