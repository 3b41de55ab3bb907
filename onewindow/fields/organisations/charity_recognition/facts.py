"""About the organisation, found by its code."""

from django import forms

from onewindow.kernel.cases.fields import YesNoField

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    uscc = forms.CharField(label="本组织的统一社会信用代码", max_length=18, help_text="见登记证书，18位。")
    is_nonprofit = YesNoField(label="以开展慈善活动为宗旨，不以营利为目的吗？")
    voted = YesNoField(label="已经理事会（会员大会）表决通过吗？")
    has_bad_record = YesNoField(label="有不得认定的情形（被列入异常、处罚未满等）吗？")
