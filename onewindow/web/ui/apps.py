from django.apps import AppConfig

from onewindow.web.ui.plain_words import speak_plainly


class UiConfig(AppConfig):
    name = "onewindow.web.ui"
    label = "ui"

    def ready(self) -> None:
        speak_plainly()
