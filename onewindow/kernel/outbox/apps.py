from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "onewindow.kernel.outbox"
    label = "outbox"
