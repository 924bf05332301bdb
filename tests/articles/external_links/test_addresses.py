"""Which addresses may be asked, without asking any."""

import pytest

from articles.external_links.addresses import is_loopback, is_public, target_of

REFUSED = {
    "loopback": "127.0.0.1",
    "loopback elsewhere": "127.255.0.9",
    "loopback six": "::1",
    "unspecified": "0.0.0.0",
    "unspecified six": "::",
    "private ten": "10.1.2.3",
    "private 172": "172.31.255.255",
    "private 192": "192.168.0.1",
    "private six": "fd00::1",
    "shared by a carrier": "100.64.0.1",
    "link-local": "169.254.169.254",
    "link-local six": "fe80::1",
    "link-local with a zone": "fe80::1%eth0",
    "site-local six": "fec0::1",
    "multicast": "224.0.0.1",
    "multicast of global scope": "ff0e::1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "documentation": "192.0.2.1",
    "mapped private": "::ffff:10.0.0.1",
    "mapped public": "::ffff:8.8.8.8",
    "six to four": "2002:0a00:0001::1",
    "teredo": "2001:0:4136:e378::1",
    "NAT64 of private": "64:ff9b::10.0.0.1",
    "NAT64 of loopback": "64:ff9b::127.0.0.1",
}


@pytest.mark.parametrize("address", REFUSED.values(), ids=REFUSED.keys())
def test_not_public_is(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "2606:4700::1", "64:ff9b::8.8.8.8"]
)
def test_public_is(address: str) -> None:
    assert is_public(address)


def test_only_this_machine_is_loopback() -> None:
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("::ffff:127.0.0.1")


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("http://example.org", "http://example.org/"),
        ("HTTPS://Example.ORG:443/A?b=1&c#d", "https://example.org/A?b=1&c"),
        ("http://user:word@example.org:8080/", "http://example.org:8080/"),
        ("http://bücher.example/ü b", "http://xn--bcher-kva.example/%C3%BC%20b"),
        ("http://[2606:4700::1]/a%20b", "http://[2606:4700::1]/a%20b"),
    ],
)
def test_an_address_is_brought_into_one_form(url: str, cleaned: str) -> None:
    assert str(target_of(url)) == cleaned
    assert str(target_of(cleaned)) == cleaned


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "javascript:alert(1)",
        "//example.org/",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "http://a:b/",
        "http://a..b/",
        "http://exa mple.org/",
        "http://a<b/",
        "",
    ],
)
def test_what_cannot_be_asked_has_no_target(url: str) -> None:
    assert target_of(url) is None
