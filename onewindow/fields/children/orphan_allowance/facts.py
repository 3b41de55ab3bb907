"""What the orphan's allowance asks."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField
from onewindow.kernel.cases.usual_facts import whole_number

PREFILL: dict[str, tuple[str, str]] = {}
CIRCUMSTANCES = (
    ("", "请选择"),
    (0, "没有下列情形"),
    (1, "死亡"),
    (2, "被宣告失踪"),
    (3, "重残"),
    (4, "重病"),
    (5, "服刑在押"),
    (6, "强制隔离戒毒"),
    (7, "被其他措施限制人身自由"),
    (8, "失联"),
    (9, "查找不到"),
)


class Household(forms.Form):
    carer = forms.CharField(label="现在谁照顾孩子", max_length=60)
    school = forms.CharField(label="就读学校", max_length=80, required=False)


class Member(forms.Form):
    father_circumstance = forms.TypedChoiceField(label="父亲的情形", coerce=whole_number, choices=CIRCUMSTANCES)
    mother_circumstance = forms.TypedChoiceField(label="母亲的情形", coerce=whole_number, choices=CIRCUMSTANCES)
    lives_in_institution = YesNoField(label="由儿童福利机构养育吗？")
    chooses_tekun = YesNoField(label="选择改按特困人员供养吗？", help_text="两项只能选一项。")
