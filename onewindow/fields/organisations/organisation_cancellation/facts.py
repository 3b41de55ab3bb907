"""About the organisation, found by its code."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    uscc = forms.CharField(label="本组织的统一社会信用代码", max_length=18, help_text="见登记证书，18位。")
    why = forms.ChoiceField(
        label="注销原因",
        choices=(("done", "完成宗旨"), ("resolution", "自行解散"), ("merged", "分立、合并"), ("other", "其他")),
    )
    liquidated_on = forms.DateField(label="清算结束日期", widget=forms.DateInput(attrs={"type": "date"}))
    debts_settled = YesNoField(label="债权债务都清理完了吗？")
    residual = forms.CharField(
        label="剩余财产的去向",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="须用于公益目的或者捐赠给性质相近的组织。",
    )
