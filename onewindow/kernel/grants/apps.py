from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "onewindow.kernel.grants"
    label = "grants"
