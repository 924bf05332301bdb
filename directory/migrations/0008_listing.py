import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0007_practitioner_sort_key_collation")]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "practitioner",
                        "specialization",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.SmallIntegerField()),
                ("state", models.CharField(db_collation="C", max_length=2)),
                ("zip_code", models.CharField(db_collation="C", max_length=5)),
                ("sort_key", models.CharField(db_collation="C", max_length=200)),
                ("npi", models.CharField(db_collation="C", max_length=10)),
                (
                    "is_own",
                    models.BooleanField(
                        help_text="The files name this specialization, not one below it."
                    ),
                ),
                ("is_demo", models.BooleanField()),
                ("is_physician", models.BooleanField()),
                ("has_telehealth", models.BooleanField(null=True)),
                ("is_at_teaching_hospital", models.BooleanField(null=True)),
                ("first_in_country", models.BooleanField()),
                ("first_in_state", models.BooleanField()),
                ("first_in_place", models.BooleanField()),
                ("first_in_zip", models.BooleanField()),
                (
                    "ties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField()
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.place",
                    ),
                ),
                (
                    "practitioner",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.practitioner",
                    ),
                ),
                (
                    "specialization",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.specialization",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_key", "npi", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("first_in_country", True)),
                        fields=["specialization", "sort_key", "npi"],
                        name="listing_country",
                    ),
                    models.Index(
                        condition=models.Q(("first_in_state", True)),
                        fields=["specialization", "state", "sort_key", "npi"],
                        name="listing_state",
                    ),
                    models.Index(
                        condition=models.Q(("first_in_place", True)),
                        fields=["specialization", "place", "sort_key", "npi"],
                        name="listing_place",
                    ),
                    models.Index(
                        condition=models.Q(("first_in_zip", True)),
                        fields=["specialization", "zip_code", "sort_key", "npi"],
                        name="listing_zip",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["ties"], name="listing_ties"
                    ),
                ],
            },
        ),
    ]
