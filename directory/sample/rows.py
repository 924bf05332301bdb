"""Rows as lines: plain joined cells, for what needs quotes is quoted already."""

from collections.abc import Iterable, Iterator
from itertools import islice

from directory.sample.cells import cell
from directory.sample.clinicians import Clinician
from directory.sample.hospitals import names_by_ccn
from directory.sample.jobs import NO_GROUP, Job
from directory.sample.layouts import LINKS, Layout
from directory.sample.links import Link


class DoctorRows:
    """Rows of the doctors file in a layout, with their line ends."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.hospital_names = {ccn: cell(name) for ccn, name in names_by_ccn().items()}

    def doctor_rows(
        self, one: Clinician, jobs: Iterable[Job], links: list[Link]
    ) -> Iterator[str]:
        """Yield rows of the doctors file with their line ends."""
        telehealth = f"{one.telehealth}," if self.layout.has_telehealth else ""
        in_row = self.link_cells(links) if self.layout.has_links else ""
        for enrolment, specialties, group, address in jobs:
            yield (
                f"{one.npi},{one.pac_id},{enrolment},{one.name},{one.training},"
                f"{specialties},{telehealth}{group},{address.cells},{in_row}"
                f"{one.accepts},{'' if group == NO_GROUP else one.accepts},"
                f"{address.adrs_id}\n"
            )

    def link_cells(self, links: list[Link]) -> str:
        """Return number and name of up to five hospitals, as older files have them."""
        cells = []
        hospitals = (one for one in links if one.is_of_hospital)
        for one in islice(hospitals, LINKS):
            name = self.hospital_names.get(one.parent or one.ccn, "")
            cells.append(f"{one.ccn},{name},")
        return "".join(cells) + ",," * (LINKS - len(cells))


def affiliation_rows(one: Clinician, links: list[Link]) -> Iterator[str]:
    """Yield rows of the affiliations file with their line ends."""
    for facility_type, ccn, parent in links:
        yield f"{one.npi},{one.pac_id},{one.name},{facility_type},{ccn},{parent}\n"
