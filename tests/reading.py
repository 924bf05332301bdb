"""What a reader gets at an address."""

import re

from django.test import Client


def read(client: Client, address: str, status: int = 200) -> str:
    """Return a page's HTML."""
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def words(html: str) -> str:
    """Return the text of some HTML in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def leads_to(client: Client, address: str) -> str:
    """Return where one redirect leads, which must be a page and no other redirect."""
    response = client.get(address)
    assert response.status_code == 301, address
    target = response.headers["Location"]
    assert client.get(target).status_code == 200
    return target
