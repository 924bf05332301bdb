"""Which addresses of the web may be asked; pure.

A text can hold any address, and a server can redirect to any: only what the public
internet reaches may be asked, or the checker would be a door into our own network.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PORTS = {"http": 80, "https": 443}
# What may stand unescaped in a path or a query; "%" keeps what is escaped already.
KEPT = "%/:=&?~+!$,;'@()*[]"
HOST = re.compile(r"[a-z0-9._:-]+")
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1"))
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True)
class Target:
    """A web address in its parts: ASCII only, no user, password or fragment."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port: the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def target_of(url: str) -> Target | None:
    """Return an http or https address in its parts, or None where it is malformed."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:  # UnicodeError, for a host that IDNA refuses, is one
        return None
    if parts.scheme not in PORTS or not HOST.fullmatch(host):
        return None
    path = quote(parts.path or "/", safe=KEPT)
    query = f"?{quote(parts.query, safe=KEPT)}" if parts.query else ""
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path + query)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Loopback, private, shared, link-local, multicast, reserved and unspecified ones
    are not, nor IPv6 addresses that carry an IPv4 one in disguise. NAT64 counts as
    the IPv4 address inside: some networks reach the whole IPv4 internet by it.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.ipv4_mapped or ip.sixtofour or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def is_loopback(address: str) -> bool:
    """Whether an IP address is this machine itself, and not in disguise."""
    return any(ipaddress.ip_address(address) in network for network in LOOPBACK)
