"""Who works at the desk."""

import pytest
from django.test import Client

from tests.articles.factories import make_user


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editor", username="edda"))
    return client
