"""A secret that is made once and kept in a file only its owner can read."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return the secret in ``path``, making it when there is none.

    Two processes that start at once get the same one. Raises OSError.
    """
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(exist_ok=True)
    descriptor, whole = tempfile.mkstemp(dir=path.parent)  # mode 600
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        os.link(whole, path)
    except FileExistsError:
        pass
    finally:
        Path(whole).unlink()
    return path.read_text()
