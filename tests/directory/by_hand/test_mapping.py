"""Loose ends of an import, tied by the directory manager; it takes effect at once."""

import html
import re

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from directory.admin import by_hand, mapping
from directory.by_hand.mapping import map_orphan, map_specialty, unmap_orphan
from directory.imports.report import ImportRefusedError
from directory.models import (
    Affiliation,
    FormerAffiliation,
    ImportRun,
    Listing,
    Organization,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    SpecializationCode,
    UnmappedSpecialty,
)
from directory.models.import_run import KILLED
from directory.one_run import Lock
from tests.another_session import another_session_holds
from tests.articles.factories import make_user
from tests.desk import confirmation
from tests.directory.release_files import (
    ADA,
    BEN,
    CAL,
    doctor,
    link,
    run,
    write_doctors,
    write_hospitals,
    write_links,
)
from tests.factories import (
    make_family,
    make_hospital,
    make_specialization,
    make_system,
)

pytestmark = pytest.mark.django_db

DAN = "9900000040"
WORD = "HEART MEDICINE"


@pytest.fixture
def files(cardiology, tmp_path):
    """Ada is a cardiologist of an unknown word, Ben one of both words."""
    make_hospital("Kind Hospital", ccn="450068")
    return {
        "doctors": write_doctors(
            tmp_path,
            doctor(pri_spec="HEART MEDICINE"),
            doctor(npi=BEN, sec_spec_1="HEART MEDICINE"),
        ),
        "affiliations": write_links(tmp_path, link(ccn="459999"), link(npi=BEN)),
    }


def found(specialization):
    rows = Listing.objects.filter(specialization=specialization).order_by("npi")
    return list(rows.values_list("npi", flat=True))


def count(specialization, state=""):
    return PractitionerCount.objects.get(
        specialization=specialization, state=state, place=None
    ).practitioners


def test_an_unmapped_specialty_is_listed_with_its_clinicians(files, manager):
    run(**files)

    page = manager.get(reverse("admin:directory_unmappedspecialty_changelist"))

    assert "HEART MEDICINE" in page.text
    assert UnmappedSpecialty.objects.get().clinicians == 2


def test_made_up_clinicians_leave_the_list_of_the_real_ones_alone(
    files, manager, tmp_path
):
    run(**files)

    made_up = [doctor(npi=CAL, pri_spec="ROCKETS"), doctor(npi=DAN, pri_spec=WORD)]
    path = write_doctors(tmp_path, *made_up)
    run("2026-03", doctors=path, is_demo=True)

    page = manager.get(reverse("admin:directory_unmappedspecialty_changelist"))
    assert "HEART MEDICINE" in page.text
    assert "ROCKETS" in page.text
    counts = UnmappedSpecialty.objects.values_list("published", "clinicians")
    assert dict(counts) == {"HEART MEDICINE": 3, "ROCKETS": 1}

    run("2026-04", doctors=write_doctors(tmp_path, doctor(), doctor(npi=BEN)))

    counts = UnmappedSpecialty.objects.values_list("published", "clinicians")
    assert dict(counts) == {"HEART MEDICINE": 1, "ROCKETS": 1}


def test_a_specialty_known_since_is_no_loose_end_of_the_real_clinicians(
    cardiology, tmp_path
):
    path = write_doctors(tmp_path, doctor(npi=CAL, pri_spec=WORD))
    run("2026-01", doctors=path, is_demo=True)
    SpecializationCode.objects.create(
        specialization=cardiology, system="cms-specialty", code=WORD
    )

    run(doctors=write_doctors(tmp_path, doctor(pri_spec=WORD)))

    assert UnmappedSpecialty.objects.get().clinicians == 1


def test_a_mapped_specialty_lists_its_clinicians_at_once(files, cardiology, manager):
    run(**files)
    assert found(cardiology) == [BEN]
    unmapped = UnmappedSpecialty.objects.get()
    url = reverse("admin:directory_unmappedspecialty_change", args=[unmapped.pk])

    page = manager.post(url, {"specialization": cardiology.pk}, follow=True)

    assert "HEART MEDICINE is Cardiology: 1 cardiologist gained." in page.text
    assert found(cardiology) == [ADA, BEN]
    assert (count(cardiology), count(cardiology, "TX")) == (2, 2)
    assert not UnmappedSpecialty.objects.exists()
    assert PractitionerSpecialization.objects.filter(is_primary=True).count() == 2


