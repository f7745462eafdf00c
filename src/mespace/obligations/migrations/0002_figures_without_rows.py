from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obligations", "0001_release")]

    operations = [
        migrations.RemoveIndex(model_name="obligation", name="obligation_by_due"),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["due_at", "id"], include=("kind", "state", "owed_to", "whom_id"), name="obligation_by_due"
            ),
        ),
    ]
