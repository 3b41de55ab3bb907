from django.apps import AppConfig


class CalendarConfig(AppConfig):
    name = "onewindow.kernel.calendar"
    label = "calendar"
