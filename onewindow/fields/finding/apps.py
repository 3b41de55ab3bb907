from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "onewindow.fields.finding"
    label = "finding"
