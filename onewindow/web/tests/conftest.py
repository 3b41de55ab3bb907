from collections.abc import Callable

import pytest
from django.test import Client

from onewindow.kernel.cases.tests.conftest import adapters, city  # noqa: F401 fixtures
from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import Actor


@pytest.fixture
def signed_in() -> Callable[[Actor], Client]:
    def sign(actor: Actor) -> Client:
        client = Client()
        client.force_login(
            Account.objects.get(pk=actor.account_id), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return sign
