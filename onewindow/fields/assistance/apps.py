from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "onewindow.fields.assistance"
    label = "assistance"
