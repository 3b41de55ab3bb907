from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onewindow.kernel.papers.letters import issue_letter
from onewindow.kernel.papers.models import Letter
from onewindow.kernel.people.models import Account, Person


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Path) -> Path:
    """Everything that is kept in a test is kept here, and nothing beside it."""
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "store"}}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return tmp_path / "store"


@pytest.fixture
def person(db: None) -> Person:
    return Person.unscoped.create(name="欧阳建国")


@pytest.fixture
def account(person: Person) -> Account:
    return Account.objects.create(username="resident", person=person)


@pytest.fixture
def issue(person: Person, account: Account) -> Callable[..., Letter]:
    def make(kind: str = "withdrawn", content: dict[str, Any] | None = None, **changed: Any) -> Letter:
        given: dict[str, Any] = {
            "kind": kind,
            "template": kind,
            "content": {
                "matter": "最低生活保障",
                "on": date(2026, 11, 25),
                "reason": "家里情况好转",
                **(content or {}),
            },
            "recipient": person,
            "about": "120101001-20261123-0007",
            "series": "津民救",
            "place_name": "天津市和平区劝业场街道办事处",
            "issued_by": account,
            "on": date(2026, 11, 25),
        }
        return issue_letter(**{**given, **changed})

    return make
