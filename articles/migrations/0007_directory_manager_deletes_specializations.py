"""Those who keep the tree may take a specialization out of it."""

from django.db import migrations


def permitted(apps):
    group = apps.get_model("auth", "Group").objects.get(name="Directory manager")
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="directory", codename="delete_specialization"
    )
    return group.permissions, permission


def allow(apps, schema_editor):
    permissions, permission = permitted(apps)
    permissions.add(permission)


def forbid(apps, schema_editor):
    permissions, permission = permitted(apps)
    permissions.remove(permission)


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_public_texts_keep_their_targets")]

    operations = [migrations.RunPython(allow, forbid)]
