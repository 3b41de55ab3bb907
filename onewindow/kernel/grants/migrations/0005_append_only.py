from django.db import migrations

from onewindow.kernel.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("grants", "0004_grant_amounts")]
    operations = [append_only("grants_grantamount")]
