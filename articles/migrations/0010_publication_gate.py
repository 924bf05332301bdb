"""What no form, command or statement gets past: composite foreign keys.

A publication names the kind of its article, a revision of that article, the digest of
that revision's words and a sign-off of exactly these; a sign-off names who wrote what it
signs. None of it can be changed underneath. A revocation follows into the publication,
whose time in front of readers is then empty. Django declares no composite foreign keys,
so they are written in SQL, and checked at every statement.
"""

from django.db import migrations

# table, name, columns, referenced table, referenced columns, what an update does
KEYS = [
    (
        "publication",
        "publication_kind_of_article",
        "article_id, kind",
        "article",
        "id, kind",
        "",
    ),
    (
        "publication",
        "publication_revision_of_article",
        "revision_id, article_id",
        "revision",
        "id, article_id",
        "",
    ),
    (
        "publication",
        "publication_digest_of_revision",
        "revision_id, digest",
        "revision",
        "id, digest",
        "",
    ),
    (
        "publication",
        "publication_sign_off_of_revision",
        "sign_off_id, revision_id, digest",
        "signoff",
        "id, revision_id, digest",
        "",
    ),
    (
        "publication",
        "publication_sign_off_revoked",
        "sign_off_id, sign_off_is_revoked",
        "signoff",
        "id, is_revoked",
        " ON UPDATE CASCADE",
    ),
    (
        "signoff",
        "signoff_digest_of_revision",
        "revision_id, digest",
        "revision",
        "id, digest",
        "",
    ),
    (
        "signoff",
        "signoff_author_of_revision",
        "revision_id, author_key",
        "revision",
        "id, author_key",
        "",
    ),
    (
        "signoff",
        "signoff_writer_of_revision",
        "revision_id, writer_key",
        "revision",
        "id, writer_key",
        " ON UPDATE CASCADE",
    ),
]

# What a foreign key refers to must be unique; with the key in it, it always is.
REFERENCED = [
    ("article", "article_with_kind", "id, kind"),
    ("revision", "revision_with_digest", "id, digest"),
    ("revision", "revision_with_author", "id, author_key"),
    ("revision", "revision_with_writer", "id, writer_key"),
    ("signoff", "signoff_with_digest", "id, revision_id, digest"),
    ("signoff", "signoff_with_revocation", "id, is_revoked"),
]

ADD = [
    f"ALTER TABLE articles_{table} ADD CONSTRAINT {name} UNIQUE ({columns})"
    for table, name, columns in REFERENCED
] + [
    f"ALTER TABLE articles_{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns})"
    f" REFERENCES articles_{other} ({referenced}){on_update}"
    for table, name, columns, other, referenced, on_update in KEYS
]
DROP = [
    f"ALTER TABLE articles_{table} DROP CONSTRAINT {name}"
    for table, name, *_ in [*KEYS, *REFERENCED]
]


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_sign_offs_and_publications"),
    ]

    operations = [
        migrations.RunSQL(sql=ADD, reverse_sql=DROP),
    ]
