"""Migration operations: what was frozen stays as it was frozen, also for somebody who types SQL."""

from typing import Any

from django.db import migrations

Trigger = tuple[str, str, str, str]
ITEM, RUN = "grants_paymentitem", "grants_paymentrun"
ITEM_KEPT = ("run_id", "grant_id", "month", "attempt", "key", "amount_fen", "account", "account_name")
RUN_KEPT = ("month", "benefit", "place_id", "serial", "count", "total_fen", "digest", "drafted_by_id")
SETTLED = "('paid', 'returned', 'cancelled')"


def _differs(columns: tuple[str, ...], word: str) -> str:
    return "(" + " OR ".join(" ".join(("OLD." + name, word, "NEW." + name)) for name in columns) + ")"


def _triggers(word: str) -> list[Trigger]:
    """Name, table, event, condition."""
    return [
        ("item_content_kept", ITEM, "UPDATE", _differs(ITEM_KEPT, word)),
        ("item_end_kept", ITEM, "UPDATE", "OLD.state IN " + SETTLED + " AND " + _differs(("state",), word)),
        ("item_not_deleted", ITEM, "DELETE", "1 = 1"),
        ("run_content_kept", RUN, "UPDATE", "OLD.digest <> '' AND " + _differs(RUN_KEPT, word)),
        (
            "run_approval_kept",
            RUN,
            "UPDATE",
            "OLD.approved_by_id IS NOT NULL AND " + _differs(("approved_by_id",), word),
        ),
        ("run_end_kept", RUN, "UPDATE", "OLD.state IN ('closed', 'cancelled') AND " + _differs(("state",), word)),
        ("run_not_deleted", RUN, "DELETE", "1 = 1"),
    ]


LATE_SQLITE = """
CREATE TRIGGER item_not_added BEFORE INSERT ON grants_paymentitem
WHEN (SELECT digest FROM grants_paymentrun WHERE id = NEW.run_id) <> ''
BEGIN SELECT RAISE(ABORT, 'grants_paymentitem: the run is frozen'); END
"""
LATE_FUNCTION = """
CREATE OR REPLACE FUNCTION onewindow_run_is_frozen() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM made JOIN grants_paymentrun r ON r.id = made.run_id WHERE r.digest <> '') THEN
        RAISE EXCEPTION 'grants_paymentitem: the run is frozen';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql
"""
LATE_POSTGRESQL = """
CREATE TRIGGER item_not_added AFTER INSERT ON grants_paymentitem REFERENCING NEW TABLE AS made
FOR EACH STATEMENT EXECUTE FUNCTION onewindow_run_is_frozen()
"""


def _guard(apps: Any, schema_editor: Any) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, condition in _triggers("IS DISTINCT FROM" if is_postgresql else "IS NOT"):
        head = " ".join(("CREATE TRIGGER", name, "BEFORE", event, "ON", table, "FOR EACH ROW WHEN (" + condition + ")"))
        if is_postgresql:
            schema_editor.execute(head + " EXECUTE FUNCTION onewindow_append_only()", None)
        else:
            schema_editor.execute(head + " BEGIN SELECT RAISE(ABORT, '" + table + " is frozen'); END", None)
    for statement in (LATE_FUNCTION, LATE_POSTGRESQL) if is_postgresql else (LATE_SQLITE,):
        schema_editor.execute(statement, None)
    if is_postgresql:
        for table in (ITEM, RUN):
            rest = "BEFORE TRUNCATE ON " + table + " EXECUTE FUNCTION onewindow_append_only()"
            schema_editor.execute("CREATE TRIGGER " + table + "_whole " + rest, None)


def guard_payments() -> migrations.RunPython:
    return migrations.RunPython(_guard, migrations.RunPython.noop)
