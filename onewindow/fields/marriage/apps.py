from django.apps import AppConfig


class MarriageConfig(AppConfig):
    name = "onewindow.fields.marriage"
    label = "marriage"
