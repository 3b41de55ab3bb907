from django.apps import AppConfig


class FuneralsConfig(AppConfig):
    name = "onewindow.fields.funerals"
    label = "funerals"
