"""What is asked."""

from django import forms

PREFILL: dict[str, tuple[str, str]] = {}


class Household(forms.Form):
    category = forms.ChoiceField(
        label="优抚类别",
        choices=(
            ("disabled", "伤残军人"),
            ("survivor", "烈属、因公牺牲和病故军人遗属"),
            ("veteran", "在乡复员、参战退役人员"),
        ),
    )
    difficulty = forms.CharField(label="有什么困难", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
