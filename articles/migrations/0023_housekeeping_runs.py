import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0022_conflicts_declared_on"),
    ]

    operations = [
        migrations.CreateModel(
            name="HousekeepingRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"ordering": ["-started_at", "-pk"]},
        ),
        migrations.CreateModel(
            name="HousekeepingOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("part", models.CharField(max_length=80)),
                ("has_failed", models.BooleanField(default=False)),
                ("words", models.TextField()),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "run",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="articles.housekeepingrun",
                    ),
                ),
            ],
            options={
                "ordering": ["run_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "part"), name="housekeepingoutcome_part_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="housekeepingoutcome_words_present",
                    ),
                ],
            },
        ),
    ]
