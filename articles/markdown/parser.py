"""The parser: CommonMark without HTML, tables, notes, definition lists, blocks.

Its own renderer is markdown-it's, so that it can be held against the specification's
examples; our refinements come afterwards.
"""

import re
from collections.abc import Callable
from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline, autolink, image
from markdown_it.rules_inline import link as link_rule
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from articles.markdown import blocks
from articles.markdown.brackets import find_label_end
from articles.markdown.interruptions import quicken
from articles.markdown.positions import mark_problem, report_line
from articles.markdown.tables import table_rule

# markdown-it drops what stands below its own limit. No rule goes more than two levels
# down at a time, so nothing reaches that limit: ours makes it a paragraph before.
NESTING_LIMIT = 20
DEEPEST_LEVEL = NESTING_LIMIT - 3
IMAGES_IN_IMAGES = 2

NOTE_NAME = re.compile(r"\[\^([^\s\[\]\\^]{1,64})\]")
ATTRIBUTES = re.compile(r"\{([^{}\n]{0,80})\}")
LANGUAGE = re.compile(r"lang=([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})")

type InlineRule = Callable[[StateInline, bool], bool]


def new_parser() -> MarkdownIt:
    """Return a parser whose tokens know their lines and whose links know their place.

    Link addresses of every kind become tokens: ``articles.markdown.links`` decides.
    """
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING_LIMIT})
    md.enable("table")
    md.use(deflist_plugin)
    md.use(footnote_plugin, inline=False, move_to_end=False)
    blocks.install(md)
    md.block.ruler.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "nesting", _keep_what_is_too_deep)
    md.inline.ruler.at("footnote_ref", _note_rule)
    md.inline.ruler.at("link", _placed(link_rule))
    md.inline.ruler.at("image", _placed(_image_rule))
    md.inline.ruler.at("autolink", _placed(autolink))
    md.inline.ruler.before("link", "language", _language_rule)
    md.validateLink = _accept_link  # type: ignore[method-assign,assignment]
    md.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=parseLinkDestination,
        parseLinkLabel=find_label_end,
        parseLinkTitle=parseLinkTitle,
    )
    quicken(md)
    return md


def _accept_link(_url: str) -> bool:
    return True


def _placed(rule: InlineRule) -> InlineRule:
    """Let what a rule makes know its offset in the running text."""

    def placed(state: StateInline, silent: bool) -> bool:
        start, already = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            made = state.tokens[already : already + 2]  # words before it may come first
            link = next(each for each in made if each.type in {"link_open", "image"})
            link.meta["at"] = start
        return True

    return placed


def _image_rule(state: StateInline, silent: bool) -> bool:
    """Parse an image; one inside the words for another only to a small depth.

    Those words are parsed anew at each depth, and by recursion.
    """
    depth = state.env.get("image_depth", 0)
    if state.src[state.pos] != "!" or depth > IMAGES_IN_IMAGES:
        return False
    if silent:
        return image(state, silent)
    state.env["image_depth"] = depth + 1
    found = image(state, silent)
    state.env["image_depth"] = depth
    return found


def _note_rule(state: StateInline, silent: bool) -> bool:
    """Parse ``[^name]``; one that leads to no note stays as it is, with a problem."""
    if not state.src.startswith("[^", state.pos):
        return False
    found = NOTE_NAME.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if silent:  # while a label's end is looked for: a note in it is told of later
        return False
    notes = state.env.get("footnotes", {}).get("refs", {})
    if f":{found[1]}" not in notes:
        message = f"There is no note “{found[1]}”. Add a line: [^{found[1]}]: its text"
        mark_problem(state, "note-missing", message)
        return False
    if state.linkLevel:
        message = "A note cannot stand inside the words of a link. Put it after them."
        mark_problem(state, "note-in-link", message)
        return False
    token = state.push("note_ref", "", 0)
    token.meta = {"label": found[1], "at": state.pos}
    state.pos = found.end()
    return True


def _language_rule(state: StateInline, silent: bool) -> bool:
    """Parse ``[Krankenhaus]{lang=de}``: a passage in another language."""
    if state.src[state.pos] != "[" or state.pos >= _last_attributes(state):
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos)
    if label_end < 0:
        return False
    attributes = ATTRIBUTES.match(state.src, label_end + 1, state.posMax)
    if attributes is None:
        return False
    language = LANGUAGE.fullmatch(attributes[1])
    if language is None:
        if not silent:
            message = (
                "Only a language can be given in braces, for example "
                "[Krankenhaus]{lang=de}."
            )
            mark_problem(state, "attributes-unknown", message)
        return False
    if not silent:
        end = state.posMax
        state.pos, state.posMax = state.pos + 1, label_end
        state.push("language_open", "span", 1).attrs = {"lang": language[1]}
        state.md.inline.tokenize(state)
        state.push("language_close", "span", -1)
        state.posMax = end
    state.pos = attributes.end()
    return True


def _last_attributes(state: StateInline) -> int:
    """Return where the last ``]{`` stands, so that plain brackets cost nothing."""
    facts = vars(state)
    if "last_attributes" not in facts:
        facts["last_attributes"] = state.src.rfind("]{")
    last: int = facts["last_attributes"]
    return last


def _keep_what_is_too_deep(
    state: StateBlock, start: int, end: int, silent: bool
) -> bool:
    """Make a paragraph of what is nested deeper than the parser goes."""
    if silent or state.level < DEEPEST_LEVEL:
        return False
    line = start
    while line < end and (
        state.isEmpty(line)
        or state.sCount[line] >= state.blkIndent
        or state.sCount[line] < 0  # how a quote marks a line that goes on without ">"
    ):
        line += 1
    message = (
        "Lists, quotes or blocks are nested too deeply here. Readers see this as plain "
        "text: bring it some levels up."
    )
    report_line(state, start, "nested-too-deeply", message)
    content = state.getLines(start, line, state.blkIndent, False).strip()
    blocks.push_paragraph(state, start, line, content)
    state.line = line
    return True
