"""Tests that commit are tidied up by emptying every table, which append-only tables refuse, as they should."""

from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations

_empty = BaseDatabaseOperations.execute_sql_flush


def let_tests_empty_tables() -> None:
    """For the class, not for one connection: under Playwright's event loop Django opens others."""
    BaseDatabaseOperations.execute_sql_flush = _empty_without_triggers


def _empty_without_triggers(operations: Any, statements: list[str]) -> None:
    if operations.connection.vendor == "postgresql":
        # Until the end of the transaction that Django makes around all of them.
        return _empty(operations, ["SET LOCAL session_replication_role = replica", *statements])
    with operations.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    dropped = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
    return _empty(operations, [*dropped, *statements, *(sql for _, sql in triggers)])
