"""A review link is a key: it stands in no log, in whichever message names its path.

Nor does the address of who asked, which gunicorn names beside a malformed request.
"""

import logging
import re

LINK = re.compile(r"/review/[^/\s\"']+")
SENDER = re.compile(r"\bip=[0-9a-fA-F.:]*[0-9a-fA-F]")


class HideReviewLinks(logging.Filter):
    """Writes ``/review/…`` for the path of a review link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message; let every record pass."""
        message = record.getMessage()
        hidden = SENDER.sub("ip=…", LINK.sub("/review/…", message))
        if hidden != message:
            record.msg, record.args = hidden, None
        return True
