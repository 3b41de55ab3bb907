from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onewindow.kernel.people"
    label = "people"
