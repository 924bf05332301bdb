"""The outgoing links of texts, how they answered, and who may look at them."""

import django.db.models.deletion
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

READERS = ["Editor", "Medical reviewer", "Publisher", "Editor-in-chief"]


def let_groups_look(apps, schema_editor):
    """Permissions are made after all migrations, so make ours here first."""
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="articles", codename="view_externallink"
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=READERS):
        group.permissions.add(permission)


def have_texts_rendered_again(apps, schema_editor):
    """Texts stored before have no rows yet: ``manage.py rerender`` writes them."""
    apps.get_model("articles", "Revision").objects.update(renderer_version=0)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_former_slugs"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExternalLink",
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
                ("url", models.CharField(max_length=2000, verbose_name="address")),
                (
                    "checked_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="last checked"
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=20)),
                (
                    "first_failed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="fails since"
                    ),
                ),
                ("strikes", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "ordering": ["url"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("url",), name="externallink_url_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("url__regex", "^https?://[!-~]+$")),
                        name="externallink_url_format",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strikes__range", (0, 2))),
                        name="externallink_strikes_range",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_failed_at", None), ("strikes", 0)),
                            models.Q(
                                ("first_failed_at__isnull", False), ("strikes__gt", 0)
                            ),
                            _connector="OR",
                        ),
                        name="externallink_failure_paired",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("checked_at", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("checked_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="externallink_check_paired",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalLinkUse",
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
                ("position", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("line", models.PositiveIntegerField()),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="articles.externallink",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="external_links",
                        to="articles.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision_id", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "position"),
                        name="externallinkuse_position_unique",
                    )
                ],
            },
        ),
        migrations.RunPython(have_texts_rendered_again, migrations.RunPython.noop),
        migrations.RunPython(let_groups_look, migrations.RunPython.noop),
    ]