def test_a_mapped_specialty_is_primary_where_the_file_has_it_first(
    cardiology, client, tmp_path
):
    row = doctor(pri_spec="HEART MEDICINE", sec_spec_1="CARDIOLOGY")
    run(doctors=write_doctors(tmp_path, row))
    ada = Practitioner.objects.get()
    assert "<dt>Specialization</dt>" not in client.get(ada.get_absolute_url()).text

    unmapped = UnmappedSpecialty.objects.get()
    map_specialty(unmapped=unmapped, specialization=cardiology, by=None)

    assert "<dt>Specialization</dt>" in client.get(ada.get_absolute_url()).text


def test_a_mapping_holds_in_the_next_release(files, cardiology, tmp_path):
    run(**files)
    unmapped = UnmappedSpecialty.objects.get()
    map_specialty(unmapped=unmapped, specialization=cardiology, by=None)

    rows = doctor(pri_spec="HEART MEDICINE", cred="DO"), doctor(npi=BEN)
    report = run("2026-03", doctors=write_doctors(tmp_path, *rows))["doctors"]

    assert found(cardiology) == [ADA, BEN]
    assert report.notes == []
    assert SpecializationCode.objects.get(code="HEART MEDICINE").is_by_hand


def test_a_mapping_below_a_specialization_counts_for_both(files, cardiology):
    child = make_specialization("Rhythm", "Rhythm doctor", cardiology, is_coded=False)
    run(**files)

    unmapped = UnmappedSpecialty.objects.get()
    map_specialty(unmapped=unmapped, specialization=child, by=None)

    assert found(child) == [ADA, BEN]
    assert count(child) == count(cardiology) == 2


def test_a_wrong_mapping_of_a_specialty_is_taken_back(files, cardiology, manager):
    neurology = make_specialization("Neurology", "Neurologist")
    run(**files)
    map_specialty(
        unmapped=UnmappedSpecialty.objects.get(), specialization=neurology, by=None
    )
    codes = reverse("admin:directory_specializationcode_changelist")
    page = manager.get(codes)
    assert "HEART MEDICINE" in page.text
    assert "CARDIOLOGY" not in page.text  # the tree's own
    [code] = SpecializationCode.objects.filter(is_by_hand=True)
    delete = reverse("admin:directory_specializationcode_delete", args=[code.pk])

    page = manager.post(delete, confirmation(manager, delete), follow=True)

    assert "until the doctors file is loaded again" in page.text
    assert page.request["PATH_INFO"] == codes
    assert found(neurology) == [ADA, BEN]

    report = run(doctors=files["doctors"])["doctors"]

    assert report.notes[0].endswith("is not mapped yet: 2 clinicians.")
    assert (found(cardiology), found(neurology)) == ([BEN], [])
    unmapped = UnmappedSpecialty.objects.get()
    map_specialty(unmapped=unmapped, specialization=cardiology, by=None)
    assert found(cardiology) == [ADA, BEN]


@pytest.mark.parametrize("group", ["Editor", "Editor-in-chief", "Publisher"])
def test_only_who_maps_takes_a_mapping_back(files, cardiology, client, group):
    run(**files)
    map_specialty(
        unmapped=UnmappedSpecialty.objects.get(), specialization=cardiology, by=None
    )
    [code] = SpecializationCode.objects.filter(is_by_hand=True)
    [of_tree] = SpecializationCode.objects.filter(is_by_hand=False)
    name = "admin:directory_specializationcode"
    client.force_login(make_user(group))

    assert client.get(reverse(f"{name}_changelist")).status_code == 403
    for one in (code, of_tree):
        delete = reverse(f"{name}_delete", args=[one.pk])
        assert client.post(delete, {"post": "yes"}).status_code in {302, 403}
    assert SpecializationCode.objects.count() == 2


def test_a_code_of_the_tree_is_deleted_by_nobody(files, cardiology, manager):
    code = SpecializationCode.objects.get()
    delete = reverse("admin:directory_specializationcode_delete", args=[code.pk])

    manager.post(delete, {"post": "yes"})

    assert SpecializationCode.objects.get() == code


