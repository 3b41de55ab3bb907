"""INSERT … SELECT: the database copies rows by itself, sealed values as they are. Two hundred thousand are one statement."""

from typing import Any

from django.db import connection, models


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{name} is no column")
    return field.column


def insert_from(model: type[models.Model], rows: models.QuerySet[Any], columns: dict[str, Any]) -> int:
    """`columns`: field of `model` → expression or field name over `rows`. Returns how many rows were made."""
    chosen = rows.order_by().values_list(
        *(models.F(each) if isinstance(each, str) else each for each in columns.values())
    )
    select, params = chosen.query.sql_with_params()
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(_column(model, name)) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(" ".join(("INSERT INTO", quoted(model._meta.db_table), "(" + names + ")", select)), params)
        return int(cursor.rowcount)
