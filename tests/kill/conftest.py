import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "kill: kills workers while money goes out; the long form is `python -m tests.kill`"
    )
