from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="calendarday",
            name="notice_year",
            field=models.PositiveSmallIntegerField(db_index=True, default=0, verbose_name="哪一年的放假安排"),
            preserve_default=False,
        ),
    ]
