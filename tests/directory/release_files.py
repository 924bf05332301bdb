"""Small published files of made-up people, and the import of them."""

import csv
import io
from pathlib import Path

from directory.data_files import HOSPITAL_LIST
from directory.imports.directory_import import Wanted, import_directory
from directory.imports.report import NUMBERS, Report

DOCTORS_HEADER = (
    "NPI,Ind_PAC_ID,Ind_enrl_ID,Provider Last Name,Provider First Name,"
    "Provider Middle Name,suff,gndr,Cred,Med_sch,Grd_yr,pri_spec,sec_spec_1,sec_spec_2,"
    "sec_spec_3,sec_spec_4,sec_spec_all,Telehlth,Facility Name,org_pac_id,num_org_mem,"
    "adr_ln_1,adr_ln_2,ln_2_sprs,City/Town,State,ZIP Code,Telephone Number,ind_assgn,"
    "grp_assgn,adrs_id"
)
AFFILIATIONS_HEADER = (
    "NPI,Ind_PAC_ID,Provider Last Name,Provider First Name,Provider Middle Name,suff,"
    "facility_type,Facility Affiliations Certification Number,"
    "Facility Type Certification Number"
)
ADA, BEN, CAL = "9900000016", "9900000024", "9900000032"
DOCTOR = {
    "NPI": ADA,
    "Ind_PAC_ID": "0042000000",
    "Provider Last Name": "EXAMPLE",
    "Provider First Name": "ADA",
    "Provider Middle Name": "M",
    "gndr": "F",
    "Cred": "MD",
    "Med_sch": "OTHER",
    "Grd_yr": "1999",
    "pri_spec": "CARDIOLOGY",
    "Facility Name": "LARKSPUR HEART GROUP",
    "org_pac_id": "0990000001",
    "num_org_mem": "12",
    "adr_ln_1": "1 LARKSPUR LN",
    "adr_ln_2": "STE 5",
    "City/Town": "HOUSTON",
    "State": "TX",
    "ZIP Code": "770301234",
    "Telephone Number": "5555550100",
    "ind_assgn": "Y",
    "grp_assgn": "Y",
    "adrs_id": "TX770301234HO1LARKSPXXX",
}
HOSPITALS_HEADER = (
    "Facility ID,Facility Name,Address,City/Town,State,ZIP Code,Telephone Number,"
    "Hospital Type,Hospital Ownership,Emergency Services,Hospital overall rating,"
    "Hospital overall rating footnote"
)
HOSPITAL = "{ccn},{ccn} HOSPITAL,1 ELM ST,HOUSTON,TX,77030,,Acute,Own,Yes,4,\n"


def line(header: str, values: dict[str, str]) -> str:
    """Return one row as CSV."""
    names = header.split(",")
    assert set(values) <= set(names)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(values.get(n, "") for n in names)
    return text.getvalue()


def doctor(**changes: str) -> str:
    """Return one row of a doctors file; ``zip_code`` stands for ``ZIP Code``."""
    names = {name.lower().replace(" ", "_").replace("/", "_"): name for name in DOCTOR}
    names["suff"] = "suff"
    names |= {f"sec_spec_{n}": f"sec_spec_{n}" for n in "1234"} | {
        "telehlth": "Telehlth"
    }
    return line(DOCTORS_HEADER, DOCTOR | {names[k]: v for k, v in changes.items()})


def link(npi: str = ADA, ccn: str = "450068", kind: str = "Hospital", parent: str = ""):
    """Return one row of an affiliations file."""
    return line(
        AFFILIATIONS_HEADER,
        {
            "NPI": npi,
            "facility_type": kind,
            "Facility Affiliations Certification Number": ccn,
            "Facility Type Certification Number": parent,
        },
    )


def write_doctors(folder: Path, *rows: str, header: str = DOCTORS_HEADER) -> Path:
    path = folder / "doctors.csv"
    path.write_text(header + "\n" + "".join(rows))
    return path


def write_links(folder: Path, *rows: str) -> Path:
    path = folder / "affiliations.csv"
    path.write_text(AFFILIATIONS_HEADER + "\n" + "".join(rows))
    return path


def write_hospitals(folder: Path, *numbers: str) -> Path:
    path = folder / "hospitals.csv"
    rows = [HOSPITAL.format(ccn=number) for number in numbers]
    path.write_text(HOSPITALS_HEADER + "\n" + "".join(rows))
    return path


def few_hospitals(folder: Path, *, every: int) -> Path:
    """Write one of so many hospitals of the packaged file: all take seconds to load."""
    header, *rows = HOSPITAL_LIST.read_text().splitlines(keepends=True)
    path = folder / "hospitals.csv"
    path.write_text(header + "".join(rows[::every]))
    return path


def run(version: str = "2026-02", **options: object) -> dict[str, Report]:
    """Import the files that are given by dataset: ``run(doctors=path)``."""
    names = ("doctors", "affiliations", "hospitals", "nppes", "systems", "taxonomy")
    files = {name: options.pop(name) for name in names if name in options}
    reports = import_directory(Wanted(files=files, version=version, **options))
    for report in reports.values():
        read, *outcomes = (getattr(report, name) for name in NUMBERS)
        assert sum(outcomes) == read
    return reports
