"""Footnotes: numbered in reading order, gathered at the end, with ways back.

A note that nothing refers to, or a second one of the same name, is still printed: text
is never dropped.
"""

from dataclasses import dataclass, field

from markdown_it.token import Token

from articles.markdown.desk import Desk
from articles.markdown.words import line_of


@dataclass
class Note:
    """A note's own tokens, and how often the text refers to it."""

    label: str
    line: int
    tokens: list[Token] = field(default_factory=list)
    number: int = 0
    mentions: int = 0


def gather_notes(tokens: list[Token], desk: Desk) -> list[Token]:
    """Return the tokens with all notes moved to the end and numbered."""
    text, notes = _take_out(tokens)
    if not notes:
        return tokens
    by_label: dict[str, Note] = {}
    for note in notes:
        if note.label in by_label:
            message = f"There are two notes “{note.label}”. Rename or remove one."
            desk.problem(note.line, 1, "note-twice", message)
        by_label.setdefault(note.label, note)
    ordered = Order(by_label)
    ordered.follow(text)
    for note in notes:
        if note.number:
            continue
        if by_label[note.label] is note:
            message = (
                f"Nothing refers to the note “{note.label}”. Put [^{note.label}] "
                "where it belongs."
            )
            desk.problem(note.line, 1, "note-unused", message)
        ordered.add(note)
        ordered.follow([])
    return text + _list(ordered.notes)


class Order:
    """Numbers notes as they are first mentioned, those in notes after those in text."""

    def __init__(self, by_label: dict[str, Note]) -> None:
        self.notes: list[Note] = []
        self._by_label = by_label
        self._followed = 0

    def add(self, note: Note) -> None:
        """Give a note the next number."""
        self.notes.append(note)
        note.number = len(self.notes)

    def follow(self, tokens: list[Token]) -> None:
        """Give numbers to what these tokens mention, and to what that mentions."""
        self._number(tokens)
        while self._followed < len(self.notes):
            self._number(self.notes[self._followed].tokens)
            self._followed += 1

    def _number(self, tokens: list[Token]) -> None:
        for inline in tokens:
            for token in inline.children or ():
                if token.type == "note_ref":
                    note = self._by_label[token.meta["label"]]
                    if not note.number:
                        self.add(note)
                    note.mentions += 1
                    token.meta |= {"number": note.number, "mention": note.mentions}


def _take_out(tokens: list[Token]) -> tuple[list[Token], list[Note]]:
    text: list[Token] = []
    notes: list[Note] = []
    inside: list[Note] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append(Note(token.meta["label"], line_of(token)))
            notes.append(inside[-1])
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            (inside[-1].tokens if inside else text).append(token)
    return text, notes


def _list(notes: list[Note]) -> list[Token]:
    tokens = [Token("notes_open", "section", 1)]
    for note in notes:
        opening = Token("note_open", "li", 1)
        opening.meta = {"number": note.number}
        ways_back = Token("note_ways_back", "", 0)
        ways_back.meta = {"number": note.number, "mentions": note.mentions}
        ends_in_paragraph = note.tokens and note.tokens[-1].type == "paragraph_close"
        last = [note.tokens.pop()] if ends_in_paragraph else []
        closing = Token("note_close", "li", -1)
        tokens += [opening, *note.tokens, ways_back, *last, closing]
    return [*tokens, Token("notes_close", "section", -1)]
