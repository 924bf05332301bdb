import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0023_housekeeping_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewReminder",
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
                ("due_on", models.DateField()),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("60", "60 days before"),
                            ("30", "30 days before"),
                            ("due", "On the day"),
                            ("overdue", "Overdue"),
                        ],
                        max_length=10,
                    ),
                ),
                ("stage_from", models.DateField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="articles.article",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "due_on", "stage_from", "recipient"),
                        name="reviewreminder_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage__in", ["60", "30"]),
                                ("stage_from__lt", models.F("due_on")),
                            ),
                            models.Q(
                                ("stage", "due"), ("stage_from", models.F("due_on"))
                            ),
                            models.Q(
                                ("stage", "overdue"),
                                ("stage_from__gt", models.F("due_on")),
                            ),
                            _connector="OR",
                        ),
                        name="reviewreminder_stage_fits_the_day",
                    ),
                ],
            },
        ),
    ]
