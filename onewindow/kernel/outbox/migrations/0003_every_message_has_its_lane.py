from typing import Any

from django.db import migrations, models


def by_their_channel(apps: Any, _: Any) -> None:
    apps.get_model("outbox", "OutMessage").objects.filter(lane="").update(lane=models.F("channel"))


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_lanes")]

    operations = [
        migrations.RunPython(by_their_channel, migrations.RunPython.noop),
        migrations.AlterField("outmessage", "lane", models.CharField(max_length=80)),
        migrations.AddConstraint(
            "outmessage", models.CheckConstraint(condition=models.Q(("lane", ""), _negated=True), name="outbox_has_lane")
        ),
    ]
