from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_housekeeping_is_seen"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="grade",
            field=models.FloatField(
                help_text="Years of school; blank: not counted.",
                null=True,
                verbose_name="reading grade",
            ),
        ),
    ]
