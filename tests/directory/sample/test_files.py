"""The sample files: exact columns, shares near the real ones, the same every time."""

import csv
from collections import Counter, defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from directory.data_files import HOSPITAL_LIST
from directory.sample.clinicians import npis
from directory.sample.files import AHEAD, PART, Sample, write_sample
from directory.sample.layouts import AFFILIATIONS, DOCTORS, HOSPITALS, Drift
from directory.sample.specialties import specialties
from directory.sample.specialty_cells import UNMAPPED, old_names
from directory.values.npi import is_npi
from directory.values.states import STATES

DOCTOR_COLUMNS = [
    *("NPI", "Ind_PAC_ID", "Ind_enrl_ID", "Provider Last Name", "Provider First Name"),
    *("Provider Middle Name", "suff", "gndr", "Cred", "Med_sch", "Grd_yr", "pri_spec"),
    *("sec_spec_1", "sec_spec_2", "sec_spec_3", "sec_spec_4", "sec_spec_all"),
    *("Telehlth", "Facility Name", "org_pac_id", "num_org_mem", "adr_ln_1", "adr_ln_2"),
    *("ln_2_sprs", "City/Town", "State", "ZIP Code", "Telephone Number", "ind_assgn"),
    *("grp_assgn", "adrs_id"),
]
CCN = "Facility Affiliations Certification Number"
PARENT = "Facility Type Certification Number"


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def share(part, whole):
    return sum(1 for one in whole if part(one)) / len(whole)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    write_sample(Sample(20_000, 5), folder)
    return folder


@pytest.fixture(scope="module")
def doctors(folder):
    return rows_of(folder / DOCTORS)


@pytest.fixture(scope="module")
def links(folder):
    return rows_of(folder / AFFILIATIONS)


@pytest.fixture(scope="module")
def hospital_ccns(folder):
    return {row["Facility ID"] for row in rows_of(folder / HOSPITALS)}


def test_the_columns_are_those_of_today(doctors, links):
    assert list(doctors[0]) == DOCTOR_COLUMNS
    assert list(links[0])[-3:] == ["facility_type", CCN, PARENT]
    assert len(links[0]) == 9


def test_every_row_has_a_cell_for_every_column(doctors, links):
    assert not [row for row in doctors + links if None in row or None in row.values()]


def test_the_hospital_list_is_the_published_one(folder):
    assert (folder / HOSPITALS).read_bytes() == HOSPITAL_LIST.read_bytes()


def test_there_are_as_many_as_asked_for_in_the_order_of_their_npi(doctors):
    found = list(dict.fromkeys(row["NPI"] for row in doctors))

    assert len(found) == 20_000
    assert found == sorted(found)


def test_every_npi_is_valid_and_never_assigned(doctors):
    assert all(is_npi(row["NPI"]) and row["NPI"].startswith("99") for row in doctors)


def test_npis_are_right_wherever_a_part_begins():
    whole = list(npis(0, 3000))

    assert len(set(whole)) == 3000
    assert all(map(is_npi, whole))
    assert list(npis(999, 2001)) == whole[999:2001]


def test_there_are_about_two_and_a_half_rows_a_clinician(doctors):
    rows = Counter(row["NPI"] for row in doctors)

    assert 2.0 < len(doctors) / len(rows) < 2.8
    assert share(lambda count: count == 1, rows.values()) > 0.2
    assert max(rows.values()) > 8


def test_no_row_stands_in_a_file_twice(doctors, links):
    for rows in (doctors, links):
        assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_one_job_shows_six_times_for_a_few(doctors):
    jobs = Counter((row["NPI"], row["org_pac_id"], row["adrs_id"]) for row in doctors)

    people = {npi for (npi, _, _), count in jobs.items() if count >= 6}
    assert 0.005 < len(people) / 20_000 < 0.02


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        ("Provider Middle Name", 0.3, 0.5),
        ("suff", 0.97, 0.995),
        ("Cred", 0.25, 0.35),
        ("Med_sch", 0.002, 0.02),
        ("Grd_yr", 0.02, 0.05),
        ("sec_spec_1", 0.75, 0.95),
        ("Telehlth", 0.6, 0.8),
        ("Facility Name", 0.05, 0.15),
        ("org_pac_id", 0.05, 0.15),
        ("adr_ln_2", 0.4, 0.6),
        ("Telephone Number", 0.05, 0.12),
    ],
)
def test_blanks_stand_where_the_real_files_have_them(doctors, column, low, high):
    assert low < share(lambda row: not row[column], doctors) < high


