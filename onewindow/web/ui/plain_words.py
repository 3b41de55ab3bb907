"""Django's own complaints about a field, in words that say what to do. Before any form is declared: see INSTALLED_APPS."""

from django import forms

PLAIN_WORDS: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {"required": "请填写这一项。"},
    forms.ChoiceField: {"required": "请选择一项。", "invalid_choice": "请从列出的选项中选择。"},
    forms.BooleanField: {"required": "请先勾选这一项。"},
    forms.FileField: {"required": "请选择文件。", "empty": "这个文件是空的，请换一个。", "missing": "请选择文件。"},
    forms.DateField: {"invalid": "请按年-月-日填写日期，例如 1958-03-21。"},
    forms.IntegerField: {"invalid": "请填写整数，例如 2。"},
}


def speak_plainly() -> None:
    for field, words in PLAIN_WORDS.items():
        field.default_error_messages = {**field.default_error_messages, **words}
