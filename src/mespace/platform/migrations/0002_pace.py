"""How fast people write."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Pace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=40)),
                ("company", models.CharField(max_length=40)),
                ("act", models.CharField(max_length=20)),
                ("level", models.FloatField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["company", "act"], name="pace_of_company")],
                "constraints": [models.UniqueConstraint(fields=("person", "act"), name="pace_of_person_unique")],
            },
        ),
        migrations.RunSQL("ALTER TABLE platform_pace SET UNLOGGED", reverse_sql="ALTER TABLE platform_pace SET LOGGED"),
    ]
