"""Column names: today's, those of the interface, and those of older releases."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DOCTORS = "DAC_NationalDownloadableFile.csv"
AFFILIATIONS = "Facility_Affiliation.csv"
HOSPITALS = "Hospital_General_Information.csv"

CURRENT_DOCTORS = (
    "NPI,Ind_PAC_ID,Ind_enrl_ID,Provider Last Name,Provider First Name,"
    "Provider Middle Name,suff,gndr,Cred,Med_sch,Grd_yr,pri_spec,sec_spec_1,sec_spec_2,"
    "sec_spec_3,sec_spec_4,sec_spec_all,Telehlth,Facility Name,org_pac_id,num_org_mem,"
    "adr_ln_1,adr_ln_2,ln_2_sprs,City/Town,State,ZIP Code,Telephone Number,ind_assgn,"
    "grp_assgn,adrs_id"
)
CURRENT_AFFILIATIONS = (
    "NPI,Ind_PAC_ID,Provider Last Name,Provider First Name,Provider Middle Name,suff,"
    "facility_type,Facility Affiliations Certification Number,"
    "Facility Type Certification Number"
)
LINKS = 5  # hospital links in a row of the older layout
OLD_DOCTORS = (
    "NPI, Ind_PAC_ID, Ind_enrl_ID, lst_nm, frst_nm, mid_nm, suff, gndr, Cred, Med_sch,"
    " Grd_yr, pri_spec, sec_spec_1, sec_spec_2, sec_spec_3, sec_spec_4, sec_spec_all,"
    " org_nm, org_pac_id, num_org_mem, adr_ln_1, adr_ln_2, ln_2_sprs, cty, st, zip,"
    " phn_numbr, "
    + ", ".join(f"hosp_afl_{n}, hosp_afl_lbn_{n}" for n in range(1, LINKS + 1))
    + ", ind_assgn, grp_assgn, adrs_id"
)
OLD_HOSPITALS = {
    "Facility ID": "Provider ID",
    "Facility Name": "Hospital Name",
    "City/Town": "City",
    "County/Parish": "County Name",
    "Telephone Number": "Phone Number",
}


class Drift(StrEnum):
    """Which column names a sample has."""

    NONE = "none"
    API = "api-headers"
    OLD = "old-headers"


@dataclass(frozen=True)
class Layout:
    """Header lines, without line end, and what the rows of the doctors file hold."""

    doctors: str
    affiliations: str
    hospital_names: Mapping[str, str]
    has_telehealth: bool = True
    has_links: bool = False

    def hospital_name(self, column: str) -> str:
        """Return what a column of the hospital list is called."""
        return self.hospital_names.get(column, column)


def interface_name(column: str) -> str:
    """Return a column as CMS's interface names it: ``City/Town`` -> ``citytown``."""
    return column.strip().lower().replace("/", "").replace(" ", "_")


def interface_names(header: str) -> str:
    """Return a header line as CMS's interface names it."""
    return ",".join(map(interface_name, header.split(",")))


LAYOUTS = {
    Drift.NONE: Layout(CURRENT_DOCTORS, CURRENT_AFFILIATIONS, {}),
    Drift.API: Layout(
        interface_names(CURRENT_DOCTORS), interface_names(CURRENT_AFFILIATIONS), {}
    ),
    Drift.OLD: Layout(
        OLD_DOCTORS,
        CURRENT_AFFILIATIONS,
        OLD_HOSPITALS,
        has_telehealth=False,
        has_links=True,
    ),
}
