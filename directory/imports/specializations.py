"""Our tree of specializations, joined with the codes that CMS gives them."""

import csv
import hashlib
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from django.db import transaction

from directory.data_files import LADDER, TREE
from directory.imports import recording, staging
from directory.imports.counts import rebuild_counts
from directory.imports.report import Changes, ImportRefusedError, Report
from directory.models import SourceRelease, Specialization, SpecializationCode

VERSION = "2026"
CODE_VERSION = 2  # raise it when the same file would be read differently

TEXTS = (
    "level",
    "name",
    "title",
    "title_plural",
    "plain_name",
    "what_they_do",
    "when_to_see",
)
LISTS = ("synonyms", "questions_to_ask")
# What the lists of doctors hold of the tree.
LISTED = ("parent", "level", "profession")
# CMS gives these the codes of narrower fields as well: cardiology's is internal
# medicine's, too, and that of neurosurgery general surgery's.
WIDER = {"GENERAL SURGERY", "INTERNAL MEDICINE", "NEUROPSYCHIATRY"}
Dataset = SourceRelease.Dataset
System = SpecializationCode.System


def read_ladder(path: Path) -> dict[str, dict[str, str]]:
    """Return CMS specialty -> its row, with the taxonomy codes that mean it.

    The crosswalk gives many codes to several specialties, at times wrongly: such a code
    says nothing, unless all but one of them are wide.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    users: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        for code in filter(None, row["taxonomy_codes_2019_crosswalk"].split("|")):
            users[code].add(row["pri_spec"])
    own: defaultdict[str, list[str]] = defaultdict(list)
    for code, specialties in users.items():
        meant = specialties if len(specialties) == 1 else specialties - WIDER
        if len(meant) == 1:
            own[min(meant)].append(code)
    for row in rows:
        row["taxonomy"] = "|".join(own[row["pri_spec"]])
    return {row["pri_spec"]: row for row in rows}


def read_tree(path: Path) -> list[dict[str, Any]]:
    """Return the entries of the tree, parents before children.

    Raises ImportRefusedError for an entry whose parent is not one rung above it.
    """
    entries: list[dict[str, Any]] = tomllib.loads(path.read_text())["specialization"]
    above = {"family": None, "specialization": "family"}
    levels: dict[str | None, str] = {}
    for entry in entries:
        expected = above.get(entry["level"], "specialization")
        if levels.get(entry.get("parent")) != expected:
            raise ImportRefusedError(
                f"{entry['slug']} must stand below a {expected}, and after it."
            )
        levels[entry["slug"]] = entry["level"]
    return entries


def load() -> Report:
    """Load the tree unless these files were loaded by this code before."""
    report = Report("Specializations")
    started = time.perf_counter()
    digest = hashlib.sha256(TREE.read_bytes() + LADDER.read_bytes()).hexdigest()
    if recording.is_recorded(Dataset.SPECIALIZATIONS, digest, CODE_VERSION):
        report.is_unchanged = True
        return report
    entries = read_tree(TREE)
    with transaction.atomic():
        staging.hold_import_lock()
        merge(entries, read_ladder(LADDER), report)
        recording.record(
            Dataset.SPECIALIZATIONS, VERSION, digest, CODE_VERSION, len(entries)
        )
    report.seconds = time.perf_counter() - started
    return report


def merge(
    entries: list[dict[str, Any]], ladder: dict[str, dict[str, str]], report: Report
) -> None:
    """Make or change the rows that differ, then their codes."""
    known = find_known(entries)
    counts = Counter({"created": 0, "updated": 0, "skipped": 0})
    has_moved = False
    for entry in entries:
        report.read += 1
        key = entry["slug"]
        parent = known.get(entry.get("parent", ""))
        values = values_of(entry, ladder, parent)
        one = known.setdefault(key, Specialization(slug=key))
        if one.pk and key not in {one.tree_key, one.slug}:  # given up for that one
            counts["skipped"] += 1
            continue
        if one.pk and all(getattr(one, name) == values[name] for name in values):
            counts["skipped"] += 1
            continue
        counts["updated" if one.pk else "created"] += 1
        has_moved |= any(
            one.pk and getattr(one, name) != values[name] for name in LISTED
        )
        for name, value in values.items():
            setattr(one, name, value)
        one.save()
    report.changes = Changes(**counts)
    report.parts = {"codes": merge_codes(entries, ladder, known)}
    if has_moved:
        rebuild_counts()


def find_known(entries: list[dict[str, Any]]) -> dict[str, Specialization]:
    """Return the present rows by the slugs that the file of the tree uses.

    A renamed row keeps the file's slug as ``tree_key``; a slug that leads to another
    row, by a former slug, was given up for that one. Raises ImportRefusedError for a
    slug that names something else by now.
    """
    known = {one.tree_key: one for one in Specialization.objects.exclude(tree_key="")}
    missing = {entry["slug"] for entry in entries} - set(known)
    for slug, one in Specialization.objects.by_slug(missing).items():
        if one.slug == slug and one.tree_key:
            raise ImportRefusedError(
                f"{slug} is the address of {one.tree_key} by now: rename one of them."
            )
        known[slug] = one
    return known


def values_of(
    entry: dict[str, Any],
    ladder: dict[str, dict[str, str]],
    parent: Specialization | None,
) -> dict[str, Any]:
    """Return field -> value of one entry."""
    codes = entry.get("cms_specialties", [])
    unknown = [code for code in codes if code not in ladder]
    if unknown:
        raise ImportRefusedError(f"{entry['slug']}: no specialty {unknown[0]!r}.")
    profession = parent.profession if parent else ""
    if codes:
        profession = ladder[codes[0]]["profession"]
    return {
        "tree_key": entry["slug"],
        "parent": parent,
        "profession": profession,
        **{name: entry.get(name, "") for name in TEXTS},
        **{name: entry.get(name, []) for name in LISTS},
    }


def merge_codes(
    entries: list[dict[str, Any]],
    ladder: dict[str, dict[str, str]],
    known: dict[str, Specialization],
) -> int:
    """Make the codes that are missing, delete what is no longer so; return all."""
    wanted = set()
    for entry in entries:
        pk = known[entry["slug"]].pk
        for name in entry.get("cms_specialties", []):
            row = ladder[name]
            wanted.add((pk, System.CMS_SPECIALTY.value, name))
            wanted.add((pk, System.MEDICARE_CODE.value, row["medicare_specialty_code"]))
            taxonomy = [code for code in row["taxonomy"].split("|") if code]
            wanted |= {(pk, System.TAXONOMY.value, code) for code in taxonomy}
    named = {code for _, system, code in wanted if system == System.CMS_SPECIALTY}
    SpecializationCode.objects.filter(
        is_by_hand=True, system=System.CMS_SPECIALTY, code__in=named
    ).delete()  # the tree has a place for it now
    present = {
        (code.specialization_id, code.system, code.code): code.pk
        for code in SpecializationCode.objects.filter(is_by_hand=False)
    }
    gone = [pk for key, pk in present.items() if key not in wanted]
    SpecializationCode.objects.filter(pk__in=gone).delete()
    new = sorted(wanted - present.keys())
    SpecializationCode.objects.bulk_create(
        SpecializationCode(specialization_id=pk, system=system, code=code)
        for pk, system, code in new
    )
    if gone or new:
        recording.let_load_again(Dataset.DOCTORS, Dataset.NPPES)
    return len(wanted)
