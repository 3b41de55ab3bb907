from django.apps import AppConfig


class ReceptionConfig(AppConfig):
    name = "onewindow.kernel.reception"
    label = "reception"
