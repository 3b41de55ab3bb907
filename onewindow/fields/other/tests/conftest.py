from onewindow.kernel.cases.tests.conftest import adapters, city

__all__ = ["adapters", "city"]
