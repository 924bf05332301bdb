"""Sign-offs, publications, and what happens to a text on the way to them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_btree_gist"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="author_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    models.F("author"), 0
                ),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="digest",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("title"),
                    models.F("description"),
                    models.F("source"),
                    arg_joiner=" || chr(10) || ",
                    output_field=models.CharField(max_length=64),
                    template="encode(sha256(decode(replace(%(expressions)s, chr(92), chr(92) || chr(92)), 'escape')), 'hex')",
                ),
                output_field=models.CharField(max_length=64),
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="writer_key",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Coalesce(
                    models.F("created_by"), 0
                ),
                output_field=models.BigIntegerField(),
            ),
        ),
        migrations.CreateModel(
            name="Publication",
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
                ("kind", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("sign_off_is_revoked", models.BooleanField(default=False)),
                ("public_from", models.DateTimeField()),
                ("public_until", models.DateTimeField(blank=True, null=True)),
                (
                    "during",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                sign_off_is_revoked=True, then=models.Value("empty")
                            ),
                            default=models.Func(
                                models.F("public_from"),
                                models.F("public_until"),
                                function="tstzrange",
                            ),
                            output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                        ),
                        output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                    ),
                ),
                (
                    "change_note",
                    models.CharField(
                        blank=True,
                        help_text="What readers should know has changed.",
                        max_length=300,
                    ),
                ),
                ("is_correction", models.BooleanField(default=False)),
                (
                    "published_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not ended"),
                            ("replaced", "Another publication follows"),
                            ("cancelled", "Cancelled before it began"),
                            (
                                "gone",
                                "The address says that the guide was withdrawn, and why",
                            ),
                            ("notice", "The text stays readable under a notice"),
                            ("successor", "The address leads to another guide"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Why it was withdrawn; readers see it.",
                        max_length=300,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["article_id", "-public_from", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewEvent",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "Sent for review"),
                            ("changes-asked", "Changes asked for"),
                            ("signed-off", "Signed off"),
                            ("revoked", "Sign-off revoked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "who",
                    models.CharField(
                        blank=True,
                        help_text="Who acted, as known at that time.",
                        max_length=200,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "is_wording_only",
                    models.BooleanField(
                        default=False,
                        help_text="The meaning is the same as in the signed text.",
                    ),
                ),
            ],
            options={
                "ordering": ["revision_id", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
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
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text signed.", max_length=64
                    ),
                ),
                ("author_key", models.BigIntegerField()),
                ("writer_key", models.BigIntegerField()),
                (
                    "credential",
                    models.CharField(
                        help_text="What the reviewer was trained in on that day.",
                        max_length=120,
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        default="Medical content of the whole text", max_length=200
                    ),
                ),
                ("signed_on", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("desk", "At the desk"),
                            ("link", "By a link sent to the reviewer"),
                            ("file", "From a file that the operator vouched for"),
                        ],
                        default="desk",
                        max_length=10,
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_because", models.TextField(blank=True)),
                (
                    "is_revoked",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("revoked_at__isnull", False)),
                        output_field=models.BooleanField(),
                    ),
                ),
            ],
            options={
                "ordering": ["revision_id", "-signed_on", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="publications",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="publications",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="succeeds",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="reviewevent",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reviewevent",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="review_events",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="reviewer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sign_offs",
                to="articles.contributor",
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sign_offs",
                to="articles.revision",
            ),
        ),
        migrations.AddField(
            model_name="signoff",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="publication",
            name="sign_off",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="publications",
                to="articles.signoff",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["sent", "changes-asked", "signed-off", "revoked"])
                ),
                name="reviewevent_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["changes-asked", "revoked"]), _negated=True),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="reviewevent_refusal_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_wording_only", False),
                    models.Q(("words", ""), _negated=True),
                    _connector="OR",
                ),
                name="reviewevent_wording_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewer", models.F("author_key")), _negated=True),
                name="signoff_reviewer_is_not_author",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recorded_by", None),
                    models.Q(("recorded_by", models.F("writer_key")), _negated=True),
                    _connector="OR",
                ),
                name="signoff_recorder_is_not_writer",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("credential", ""), _negated=True),
                    models.Q(("scope", ""), _negated=True),
                ),
                name="signoff_words_present",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["desk", "link", "file"])),
                name="signoff_way_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("revoked_at", None), ("revoked_because", "")),
                    models.Q(
                        ("revoked_at__isnull", False),
                        models.Q(("revoked_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="signoff_revocation_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "page"), ("sign_off__isnull", False), _connector="OR"
                ),
                name="publication_health_is_signed_off",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sign_off__isnull", False),
                    ("sign_off_is_revoked", False),
                    _connector="OR",
                ),
                name="publication_only_a_sign_off_is_revoked",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("article", "="), ("during", "&&")],
                name="publication_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None), ("ending", ""), ("public_until", None)
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("public_until__isnull", False),
                        models.Q(("ending", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="publication_end_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ending__in", ["gone", "notice", "successor"]), _negated=True
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="publication_withdrawal_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", "successor"), ("successor__isnull", False)),
                    models.Q(
                        models.Q(("ending", "successor"), _negated=True),
                        ("successor", None),
                    ),
                    _connector="OR",
                ),
                name="publication_successor_paired",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor", None),
                    models.Q(("successor", models.F("article")), _negated=True),
                    _connector="OR",
                ),
                name="publication_successor_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_correction", False),
                    models.Q(("change_note", ""), _negated=True),
                    _connector="OR",
                ),
                name="publication_correction_has_a_note",
            ),
        ),
    ]
