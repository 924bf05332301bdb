"""What differs between two texts, word by word; pure."""

import re
from difflib import SequenceMatcher

CONTEXT = 1  # equal lines shown beside a change
WORD = re.compile(r"\s*\S+|\s+")  # with the space before it

# Words with what happened to them: "same", "removed" or "added".
Line = list[tuple[str, str]]
SKIPPED: Line = [("same", "…")]


def compare(before: str, after: str) -> list[Line]:
    """Return the lines that changed, with the words that did, and their neighbours.

    Equal texts give no lines; a line of its own stands for what is left out between.
    """
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if lines:
            lines.append(SKIPPED)
        for tag, old_from, old_to, new_from, new_to in group:
            gone, came = old[old_from:old_to], new[new_from:new_to]
            if tag == "replace" and len(gone) == len(came):
                lines += [changed_words(*pair) for pair in zip(gone, came, strict=True)]
            elif tag == "equal":
                lines += [[("same", text)] for text in gone]
            else:
                lines += [[("removed", text)] for text in gone]
                lines += [[("added", text)] for text in came]
    return lines


def changed_words(before: str, after: str) -> Line:
    """Return one line with what went and what came inside it.

    A space belongs to its word: alone it would part what stays into single words, and
    a word that changed would take its whole paragraph with it.
    """
    old, new = WORD.findall(before), WORD.findall(after)
    line: Line = []
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, came = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if tag == "equal":
            line.append(("same", gone))
            continue
        space = gone[: len(gone) - len(gone.lstrip())]
        if line and space and came.startswith(space):  # both have it: it stays
            line[-1] = ("same", line[-1][1] + space)
            gone, came = gone.removeprefix(space), came.removeprefix(space)
        line += [
            (kind, text) for kind, text in (("removed", gone), ("added", came)) if text
        ]
    return line
