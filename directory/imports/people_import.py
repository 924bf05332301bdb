"""Doctors and their hospital links: from files to one swap."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.template.defaultfilters import pluralize

from directory.imports import (
    affiliations,
    census,
    corrections,
    counts,
    doctors,
    former,
    groups,
    listing,
    nppes,
    practices,
    practitioners,
    recording,
    shadow,
    sites,
)
from directory.imports.copying import StagedFile, copy_file
from directory.imports.places import delete_unused_locations
from directory.imports.progress import Progress
from directory.imports.report import ImportRefusedError, Report
from directory.imports.sessions import side_by_side
from directory.models import ImportRun, SourceRelease, SpecializationCode
from directory.sql import fetch_row, fetch_rows

Dataset = SourceRelease.Dataset
State = ImportRun.State
SYSTEMS: dict[str, str] = {
    Dataset.DOCTORS: SpecializationCode.System.CMS_SPECIALTY,
    Dataset.NPPES: SpecializationCode.System.TAXONOMY,
}
# The listing is made without these tables' indexes.
INDEXED_LAST = (practices.PRACTICE, affiliations.TABLE)
MOST_KEPT = 100_000  # refused rows; of any more only their number is kept
COUNT = """
    SELECT count(*) FILTER (WHERE reason IS NULL),
           count(*) FILTER (WHERE reason = 'empty'),
           count(*) FILTER (WHERE reason <> 'empty')
    FROM directory_next.{rows}
"""
# The row as the file has it, nearly: without its number and the brackets around it.
REFUSED = rf"""
    SELECT ordinal, reason,
           left(regexp_replace(file::text, '^\(\d+,|\)$', '', 'g'), 500)
    FROM directory_next.{{rows}} AS row JOIN directory_next.{{file}} AS file
      USING (ordinal)
    WHERE reason <> 'empty' ORDER BY ordinal LIMIT {MOST_KEPT}
