"""The groups that editors, reviewers, publishers and directory managers belong to."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

WRITE = ["add_article", "change_article", "view_article", "view_revision"]
AROUND = [
    f"{action}_{model}"
    for model in ("contributor", "source", "topic")
    for action in ("add", "change", "view")
]
LOOK_UP = [
    f"view_{model}"
    for model in ("specialization", "organization", "practitioner", "place", "location")
]
READ = [
    "view_article",
    "view_revision",
    "view_contributor",
    "view_source",
    "view_topic",
]
REMOVE = [f"delete_{model}" for model in ("article", "contributor", "source", "topic")]
DIRECTORY = [
    f"{action}_{model}"
    for model in ("specialization", "organization", "practitioner", "place", "location")
    for action in ("add", "change", "view")
] + [
    "view_sourcerelease",
    "view_affiliation",
    "view_practice",
    "view_practitionercount",
]

GROUPS = {
    "Editor": [*WRITE, *AROUND, *LOOK_UP],
    "Medical reviewer": [*READ, *LOOK_UP, "change_article", "review_article"],
    "Publisher": [*READ, *LOOK_UP, "change_article", "publish_article"],
    "Editor-in-chief": [
        *WRITE,
        *AROUND,
        *LOOK_UP,
        *REMOVE,
        "review_article",
        "publish_article",
    ],
    "Directory manager": DIRECTORY,
}


def make_groups(apps, schema_editor):
    """Permissions are made after all migrations, so make ours here first."""
    for label in ("articles", "directory"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = None
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, codenames in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        found = permission_model.objects.filter(
            content_type__app_label__in=["articles", "directory"],
            codename__in=codenames,
        )
        missing = set(codenames) - {permission.codename for permission in found}
        if missing:
            raise LookupError(f"{name}: no permission {', '.join(sorted(missing))}")
        group.permissions.set(found)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0002_published_revision_is_its_own"),
        ("directory", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
