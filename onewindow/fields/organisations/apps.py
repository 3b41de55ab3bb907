from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "onewindow.fields.organisations"
    label = "organisations"