"""  # noqa: S608 (names of our own)


@dataclass
class PeopleImport:
    """One run over a doctors file, an affiliations file, or both."""

    files: Mapping[str, Path]
    runs: Mapping[str, ImportRun]
    reports: Mapping[str, Report]
    is_demo: bool
    accepts_census: bool
    progress: Progress
    people_file: StagedFile | None = None
    links_file: StagedFile | None = None
    has_links: bool = False
    specialty_shares: dict[str, float] = field(default_factory=dict)
    without_hospital: float | None = None
    orphans: float = 0.0
    specializations: int = 0
    started: float = 0.0

    def load(self, *, is_dry_run: bool) -> None:
        """Go the whole way, or up to where something would be written; take time."""
        self.started = time.monotonic()
        try:
            self.go(is_dry_run=is_dry_run)
        finally:
            self.clock()

    def go(self, *, is_dry_run: bool) -> None:
        """Read, check, compare, and write unless it is a dry run."""
        shadow.drop_former()
        shadow.empty_schema()
        side_by_side(self.stage_people, self.stage_affiliations)
        self.check_people()
        side_by_side(self.prepare_sites, self.prepare_people, self.read_specialties)
        self.verify()
        if is_dry_run:
            if self.people:
                self.account_for_repeated(practices.count())
            if Dataset.AFFILIATIONS in self.files:
                self.fill_links(release=0)
            shadow.drop_schema()
        else:
            self.write()

    def clock(self) -> None:
        """Note how long it took until now."""
        for dataset in self.files:
            self.reports[dataset].seconds = time.monotonic() - self.started

    @property
    def people(self) -> str:
        """The file that brings clinicians: doctors, NPPES, or none."""
        found = [one for one in (Dataset.DOCTORS, Dataset.NPPES) if one in self.files]
        return found[0] if found else ""

    def copy(
        self, dataset: str, module: Any, table: str, *, is_narrowed: bool = False
    ) -> StagedFile:
        """COPY a file and note what is odd about its header."""
        path = self.files[dataset]
        self.progress.step(f"reading {path.name}")
        staged = copy_file(
            path,
            table,
            module.COLUMNS,
            ignored=getattr(module, "IGNORED", ()),
            optional=module.OPTIONAL,
            is_narrowed=is_narrowed,
            progress=self.progress,
        )
        report = self.reports[dataset]
        if staged.unknown:
            columns = ", ".join(staged.unknown)
            report.notes.append(f"Columns that are not known and not read: {columns}.")
        if staged.lacking:
            columns = ", ".join(staged.lacking)
            report.notes.append(f"The file has no {columns}: that is unknown now.")
        report.account_for(staged.damage)
        return staged

    def account(self, dataset: str, staged: StagedFile, rows: str) -> int:
        """Add what SQL refused to the report; return how many rows can be loaded."""
        report = self.reports[dataset]
        loadable, empty, refused = fetch_row(COUNT.format(rows=rows))
        report.empty += empty
        if not refused:
            return int(loadable)
        for ordinal, reason, text in fetch_rows(
            REFUSED.format(rows=rows, file=staged.table)
        ):
            report.refused.append((staged.damage.line_of(ordinal), reason, text))
        report.refused.sort()
        report.refused_beyond = max(refused - MOST_KEPT, 0)
        return int(loadable)

    def stage_people(self) -> None:
        """Read the file that brings clinicians, if there is one."""
        if self.people == Dataset.DOCTORS:
            self.people_file = self.copy(self.people, doctors, "doctor_file")
        elif self.people:
            self.people_file = self.copy(
                self.people, nppes, "nppes_file", is_narrowed=True
            )
            report = self.reports[self.people]
            report.passed_over, empty = nppes.prepare()
            report.empty += empty

    def stage_affiliations(self) -> None:
        """Read the affiliations file, if there is one."""
        if Dataset.AFFILIATIONS in self.files:
            self.links_file = self.copy(
                Dataset.AFFILIATIONS, affiliations, "affiliation_file"
            )

    def check_people(self) -> None:
        """Find out which rows can be loaded, if a file brings clinicians."""
        if not self.people_file:
            return
        self.progress.step("checking clinicians, addresses and groups")
        doctors.prepare()
        if self.is_demo:
            doctors.refuse_real_people()
        report = self.reports[self.people]
        report.loaded = self.account(self.people, self.people_file, "doctor_row")
        report.repairs |= doctors.repairs()

    def prepare_sites(self) -> None:
        """Read addresses and groups of the rows that can be loaded."""
        if self.people_file:
            sites.prepare()
            groups.prepare()

    def read_specialties(self) -> None:
        """Find what clinicians do; say what of it is not mapped."""
        if not self.people_file:
            return
        unmapped = practices.read_specialties(SYSTEMS[self.people])
        notes = self.reports[self.people].notes
        if self.people == Dataset.NPPES:
            self.specialty_shares = nppes.shares()
            notes += nppes.unmapped_words(unmapped)
        else:
            self.specialty_shares = practices.shares()
            notes += [
                f"The specialty {text!r} is not mapped yet: "
                f"{count:,} clinician{pluralize(count)}."
                for text, count in unmapped
            ]

    def prepare_people(self) -> None:
        """Compare clinicians with what is known; see what links them to hospitals."""
        if self.people_file:
            report = self.reports[self.people]
            report.changes, report.retired = practitioners.prepare(
                self.people, self.people_file.damage, is_demo=self.is_demo
            )
        self.prepare_affiliations()

    def prepare_affiliations(self) -> None:
        """Check the affiliations file, or take up what waits for these people."""
        self.has_links = self.links_file is not None
        if self.links_file:
            report = self.reports[Dataset.AFFILIATIONS]
            affiliations.prepare(is_demo=self.is_demo, with_doctors=bool(self.people))
            report.loaded = self.account(
                Dataset.AFFILIATIONS, self.links_file, "affiliation_row"
            )
            report.repairs |= affiliations.repairs()
        elif self.people:
            self.has_links = affiliations.stage_waiting(is_demo=self.is_demo) > 0
        if self.has_links:
            found = affiliations.link()
            if self.links_file:
                report.parts |= found
                self.without_hospital, self.orphans = affiliations.shares(
                    with_doctors=bool(self.people)
                )

    def verify(self) -> None:
        """Stop where a release does not look like the last one."""
        for dataset in self.files:
            measures = self.measure(dataset)
            self.runs[dataset].details["census"] = measures.as_json()
            last = recording.last_census(dataset, is_demo=self.is_demo)
            doubts = census.doubts(measures, last)
            if not doubts:
                continue
            text = "; ".join(doubts)
            refused = self.reports[dataset].refused
            if refused:
                text += f"; the first refused row is line {refused[0][0]:,}: "
                text += refused[0][1]
            if not measures.loaded + self.reports[dataset].passed_over:
                raise ImportRefusedError(
                    f"{self.files[dataset].name} is damaged: {text}. "
                    "Nothing of it was loaded: download it again."
                )
            if not self.accepts_census:
                raise ImportRefusedError(
                    f"{self.files[dataset].name} does not look like the last release: "
                    f"{text}. Nothing of it was loaded. If the file is right, say "
                    "--accept-census."
                )
            self.reports[dataset].notes.append(f"Accepted all the same: {text}.")

    def measure(self, dataset: str) -> census.Measures:
        """Return what the census compares."""
        report = self.reports[dataset]
        rows = (report.read - report.empty, report.refused_rows, report.loaded)
        if dataset == self.people:
            return census.Measures(*rows, specialties=self.specialty_shares)
        return census.Measures(
            *rows, without_hospital=self.without_hospital, orphans=self.orphans
        )

    def write(self) -> None:
        """Build the tables beside the live ones, then let readers have all at once."""
        releases = {
            dataset: recording.reserve_release(self.runs[dataset])
            for dataset in self.files
        }
        swapped = self.build(releases)
        self.progress.step("writing what differs, and swapping")
        with transaction.atomic():
            for dataset, release in releases.items():
                recording.record_release(
                    self.runs[dataset], release, self.reports[dataset]
                )
            if self.people:
                self.merge_people(self.people, releases[self.people])
            if self.has_links:
                affiliations.merge(
                    releases.get(Dataset.AFFILIATIONS),
                    is_demo=self.is_demo,
                    all_new=Dataset.AFFILIATIONS in self.files,
                )
            self.clock()
            for dataset in self.files:
                recording.write(self.runs[dataset], self.reports[dataset], State.DONE)
            shadow.swap(swapped)
        self.progress.step("tidying up")
        side_by_side(shadow.drop_schema, shadow.drop_former, delete_unused_locations)

    def merge_people(self, dataset: str, release: int) -> None:
        """Write what differs in groups, and what is not mapped."""
        report = self.reports[dataset]
        if dataset == Dataset.DOCTORS:
            report.parts |= groups.merge(release, is_demo=self.is_demo)
            practices.keep_unmapped(is_demo=self.is_demo)
        else:
            report.parts |= nppes.merge()
        former.keep(former.PRACTICES)
        corrections.keep_published()

    def build(self, releases: Mapping[str, int]) -> list[str]:
        """Build the shadows; return their tables."""
        self.progress.step("addresses, practices and hospital links")
        of_practices, of_rest = side_by_side(
            partial(self.build_practices, releases), partial(self.build_rest, releases)
        )
        built = [*of_practices, *of_rest]
        if self.people:
            parts = self.reports[self.people].parts
            parts["specializations of theirs"] = self.specializations
        if self.has_links:
            affiliations.look_ahead()
        self.progress.step("the finder's listing")
        listing.prepare_listing()
        self.progress.step("indexes and counts")
        settle = partial(shadow.settle, listing.TABLE)
        not_indexed = [table for table in built if table in INDEXED_LAST]
        shadow.index(
            listing.TABLE, *not_indexed, beside=[settle, counts.prepare_counts]
        )
        return [*built, listing.TABLE, counts.TABLE]

    def build_practices(self, releases: Mapping[str, int]) -> list[str]:
        """Build the shadow of who works where; return its table."""
        if not self.people:
            return []
        report = self.reports[self.people]
        report.parts |= sites.merge()
        report.parts |= practices.build(releases[self.people])
        self.account_for_repeated(report.parts["practices"])
        return [practices.PRACTICE]

    def account_for_repeated(self, practices_named: int) -> None:
        """Tell rows that bring a practice from those that name it once more."""
        report = self.reports[self.people]
        report.repeated = report.loaded - practices_named
        report.loaded = practices_named

    def build_rest(self, releases: Mapping[str, int]) -> list[str]:
        """Build the shadows of clinicians, what they do, and of their hospitals."""
        tables = []
        if self.people:
            self.specializations = practices.build_specializations()
            practitioners.build(
                self.people, releases[self.people], is_demo=self.is_demo
            )
            tables += [practices.SPECIALIZATION, practitioners.TABLE]
        if self.has_links:
            self.fill_links(releases.get(Dataset.AFFILIATIONS))
            shadow.settle(affiliations.TABLE)
            tables.append(affiliations.TABLE)
        if Dataset.NPPES in self.files:
            taxonomy = nppes.build(is_demo=self.is_demo)
            self.reports[Dataset.NPPES].parts |= taxonomy
            tables.append(nppes.TABLE)
        return tables

    def fill_links(self, release: int | None) -> None:
        """Fill the shadow of hospital links; account for those of a file."""
        is_whole = Dataset.AFFILIATIONS in self.files
        changes, gone = affiliations.fill(release, all_new=is_whole)
        if is_whole:
            report = self.reports[Dataset.AFFILIATIONS]
            report.changes, report.retired = changes, gone
            waiting = report.parts["rows that wait for their clinician"]
            report.repeated = report.loaded - changes.total - waiting
            report.loaded = changes.total + waiting
