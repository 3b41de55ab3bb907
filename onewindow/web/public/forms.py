"""The forms of the resident's pages that no matter declares."""

from typing import Any

from django import forms

from onewindow.kernel.cases.fields import MoneyField
from onewindow.kernel.catalog.answers import Situation
from onewindow.web.ui.inputs import RatingField


class ThreeQuestions(forms.Form):
    people = forms.IntegerField(label="家里一起生活的有几口人？", min_value=1, max_value=20, help_text="包括您自己。")
    income_fen = MoneyField(label="全家每月收入大约多少元？", help_text="工资、养老金、做小生意等加在一起，大概就行。")
    also = forms.MultipleChoiceField(
        label="有下面的情况吗？（可多选，没有就不选）",
        required=False,
        choices=(
            ("car", "家里有汽车"), ("second_home", "家里有两套或更多住房"), ("savings", "家里有较多存款"),
            ("emergency", "刚遇到火灾、车祸、突发重病等急难"),
        ),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    savings_fen = MoneyField(label="存款大约多少元？", required=False, help_text="选了“较多存款”时填写。")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "savings" in found.get("also", []) and not found.get("savings_fen") and "savings_fen" not in self.errors:
            self.add_error("savings_fen", "请填写存款大约有多少，例如 30000。")
        return found

    def situation(self) -> Situation:
        told = self.cleaned_data
        return Situation(
            people=told["people"],
            income_fen=told["income_fen"],
            savings_fen=(told["savings_fen"] or 0) if "savings" in told["also"] else 0,
            has_car="car" in told["also"],
            has_second_home="second_home" in told["also"],
            has_emergency="emergency" in told["also"],
        )


class AccountForm(forms.Form):
    account = forms.CharField(
        label="收款银行账号", max_length=30, help_text="银行卡正面的号码。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    account_name = forms.CharField(label="户名", max_length=60, help_text="须为申请人或共同生活的家庭成员。")


class ReasonForm(forms.Form):
    """One text that says why: withdrawal, appeal, objection to a check."""

    reason = forms.CharField(label="请说明", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label or self.fields["reason"].label
        self.fields["reason"].help_text = hint


class ObjectionForm(forms.Form):
    text = forms.CharField(
        label="您了解的情况", max_length=1000, min_length=10, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请写清楚哪里不符、您是怎么知道的（至少10个字）。街道会重新调查，并为您保密。",
    )  # fmt: skip
    by_name = forms.CharField(
        label="您的姓名", max_length=60, required=False, help_text="实名反映必有答复；也可以不填。"
    )
    by_phone = forms.CharField(label="联系电话", max_length=20, required=False)


class RatingForm(forms.Form):
    stars = RatingField()
    words = forms.CharField(
        label="想对我们说的话", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class StaffLogin(forms.Form):
    username = forms.CharField(
        label="用户名", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="密码", max_length=128, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
