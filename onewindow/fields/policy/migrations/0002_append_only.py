from django.db import migrations

from onewindow.kernel.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]
    operations = [append_only("policy_lawchange"), append_only("policy_proposalnote")]
