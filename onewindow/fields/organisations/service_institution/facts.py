"""What is registered."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField, YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    name = forms.CharField(label="名称", max_length=60, help_text="已做过名称核查的，填核查过的名称。")
    address = forms.CharField(label="住所", max_length=200)
    purpose = forms.CharField(label="宗旨和业务范围", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    licence = forms.CharField(
        label="执业许可证编号", max_length=60, required=False, help_text="已有执业许可的，审查简化。"
    )
    funds = MoneyField(label="注册资金（活动资金、开办资金或者原始基金，元）")
    sponsor = forms.CharField(
        label="业务主管单位",
        max_length=80,
        required=False,
        help_text="行业协会、科技、公益慈善、城乡社区服务类可以直接登记，不用填。",
    )
    has_charter = YesNoField(label="章程已按示范文本起草并表决吗？")
