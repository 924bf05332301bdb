"""Who writes, who signs off, who publishes: each group its own step."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WATCH = ["view_publication", "view_signoff", "view_reviewevent"]
NEW = {
    "Editor": WATCH,
    "Medical reviewer": WATCH,
    "Publisher": WATCH,
    "Editor-in-chief": [*WATCH, "record_review"],
}
# Reviewers and publishers act on texts and do not write them.
NO_LONGER = {"Medical reviewer": ["change_article"], "Publisher": ["change_article"]}


def permissions(apps, codenames):
    found = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", codename__in=codenames
    )
    missing = set(codenames) - {permission.codename for permission in found}
    if missing:
        raise LookupError(f"no permission {', '.join(sorted(missing))}")
    return found


def share_out(apps, schema_editor):
    """Permissions are made after all migrations, so make ours here first."""
    config = apps.get_app_config("articles")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    groups = {
        group.name: group for group in apps.get_model("auth", "Group").objects.all()
    }
    for name, codenames in NEW.items():
        if name in groups:
            groups[name].permissions.add(*permissions(apps, codenames))
    for name, codenames in NO_LONGER.items():
        if name in groups:
            groups[name].permissions.remove(*permissions(apps, codenames))


def take_back(apps, schema_editor):
    groups = {
        group.name: group for group in apps.get_model("auth", "Group").objects.all()
    }
    for name, codenames in NEW.items():
        if name in groups:
            groups[name].permissions.remove(*permissions(apps, codenames))
    for name, codenames in NO_LONGER.items():
        if name in groups:
            groups[name].permissions.add(*permissions(apps, codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_source_standing"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["slug"],
                "permissions": [
                    (
                        "publish_article",
                        "Can make a signed text public and withdraw it",
                    ),
                    ("review_article", "Can sign a text off in their own name"),
                    ("record_review", "Can record a medical review that another gave"),
                ],
            },
        ),
        migrations.RunPython(share_out, take_back),
    ]
