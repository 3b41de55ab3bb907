"""The forms of the desk that no step declares."""

from django import forms

from onewindow.kernel.cases.models import Suspension
from onewindow.kernel.people.models import Consent


class FindPerson(forms.Form):
    text = forms.CharField(
        label="身份证号、手机号或姓名", max_length=60, help_text="姓名须完整；查询会留下记录，本人可以看到。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(label="查询事由", max_length=200, initial="窗口受理")


class StartForSomebody(forms.Form):
    matter = forms.ChoiceField(label="办理事项")
    mandate = forms.CharField(
        label="委托方式", max_length=200, required=False,
        help_text="本人到场填“本人到场”；他人代办请写明代办人姓名、关系和委托凭据，例如“儿子李明，委托书原件已收”。",
    )  # fmt: skip


class RevealForm(forms.Form):
    reason = forms.CharField(label="查看完整号码的理由", max_length=200, min_length=4)


class SuspendForm(forms.Form):
    kind = forms.ChoiceField(label="中止计时的原因", choices=Suspension.Reason.choices)
    article = forms.CharField(
        label="依据的条款", max_length=120, help_text="例如：最低生活保障审核确认办法第二十二条。"
    )


class ExtendForm(forms.Form):
    working_days = forms.IntegerField(label="延长（工作日）", min_value=1, max_value=15)
    reason = forms.CharField(label="理由", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    article = forms.CharField(label="依据的条款", max_length=120)


class CorrectForm(forms.Form):
    field = forms.ChoiceField(label="更正哪一项")
    value = forms.CharField(label="更正为", max_length=100, help_text="金额填元，是非题填“是”或“否”。")
    reason = forms.CharField(label="依据", max_length=400, help_text="例如：核对报告、入户调查。")


class ReasonOnly(forms.Form):
    reason = forms.CharField(label="理由和依据", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class RecordConsent(forms.Form):
    given_by = forms.ChoiceField(
        label="授权方式",
        choices=[each for each in Consent.GivenBy.choices if each[0] != Consent.GivenBy.SELF],
        widget=forms.RadioSelect,
    )
    signed = forms.BooleanField(label="已核验身份，本人（或监护人）已当面签字")


class DraftRun(forms.Form):
    benefit = forms.ChoiceField(label="项目")
    month = forms.RegexField(
        label="发放月份",
        regex=r"^20\d{2}-(0[1-9]|1[0-2])$",
        error_messages={"invalid": "请按“2026-12”的样式填写月份。"},
    )
