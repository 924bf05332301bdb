"""A filled pattern is what ``reverse()`` would have said."""

import pytest
from django.urls import reverse, set_script_prefix

from directory.addresses import address, telephone_address

ADDRESSES = [
    ("directory:doctor", "9912345678", "ada-example"),
    ("directory:hospital", "45000X", "a-hospital"),
    ("directory:doctors", "cardiology"),
    ("directory:doctors", "cardiology", "ny"),
    ("directory:doctors", "cardiology", "ny", "new-york"),
    ("directory:specialization", "cardiology"),
    ("articles:article", "a-guide"),
    ("articles:page", "privacy"),
]


@pytest.mark.parametrize("parts", ADDRESSES, ids=" ".join)
def test_the_address_is_the_one_that_reverse_gives(parts: tuple[str, ...]) -> None:
    name, *values = parts

    assert address(name, *values) == reverse(name, args=values)


@pytest.mark.parametrize(
    ("phone", "link"),
    [
        ("(555) 555-0100", "tel:(555)555-0100"),
        ("(555) 555-0100 x12", "tel:(555)555-0100;ext=12"),
        ("555-0100 ext. 5", "tel:555-0100;ext=5"),
        ("555 0100, Ext 5", "tel:5550100;ext=5"),
        ("1-800-FLOWERS", "tel:1-800-FLOWERS"),
    ],
)
def test_a_telephone_link_calls_an_extension_as_one(phone: str, link: str) -> None:
    assert telephone_address(phone) == link


def test_a_site_below_a_folder_keeps_its_prefix() -> None:
    set_script_prefix("/below/")
    try:
        assert address("articles:article", "a") == "/below/articles/a/"
    finally:
        set_script_prefix("/")
