"""Images: a picture of our own, alone in its paragraph, becomes a figure.

``![An X-ray of a knee](/media/ab/knee.webp "What the caption says")``. No words between
the brackets: the picture only decorates. The address of an uploaded one says how large
it is, and so which variants stand beside it (``articles.images``).
"""

import re
from urllib.parse import unquote

from markdown_it.token import Token

from articles.markdown.desk import Desk
from articles.markdown.links import KINDS
from articles.markdown.words import BREAKS, plain

OWN_PICTURE = re.compile(r"/media/(?:[A-Za-z0-9_-]+/)*[\w-]+\.(?:avif|jpe?g|png|webp)")

UPLOADED = re.compile(
    r"(?P<folder>/media/images/[0-9a-f]{16}/)"
    r"(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3})\.(?:jpg|png|webp)"
)
WIDTHS = (480, 960, 1440)  # of the variants
VARIANT_FORMATS = ("avif", "webp")  # in the order in which a browser chooses
SIZES = "(min-width: 42rem) 38rem, 100vw"  # a column of text, or the whole phone


def variant_widths(width: int) -> list[int]:
    """Return how wide a picture's variants are: its own width last, if none is wider.

    Without that one, a picture 900 pixels wide would be shown blurred, from 480.
    """
    smaller = [each for each in WIDTHS if each < width]
    return [*smaller, width] if width <= WIDTHS[-1] else smaller


def make_figures(tokens: list[Token], desk: Desk) -> None:
    """Make figures of lone images; any other image becomes its words."""
    for index, inline in enumerate(tokens):
        if inline.type != "inline" or not inline.children:
            continue
        if all(child.type != "image" for child in inline.children):
            continue
        around = (tokens[index - 1], tokens[index + 1])
        if _is_alone(inline, around):
            _make_figure(inline, around, desk)
        else:
            message = "A picture stands in a paragraph of its own, with blank lines."
            _replace_by_words(inline, desk, "image-not-alone", message)


def _is_alone(inline: Token, around: tuple[Token, Token]) -> bool:
    children = [
        child
        for child in inline.children or ()
        if child.type not in BREAKS and (child.type != "text" or child.content.strip())
    ]
    return len(children) == 1 and around[0].type == "paragraph_open"


def _make_figure(inline: Token, around: tuple[Token, Token], desk: Desk) -> None:
    image = next(child for child in inline.children or () if child.type == "image")
    address = unquote(str(image.attrs["src"]))
    if not OWN_PICTURE.fullmatch(address):
        _replace_by_words(inline, desk, "image-address", _explain(address))
        return
    around[0].type, around[1].type = "figure_open", "figure_close"
    for token in around:
        token.tag, token.hidden = "figure", False
    caption = str(image.attrs.pop("title", ""))
    image.attrs |= {"src": address, "loading": "lazy", "decoding": "async"}
    inline.children = _with_variants(image, address)
    if caption:
        text = Token("text", "", 0, content=caption)
        opening = Token("figcaption_open", "figcaption", 1)
        inline.children += [opening, text, Token("figcaption_close", "figcaption", -1)]


def _with_variants(image: Token, address: str) -> list[Token]:
    """Let the browser choose a size, and keep the place until the picture is there."""
    uploaded = UPLOADED.fullmatch(address)
    if uploaded is None:
        return [image]
    image.attrs |= {"width": uploaded["width"], "height": uploaded["height"]}
    widths = variant_widths(int(uploaded["width"]))
    sources = [
        Token("source", "source", 0, attrs=_source(uploaded["folder"], widths, name))
        for name in VARIANT_FORMATS
    ]
    opening = Token("picture_open", "picture", 1)
    return [opening, *sources, image, Token("picture_close", "picture", -1)]


def _source(folder: str, widths: list[int], name: str) -> dict[str, str | int | float]:
    files = (f"{folder}{width}w.{name} {width}w" for width in widths)
    return {"type": f"image/{name}", "srcset": ", ".join(files), "sizes": SIZES}


def _explain(address: str) -> str:
    scheme = address.partition(":")[0]
    if scheme in KINDS:
        return (
            "An image cannot show a page of this site. To link to it, take away the "
            "“!” and write words between the brackets."
        )
    return (
        "Only pictures that were uploaded here can be shown. Upload it with the "
        "picture button; its address begins with /media/."
    )


def _replace_by_words(inline: Token, desk: Desk, code: str, message: str) -> None:
    for child in inline.children or ():
        if child.type == "image":
            address = unquote(str(child.attrs["src"]))
            if not OWN_PICTURE.fullmatch(address):
                code, message = "image-address", _explain(address)
            desk.problem_in(inline, child.meta.get("at", 0), code, message)
            words = " ".join(
                part
                for part in (plain(child.children), str(child.attrs.get("title", "")))
                if part
            )
            child.type, child.content, child.attrs = "text", words, {}
            child.tag, child.children = "", None
