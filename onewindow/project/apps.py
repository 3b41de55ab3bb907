from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "onewindow.project"
    label = "project"

    def ready(self) -> None:
        # Models must be loaded before the adapters that import them.
        from onewindow.project.wiring import plug

        plug()
