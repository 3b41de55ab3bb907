from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "onewindow.exchange"
    label = "exchange"

    def ready(self) -> None:
        # What the background worker sends and sweeps registers itself when it is imported, which needs loaded models.
        for each in ("asking", "sending", "paying"):
            import_module(f"onewindow.exchange.{each}")
