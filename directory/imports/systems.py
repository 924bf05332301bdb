"""AHRQ Compendium, hospital linkage: which system a hospital belongs to.

Source: https://www.ahrq.gov/chsp/data-resources/compendium.html; the operator checks
its terms and supplies the file. It is about two years behind.
"""

from pathlib import Path

from directory.imports import recording
from directory.imports.counts import rebuild_counts
from directory.imports.csv_file import read_rows, text_of
from directory.imports.report import Changes, Damage, ImportRefusedError, Report
from directory.models import ImportRun, Organization
from directory.values.sort_keys import sort_key
from directory.values.unit_numbers import with_zeros

COLUMNS = {
    "ccn": ["ccn"],
    "system": ["health_sys_id"],
    "name": ["health_sys_name"],
    "teaching": ["hos_majteach"],
}
TEACHING = {"1": True, "0": False}
LONGEST_ID = 20  # characters of the model


def load(path: Path, run: ImportRun, report: Report) -> None:
    """Give hospitals their system and say which of them teach.

    The listing and the counts hold both, so they are made anew for a change. A hospital
    that the file lacks keeps what it had: the file lags, and knows no new numbers.
    """
    release = recording.reserve_release(run)
    recording.record_release(run, release, report)
    systems: dict[str, Organization] = {}
    named = read_hospitals(path, report)
    changed = []
    for hospital, row in named:
        system = system_of(row, systems, release, report)
        if join(hospital, system, TEACHING.get(row["teaching"])):
            changed.append(hospital)
    if not report.loaded:
        raise ImportRefusedError(
            f"{path.name} names no hospital of the directory. Nothing of it was "
            "loaded: is it the hospital linkage file, and are the hospitals loaded, "
            "by load_directory or --hospitals?"
        )
    Organization.objects.bulk_update(changed, ["system", "is_teaching"], 1000)
    report.changes = Changes(0, len(changed), len(named) - len(changed))
    recording.record_release(run, release, report)
    if changed:
        rebuild_counts()


def read_hospitals(
    path: Path, report: Report
) -> list[tuple[Organization, dict[str, str]]]:
    """Return the hospitals that a file names, with their rows.

    A number that was found to mean another hospital speaks for that one, and each of
    two numbers of one hospital for the other, unless the file has it too. The report
    accounts for each row.
    """
    damage = Damage()
    named = Organization.objects.hospitals().exclude(ccn="").with_twins()
    hospitals = {one.ccn: one for one in named.select_related("same_as")}
    said: dict[str, dict[str, str]] = {}
    former: dict[str, dict[str, str]] = {}
    filled = 0
    for line, row in read_rows(path, COLUMNS, damage):
        ccn = with_zeros(row["ccn"])
        is_repeated = ccn in said or ccn in former
        if not any(row.values()):
            report.empty += 1
        elif problem := problem_with(row, is_repeated=is_repeated):
            report.refused.append((line, problem, text_of(row)))
        elif ccn not in hospitals:
            report.passed_over += 1
        else:
            filled += ccn != row["ccn"]
            (former if hospitals[ccn].same_as else said)[ccn] = row
    for ccn, row in former.items():
        meant = hospitals[ccn].same_as
        if meant is None or meant.ccn in said:
            report.passed_over += 1
        else:
            said[meant.ccn] = row
    report.loaded += len(said)
    report.account_for(damage)
    report.repairs["certification number filled with zeros"] = filled
    said = twins_said(hospitals, said) | said
    return [(hospitals[ccn], row) for ccn, row in said.items()]


def twins_said(
    hospitals: dict[str, Organization], said: dict[str, dict[str, str]]
) -> dict[str, dict[str, str]]:
    """Return what the rows say of the other numbers of their hospitals."""
    numbers = {one.pk: ccn for ccn, one in hospitals.items()}
    return {
        numbers[twin]: row for ccn, row in said.items() for twin in hospitals[ccn].twins
    }


def problem_with(row: dict[str, str], *, is_repeated: bool) -> str:
    """Return why a row cannot be loaded, or an empty string."""
    if is_repeated:
        return f"{with_zeros(row['ccn'])} stands in the file twice"
    if "E+" in row["ccn"]:
        return f"{row['ccn']!r} is in scientific notation: a spreadsheet saved this"
    if len(row["system"]) > LONGEST_ID:
        return f"its health_sys_id is too long: {row['system'][:40]!r}"
    return ""


def system_of(
    row: dict[str, str], systems: dict[str, Organization], release: int, report: Report
) -> Organization | None:
    """Return the system that a row names, made if it is new; None where it has none."""
    ahrq_id = row["system"]
    if not ahrq_id:
        return None
    if ahrq_id not in systems:
        facts = {
            "name": row["name"][:200] or ahrq_id,
            "published_name": row["name"][:200],
            "sort_key": sort_key(row["name"] or ahrq_id),
            "last_release_id": release,
            "retired_at": None,
        }
        kind = Organization.Kind.SYSTEM
        known = Organization.objects.filter(ahrq_id=ahrq_id, kind=kind)
        new = facts | {"first_release_id": release}
        systems[ahrq_id], is_new = known.get_or_create(
            ahrq_id=ahrq_id, kind=kind, defaults=new
        )
        known.exclude(**facts).update(**facts)
        name = "health systems added" if is_new else "health systems known"
        report.parts[name] = report.parts.get(name, 0) + 1
    return systems[ahrq_id]


def join(
    hospital: Organization, system: Organization | None, is_teaching: bool | None
) -> bool:
    """Set both facts of a hospital; say whether anything differs."""
    before = (hospital.system_id, hospital.is_teaching)
    hospital.system = system
    hospital.is_teaching = is_teaching
    return before != (hospital.system_id, hospital.is_teaching)
