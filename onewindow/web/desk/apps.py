from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "onewindow.web.desk"
    label = "desk"
