"""Store files that are there whole or not at all, whatever ends the process.

What a name of ``articles.images`` holds is never written again, so half a file under
it would be sent for good.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """Writes under a name that nobody asks for, and renames what is complete."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{secrets.token_hex(8)}.part"
        written = Path(self.path(part))
        try:
            super()._save(part, content)  # type: ignore[misc]
            with written.open("rb") as file:
                os.fsync(file.fileno())  # a power cut leaves no empty file either
            written.replace(self.path(name))
        finally:
            written.unlink(missing_ok=True)  # a full disk takes a part, for good
        return name
