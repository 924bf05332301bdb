"""Editors see what readers say and deal with it; the editor-in-chief may delete it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MODELS = ("helpfulanswer", "mistakereport")
NEW = {
    "Editor": ("view", "change"),
    "Editor-in-chief": ("view", "change", "delete"),
}


def permitted(apps):
    """Yield each group that is there with what it gets; a renamed one keeps its own."""
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=NEW):
        codenames = [f"{verb}_{model}" for verb in NEW[group.name] for model in MODELS]
        yield (
            group,
            permissions.filter(
                content_type__app_label="articles", codename__in=codenames
            ),
        )


def allow(apps, schema_editor):
    """Permissions are made after all migrations, so make ours here first."""
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    for group, permissions in permitted(apps):
        group.permissions.add(*permissions)


def forbid(apps, schema_editor):
    for group, permissions in permitted(apps):
        group.permissions.remove(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0019_reader_feedback"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
