import pytest

from directory.imports import specializations
from directory.imports.report import ImportRefusedError
from directory.models import (
    Listing,
    PractitionerCount,
    Specialization,
    SpecializationCode,
)
from tests.directory.release_files import doctor, run, write_doctors
from tests.factories import count_doctors, make_doctor

FAMILY = '[[specialization]]\nslug = "hearts"\nlevel = "family"\nname = "Hearts"\n'
WORDS = 'plain_name = "a"\nwhat_they_do = "b"\n'
PERSON = 'title = "c"\ntitle_plural = "d"\nwhen_to_see = "e"\n'
HEARTS = ("specialization", "hearts")


def entry(slug, level, parent, more=""):
    return (
        f'[[specialization]]\nslug = "{slug}"\nlevel = "{level}"\nparent = "{parent}"\n'
        f'name = "{slug}"\n{WORDS}{PERSON}{more}\n'
    )


@pytest.fixture
def tree(tmp_path, monkeypatch):
    def write(*entries):
        path = tmp_path / "tree.toml"
        path.write_text(FAMILY + WORDS + "".join(entries))
        monkeypatch.setattr(specializations, "TREE", path)
        return path

    return write


@pytest.mark.django_db
def test_the_whole_tree_is_loaded_once():
    first = specializations.load()
    second = specializations.load()

    assert first.changes.created == first.read == Specialization.objects.count()
    assert second.is_unchanged
    coded = Specialization.objects.with_is_coded().filter(is_coded=True)
    assert coded.count() == 93


@pytest.mark.django_db
def test_cardiology_has_its_codes_and_what_stands_below():
    specializations.load()

    cardiology = Specialization.objects.get(slug="cardiology")

    codes = dict(cardiology.codes.values_list("system", "code"))
    assert codes["cms-specialty"] == "CARDIOVASCULAR DISEASE (CARDIOLOGY)"
    assert codes["medicare-code"] == "06"
    assert "interventional-cardiology" in cardiology.children.values_list(
        "slug", flat=True
    )
    assert cardiology.profession == "physician"


@pytest.mark.django_db
def test_urologic_oncology_is_coded_by_no_file_and_gives_words_to_ask_with():
    specializations.load()

    found = Specialization.objects.with_is_coded().get(slug="urologic-oncology")

    assert not found.is_coded
    assert found.parent.slug == "urology"
    assert found.profession == "physician"
    assert len(found.questions_to_ask) >= 3


@pytest.mark.parametrize(
    ("code", "specialties"),
    [
        ("208D00000X", ["GENERAL PRACTICE"]),
        ("207RC0000X", ["CARDIOVASCULAR DISEASE (CARDIOLOGY)"]),  # an internist's, too
        ("207R00000X", ["INTERNAL MEDICINE"]),
        ("207T00000X", ["NEUROSURGERY"]),  # and general surgery's
        ("208600000X", ["GENERAL SURGERY"]),
        ("2084P0800X", ["PSYCHIATRY"]),
        ("207L00000X", []),  # of anesthesiology and, wrongly, of addiction medicine
        ("207XX0005X", []),  # of orthopedic surgery and of sports medicine
    ],
)
def test_a_taxonomy_code_of_several_specialties_means_a_narrow_one_alone(
    code, specialties
):
    ladder = specializations.read_ladder(specializations.LADDER)

    assert [
        name for name, row in ladder.items() if code in row["taxonomy"].split("|")
    ] == specialties


def test_no_taxonomy_code_means_two_specialties():
    ladder = specializations.read_ladder(specializations.LADDER)

    every = [c for row in ladder.values() for c in row["taxonomy"].split("|") if c]
    assert len(every) == len(set(every)) > 100


@pytest.mark.django_db
def test_a_changed_entry_is_changed_and_the_others_left_alone(tree):
    tree(entry("cardiology", "specialization", "hearts"))
    specializations.load()
    tree(entry("cardiology", "specialization", "hearts", 'synonyms = ["x"]'))

    report = specializations.load()

    assert (report.changes.updated, report.changes.skipped) == (1, 1)
    assert Specialization.objects.get(slug="cardiology").synonyms == ["x"]


@pytest.mark.django_db
def test_a_code_that_moved_is_at_its_new_place_only(tree):
    code = 'cms_specialties = ["UROLOGY"]'
    tree(
        entry("urology", "specialization", "hearts", code),
        entry("other", "specialization", "hearts"),
    )
    specializations.load()
    tree(
        entry("urology", "specialization", "hearts"),
        entry("other", "specialization", "hearts", code),
    )

    specializations.load()

    holders = SpecializationCode.objects.filter(code="UROLOGY")
    assert [one.specialization.slug for one in holders] == ["other"]


@pytest.mark.django_db
def test_the_doctors_of_a_code_that_moved_follow_it_with_the_same_file(tree, tmp_path):
    code = 'cms_specialties = ["UROLOGY"]'
    urology = entry("urology", "specialization", "hearts")
    tree(urology, entry("other", "specialization", "hearts", code))
    specializations.load()
    path = write_doctors(tmp_path, doctor(pri_spec="UROLOGY"))
    run(doctors=path)
    tree(urology.replace("parent", f"{code}\nparent"), entry("other", *HEARTS))

    specializations.load()
    run(doctors=path)

    assert Listing.objects.get().specialization.slug == "urology"
    assert run(doctors=path)["doctors"].is_unchanged


@pytest.mark.django_db
def test_the_doctors_of_a_rung_that_moved_are_listed_where_it_stands_now(tree):
    tops = entry("one", *HEARTS), entry("other", *HEARTS)
    tree(*tops, entry("child", "sub-specialization", "one"))
    specializations.load()
    make_doctor(does=(Specialization.objects.get(slug="child"),))
    count_doctors()
    tree(*tops, entry("child", "sub-specialization", "other"))

    specializations.load()

    counts = PractitionerCount.objects.values_list(
        "specialization__slug", "practitioners"
    )
    assert dict(counts) == {"child": 1, "other": 1}


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry("a", "specialization", "nowhere")], "a must stand below a family"),
        (
            [entry("a", "sub-specialization", "hearts")],
            "a must stand below a specialization",
        ),
    ],
    ids=["unknown parent", "skipped rung"],
)
def test_a_tree_with_a_missing_rung_is_refused(tree, entries, message):
    path = tree(*entries)

    with pytest.raises(ImportRefusedError, match=message):
        specializations.read_tree(path)


@pytest.mark.django_db
def test_a_specialty_that_cms_does_not_have_is_refused(tree):
    tree(entry("a", "specialization", "hearts", 'cms_specialties = ["MAGIC"]'))

    with pytest.raises(ImportRefusedError, match="a: no specialty 'MAGIC'"):
        specializations.load()

    assert Specialization.objects.count() == 0
