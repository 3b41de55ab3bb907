from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "onewindow.web.ui"
    label = "ui"
