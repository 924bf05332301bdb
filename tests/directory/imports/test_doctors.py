"""The doctors file, from rows to what a reader finds."""

import pytest

from directory.finder.ties import building_tie
from directory.imports import demo, doctors, practices, shadow
from directory.imports.report import Changes, ImportRefusedError
from directory.models import (
    ImportRun,
    Listing,
    Location,
    Organization,
    Practice,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    SourceRelease,
)
from directory.sql import execute, fetch_rows
from tests.directory.release_files import ADA, BEN, CAL, doctor, run, write_doctors
from tests.factories import (
    make_doctor,
    make_location,
    make_practice,
    make_specialization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(cardiology, tmp_path):
    def load_rows(*rows, version="2026-02", **options):
        path = write_doctors(tmp_path, *rows)
        return run(version, doctors=path, **options)["doctors"]

    return load_rows


def test_a_row_becomes_a_doctor_with_a_practice(load, cardiology):
    report = load(doctor(telehlth="Y"))

    ada = Practitioner.objects.get()
    practice = Practice.objects.select_related("location__place", "organization").get()
    assert str(ada) == "Ada M Example, MD"
    assert (ada.npi, ada.sort_key) == (ADA, "example ada m")
    assert (ada.graduation_year, ada.has_telehealth) == (1999, True)
    assert ada.medical_school == ""
    assert str(practice.location) == "1 Larkspur Ln, Houston, TX"
    assert practice.location.line_2 == "Ste 5"
    assert practice.location.zip_code == "77030"
    assert practice.location.latitude == pytest.approx(29.7, abs=0.1)
    assert practice.organization.name == "Larkspur Heart Group"
    assert practice.organization.pac_id == "0990000001"
    assert practice.phone == "(555) 555-0100"
    assert practice.release == ada.first_release == ada.last_release
    assert list(ada.specializations.all()) == [cardiology]
    assert (report.read, report.loaded, report.changes.created) == (1, 1, 1)


def test_counts_are_those_of_the_new_release(load, cardiology):
    load(doctor(), doctor(npi=BEN, provider_first_name="BEN"))

    counts = PractitionerCount.objects.filter(specialization=cardiology)
    assert sorted(counts.values_list("state", "practitioners")) == [
        ("", 2),
        ("TX", 2),
        ("TX", 2),
    ]


def test_a_clinician_at_two_addresses_is_one_person(load):
    report = load(doctor(), doctor(adr_ln_1="9 ELM ST"), doctor(pri_spec="CARDIOLOGY"))

    assert Practitioner.objects.count() == 1
    assert Practice.objects.count() == 2
    assert (report.read, report.loaded, report.repeated) == (3, 2, 1)


def test_rows_of_a_clinician_lie_anywhere_and_the_first_right_one_names_them(load):
    moved = {"state": "770301234"}
    ben = {"npi": BEN, "provider_first_name": "BEN"}

    load(
        doctor(provider_first_name="ADAH", **moved),
        doctor(telehlth="N", adr_ln_1="3 OAK ST"),
        doctor(**ben, telehlth="N"),
        doctor(provider_first_name="ADELE", telehlth="Y"),
        doctor(**ben),
    )

    people = Practitioner.objects.order_by("sort_key")
    assert list(people.values_list("first_name", "has_telehealth")) == [
        ("Ada", True),
        ("Ben", False),
    ]


def test_a_blank_group_is_unknown_and_blank_telehealth_too(load):
    load(doctor(org_pac_id="", facility_name=""))

    assert Practice.objects.get().organization is None
    assert Practitioner.objects.get().has_telehealth is None


def test_secondary_specialties_are_not_primary(load, cardiology):
    neurology = make_specialization("Neurology", "Neurologist")
    load(doctor(sec_spec_1="NEUROLOGY", sec_spec_2="CARDIOLOGY"))

    rows = PractitionerSpecialization.objects.order_by("-is_primary")
    assert list(rows.values_list("specialization", "is_primary")) == [
        (cardiology.pk, True),
        (neurology.pk, False),
    ]


def test_a_refused_row_says_nothing_of_what_its_clinician_does(load, cardiology):
    make_specialization("Neurology", "Neurologist")
    moved = {"state": "770301234", "sec_spec_1": "SHIFTED BY A COLUMN"}

    report = load(doctor(), doctor(pri_spec="NEUROLOGY", **moved))

    assert len(report.refused) == 1
    assert report.notes == []
    assert list(Practitioner.objects.get().specializations.all()) == [cardiology]


def test_a_specialty_that_cms_renamed_is_the_same(load):
    family = make_specialization("Family Practice", "Family doctor")

    load(doctor(pri_spec="FAMILY MEDICINE"))

    assert list(Practitioner.objects.get().specializations.all()) == [family]


def test_a_specialty_nobody_knows_keeps_its_doctor_and_is_told(load):
    report = load(doctor(pri_spec="UNDEFINED PHYSICIAN TYPE (SPECIFY)"))

    assert Practitioner.objects.count() == 1
    named = "'UNDEFINED PHYSICIAN TYPE (SPECIFY)'"
    assert report.notes == [f"The specialty {named} is not mapped yet: 1 clinician."]


def test_the_same_file_again_has_nothing_to_do(load):
    load(doctor())
    before = list(Practitioner.objects.values_list())

    report = load(doctor())

    assert report.is_unchanged
    assert list(Practitioner.objects.values_list()) == before
    assert ImportRun.objects.first().state == ImportRun.State.UNCHANGED


def test_a_next_release_changes_adds_and_retires(load):
    load(doctor(), doctor(npi=BEN, provider_first_name="BEN"))
    report = load(
        doctor(cred="DO"),
        doctor(npi="9900000032", provider_first_name="CAL"),
        version="2026-03",
    )

    ada, ben, cal = Practitioner.objects.order_by("npi")
    assert (report.changes, report.retired) == (Changes(1, 1, 0), 1)
    assert (ada.credential, ada.first_release.version) == ("DO", "2026-02")
    assert ada.last_release.version == cal.first_release.version == "2026-03"
    assert ben.retired_at is not None
    assert ben.last_release.version == "2026-02"
    assert Practice.objects.filter(practitioner=ben).exists()
    assert PractitionerCount.objects.get(state="", place=None).practitioners == 2


def test_somebody_who_comes_back_is_listed_again(load):
    both = doctor(), doctor(npi=BEN)
    load(*both)
    load(both[0], version="2026-03", accepts_census=True)

    report = load(*both, version="2026-04", accepts_census=True)

    assert report.changes == Changes(0, 1, 1)
    assert Practitioner.objects.listed().count() == 2
    assert Practice.objects.count() == 2


def test_a_group_keeps_the_name_that_only_rows_without_zeros_have(load):
    load(doctor(facility_name=""), doctor(npi=BEN, org_pac_id="990000001"))

    assert Organization.objects.get(kind="group").name == "Larkspur Heart Group"


def test_whoever_stands_in_refused_rows_alone_stays_as_they_were(load):
    """The file still names them: nobody may say that they are gone."""
    load(doctor(), doctor(npi=BEN, provider_first_name="BEN"))

    report = load(
        doctor(cred="DO"),
        doctor(npi=BEN, provider_first_name="BENNO", zip_code=""),
        version="2026-03",
        accepts_census=True,
    )

    ben = Practitioner.objects.get(npi=BEN)
    assert (report.refused_rows, report.retired) == (1, 0)
    assert (ben.first_name, ben.retired_at) == ("Ben", None)
    assert ben.last_release.version == "2026-02"
    assert Listing.objects.filter(practitioner=ben).exists()
    assert PractitionerCount.objects.get(state="", place=None).practitioners == 2
    assert load(doctor(), version="2026-04", accepts_census=True).retired == 1


@pytest.mark.parametrize(
    "line",
    [doctor(npi=BEN)[:50], doctor(npi=BEN).replace(",", ",,", 3)],
    ids=["cut off", "too many columns"],
)
def test_whose_line_is_no_row_stays_as_they_were(load, line):
    load(doctor(), doctor(npi=BEN))

    report = load(doctor(cred="DO"), line, version="2026-03")

    assert (report.refused_rows, report.retired) == (1, 0)
    assert Practitioner.objects.listed().get(npi=BEN).last_release.version == "2026-02"
    assert Listing.objects.filter(npi=BEN).exists()


def test_a_group_that_vanished_is_retired(load):
    load(doctor())

    load(doctor(org_pac_id="0990000002"), version="2026-03")

    old, new = Organization.objects.order_by("pac_id")
    assert old.retired_at is not None
    assert new.retired_at is None


def test_people_of_other_sources_stay_with_their_practices(load):
    demo = make_doctor(
        "Demo", is_demo=True, first_release=demo_release(), last_release=demo_release()
    )
    make_practice(demo)

    load(doctor())
    load(doctor(cred="DO"), version="2026-03")

    assert Practitioner.objects.listed().count() == 2
    assert Practice.objects.filter(practitioner=demo).count() == 1


def demo_release():
    return SourceRelease.objects.get_or_create(
        dataset="doctors", version="2026", is_demo=True
    )[0]


def test_addresses_where_nobody_ever_was_go(load):
    make_location()

    load(doctor(adr_ln_1="2 ELM ST"))

    assert [str(one) for one in Location.objects.all()] == ["2 Elm St, Houston, TX"]


def test_two_ways_of_writing_a_street_are_one_building(load, cardiology):
    load(
        doctor(adr_ln_1="2 NORTH ELM STREET, SUITE 7"),
        doctor(npi=BEN, adr_ln_1="2 N ELM ST", adr_ln_2="STE 8"),
    )

    assert sorted(map(str, Location.objects.all())) == [
        "2 N Elm St, Houston, TX",
        "2 North Elm Street, Suite 7, Houston, TX",
    ]
    first, second = Listing.objects.order_by("npi").values_list("ties", flat=True)
    assert {tie for tie in set(first) & set(second) if tie < 0} == {
        building_tie(*location.building) for location in Location.objects.all()
    }


def test_a_street_behind_a_suite_is_one_building_with_the_same_street(load, cardiology):
    load(
        doctor(adr_ln_1="SUITE 7", adr_ln_2="2 NORTH ELM STREET"),
        doctor(npi=BEN, adr_ln_1="2 N ELM ST", adr_ln_2="SUITE 8"),
    )

    first, second = Listing.objects.order_by("npi").values_list("ties", flat=True)
    [building] = {tie for tie in set(first) & set(second) if tie < 0}
    assert {building_tie(*one.building) for one in Location.objects.all()} == {building}


def test_rows_without_a_street_are_no_building(load, cardiology, client):
    alone = {"facility_name": "", "org_pac_id": "", "adr_ln_1": "", "adr_ln_2": ""}
    load(doctor(**alone), doctor(npi=BEN, **alone))

    page = client.get(f"/doctors/cardiology/?apart_from={ADA}").text

    assert f"/doctor/{BEN}/" in page
    assert "left out of this list" not in page
    assert list(Listing.objects.values_list("ties", flat=True)) == [[], []]


def test_a_dry_run_says_what_would_change_and_changes_nothing(load):
    load(doctor(), doctor(npi=BEN))
    before = list(Practitioner.objects.order_by("pk").values_list())

    report = load(
        doctor(cred="DO"), doctor(npi="9900000032"), version="2026-03", is_dry_run=True
    )

    assert (report.changes, report.retired) == (Changes(1, 1, 0), 1)
    assert list(Practitioner.objects.order_by("pk").values_list()) == before
    assert SourceRelease.objects.get().version == "2026-02"
    assert ImportRun.objects.first().state == ImportRun.State.DRY_RUN


def test_a_dry_run_counts_rows_as_the_import_does(load):
    other = {"adr_ln_1": "9 ELM ST"}
    alone = {"facility_name": "", "org_pac_id": ""}
    rows = [doctor(), doctor(**other), doctor(**other, **alone)]
    rows += [doctor(pri_spec="CARDIOLOGY"), doctor(adr_ln_1="1 Larkspur  Ln")]

    tried = load(*rows, is_dry_run=True)
    loaded = load(*rows)

    assert (tried.read, tried.loaded, tried.repeated) == (5, 3, 2)
    assert (loaded.read, loaded.loaded, loaded.repeated) == (5, 3, 2)


def test_the_older_names_of_columns_are_understood(cardiology, tmp_path):
    header = (
        " NPI, Ind_PAC_ID, lst_nm, frst_nm, pri_spec, org_nm, org_pac_id, adr_ln_1,"
        " cty, st, zip, phn_numbr, hosp_afl_1"
    )
    row = f"{ADA},1,EXAMPLE,ADA,CARDIOLOGY,,,1 ELM ST,HOUSTON,TX,77030,,450068\n"
    path = write_doctors(tmp_path, row, header=header)

    report = run(doctors=path)["doctors"]

    assert str(Practice.objects.get()) == "Ada Example at 1 Elm St, Houston, TX"
    unread, note = report.notes
    assert unread == "Columns that are not known and not read: hosp_afl_1."
    assert note.startswith("The file has no adrs_id, Cred, Grd_yr, adr_ln_2, Med_sch")


def test_an_account_is_kept_for_the_directory_manager(load):
    load(doctor(), doctor(npi="123"))

    account = ImportRun.objects.get()
    refused = account.refused_rows.get()
    assert (account.state, account.file_name) == ("done", "doctors.csv")
    assert (account.read, account.loaded, account.refused) == (2, 1, 1)
    assert (account.added, account.retired) == (1, 0)
    assert str(refused) == "line 3: '123' is no NPI of ten digits"
    assert refused.text.startswith("123,0042000000,,EXAMPLE,ADA,M,")
    assert refused.text.endswith(",TX770301234HO1LARKSPXXX")


def test_sample_files_can_be_marked_as_made_up_and_removed(load):
    load(doctor(), is_demo=True)
    assert Practitioner.objects.get().is_demo
    assert Organization.objects.get(kind="group").is_demo

    demo.remove()

    assert not Practitioner.objects.exists()
    assert not SourceRelease.objects.exists()


def test_real_people_are_never_marked_as_made_up(load):
    with pytest.raises(ImportRefusedError, match="these people are not made up"):
        load(doctor(npi="1999999976"), is_demo=True)

    assert not Practitioner.objects.exists()


def test_a_release_of_made_up_people_retires_nobody_real(load):
    load(doctor())

    load(doctor(npi=BEN), is_demo=True)

    assert Practitioner.objects.listed().count() == 2


def test_a_release_of_made_up_people_is_no_earlier_one_of_real_ones(load):
    load(doctor(npi=BEN), doctor(npi=CAL), version="2026-03", is_demo=True)

    load(doctor(), version="2026-02")
    load(doctor(cred="DO"), version="2026-03")

    assert Practitioner.objects.listed().count() == 3
    assert sorted(SourceRelease.objects.values_list("version", "is_demo")) == [
        ("2026-02", False),
        ("2026-03", False),
        ("2026-03", True),
    ]


@pytest.mark.parametrize("statement", [doctors.PEOPLE, practices.NAMED])
def test_however_many_rows_are_refused_each_is_looked_for_once(statement):
    shadow.empty_schema()
    columns = ", ".join(f"{name} text" for name in doctors.COLUMNS)
    execute(f"CREATE TABLE directory_next.doctor_file (ordinal int, {columns})")
    shadow.stage("refused_row", "SELECT generate_series(1, 10000) AS ordinal")
    execute("SET LOCAL work_mem = '64kB'")  # less than they need, as millions do

    plan = str(fetch_rows(f"EXPLAIN {statement}"))

    assert "Anti Join" in plan
    assert "SubPlan" not in plan
    assert "Nested Loop Anti" not in plan