@pytest.mark.parametrize(
    "column", ["NPI", "Ind_PAC_ID", "pri_spec", "adr_ln_1", "City/Town", "adrs_id"]
)
def test_what_is_never_blank_is_never_blank(doctors, column):
    assert all(row[column] for row in doctors)


def test_most_medical_schools_are_not_coded(doctors):
    assert 0.6 < share(lambda row: row["Med_sch"] == "OTHER", doctors) < 0.9


def test_pac_ids_have_ten_digits_and_some_begin_with_zero(doctors):
    people = {row["Ind_PAC_ID"] for row in doctors}
    groups = {row["org_pac_id"] for row in doctors} - {""}

    for numbers in (people, groups):
        assert all(len(one) == 10 and one.isdigit() for one in numbers)
        assert 0.05 < share(lambda one: one[0] == "0", numbers) < 0.15
    assert not people & groups


def test_group_sizes_are_skewed_and_count_the_members(doctors):
    members, sizes, names = defaultdict(set), {}, defaultdict(set)
    for row in doctors:
        if row["org_pac_id"]:
            members[row["org_pac_id"]].add(row["NPI"])
            sizes[row["org_pac_id"]] = int(row["num_org_mem"])
            names[row["org_pac_id"]].add(row["Facility Name"])

    assert sizes == {group: len(people) for group, people in members.items()}
    assert all(len(found) == 1 for found in names.values())
    assert share(lambda size: size <= 4, sizes.values()) > 0.6
    assert max(sizes.values()) > 100


def test_who_works_alone_has_no_group_in_any_column(doctors):
    columns = ("Facility Name", "org_pac_id", "num_org_mem", "grp_assgn")

    filled = {tuple(bool(row[column]) for column in columns) for row in doctors}

    assert filled == {(True,) * 4, (False,) * 4}


def test_zip_codes_have_five_or_nine_digits_and_stand_in_the_address_key(doctors):
    for row in doctors:
        zip_code = row["ZIP Code"]
        assert zip_code.isdigit()
        assert len(zip_code) in {5, 9}
        assert len(row["adrs_id"]) == 25
        assert row["adrs_id"].startswith(row["State"] + zip_code)
    assert 0.1 < share(lambda row: len(row["ZIP Code"]) == 5, doctors) < 0.4
    assert any(row["adrs_id"][7:11] == "0000" for row in doctors)
    assert any(row["adrs_id"][7:11].isalpha() for row in doctors)
    assert any(row["ZIP Code"][0] == "0" for row in doctors)


def test_telephone_numbers_are_kept_for_fiction(doctors):
    phones = {row["Telephone Number"] for row in doctors} - {""}

    assert all(len(one) == 10 and one[3:8] == "55501" for one in phones)


def test_every_state_and_specialty_occurs(doctors):
    assert {row["State"] for row in doctors} == set(STATES)
    assert {one.cms for one in specialties()} <= {row["pri_spec"] for row in doctors}


def test_a_few_specialties_have_old_or_unknown_names(doctors):
    known = {one.cms for one in specialties()}
    old = {name for found in old_names().values() for name in found}

    assert 0.002 < share(lambda row: row["pri_spec"] in old, doctors) < 0.03
    assert 0.0005 < share(lambda row: row["pri_spec"] in UNMAPPED, doctors) < 0.01
    assert {row["pri_spec"] for row in doctors} <= known | old | set(UNMAPPED)


