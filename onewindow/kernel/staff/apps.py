from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "onewindow.kernel.staff"
    label = "staff"
