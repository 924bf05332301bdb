"""The directory manager sees what readers report and deals with it."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

NEW = ["view_errorreport", "change_errorreport"]


def permitted(apps):
    group = apps.get_model("auth", "Group").objects.get(name="Directory manager")
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="directory", codename__in=NEW
    )
    missing = set(NEW) - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"no permission {', '.join(sorted(missing))}")
    return group.permissions, found


def allow(apps, schema_editor):
    """Permissions are made after all migrations, so make ours here first."""
    config = apps.get_app_config("directory")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions, found = permitted(apps)
    permissions.add(*found)


def forbid(apps, schema_editor):
    permissions, found = permitted(apps)
    permissions.remove(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_editors_deal_with_feedback"),
        ("directory", "0016_error_reports"),
    ]

    operations = [migrations.RunPython(allow, forbid)]
