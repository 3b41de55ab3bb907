from django.apps import AppConfig


class AdoptionConfig(AppConfig):
    name = "onewindow.fields.adoption"
    label = "adoption"
