"""What the log leaves out of the messages of Django and gunicorn.

A review link is a key: it stands in no log, in whichever message names its path. Nor do
the address of who asked and what they asked for behind a question mark, which gunicorn
names with a request that is malformed or failed.
"""

import logging
import re

LINK = re.compile(r"/review/[^/\s\"']+")
QUERY = re.compile(r"\?[^\s\"']+")
SENDER = re.compile(r"\bip=[0-9a-fA-F.:]*[0-9a-fA-F]")


class HideReviewLinks(logging.Filter):
    """Writes ``/review/…`` for the path of a review link, ``?…`` for a query."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the message; let every record pass."""
        message = record.getMessage()
        hidden = SENDER.sub("ip=…", LINK.sub("/review/…", message))
        if record.name == "gunicorn.error":
            hidden = QUERY.sub("?…", hidden)
        if hidden != message:
            record.msg, record.args = hidden, None
        return True


class HideTraceback(logging.Filter):
    """Leaves one line of what is no fault of the code: it says what to do."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Take the traceback off; let every record pass."""
        record.exc_info = None
        return True
