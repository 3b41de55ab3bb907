"""Form fields of facts and records. Values are JSON-able and named as the rules' inputs."""

from decimal import Decimal, InvalidOperation, Overflow
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onewindow.kernel.people.identity import IdNumber, InvalidIdNumber

MAX_FEN = 10**12
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，￥", "0123456789.,¥")


def fen_from_text(text: str) -> int:
    """Whole fen from what somebody typed ("1,234.5", "1234元"). Raises ValidationError; nothing is rounded."""
    plain = text.translate(FULL_WIDTH).strip().removeprefix("¥").removesuffix("元").replace(",", "").strip()
    try:
        fen = Decimal(plain) * 100
    except (InvalidOperation, Overflow):
        raise ValidationError("请填写金额，例如 1200 或 1200.50。", code="money") from None
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValidationError("金额最多到分（两位小数）。", code="money")
    if fen < 0:
        raise ValidationError("金额不能小于0。", code="money")
    if fen > MAX_FEN:
        raise ValidationError("金额过大，请核对单位是否为元。", code="money")
    return int(fen)


def yuan_text(fen: int) -> str:
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


class MoneyInput(forms.TextInput):
    template_name = "django/forms/widgets/text.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "data-money": "", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return yuan_text(value).replace(",", "") if isinstance(value, int) else value


class MoneyField(forms.Field):
    """Yuan as typed, whole fen in Python."""

    widget = MoneyInput

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        return fen_from_text(str(value))


class IdNumberField(forms.CharField):
    """Checked as printed on the card; once somebody is found by it, the draft keeps only the masked form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 24, **kwargs})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text or "*" in text:
            return text
        try:
            return IdNumber.parse(text).text
        except InvalidIdNumber as wrong:
            raise ValidationError(str(wrong), code="id_number") from None


class YesNoField(forms.TypedChoiceField):
    """A question that is answered yes or no; silence is not a no."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", (("yes", "是"), ("no", "否")))
        super().__init__(coerce=lambda value: value in ("yes", True, "True"), empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(self.prepare_value(value))

    def to_python(self, value: Any) -> Any:
        return self.prepare_value(value) if value not in self.empty_values else ""