def test_a_specialty_is_not_mapped_twice_at_a_time(files, cardiology):
    neurology = make_specialization("Neurology", "Neurologist")
    run(**files)
    first, second = (UnmappedSpecialty.objects.get() for _ in range(2))
    map_specialty(unmapped=first, specialization=cardiology, by=None)

    with pytest.raises(ValidationError, match="mapped already"):
        map_specialty(unmapped=second, specialization=neurology, by=None)

    assert SpecializationCode.objects.get(code=WORD).specialization == cardiology
    assert found(neurology) == []


def test_a_second_press_of_the_button_is_told_of_the_first(
    files, cardiology, manager, monkeypatch
):
    run(**files)
    unmapped = UnmappedSpecialty.objects.get()
    url = reverse("admin:directory_unmappedspecialty_change", args=[unmapped.pk])

    def wait_for_the_first():
        monkeypatch.undo()
        first = UnmappedSpecialty.objects.get()
        map_specialty(unmapped=first, specialization=cardiology, by=None)

    monkeypatch.setattr(by_hand, "require_no_import", wait_for_the_first)

    page = manager.post(url, {"specialization": cardiology.pk})

    assert "It is mapped already: “Specialization codes” says to what." in page.text
    codes = manager.get(reverse("admin:directory_specializationcode_changelist"))
    assert "Select specialization code" in codes.text
    assert "HEART MEDICINE" in codes.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_of_what_was_mapped_leads_to_what_is_left(
    files, cardiology, manager, method
):
    run(**files)
    unmapped = UnmappedSpecialty.objects.get()
    url = reverse("admin:directory_unmappedspecialty_change", args=[unmapped.pk])
    map_specialty(unmapped=unmapped, specialization=cardiology, by=None)

    page = getattr(manager, method)(url, {"specialization": cardiology.pk}, follow=True)

    assert "This is no loose end any more" in page.text
    assert "Select unmapped specialty" in page.text


def test_a_number_that_a_file_names_since_leads_to_the_numbers_left(files, manager):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])
    Organization.objects.filter(pk=orphan.pk).update(is_stub=False)

    page = manager.post(url, {"stands_for": "450068"}, follow=True)

    assert "This is no loose end any more" in page.text
    assert "Select orphan hospital" in page.text


def test_a_family_cannot_be_what_somebody_does(files):
    run(**files)

    with pytest.raises(ValidationError, match="A family has no clinicians"):
        map_specialty(
            unmapped=UnmappedSpecialty.objects.get(),
            specialization=make_family(),
            by=None,
        )


def test_whoever_may_not_maps_nothing(files, cardiology):
    run(**files)
    stranger = User.objects.create_user("stranger", is_staff=True)

    with pytest.raises(PermissionDenied):
        map_specialty(
            unmapped=UnmappedSpecialty.objects.get(),
            specialization=cardiology,
            by=stranger,
        )
    with pytest.raises(PermissionDenied):
        map_orphan(
            orphan=Organization.objects.get(ccn="459999"),
            hospital=Organization.objects.get(ccn="450068"),
            by=stranger,
        )


def test_an_orphan_is_listed_and_mapped_to_its_hospital(files, manager, tmp_path):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    kind = Organization.objects.get(ccn="450068")
    changelist = reverse("admin:directory_orphanhospital_changelist")
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])
    assert "459999" in manager.get(changelist).text

    assert "maxlength" not in manager.get(url).text  # it would cut what is pasted
    page = manager.post(url, {"stands_for": " 450068 "}, follow=True)

    assert "459999 is Kind Hospital: 1 link moved." in page.text
    assert set(Affiliation.objects.values_list("organization", flat=True)) == {kind.pk}
    row = Listing.objects.get(npi=BEN)
    assert row.practitioner_id in set(
        Listing.objects.filter(ties__overlap=row.ties).values_list(
            "practitioner_id", flat=True
        )
    )

    links = write_links(tmp_path, link(ccn="459999"), link(npi=BEN), link(npi=BEN))
    run("2026-03", affiliations=links, accepts_census=True)

    linked = Affiliation.objects.values_list("organization", "reported_ccn")
    assert sorted(linked) == [(kind.pk, "450068"), (kind.pk, "459999")]


