"""A review link is a key: it stands in no log, in whichever message names its path."""

import logging
import re

LINK = re.compile(r"/review/[^/\s\"']+")


class HideReviewLinks(logging.Filter):
    """Writes ``/review/…`` for the path of a review link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message; let every record pass."""
        message = record.getMessage()
        hidden = LINK.sub("/review/…", message)
        if hidden != message:
            record.msg, record.args = hidden, None
        return True
