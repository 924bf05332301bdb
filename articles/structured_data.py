"""What a page says to machines, as schema.org has it: only what is true."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.models import Contributor

# In a script element these would end it, or begin a comment in it.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def person_data(person: Contributor, address: str) -> dict[str, Any] | None:
    """Return a Person for a contributor's page; nothing for somebody made up."""
    if person.is_demo:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": person.name,
        "honorificSuffix": person.credential,
        "description": person.bio,
        "url": address,
    }
    return {name: value for name, value in data.items() if value}


def as_json_ld(data: dict[str, Any] | None) -> SafeString:
    """Return what stands in ``<script type="application/ld+json">``; or nothing."""
    if data is None:
        return SafeString("")
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(text)  # noqa: S308 its three signs that matter are escaped