def test_second_specialties_stand_in_their_columns_and_together(doctors):
    for row in doctors:
        columns = [row[f"sec_spec_{n}"] for n in range(1, 5)]
        assert row["sec_spec_all"] == ", ".join(filter(None, columns))
        assert columns == sorted(columns, key=lambda text: not text)


def test_some_clinicians_have_another_primary_specialty_elsewhere(doctors):
    found = defaultdict(set)
    for row in doctors:
        found[row["NPI"]].add(row["pri_spec"])

    assert 0.002 < share(lambda names: len(names) > 1, found.values()) < 0.05


def test_facility_types_are_those_of_the_real_file(links):
    assert {row["facility_type"] for row in links} == {
        "Hospital",
        "Long-term care hospital",
        "Nursing home",
        "Inpatient rehabilitation facility",
        "Home health agency",
        "Hospice",
        "Dialysis facility",
    }
    assert 0.6 < share(lambda row: row["facility_type"] == "Hospital", links) < 0.9


def test_about_four_in_a_hundred_hospital_links_lead_to_no_hospital(
    links, hospital_ccns
):
    hospitals = [
        row for row in links if row["facility_type"] == "Hospital" and not row[PARENT]
    ]

    assert 0.03 < share(lambda row: row[CCN] not in hospital_ccns, hospitals) < 0.05
    assert all(len(row[CCN]) == 6 for row in links)


def test_units_name_a_listed_hospital_as_parent(links, hospital_ccns):
    units = [row for row in links if row[PARENT]]

    assert 0.01 < len(units) / len(links) < 0.06
    for row in units:
        unit, parent = row[CCN], row[PARENT]
        assert parent in hospital_ccns
        assert unit not in hospital_ccns
        assert (unit[:2], unit[3:]) == (parent[:2], parent[3:])
        assert unit[2] in ("STU" if parent[2] == "0" else "ZMR")
    assert {row[CCN][2] for row in units} == set("STUZMR")


def test_affiliations_name_the_same_people(doctors, links):
    columns = list(links[0])[:6]
    people = {tuple(row[column] for column in columns) for row in doctors}

    assert {tuple(row[column] for column in columns) for row in links} <= people


def test_the_same_seed_writes_the_same_files_with_any_number_of_processes(tmp_path):
    assert PART * AHEAD * 2 < 4500, "the second run has to wait for a part"
    write_sample(Sample(4500, 7), tmp_path / "one")
    write_sample(Sample(4500, 7), tmp_path / "two", processes=2)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_seed_writes_other_people(tmp_path):
    write_sample(Sample(50, 7), tmp_path / "one")
    write_sample(Sample(50, 8), tmp_path / "two")

    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one[DOCTORS] != two[DOCTORS]
    assert one[AFFILIATIONS] != two[AFFILIATIONS]
    assert one[HOSPITALS] == two[HOSPITALS]


@pytest.mark.parametrize("count", [1, 2, 24, 25, 26, 49, 999])
def test_any_number_of_clinicians_is_exact(tmp_path, count):
    written = write_sample(Sample(count, 3), tmp_path)

    rows = rows_of(tmp_path / DOCTORS)
    assert len({row["NPI"] for row in rows}) == written.practitioners == count
    assert len(rows) == written.doctor_rows
    assert len(rows_of(tmp_path / AFFILIATIONS)) == written.affiliation_rows


def test_older_column_names_come_with_hospital_links_in_the_row(tmp_path):
    write_sample(Sample(300, 5, drift=Drift.OLD), tmp_path)
    write_sample(Sample(300, 5), tmp_path / "today")

    old, today = rows_of(tmp_path / DOCTORS), rows_of(tmp_path / "today" / DOCTORS)
    assert len(old[0]) == 40
    assert " frst_nm" in old[0]
    assert "Telehlth" not in old[0]
    same = [
        (" lst_nm", "Provider Last Name"),
        (" cty", "City/Town"),
        (" zip", "ZIP Code"),
    ]
    for one, other in zip(old, today, strict=True):
        assert [one[name] for name, _ in same] == [other[name] for _, name in same]
    assert any(row[" hosp_afl_lbn_5"] for row in old)
    assert not any(row[" hosp_afl_lbn_1"] and not row[" hosp_afl_1"] for row in old)
    hospitals = rows_of(tmp_path / HOSPITALS)
    assert {"Provider ID", "City", "County Name", "Phone Number"} <= set(hospitals[0])


