from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "onewindow.fields.policy"
    label = "policy"
