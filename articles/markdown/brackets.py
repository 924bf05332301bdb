"""Find the ``]`` that ends a label, in linear time.

markdown-it looks for it anew from every ``[``, which takes hours for a hundred
kilobytes of brackets. Here each answer is kept, and an outer bracket jumps over the
inner ones whose answer is known.
"""

from markdown_it.rules_inline import StateInline

UNCLOSED = -1
HOLDS_A_LINK = -2

# (position of the "[", whether links inside are refused, end of the range) -> answer
type Answers = dict[tuple[int, bool, int], int]


def find_label_end(
    state: StateInline, start: int, refuse_links: bool = False, /
) -> int:
    """Return where the label that begins at ``start`` ends, or a negative number.

    Takes the place of markdown-it's ``parseLinkLabel``, with its answers.
    """
    answers: Answers = vars(state).setdefault("label_ends", {})
    key = (start, refuse_links, state.posMax)
    if key not in answers:
        before = state.pos
        answers[key] = _search(state, start, answers, refuse_links=refuse_links)
        state.pos = before
    return answers[key]


def _search(
    state: StateInline, start: int, answers: Answers, *, refuse_links: bool
) -> int:
    source, end = state.src, state.posMax
    state.pos = start + 1
    depth = 1
    while state.pos < end:
        position = state.pos
        character = source[position]
        if character == "]":
            depth -= 1
            if depth == 0:
                return position
        state.md.inline.skipToken(state)
        if character != "[":
            continue
        if state.pos != position + 1:
            if refuse_links and not _is_language(state, position):
                return HOLDS_A_LINK
            continue
        known = _recall(answers, position, end, refuse_links=refuse_links)
        if known is None:
            depth += 1
        elif known < 0:
            return known
        else:
            state.pos = known + 1
    return UNCLOSED


def _is_language(state: StateInline, start: int) -> bool:
    """Say whether what was passed over is ``[words]{lang=de}`` without a link in it."""
    ends = state.src.startswith("}", state.pos - 1)
    return ends and find_label_end(state, start, True) >= 0


def _recall(
    answers: Answers, position: int, end: int, *, refuse_links: bool
) -> int | None:
    """Return the answer for an inner bracket, if one is known that holds here too."""
    known = answers.get((position, refuse_links, end))
    if known is None and not refuse_links:
        known = answers.get((position, True, end))
        if known == HOLDS_A_LINK:  # no reason to stop where links are welcome
            return None
    return known
