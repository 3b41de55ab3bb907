"""What the two declare. Each sees and signs their own part."""

from django import forms

from onewindow.kernel.cases.fields import IdNumberField, YesNoField

PREFILL: dict[str, tuple[str, str]] = {}
NEVER, DIVORCED, WIDOWED = "never", "divorced", "widowed"


class Household(forms.Form):
    partner_name = forms.CharField(label="对方姓名", max_length=60, help_text="与身份证上的一致。")
    partner_id_number = IdNumberField(label="对方身份证号", help_text="查到对方后，请双方各自填写下面的声明。")
    kind = forms.ChoiceField(
        label="办理类型", choices=(("first", "结婚登记"), ("remarry", "复婚登记"), ("late", "补办结婚登记"))
    )


class Member(forms.Form):
    marital_state = forms.ChoiceField(
        label="现在的婚姻状况", choices=((NEVER, "未婚"), (DIVORCED, "离婚"), (WIDOWED, "丧偶"))
    )
    is_kin = YesNoField(label="与对方是直系血亲或者三代以内旁系血亲吗？", help_text="例如堂、表兄弟姐妹。")
    is_voluntary = YesNoField(label="本人自愿与对方结婚吗？")
    ethnic_group = forms.CharField(label="民族", max_length=20, required=False)
    occupation = forms.CharField(label="职业", max_length=40, required=False)
