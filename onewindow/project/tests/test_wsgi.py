"""The city's pages and OpenFisca's web API, side by side in one process."""

from typing import Any

import pytest
from werkzeug.test import Client

from onewindow.fields.policy import law
from onewindow.fields.policy.tests.conftest import Hall, files_only, hall, reckoned_at_once
from onewindow.project import wsgi
from onewindow.project.wsgi import application
from onewindow.rules.system import put_in_force

__all__ = ["files_only", "hall", "reckoned_at_once"]
HERE = {"HTTP_HOST": "localhost"}


@pytest.mark.django_db
def test_pages_and_the_web_api_are_both_there() -> None:
    client = Client(application)
    assert "待遇测算" in client.get("/calculator", environ_base=HERE).text
    assert client.get("/openfisca/entities", environ_base=HERE).json
    assert client.get("/openfiscal", environ_base=HERE).status_code == 404


def test_outsiders_read_an_approved_standard_where_no_page_was_opened(
    hall: Hall, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wsgi, "close_old_connections", lambda: None)  # the test's transaction lives in this one
    hall.approved(month="2090-01")
    put_in_force(())
    law._seen, law._looked_at, settings.LAW_SECONDS = 0, law.NEVER, 2
    told = Client(application).get("/openfisca/parameter/standard.unified", environ_base=HERE).json
    assert told["values"]["2090-01-01"] == 108_000
