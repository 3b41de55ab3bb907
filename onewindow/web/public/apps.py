from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "onewindow.web.public"
    label = "public"