@pytest.mark.parametrize("own", ["", "Own Health"])
def test_a_hospital_learns_the_health_system_of_its_number(files, own):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    orphan.system, orphan.is_teaching = make_system("Kindness Health"), True
    orphan.save()
    kind = Organization.objects.get(ccn="450068")
    kind.system = make_system(own) if own else None
    kind.save()

    map_orphan(orphan=orphan, hospital=kind, by=None)

    kind.refresh_from_db()
    assert kind.system.name == (own or "Kindness Health")
    teaching = Listing.objects.values_list("is_at_teaching_hospital", flat=True)
    assert set(teaching) == ({None} if own else {True})


def test_a_wrong_mapping_of_a_number_is_taken_back(files, manager, tmp_path):
    unit = link(npi=CAL, ccn="45S999", parent="450999")
    links = write_links(tmp_path, link(ccn="450999"), link(npi=BEN), unit)
    rows = doctor(), doctor(npi=BEN), doctor(npi=CAL)
    doctors = write_doctors(tmp_path, *rows)
    run(doctors=doctors, affiliations=links)
    orphan = Organization.objects.get(ccn="450999")
    before = links_and_lists()
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])
    manager.post(url, {"stands_for": "450068"})
    assert links_and_lists() != before
    changelist = manager.get(reverse("admin:directory_orphanhospital_changelist"))
    assert "Kind Hospital" in changelist.text
    assert 'value="450068"' in manager.get(url).text

    page = manager.post(url, {"stands_for": ""}, follow=True)

    assert "450999 is no other hospital any more: 2 links back." in page.text
    assert links_and_lists() == before
    again = manager.post(url, {"stands_for": ""})
    assert "Name the hospital." in again.text


def test_links_through_a_nursing_home_come_back_with_the_same_file(files, tmp_path):
    through = link(ccn="455001", kind="Nursing home", parent="459999")
    files["affiliations"] = write_links(tmp_path, through, link(npi=BEN))
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    kind = Organization.objects.get(ccn="450068")
    map_orphan(orphan=orphan, hospital=kind, by=None)
    unmap_orphan(orphan=orphan, by=None)

    run(affiliations=files["affiliations"])

    assert Affiliation.objects.get(reported_ccn="455001").organization == orphan
    assert run(affiliations=files["affiliations"])["affiliations"].is_unchanged


@pytest.mark.parametrize("is_mapped", [False, True], ids=["left", "mapped"])
def test_the_list_of_numbers_is_narrowed_to_those_left(files, manager, is_mapped):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    if is_mapped:
        kind = Organization.objects.get(ccn="450068")
        map_orphan(orphan=orphan, hospital=kind, by=None)
    address = reverse(
        "admin:directory_orphanhospital_changelist", query={"same_as__isempty": 1}
    )

    page = manager.get(address)

    assert ("459999" in page.text) is not is_mapped


@pytest.mark.parametrize("typed", ["kind", "Kind Hospital Houston", "KIND, tx"])
def test_whoever_knows_a_hospital_by_name_is_told_its_number(files, manager, typed):
    run(**files)
    make_hospital("Kind Hospital", ccn="220071", location=None)
    orphan = Organization.objects.get(ccn="459999")
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])

    page = manager.post(url, {"stands_for": typed}).text

    assert "<li>450068: Kind Hospital, Houston, TX</li>" in page
    is_without_place = "<li>220071: Kind Hospital, city not known</li>" in page
    assert is_without_place == (typed == "kind")
    assert f'value="{typed}"' in page
    orphan.refresh_from_db()
    assert orphan.same_as is None


def test_of_many_hospitals_of_a_name_the_city_is_asked(files, manager, monkeypatch):
    monkeypatch.setattr(mapping, "AT_MOST", 1)
    run(**files)
    make_hospital("Kind Hospital of Austin", ccn="450200")
    orphan = Organization.objects.get(ccn="459999")
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])

    page = manager.post(url, {"stands_for": "Kind"}).text

    assert "<li>And more: write the city, too.</li>" in page


def test_after_a_number_is_mapped_the_list_is_narrowed_as_before(files, manager):
    run(**files)
    left = {"same_as__isempty": "1"}
    changelist = reverse("admin:directory_orphanhospital_changelist", query=left)
    [address] = re.findall(r'href="([^"]+/change/[^"]*)', manager.get(changelist).text)

    response = manager.post(html.unescape(address), {"stands_for": "450068"})

    assert response.headers["Location"] == changelist


