import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# The words of a last name by which somebody is found besides its first: "Smith-Jones"
# under jones and smithjones, "O'Brien" under brien. The letters are those of
# directory/values/sort_keys.py. A prefix stands before each word.
FUNCTION = r"""
    CREATE FUNCTION directory_other_names(last_name text, prefix text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
        SELECT array_to_tsvector(array_agg(DISTINCT prefix || word))
        FROM (
            SELECT replace(replace(replace(replace(translate(lower(
                       regexp_replace(normalize(last_name, NFKD), U&'[\0300-\036F]', '',
                                      'g')), U&'\00F8\0142\0111\00F0\0131', 'olddi'),
                   U&'\00E6', 'ae'), U&'\0153', 'oe'), U&'\00FE', 'th'), U&'\00DF', 'ss')
                   AS plain
        ) AS name,
        LATERAL (
            SELECT regexp_replace(plain, U&'[''.\2019]', '', 'g') AS closed
        ) AS without_marks,
        LATERAL (
            SELECT word, number
            FROM regexp_split_to_table(closed, '[^[:alnum:]]+') WITH ORDINALITY
                AS part (word, number)
            UNION ALL
            SELECT word, number
            FROM regexp_split_to_table(plain, '[^[:alnum:]]+') WITH ORDINALITY
                AS part (word, number)
            UNION ALL
            SELECT regexp_replace(closed, '[^[:alnum:]]+', '', 'g'), 2
        ) AS every_word
        WHERE word <> '' AND number > 1
    $function$
"""
FILL = """
    UPDATE directory_listing
    SET other_names = directory_other_names(last_name, specialization_id || ' ')
    FROM directory_practitioner AS practitioner
    WHERE practitioner.id = practitioner_id
      AND practitioner.last_name ~ '[^[:alpha:]]'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0020_practitioners_can_be_swapped"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION directory_other_names(text, text)"),
        migrations.AddField(
            model_name="listing",
            name="other_names",
            field=django.contrib.postgres.search.SearchVectorField(
                help_text="Further words of the last name, each behind the specialization.",
                null=True,
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("other_names__isnull", False)),
                fastupdate=False,
                fields=["other_names"],
                name="listing_other_names",
            ),
        ),
        migrations.AddIndex(
            model_name="practitioner",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("last_name"),
                    models.Value(""),
                    function="directory_other_names",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                condition=models.Q(
                    ("last_name__regex", "[^[:alpha:]]"), ("retired_at", None)
                ),
                fastupdate=False,
                name="practitioner_other_names",
            ),
        ),
    ]
