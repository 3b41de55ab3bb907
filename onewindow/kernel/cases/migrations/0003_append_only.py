from django.db import migrations

from onewindow.kernel.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_initial")]
    operations = [append_only("cases_caseevent"), append_only("cases_factsheet")]