def test_the_interface_has_its_own_column_names(tmp_path):
    write_sample(Sample(30, 5, drift=Drift.API), tmp_path)

    row = rows_of(tmp_path / DOCTORS)[0]
    assert {"npi", "provider_last_name", "citytown", "zip_code"} <= set(row)
    assert "telephone_number" in row
    link = rows_of(tmp_path / AFFILIATIONS)[0]
    assert "facility_affiliations_certification_number" in link


def test_the_command_says_what_it_wrote(tmp_path):
    out = StringIO()

    call_command(
        "make_sample_directory",
        practitioners=40,
        seed=2,
        out=tmp_path / "new" / "folder",
        processes=1,
        stdout=out,
    )

    rows = len(rows_of(tmp_path / "new" / "folder" / DOCTORS))
    assert f"40 clinicians: {rows} doctor rows, " in out.getvalue()
    assert "5,421 hospitals" in out.getvalue()


@pytest.mark.parametrize("count", [0, -1, 9_600_001])
def test_the_command_refuses_more_than_the_npis_hold(tmp_path, count):
    with pytest.raises(CommandError, match="between 1 and 9,600,000"):
        call_command("make_sample_directory", practitioners=count, out=tmp_path)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("option", ["release", "processes"])
def test_the_command_refuses_what_does_not_exist(tmp_path, option):
    with pytest.raises(CommandError, match="begin at 1"):
        call_command(
            "make_sample_directory", practitioners=9, out=tmp_path, **{option: 0}
        )


def test_nobody_has_the_same_first_and_middle_name(doctors):
    names = ("Provider First Name", "Provider Middle Name")

    assert not [row for row in doctors if row[names[0]] == row[names[1]]]


def test_large_cities_have_cardiologists_of_several_kinds(doctors):
    cities = [("TX", "HOUSTON"), ("MA", "BOSTON"), ("NY", "NEW YORK")]
    found = defaultdict(set)
    for row in doctors:
        if (row["State"], row["City/Town"]) in cities:
            found[row["pri_spec"]].add(row["NPI"])

    assert len(found["CARDIOVASCULAR DISEASE (CARDIOLOGY)"]) > 30
    assert found["INTERVENTIONAL CARDIOLOGY"]
    assert found["CARDIAC ELECTROPHYSIOLOGY"]


def test_most_physicians_have_a_hospital_and_most_therapists_none(doctors, links):
    kinds = {one.cms: one.profession for one in specialties()}
    affiliated = {row["NPI"] for row in links}

    def with_hospital(profession):
        people = {
            row["NPI"] for row in doctors if kinds.get(row["pri_spec"]) == profession
        }
        return len(people & affiliated) / len(people)

    assert 0.7 < with_hospital("physician") < 0.9
    assert with_hospital("therapist") < 0.2


def test_members_of_a_group_mostly_share_a_hospital(doctors, links):
    hospitals, members = defaultdict(set), defaultdict(set)
    for row in links:
        hospitals[row["NPI"]].add(row[PARENT] or row[CCN])
    for row in doctors:
        if row["org_pac_id"]:
            members[row["org_pac_id"]].add(row["NPI"])

    shared = []
    for people in members.values():
        linked = [hospitals[npi] for npi in people if npi in hospitals]
        if len(linked) > 5:
            most = Counter(ccn for found in linked for ccn in found).most_common(1)
            shared.append(most[0][1] / len(linked))
    assert len(shared) > 50
    assert sum(shared) / len(shared) > 0.6


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(CommandError, match="file: File exists"):
        call_command("make_sample_directory", practitioners=9, out=tmp_path / "file")
