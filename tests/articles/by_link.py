"""A clinician without an account, invited by a link."""

import re

from django.core import mail
from django.test import Client

from articles.models import Revision
from articles.review_links import invite
from tests.articles.factories import make_draft
from tests.reading import words

TEXT = "First words.\n\n## A heading\n\nSee [a guide](article:missing) for more."


def ask_for_review(revision: Revision | None = None, **fields: object) -> str:
    """Invite somebody and return the path of the link in their mail."""
    revision = revision or make_draft("knees", TEXT).latest_revision()
    values = {
        "email": "rae@example.org",
        "name": "Rae Outside",
        "credential": "MD",
        "days": 14,
        "by": None,
        "origin": "https://site.example/",
    }
    invite(revision=revision, **values | fields)
    found = re.search(r"https://site\.example(/review/\S+)", mail.outbox[-1].body)
    return found[1]


def code_by_mail(client: Client, link: str) -> str:
    """Have a code sent and return it."""
    answer = client.post(f"{link}sign/", {"send_code": "1"})
    assert answer.status_code == 302
    return re.search(r"^(\d{6})$", mail.outbox[-1].body, re.MULTILINE)[1]


def signing(code: str, **changed: str) -> dict[str, str]:
    """Return what a reviewer sends to sign off."""
    values = {
        "name": "Rae Outside",
        "credential": "MD, cardiology",
        "scope": "Medical content of the whole text",
        "conflicts": "None.",
        "has_read": "on",
        "has_compared_1": "on",  # where only the wording changed
        "code": code,
    }
    return values | changed


def words_of(answer: object) -> str:
    """Return what a page says, without its markup."""
    return words(answer.content.decode())
