from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "onewindow.kernel.papers"
    label = "papers"

    def ready(self) -> None:
        from onewindow.kernel.papers import checks, scanning  # noqa: F401
