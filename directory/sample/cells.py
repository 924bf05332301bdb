"""CSV cells without ``csv.writer``: what may need quotes is quoted once, in advance."""


def cell(text: str) -> str:
    """Return a text as a cell of a CSV row."""
    if "," in text or '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def pac_id(kind: int, number: int) -> str:
    """Return ten digits that begin with 99, one in ten after a leading zero.

    ``kind`` is a digit that keeps clinicians and groups apart.
    """
    if number % 10:
        return f"99{kind}{number:07d}"
    return f"099{kind}{number // 10:06d}"
