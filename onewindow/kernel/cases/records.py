"""What is written down at a step: one form for each kind of record that a matter's steps can name."""

from typing import Any

from django import forms

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import MoneyField, YesNoField
from onewindow.kernel.catalog import Step


class InvalidRecord(Refused):
    """The record can't be kept as it is; `errors` says by field what to do."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("填写的内容有误，请按提示修改。")
        self.errors = errors


class ReasonRecord(forms.Form):
    reason = forms.CharField(
        label="理由和依据", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="将原样写入文书并告知申请人，请写明事实和依据的条款。",
    )  # fmt: skip


class VisitRecord(forms.Form):
    """入户调查 （最低生活保障审核确认办法 a16): two investigators, signed by both sides."""

    visited_on = forms.DateField(label="调查日期", widget=forms.DateInput(attrs={"type": "date"}))
    method = forms.ChoiceField(
        label="调查方式",
        choices=(("at_home", "入户"), ("video", "视频（紧急情况）"), ("phone", "电话（紧急情况）")),
        initial="at_home",
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(
        label="调查情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="住房、生活状况、就业和收入、与申报是否一致。",
    )  # fmt: skip
    agrees = YesNoField(label="与申报情况是否一致")
    signed = forms.BooleanField(label="调查人员和被调查人均已签字", required=True)

    def clean_visited_on(self) -> Any:
        day = self.cleaned_data["visited_on"]
        if day > today():
            raise forms.ValidationError("调查日期不能晚于今天。")
        return day


class OpinionRecord(ReasonRecord):
    reason = forms.CharField(
        label="初审意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明事实、核对结果、计算依据和建议。",
    )  # fmt: skip


class DecisionRecord(ReasonRecord):
    pass


class ReinvestigationRecord(VisitRecord):
    is_upheld = YesNoField(label="异议是否成立")
    answer = forms.CharField(
        label="对异议的答复",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="将告知提出异议的人。",
    )


class AidRecord(ReasonRecord):
    """A sum that the officer chooses, within the cap that the rules give."""

    amount_fen = MoneyField(label="救助金额（元）")
    mode = forms.ChoiceField(
        label="救助方式",
        choices=(("cash", "发放救助金"), ("goods", "发放实物"), ("service", "提供服务或转介")),
        widget=forms.RadioSelect,
        initial="cash",
    )


class AccountRecord(ReasonRecord):
    account = forms.RegexField(
        label="更正后的银行账号", regex=r"^\d{12,24}$", error_messages={"invalid": "银行账号应为12至24位数字，请核对。"}
    )
    account_name = forms.CharField(label="户名", max_length=60, help_text="须为申请人或家庭成员本人的账户。")


class PresenceRecord(ReasonRecord):
    """Both came themselves, were who they say, and signed before the registrar."""

    all_present = forms.BooleanField(label="当事人均亲自到场，身份证件与本人一致", required=True)
    told_rights = forms.BooleanField(label="已告知权利义务并询问，当事人均为自愿", required=True)
    signed_before_me = forms.BooleanField(label="声明由当事人当面签字", required=True)


class RoutingRecord(ReasonRecord):
    sent_to = forms.CharField(label="转往的单位", max_length=80)
    sent_on = forms.DateField(label="转出日期", widget=forms.DateInput(attrs={"type": "date"}))
    their_number = forms.CharField(label="对方的收件编号", max_length=60, required=False)


class ResultRecord(ReasonRecord):
    """What the other department answered, in its words."""

    answered_on = forms.DateField(label="对方办结日期", widget=forms.DateInput(attrs={"type": "date"}))
    answer = forms.CharField(
        label="办理结果", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="将原样告知申请人，请写明金额或处理意见。",
    )  # fmt: skip


RECORDS: dict[str, type[forms.Form]] = {
    "": ReasonRecord,
    "visit": VisitRecord,
    "opinion": OpinionRecord,
    "decision": DecisionRecord,
    "reinvestigation": ReinvestigationRecord,
    "aid": AidRecord,
    "account": AccountRecord,
    "presence": PresenceRecord,
    "routing": RoutingRecord,
    "result": ResultRecord,
}


def record_form(step: Step, data: Any = None, initial: Any = None) -> forms.Form:
    return RECORDS[step.record](data, initial=initial)


def read_record(step: Step, data: Any) -> dict[str, Any]:
    """The cleaned record, JSON-able. Raises InvalidRecord."""
    form = record_form(step, data)
    if not form.is_valid():
        raise InvalidRecord({name: [str(e) for e in errors] for name, errors in form.errors.items()})
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in form.cleaned_data.items()
    }
