"""Fields and widgets that pages use beside Django's own; their looks are in templates/django/forms/ and ui/widgets/."""

from typing import Any

from django import forms

RATINGS = ((5, "非常满意"), (4, "满意"), (3, "基本满意"), (2, "不满意"), (1, "非常不满意"))


class RatingInput(forms.RadioSelect):
    template_name = "ui/widgets/rating.html"


class RatingField(forms.TypedChoiceField):
    """好差评: five levels, each with its word."""

    widget = RatingInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "您对这次服务满意吗？")
        kwargs.setdefault("choices", RATINGS)
        super().__init__(coerce=int, **kwargs)


class ChipsInput(forms.RadioSelect):
    """Radio choices side by side, for few and short ones."""

    template_name = "ui/widgets/chips.html"


class PaperInput(forms.FileInput):
    """A photo or a file: the phone offers its camera; large photos are made smaller before they travel."""

    template_name = "ui/widgets/paper.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": "image/jpeg,image/png,application/pdf", "data-photo": "", **(attrs or {})})
