from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_release")]

    operations = [
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status", "open")), fields=["reaction_due_at", "id"], name="ticket_reaction_owed"
            ),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(
                condition=models.Q(("status", "scheduled")), fields=["planned_on", "id"], name="ticket_planned"
            ),
        ),
    ]
