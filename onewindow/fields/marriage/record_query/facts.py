"""For what the record is needed."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    purpose = forms.ChoiceField(
        label="查询用途",
        choices=(
            ("house", "房产、贷款"),
            ("court", "诉讼"),
            ("notary", "公证"),
            ("own", "本人留存"),
            ("other", "其他"),
        ),
    )
    period = forms.CharField(label="大约哪一年登记的", max_length=40, required=False)
