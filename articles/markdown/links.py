"""Where a link may lead: other sites, a place on the page, or our own ``kind:key``.

Everything else is refused with what to write instead. Whether the target of a
``kind:key`` exists is asked elsewhere; here its form is checked.
"""

import difflib
import json
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"


@dataclass(frozen=True)
class Kind:
    """What the key of a kind looks like, as a pattern and in words."""

    key: re.Pattern[str]
    words: str


KINDS = {
    "article": Kind(
        re.compile(SLUG), "the guide's short name, for example article:knee-replacement"
    ),
    "specialization": Kind(
        re.compile(SLUG), "its short name, for example specialization:cardiology"
    ),
    "doctors": Kind(
        re.compile(rf"{SLUG}(?:/[a-z]{{2}}(?:/{SLUG})?)?"),
        "a specialization, if you like with state and city, for example "
        "doctors:cardiology/tx/houston",
    ),
    "hospital": Kind(
        re.compile(r"[0-9A-Z]{6}"),
        "its six-character number, for example hospital:220071",
    ),
    "doctor": Kind(
        re.compile(r"[0-9]{10}"), "the ten digits of the NPI, as in doctor:9912345678"
    ),
    "page": Kind(
        re.compile(SLUG), "the page's short name, for example page:specializations"
    ),
}
LONGEST_KEY = 200

SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
MAIL = re.compile(r"[^\s@?<>\"]+@[^\s@?<>\"]+(?:\?[^\r\n]*)?")
TELEPHONE = re.compile(r"\+?[0-9][0-9().\-]*(?:;[a-z0-9=.\-]+)*")
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?\.?|\[[0-9A-Fa-f:.]+\]")

# An address of this site -> the kind:key to write; the first that fits.
OWN_ADDRESSES = (
    (re.compile(rf"/articles/({SLUG})(?:\.md)?/?"), "article:{0}"),
    (re.compile(rf"/specializations/({SLUG})/?"), "specialization:{0}"),
    (re.compile(rf"/doctors/({SLUG}(?:/[a-z]{{2}}(?:/{SLUG})?)?)/?"), "doctors:{0}"),
    (re.compile(r"/hospital/([0-9A-Z]{6})(?:/[^/]*)?/?"), "hospital:{0}"),
    (re.compile(r"/doctor/([0-9]{10})(?:/[^/]*)?/?"), "doctor:{0}"),
    (re.compile(rf"/about/({SLUG})/?"), "page:{0}"),
    (re.compile(r"/(articles|specializations|doctors|hospitals|people)/?"), "page:{0}"),
    (re.compile(r"/()"), "page:home"),
)


def own_address_patterns() -> str:
    """Return the table above as JSON: patterns that JavaScript reads as Python does."""
    return json.dumps([[path.pattern, key] for path, key in OWN_ADDRESSES])


@dataclass(frozen=True)
class CrossLink:
    """A link to what this site holds."""

    kind: str
    key: str


@dataclass(frozen=True)
class Outward:
    """A link to another site, a mail address or a telephone number."""

    url: str
    is_site: bool


@dataclass(frozen=True)
class Anchor:
    """A link to a place on the same page."""

    id: str


@dataclass(frozen=True)
class Refused:
    """No link for readers, and why."""

    code: str
    message: str


type Target = CrossLink | Outward | Anchor | Refused


def classify(href: str) -> Target:
    """Return where an address, as the parser normalized it, may lead."""
    if href.startswith("#"):
        return Anchor(unquote(href[1:]))
    found = SCHEME.fullmatch(href)
    if found is None:
        return _refuse_address(href)
    scheme, rest = found[1], found[2]
    if scheme in KINDS:
        return _read_key(scheme, unquote(rest).strip())
    if scheme.lower() in {"http", "https"}:
        return _read_site(f"{scheme.lower()}:{rest}")
    if scheme.lower() == "mailto" and MAIL.fullmatch(unquote(rest)):
        return Outward(f"mailto:{rest}", is_site=False)
    if scheme.lower() == "tel" and TELEPHONE.fullmatch(unquote(rest).replace(" ", "")):
        return Outward(f"tel:{unquote(rest).replace(' ', '')}", is_site=False)
    return _refuse_scheme(scheme, unquote(rest).strip())


def _read_key(kind: str, key: str) -> Target:
    if KINDS[kind].key.fullmatch(key) and len(key) <= LONGEST_KEY:
        return CrossLink(kind, key)
    message = f"After “{kind}:” comes {KINDS[kind].words}."
    if KINDS[kind].key.fullmatch(key.lower()) and key.lower() != key:
        message += f" Write it in small letters: {kind}:{key.lower()[:80]}"
    return Refused("link-key-malformed", message)


def _read_site(href: str) -> Target:
    message = (
        "This address of another site is not complete. It begins with https://, then "
        "the site's name, without user name or password."
    )
    try:
        parts = urlsplit(href)
        port = parts.port
    except ValueError:
        return Refused("link-address-malformed", message)
    name = parts.netloc.rsplit(":", 1)[0] if port else parts.netloc
    if HOST.fullmatch(name.removesuffix(":")):
        return Outward(href, is_site=True)
    return Refused("link-address-malformed", message)


def _refuse_scheme(scheme: str, rest: str) -> Refused:
    known = ", ".join(f"{kind}:" for kind in KINDS)
    lower = scheme.lower()
    if lower in KINDS:
        message = f"Kinds of links are written in small letters: {lower}:{rest[:80]}"
        return Refused("link-kind-unknown", message)
    if lower in {"mailto", "tel"}:
        example = "mailto:office@example.org" if lower == "mailto" else "tel:+15550100"
        message = f"This is not complete. It looks like {example}"
        return Refused("link-address-malformed", message)
    near = difflib.get_close_matches(lower[:40], KINDS, n=1)
    hint = f" Did you mean “{near[0]}:”?" if near else ""
    message = (
        f"A link cannot begin with “{scheme[:40]}:”.{hint} "
        f"Links lead to {known}; or to other "
        "sites with https:, mailto: or tel:."
    )
    return Refused("link-kind-unknown", message)


def _refuse_address(href: str) -> Refused:
    if not href:
        return Refused("link-empty", "This link leads nowhere. Put its target in ( ).")
    path = unquote(href).partition("#")[0].partition("?")[0]
    for pattern, key in OWN_ADDRESSES:
        found = pattern.fullmatch(path)
        if found:
            written = key.format(found[1])
            message = f"Write pages of this site as kind:key. Here: {written}"
            return Refused("link-path", message)
    message = (
        "This is not an address. Links lead to pages of this site, written as kind:key "
        "(for example article:knee-replacement), or to another site with https://."
    )
    return Refused("link-path", message)
