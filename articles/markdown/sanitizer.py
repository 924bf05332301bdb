"""The last word on what reaches a page: exact lists of tags, attributes and values.

The writer makes nothing else; this stands between a mistake there and a reader. Every
list is exact, since the sanitizer's own ones strip classes and ids, let any image host
and exotic schemes pass, and add ``rel`` to links within the site.
"""

import re

import nh3

from articles.markdown.blocks import KINDS
from articles.markdown.pictures import SIZES, VARIANT_FORMATS

ANY = re.compile(r".*", re.DOTALL)
ID = re.compile(r"[\w-]+")
ANCHOR = r"#[\w-]+"
NUMBER = re.compile(r"[0-9]{1,9}")
# Writing these is the renderer's work (articles.markdown.links, .pictures); here they
# are told from what could run, load or lead astray.
HREF = re.compile(
    rf"{ANCHOR}|https?://[A-Za-z0-9\[][^\s@\\/?#]*(?:[/?#][^\s\\]*)?"
    r"|mailto:\S+|tel:[0-9+().=;a-z-]+"
)
PICTURE = re.compile(
    r"/media/(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+\.(?:avif|jpe?g|png|webp)"
)

VARIANT = r"/media/images/[0-9a-f]{16}/[0-9]{1,4}w\.(?:avif|webp) [0-9]{1,4}w"


def _only(*values: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(value) for value in values))


TITLE = {"class": _only("block__title"), "id": ID}
ALIGNMENT = _only("align-center", "align-right")

# tag -> attribute -> what its whole value looks like
ALLOWED: dict[str, dict[str, re.Pattern[str]]] = {
    "a": {
        "class": _only("external-link", "footnote-backref"),
        "data-crosslink": NUMBER,
        "href": HREF,
        "id": ID,
        "rel": _only("external"),
        "role": _only("doc-backlink", "doc-noteref"),
        "title": ANY,
    },
    "blockquote": {},
    "br": {},
    "caption": {},
    "code": {},
    "dd": {},
    "div": {
        "aria-label": ANY,
        "aria-labelledby": ID,
        "class": _only("table-scroll", *(f"block block--{name}" for name in KINDS)),
        "role": _only("group"),
        "tabindex": _only("0"),
    },
    "dl": {},
    "dt": {},
    "em": {},
    "figcaption": {},
    "figure": {},
    "h2": TITLE,
    "h3": TITLE,
    "h4": TITLE,
    "h5": TITLE,  # a care card under h4
    "hr": {},
    "img": {
        "alt": ANY,
        "decoding": _only("async"),
        "height": NUMBER,
        "loading": _only("lazy"),
        "src": PICTURE,
        "width": NUMBER,
    },
    "li": {"id": ID},
    "ol": {"start": NUMBER},
    "p": TITLE,
    "picture": {},
    "pre": {"tabindex": _only("0")},
    "section": {
        "aria-labelledby": ID,
        "class": _only("footnotes"),
        "role": _only("doc-endnotes"),
    },
    "source": {
        "sizes": _only(SIZES),
        "srcset": re.compile(rf"{VARIANT}(?:, {VARIANT})*"),
        "type": _only(*(f"image/{name}" for name in VARIANT_FORMATS)),
    },
    "span": {
        "class": _only("visually-hidden"),
        "lang": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    },
    "strong": {},
    "sup": {"class": _only("footnote-ref")},
    "table": {},
    "tbody": {},
    "td": {"class": ALIGNMENT},
    "th": {"class": ALIGNMENT, "scope": _only("col", "row")},
    "thead": {},
    "tr": {},
    "ul": {"role": _only("list")},
}
SCHEMES = {"http", "https", "mailto", "tel"}


# In a preview alone, each block says on which line it begins.
LINE_TAGS = frozenset(
    {"blockquote", "dd", "div", "dt", "figure", "h2", "h3", "h4", "hr", "li", "p", "tr"}
)
ALLOWED |= {tag: ALLOWED[tag] | {"data-line": NUMBER} for tag in LINE_TAGS}


def _keep(tag: str, name: str, value: str) -> str | None:
    pattern = ALLOWED.get(tag, {}).get(name)
    return value if pattern and pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    attributes={tag: set(names) for tag, names in ALLOWED.items()},
    attribute_filter=_keep,
    generic_attribute_prefixes=set(),
    url_schemes=SCHEMES,
    link_rel=None,
)


def sanitize(html: str) -> str:
    """Return HTML in which only what the list above names is left."""
    return _CLEANER.clean(html)