def test_a_number_that_nobody_is_linked_to_any_more_waits_for_nobody(
    files, manager, tmp_path
):
    run(**files)
    links = write_links(tmp_path, link(), link(npi=BEN))
    run("2026-03", affiliations=links, accepts_census=True)

    listed = manager.get(reverse("admin:directory_orphanhospital_changelist"))

    assert Organization.objects.filter(ccn="459999", is_stub=True).exists()
    assert "459999" not in listed.text
    assert "hospital number" not in manager.get(reverse("admin:index")).text


def test_a_number_can_be_mapped_to_another_hospital(files):
    run(**files)
    right = make_hospital("Right Hospital", ccn="450100")
    wrong = Organization.objects.get(ccn="450068")
    orphan = Organization.objects.get(ccn="459999")
    map_orphan(orphan=orphan, hospital=wrong, by=None)

    map_orphan(orphan=orphan, hospital=right, by=None)

    orphan.refresh_from_db()
    assert orphan.same_as == right
    assert Affiliation.objects.get(reported_ccn="459999").organization == right
    assert Affiliation.objects.get(reported_ccn="450068").organization == wrong


def test_a_number_that_was_mapped_meanwhile_goes_with_all_its_links(files):
    run(**files)
    wrong = Organization.objects.get(ccn="450068")
    right = make_hospital("Right Hospital", ccn="450100")
    first, second, third = (Organization.objects.get(ccn="459999") for _ in range(3))
    map_orphan(orphan=first, hospital=wrong, by=None)

    moved = map_orphan(orphan=second, hospital=right, by=None)

    assert moved == 1
    assert Affiliation.objects.get(reported_ccn="459999").organization == right
    assert unmap_orphan(orphan=third, by=None) == 1
    assert Affiliation.objects.get(reported_ccn="459999").organization == third


def test_a_number_is_not_mapped_to_its_hospital_again(files, manager):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    hospital = Organization.objects.get(ccn="450068")
    map_orphan(orphan=orphan, hospital=hospital, by=None)
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])

    page = manager.post(url, {"stands_for": "450068"})

    assert "It stands for this hospital already." in page.text


def links_and_lists():
    """Return what finder and profiles know of hospitals."""
    links = Affiliation.objects.order_by("practitioner", "reported_ccn")
    ties = Listing.objects.order_by("npi", "specialization", "number")
    return (
        list(links.values_list("practitioner", "organization", "reported_ccn")),
        list(ties.values_list("npi", "specialization", "ties")),
    )


def test_a_former_link_goes_to_the_hospital_with_its_orphan(files, tmp_path):
    run(**files)
    without = write_links(tmp_path, link(npi=BEN))
    run("2026-03", affiliations=without, accepts_census=True)
    orphan = Organization.objects.get(ccn="459999")
    kind = Organization.objects.get(ccn="450068")

    map_orphan(orphan=orphan, hospital=kind, by=None)

    assert FormerAffiliation.objects.get().organization == kind

    again = write_links(tmp_path, link(ccn="459999"), link(npi=BEN))
    run("2026-04", affiliations=again, accepts_census=True)

    back = Affiliation.objects.get(reported_ccn="459999")
    assert back.first_release.version == "2026-02"
    assert not FormerAffiliation.objects.exists()


def test_a_former_link_that_the_hospital_has_already_is_there_once(files, tmp_path):
    unit = {"ccn": "455555", "kind": "Nursing home"}
    run(**files)
    before = write_links(tmp_path, link(parent="459999", **unit))
    run("2026-03", affiliations=before, accepts_census=True)
    after = write_links(tmp_path, link(parent="450068", **unit))
    run("2026-04", affiliations=after, accepts_census=True)
    kind = Organization.objects.get(ccn="450068")

    map_orphan(orphan=Organization.objects.get(ccn="459999"), hospital=kind, by=None)

    assert Affiliation.objects.get().organization == kind
    former = FormerAffiliation.objects.values_list("reported_ccn", flat=True)
    assert sorted(former) == ["450068", "459999"]


def test_a_new_number_of_a_hospital_takes_its_doctors_over(files, client, tmp_path):
    links = write_links(tmp_path, link(npi=BEN, ccn="459999"))
    run(**files | {"affiliations": links})
    orphan = Organization.objects.get(ccn="459999")
    kind = Organization.objects.get(ccn="450068")
    map_orphan(orphan=orphan, hospital=kind, by=None)

    run("2026-03", hospitals=write_hospitals(tmp_path, "459999"))

    ben = Practitioner.objects.get(npi=BEN)
    assert "459999 Hospital" in client.get(ben.get_absolute_url()).text
    orphan.refresh_from_db()
    assert (orphan.is_stub, orphan.same_as) == (False, None)
    assert BEN not in client.get("/doctors/cardiology/?apart_from=459999").text


