"""Every page of the admin answers."""

import pytest
from django.test import Client

from tests.articles.factories import make_user
from tests.desk import (
    fill_the_desk,
    fill_the_directory,
    our_models,
    own_pages,
    pages_of,
)

pytestmark = pytest.mark.django_db

FEWEST = 70


def test_every_page_of_the_admin_answers() -> None:
    fill_the_directory()
    pages = own_pages(fill_the_desk()) + pages_of(our_models())
    client = Client()
    client.force_login(make_user(is_superuser=True))

    answers = {address: client.get(address).status_code for address in pages}

    assert len(answers) >= FEWEST
    assert {page: code for page, code in answers.items() if code != 200} == {}
