from django.db import migrations

from onewindow.kernel.audit.append_only import append_only
from onewindow.kernel.grants.guards import guard_payments


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_explain_what_was_paid")]
    operations = [
        append_only("grants_grantturn"),
        append_only("grants_adjustment"),
        append_only("grants_paymentline"),
        append_only("grants_fundentry"),
        guard_payments(),
    ]
