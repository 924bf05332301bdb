"""Who answers for guides or for the directory sees what the timed work did."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

SEES = ["view_housekeepingrun", "view_reviewreminder"]
GROUPS = {
    "Editor-in-chief": SEES,
    "Publisher": SEES,
    "Directory manager": ["view_housekeepingrun"],
}


def permitted(apps):
    """Yield each group that is there with what it gets; a renamed one keeps its own."""
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        yield (
            group,
            permissions.filter(
                content_type__app_label="articles", codename__in=GROUPS[group.name]
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
        ("articles", "0025_invitations_without_address"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
