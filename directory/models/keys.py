"""What a foreign key is where the database neither checks nor indexes it.

An import swaps some tables, which such keys do not allow (directory/imports/shadow.py);
releases are few, and nobody asks what is of one.
"""

from typing import Any

LOOSE: dict[str, Any] = {
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}
