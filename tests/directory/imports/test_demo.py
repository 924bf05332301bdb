import pytest

from directory.by_hand.correcting import correct
from directory.imports import demo, hospitals, specializations
from directory.imports.report import ImportRefusedError
from directory.models import (
    Affiliation,
    Correction,
    ErrorReport,
    ImportRun,
    Listing,
    Location,
    Organization,
    Place,
    Practice,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    SourceRelease,
    Specialization,
    UnmappedSpecialty,
)
from directory.reporting import report_error
from tests.directory.release_files import (
    BEN,
    doctor,
    few_hospitals,
    link,
    run,
    write_doctors,
    write_hospitals,
    write_links,
)
from tests.factories import (
    make_doctor,
    make_hospital,
    make_location,
    make_practice,
    make_specialization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(tmp_path, monkeypatch):
    """Load the whole tree, and every twelfth hospital: enough to stand on."""
    path = few_hospitals(tmp_path, every=12)
    specializations.load()
    hospitals.load(path)
    monkeypatch.setattr(demo, "HOSPITALS", path)


def numbers():
    return {
        model.__name__: model.objects.count()
        for model in (
            Affiliation,
            ImportRun,
            Location,
            Organization,
            Place,
            Practice,
            Practitioner,
            PractitionerCount,
            PractitionerSpecialization,
            SourceRelease,
            Specialization,
            UnmappedSpecialty,
        )
    }


def test_it_needs_hospitals_and_specializations():
    with pytest.raises(ImportRefusedError, match="load_directory first"):
        demo.load(10)


def test_everything_that_was_made_up_is_loaded(ground):
    doctors, links = demo.load(500)

    assert doctors.changes.created == Practitioner.objects.count() == 500
    assert doctors.parts["practices"] == Practice.objects.count() > 800
    assert links.loaded == Affiliation.objects.count() > 200
    assert PractitionerCount.objects.filter(includes_demo=False).count() == 0
    assert "500 created" in str(doctors)


def test_a_second_load_changes_nothing(ground):
    demo.load(300)
    before = list(Practitioner.objects.values_list("pk", "npi"))
    systems = set(Organization.objects.exclude(system=None).values_list("pk"))

    reports = demo.load(300)

    assert [one.is_unchanged for one in reports] == [True, True]
    assert list(Practitioner.objects.values_list("pk", "npi")) == before
    assert set(Organization.objects.exclude(system=None).values_list("pk")) == systems


def test_another_size_replaces_the_people(ground):
    demo.load(300)

    demo.load(200)

    assert Practitioner.objects.count() == 200
    assert SourceRelease.objects.filter(is_demo=True).count() == 2


def test_corrections_and_reports_do_not_go_with_other_made_up_people(ground):
    demo.load(30)
    doctor = Practitioner.objects.earliest("pk")
    values = {"practitioner": doctor, "field": "credential", "value": "DO"}
    correct(correction=Correction(**values), by=None)
    report_error(target=doctor, kind="phone", words="")
    before = list(Practitioner.objects.values_list("pk", "credential"))

    demo.load(30)  # they are there
    with pytest.raises(ImportRefusedError, match="corrections: 1, error reports: 1"):
        demo.load(20)

    assert list(Practitioner.objects.values_list("pk", "credential")) == before
    assert (Correction.objects.count(), ErrorReport.objects.count()) == (1, 1)
    assert demo.remove() == {"doctors": 30, "corrections": 1, "error reports": 1}
    demo.load(20)
    assert (Correction.objects.count(), ErrorReport.objects.count()) == (0, 0)


def test_removing_leaves_what_was_there_before_and_no_more(ground):
    before = numbers()
    places = list(Place.objects.values_list("pk", "latitude", "longitude"))
    demo.load(300)

    removed = demo.remove()

    assert removed["doctors"] == 300
    assert numbers() == before
    assert list(Place.objects.values_list("pk", "latitude", "longitude")) == places


def test_removing_leaves_real_people_alone(ground):
    cardiology = Specialization.objects.get(slug="cardiology")
    real = make_doctor("Real", does=(cardiology,), at=(make_location(),))
    demo.load(300)

    demo.remove()

    assert list(Practitioner.objects.all()) == [real]
    assert real.practices.count() == 1
    assert (
        PractitionerCount.objects.get(
            specialization=cardiology, state="", place=None
        ).practitioners
        == 1
    )


def test_a_made_up_system_owns_made_up_groups_only(ground):
    demo.load(3000)

    owned = Organization.objects.exclude(system=None)

    assert owned.exists()
    assert not owned.exclude(kind="group", is_demo=True).exists()
    named = Organization.objects.hospitals().filter(is_stub=False)
    assert not named.filter(is_demo=True).exists()


def test_whoever_is_in_a_system_is_left_out_with_its_others(ground):
    demo.load(3000)
    system = Organization.objects.filter(kind="system").earliest("pk")
    group = Organization.objects.filter(system=system).earliest("pk")
    member = Practitioner.objects.filter(practices__organization=group).earliest("pk")

    ties = Listing.objects.filter(practitioner=member, number=1).first().ties

    assert any(tie & (2**40 - 1) == system.pk for tie in ties if tie > 0)


def test_a_number_that_a_real_file_named_since_stays(ground):
    demo.load(300)
    stub = Organization.objects.filter(is_stub=True, kind="hospital").earliest("pk")
    make_doctor("Real", hospitals=(stub,))

    demo.remove()

    stub.refresh_from_db()
    assert not stub.is_demo
    assert list(Organization.objects.filter(is_stub=True)) == [stub]


@pytest.fixture
def made_up(tmp_path):
    """Ada is made up, with a group and a hospital that has only a number."""
    make_specialization()
    doctors = write_doctors(tmp_path, doctor())
    links = write_links(tmp_path, link(ccn="459999"))
    run("2026-01", doctors=doctors, affiliations=links, is_demo=True)


def test_a_hospital_that_its_file_names_at_last_is_real(made_up, client, tmp_path):
    run(hospitals=write_hospitals(tmp_path, "459999"))

    demo.remove()

    hospital = Organization.objects.get(ccn="459999")
    assert not hospital.is_demo
    assert client.get(hospital.get_absolute_url()).status_code == 200


def test_a_group_that_a_real_file_named_since_stays(made_up, client, tmp_path):
    run(doctors=write_doctors(tmp_path, doctor(npi=BEN)))

    assert demo.remove()["doctors"] == 1

    ben = Practitioner.objects.get()
    assert "Larkspur Heart Group" in client.get(ben.get_absolute_url()).text
    assert not Organization.objects.filter(is_demo=True).exists()


def test_systems_that_came_as_demonstration_do_not_keep_it(made_up, tmp_path):
    hospital = make_hospital(ccn="010001")
    path = tmp_path / "systems.csv"
    path.write_text(
        "ccn,health_sys_id,health_sys_name,hos_majteach\n010001,HSI1,Kind Health,1\n"
    )
    run(systems=path, is_demo=True)

    demo.remove()

    hospital.refresh_from_db()
    assert hospital.system.name == "Kind Health"
    assert not SourceRelease.objects.filter(is_demo=True).exists()


def test_everybody_made_up_is_marked_and_dated(ground):
    demo.load(200)

    assert not Practitioner.objects.exclude(
        is_demo=True, npi__startswith="99", last_release__is_demo=True
    ).exists()
    assert not Practice.objects.exclude(release__dataset="doctors").exists()
    assert not Affiliation.objects.exclude(release__dataset="affiliations").exists()


def test_nobody_is_put_on_a_rung_that_no_file_codes(ground):
    demo.load(2000)

    uncoded = Specialization.objects.with_is_coded().filter(is_coded=False)

    assert uncoded.exists()
    assert not Practitioner.objects.filter(specializations__in=uncoded).exists()


def test_practices_keep_a_location_in_use(ground):
    location = make_location()
    make_practice(make_doctor(), location)
    demo.load(50)

    demo.remove()

    assert Location.objects.filter(pk=location.pk).exists()
