from django.apps import AppConfig


class OtherConfig(AppConfig):
    name = "onewindow.fields.other"
    label = "other"
