"""What many tests of the directory ask for."""

import pytest
from django.contrib.auth.models import Group, User

from tests.factories import make_specialization


@pytest.fixture
def manager(client):
    user = User.objects.create_user("manager", is_staff=True)
    user.groups.add(Group.objects.get(name="Directory manager"))
    client.force_login(user)
    return client


@pytest.fixture
def cardiology():
    return make_specialization()
