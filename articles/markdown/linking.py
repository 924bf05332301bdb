"""Turn link tokens into links a reader can follow, placeholders, or plain words."""

import re

from markdown_it.token import Token

from articles.markdown.desk import Desk
from articles.markdown.links import (
    KINDS,
    Anchor,
    CrossLink,
    Outward,
    Refused,
    Target,
    classify,
)
from articles.markdown.rendered import ExternalLink, Reference
from articles.markdown.words import plain

# Deeper emphasis looks the same, and browsers cap the depth of a page.
DEEPEST_EMPHASIS = 8
LINK_DEPTH = {"link_open": 1, "link_close": -1}
# What is left in the words of a page where Markdown did not read a link or a note.
LEFT_OVER = re.compile(
    rf"\]\(|\] \( ?(?:{'|'.join(KINDS)}|https?|mailto|tel):"
    r"|\[(?P<name>\s?\^[^\[\]\n]{0,80})\]",
    re.IGNORECASE,
)
LINK_UNFINISHED = (
    "Readers see this link as it is written: “[words](address)” needs no blank after "
    "“]” or in the address, a “)”, and no link in its words."
)
NOTE_UNREAD = "The name of a note has no blanks. Write for example [^review]"


def resolve_links(tokens: list[Token], desk: Desk) -> None:
    """Go through running text in order and settle each link, mark and problem."""
    for inline in tokens:
        if inline.type == "inline" and inline.children:
            _resolve_inline(inline, inline.children, desk)


def _resolve_inline(inline: Token, children: list[Token], desk: Desk) -> None:
    link: Token | None = None
    inner_links = 0
    emphasis = 0
    for index, token in enumerate(children):
        if token.type == "link_open" and link is None:
            link = token
            _settle(inline, children, index, desk)
        elif token.type == "link_open":
            inner_links += 1
            token.hidden = True
            message = "A link stands inside the words of another. Take one away."
            desk.problem_in(inline, token.meta["at"], "link-in-link", message)
        elif token.type == "link_close" and inner_links:
            inner_links -= 1
            token.hidden = True
        elif token.type == "link_close" and link is not None:
            token.hidden = link.hidden
            link = None
        elif token.type == "problem":
            meta = token.meta
            desk.problem_in(inline, meta["at"], meta["code"], meta["message"])
        elif token.type == "text":
            _report_left_over(inline, token, desk)
        elif token.type in {"em_open", "strong_open"}:
            emphasis += 1
            token.hidden = emphasis > DEEPEST_EMPHASIS
        elif token.type in {"em_close", "strong_close"}:
            token.hidden = emphasis > DEEPEST_EMPHASIS
            emphasis -= 1


def _report_left_over(inline: Token, text: Token, desk: Desk) -> None:
    """Report a link or a note that readers see as it is written."""
    for found in LEFT_OVER.finditer(text.content):
        name = found["name"]
        if name and name != "^" and " " not in name:
            continue  # it was looked up
        at = inline.content.find(found[0])
        opening = inline.content.rfind("[", 0, at + 1)
        before = (inline.content[:place][-1:] for place in (max(opening, 0), at))
        if at < 0 or "\\" in before:
            continue  # signs with a backslash are meant to be seen
        if name:
            desk.problem_in(inline, at, "note-unread", NOTE_UNREAD)
        else:
            desk.problem_in(inline, at, "link-unfinished", LINK_UNFINISHED)
        return


def _settle(inline: Token, children: list[Token], index: int, desk: Desk) -> None:
    token = children[index]
    at = token.meta.get("at", 0)
    text = words_of_link(children, index)
    href = str(token.attrs.pop("href"))
    title = str(token.attrs.pop("title", ""))
    target = _look_twice(classify(href), token, text, title, desk)
    line, column = desk.locate(inline, at)
    token.attrs = {}
    if isinstance(target, Refused):
        token.hidden = True
        desk.problem(line, column, target.code, target.message)
    elif isinstance(target, CrossLink):
        position = len(desk.references)
        desk.references.append(
            Reference(position, target.kind, target.key, text, line, column)
        )
        token.attrs = {"data-crosslink": str(position)}
    elif isinstance(target, Anchor):
        token.attrs = {"href": f"#{target.id}"}
    else:
        _set_outward(token, target, title)
        desk.external_links.append(ExternalLink(target.url, text, line))


def _set_outward(token: Token, target: Outward, title: str) -> None:
    token.attrs = {"href": target.url}
    if target.is_site:
        token.attrs |= {"class": "external-link", "rel": "external"}
    if title:
        token.attrs["title"] = title


def _look_twice(
    target: Target, token: Token, text: str, title: str, desk: Desk
) -> Target:
    """Return the target, or what is wrong with the link besides its address."""
    if isinstance(target, Refused) and text.startswith("^"):
        return Refused("note-unread", NOTE_UNREAD)
    if isinstance(target, Refused):
        return target
    if not text:
        message = "This link has no words to click on. Write them between [ and ]."
        return Refused("link-without-words", message)
    if token.info == "auto" and isinstance(target, CrossLink):
        key = f"{target.kind}:{target.key}"
        message = f"Give the link words that say where it leads: [words]({key})"
        return Refused("link-without-words", message)
    if title and not isinstance(target, Outward):
        message = f"Links within the site take no title. Take away “{title[:60]}”."
        return Refused("link-title", message)
    if isinstance(target, Anchor) and target.id not in desk.ids:
        message = (
            f"No heading on this page has the id “{target.id[:60]}”. Give one to it: "
            "## Heading {#its-id}"
        )
        return Refused("link-anchor-missing", message)
    return target


def words_of_link(children: list[Token], index: int) -> str:
    """Return the words between a link's tags; another link in them has its own."""
    end, depth = index, 1
    while depth:
        end += 1
        depth += LINK_DEPTH.get(children[end].type, 0)
    return plain(children[index:end])