def test_a_number_that_no_file_names_is_refused_in_words(files, manager):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    url = reverse("admin:directory_orphanhospital_change", args=[orphan.pk])

    page = manager.post(url, {"stands_for": "999999"})

    assert "The hospital file names no hospital 999999." in page.text


def test_only_orphans_are_mapped_and_only_to_hospitals(files):
    run(**files)
    orphan = Organization.objects.get(ccn="459999")
    hospital = Organization.objects.get(ccn="450068")

    with pytest.raises(ValidationError, match="has a name of its own"):
        map_orphan(orphan=hospital, hospital=hospital, by=None)
    with pytest.raises(ValidationError, match="Choose a hospital"):
        map_orphan(orphan=orphan, hospital=orphan, by=None)


@pytest.mark.parametrize(
    "model", ["importrun", "refusedrow", "unmappedspecialty", "orphanhospital"]
)
def test_what_imports_leave_can_be_looked_up(files, manager, model):
    run(**files)
    changelist = reverse(f"admin:directory_{model}_changelist")

    assert manager.get(changelist, {"q": "45"}).status_code == 200
    assert manager.get(reverse(f"admin:directory_{model}_add")).status_code == 403


def test_an_import_is_told_in_numbers_that_can_be_read(files, manager):
    run(**files)
    done = ImportRun.objects.get(dataset="doctors")
    done.details["parts"] = {"addresses": 1234}
    done.seconds, done.refused, done.read = 11.957712, 12345, done.read + 12345
    done.save()

    address = reverse("admin:directory_importrun_change", args=[done.pk])
    page = manager.get(address).content.decode()
    listed = manager.get(reverse("admin:directory_importrun_changelist"))

    assert "12.0 seconds" in page
    assert "<li>addresses: 1,234</li>" in page
    assert f'refusedrow/?run__id__exact={done.pk}">each with its reason' in page
    assert "Rows behind the header." in page
    assert "12,345" in page
    assert "12,345" in listed.content.decode()


def test_an_import_that_was_killed_is_not_said_to_run(manager):
    account = ImportRun.objects.create(
        dataset="doctors", version="2026-02", file_name="f", state="running"
    )
    one = reverse("admin:directory_importrun_change", args=[account.pk])
    several = reverse("admin:directory_importrun_changelist")

    def said():
        row = manager.get(several).text.split("<tbody>")[1]
        first = manager.get(reverse("admin:index")).text.split("dashboard-imports")[1]
        pages = row, manager.get(one).text, first
        return {
            words
            for words in ("Running", "Broke off", KILLED)
            if any(words in page for page in pages)
        }

    with another_session_holds(Lock.IMPORT):
        assert said() == {"Running"}
    assert said() == {"Broke off", KILLED}


def test_of_a_file_that_was_refused_nothing_is_said_to_have_come(
    files, manager, tmp_path
):
    run(**files)
    half = write_doctors(tmp_path, doctor())
    with pytest.raises(ImportRefusedError, match="it has 1 rows"):
        run("2026-03", doctors=half)

    def page(state):
        account = ImportRun.objects.get(dataset="doctors", state=state)
        address = reverse("admin:directory_importrun_change", args=[account.pk])
        assert account.seconds > 0
        return manager.get(address).content.decode()

    assert "What came of them" in page("done")
    assert "What came of them" not in page("refused")
    assert "Rows, as they would be loaded" in page("refused")
    assert "What would come of them" in page("refused")
    assert "would be" not in page("done")
    listed = manager.get(reverse("admin:directory_importrun_changelist")).text
    rows = [one for one in listed.split("</tr>") if "Clinicians, release" in one]
    refused, done = (dict(re.findall(r'field-(\w+)">([^<]*)<', one)) for one in rows)
    assert (done["loaded"], refused["read"]) == ("2", "1")
    assert (refused["loaded"], refused["changed"]) == ("would be 1", "0")
    assert refused["retired"] == "would be 1"
