"""Whoever steals the database or the files beside it finds no ID number, phone or account in plain text."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.walk.town import Town


@pytest.mark.django_db
def test_no_full_number_stands_in_any_table(town: Town) -> None:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            text = str(cursor.fetchall())
            found += [f"{table} holds a number in plain" for number in town.numbers if number in text]
    assert not found


@pytest.mark.django_db
def test_no_full_number_stands_in_a_file_but_the_database_s_own(town: Town) -> None:
    """Letters name people and cases; what was handed in is re-encoded; neither carries a number of ours."""
    files = [path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file() and "sqlite3" not in path.name]
    assert files
    assert not [str(path) for path in files if any(number.encode() in path.read_bytes() for number in town.numbers)]
