from typing import Any

from django.db import migrations


def explain_what_was_paid(apps: Any, schema_editor: Any) -> None:
    """Payments from before there were lines: each is its month's own sum."""
    items, line = apps.get_model("grants", "PaymentItem"), apps.get_model("grants", "PaymentLine")
    old = items.objects.filter(lines=None).values_list("pk", "month", "amount_fen", "grant__law_version")
    line.objects.bulk_create(
        (line(item_id=pk, kind="regular", month=month, amount_fen=fen, law_version=law) for pk, month, fen, law in old),
        batch_size=1_000,
    )


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_life_of_a_grant")]
    operations = [migrations.RunPython(explain_what_was_paid, migrations.RunPython.noop)]
