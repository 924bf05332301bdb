"""The NUCC taxonomy list, for an operator who has a licence for its words.

It is the AMA's: no word of it stands in this repository. It serves to look codes up,
never to derive what somebody does.
"""

from pathlib import Path

from directory.imports import recording
from directory.imports.csv_file import read_rows, text_of
from directory.imports.report import Changes, Damage, ImportRefusedError, Report
from directory.models import ImportRun, TaxonomyCode

COLUMNS = {"code": ["Code"], "name": ["Display Name"]}
LENGTH = 10


def load(path: Path, run: ImportRun, report: Report) -> None:
    """Add and rename codes; those that the list lacks stay, people still have them."""
    damage = Damage()
    known = dict(TaxonomyCode.objects.values_list("code", "display_name"))
    found: dict[str, str] = {}
    for line, row in read_rows(path, COLUMNS, damage):
        code = row["code"].upper()
        if not any(row.values()):
            report.empty += 1
        elif len(code) != LENGTH or not code.isalnum() or not code.isascii():
            problem = f"{row['code']!r} is no taxonomy code"
            report.refused.append((line, problem, text_of(row)))
        elif code in found:
            report.repeated += 1
        else:
            found[code] = row["name"][:200]
    report.account_for(damage)
    if not found:
        raise ImportRefusedError(
            f"{path.name} names no taxonomy code. Nothing of it was loaded: "
            "is it the list of NUCC?"
        )
    report.loaded = len(found)
    differing = {code: name for code, name in found.items() if known.get(code) != name}
    TaxonomyCode.objects.bulk_create(
        (
            TaxonomyCode(code=code, display_name=name)
            for code, name in differing.items()
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["display_name"],
    )
    changed = len(differing.keys() & known.keys())
    added = len(differing) - changed
    report.changes = Changes(added, changed, len(found) - len(differing))
    recording.record_release(run, recording.reserve_release(run), report)
