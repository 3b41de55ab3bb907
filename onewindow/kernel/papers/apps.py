from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "onewindow.kernel.papers"
    label = "papers"
