"""Let an exclusion constraint compare keys: no two publications overlap."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_directory_manager_deletes_specializations"),
    ]

    operations = [
        BtreeGistExtension(),
    ]
