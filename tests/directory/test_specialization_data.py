"""The tree of specializations as data: complete, well formed, in plain words."""

import csv
import re
import tomllib
from collections import Counter

import pytest

from directory.data_files import DATA, TREE

ROOT = DATA.parents[1]
LEVELS = ("family", "specialization", "sub-specialization")
FAMILY_KEYS = {"slug", "level", "name", "plain_name", "what_they_do"}
KEYS = FAMILY_KEYS | {
    "parent",
    "title",
    "title_plural",
    "when_to_see",
    "synonyms",
    "cms_specialties",
}
LENGTHS = {
    "slug": (3, 60),
    "name": (5, 60),
    "title": (5, 50),
    "title_plural": (5, 50),
    "plain_name": (8, 70),
    "what_they_do": (60, 330),
    "when_to_see": (90, 330),
}
UNMAPPED = {
    "UNDEFINED PHYSICIAN TYPE (SPECIFY)",
    "SINGLE OR MULTISPECIALTY CLINIC OR GROUP PRACTICE",
}
CAPITALS = {
    "Alzheimer", "CAR", "CT", "Crohn", "MRI", "PET", "Parkinson", "T-cell", "X-rays",
}  # fmt: skip
# A word that leads to two entries, and why it must.
SHARED_WORDS = {
    "cardiothoracic surgeon": {"cardiac-surgery", "thoracic-surgery"},  # one training
}
LINK_OF_GUIDE = re.compile(r"\]\((?:doctors|specialization):([a-z-]+)")


def read_entries():
    with TREE.open("rb") as file:
        return tomllib.load(file)["specialization"]


def read_column(file_name, column):
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]


ENTRIES = read_entries()
BY_SLUG = {entry["slug"]: entry for entry in ENTRIES}
FAMILIES = [entry for entry in ENTRIES if entry["level"] == "family"]
KINDS = [entry for entry in ENTRIES if entry["level"] != "family"]
UNCODED = [entry for entry in KINDS if not entry["cms_specialties"]]


def sentences(text):
    return re.split(r"(?<=[.?!])\s+", text)


def texts(entry):
    """Yield every running text of an entry."""
    yield entry["what_they_do"]
    if "when_to_see" in entry:
        yield entry["when_to_see"]
    yield from entry.get("questions_to_ask", [])


def test_the_tree_has_the_size_a_patient_can_browse():
    counted = Counter(entry["level"] for entry in ENTRIES)

    assert 16 <= counted["family"] <= 20
    assert 120 <= len(KINDS) <= 135
    assert 27 <= len(UNCODED) <= 40


def test_each_medicare_specialty_stands_exactly_once():
    published = read_column("cms_pri_spec_ladder.csv", "pri_spec")

    placed = [string for entry in KINDS for string in entry["cms_specialties"]]

    assert len(published) == 93
    assert sorted(placed) == sorted(published)


def test_strings_without_a_successor_stay_unmapped():
    placed = {string for entry in KINDS for string in entry["cms_specialties"]}

    assert not placed & UNMAPPED


def test_a_renamed_specialty_leads_to_a_string_of_the_tree():
    current = read_column("cms_pri_spec_aliases.csv", "current")

    placed = {string for entry in KINDS for string in entry["cms_specialties"]}

    assert set(current) <= placed


def test_slugs_are_unique_and_well_formed():
    slugs = [entry["slug"] for entry in ENTRIES]

    malformed = [s for s in slugs if not re.fullmatch(r"[a-z]+(-[a-z]+)*", s)]

    assert malformed == []
    assert [slug for slug, times in Counter(slugs).items() if times > 1] == []


def test_slugs_that_guides_link_to_lead_to_a_kind_of_doctor():
    guides = [path.read_text() for path in (ROOT / "articles").glob("*/*.md")]

    linked = {slug for guide in guides for slug in LINK_OF_GUIDE.findall(guide)}

    assert len(linked) > 30
    assert linked <= {entry["slug"] for entry in KINDS}


def test_a_parent_stands_earlier_and_one_level_up():
    misplaced = []
    level_of = {}

    for entry in ENTRIES:
        depth = LEVELS.index(entry["level"])
        expected = LEVELS[depth - 1] if depth else None
        if level_of.get(entry.get("parent")) != expected:
            misplaced.append(entry["slug"])
        level_of[entry["slug"]] = entry["level"]

    assert misplaced == []


def test_no_family_is_empty():
    parents = {entry["parent"] for entry in KINDS}

    assert [entry["slug"] for entry in FAMILIES if entry["slug"] not in parents] == []


def test_each_entry_has_the_keys_of_its_level_and_no_other():
    optional = {"questions_to_ask"}

    wrong = [entry["slug"] for entry in FAMILIES if set(entry) != FAMILY_KEYS]
    wrong += [entry["slug"] for entry in KINDS if set(entry) - optional != KEYS]

    assert wrong == []


def test_only_a_sub_specialization_lacks_a_medicare_specialty():
    assert {entry["level"] for entry in UNCODED} == {"sub-specialization"}


def test_where_no_file_names_the_field_the_reader_gets_questions_to_ask():
    without = [e["slug"] for e in UNCODED if len(e.get("questions_to_ask", [])) < 2]

    assert without == []


def test_questions_are_few_and_short_and_end_in_a_question_mark():
    wrong = [
        (entry["slug"], question)
        for entry in KINDS
        for question in entry.get("questions_to_ask", [])
        if not question.endswith("?") or len(question) > 120
    ]

    assert wrong == []
    assert max(len(entry.get("questions_to_ask", [])) for entry in KINDS) <= 4


def test_lengths_stay_within_bounds():
    wrong = [
        (entry["slug"], key, len(entry[key]))
        for entry in ENTRIES
        for key, (shortest, longest) in LENGTHS.items()
        if key in entry and not shortest <= len(entry[key]) <= longest
    ]

    assert wrong == []


def test_a_text_has_two_to_four_sentences_and_a_family_one():
    wrong = [
        (entry["slug"], key)
        for entry in KINDS
        for key in ("what_they_do", "when_to_see")
        if not 2 <= len(sentences(entry[key])) <= 4
    ]
    wrong += [
        (entry["slug"], "what_they_do")
        for entry in FAMILIES
        if len(sentences(entry["what_they_do"])) != 1
    ]

    assert wrong == []


def test_no_sentence_is_longer_than_thirty_words():
    long = [
        (entry["slug"], sentence)
        for entry in ENTRIES
        for text in texts(entry)
        for sentence in sentences(text)
        if len(sentence.split()) > 30
    ]

    assert long == []


def test_a_text_is_one_clean_line_that_ends_with_a_stop():
    wrong = [
        (entry["slug"], text)
        for entry in ENTRIES
        for text in texts(entry)
        if text != " ".join(text.split()) or text[-1] not in ".?"
    ]

    assert wrong == []


def test_names_and_titles_are_in_sentence_case_without_a_full_stop():
    wrong = []

    for entry in ENTRIES:
        for key in ("name", "title", "title_plural", "plain_name"):
            first, *rest = re.findall(r"[\w-]+", entry.get(key, "Family"))
            rest = [word for word in rest if word not in CAPITALS]
            if not first[0].isupper() or any(word != word.lower() for word in rest):
                wrong.append((entry["slug"], key))
            if entry.get(key, "").endswith("."):
                wrong.append((entry["slug"], key))

    assert wrong == []


def test_each_capital_that_is_allowed_is_used():
    used = {word for e in ENTRIES for word in re.findall(r"[\w-]+", e["plain_name"])}

    assert used >= CAPITALS


def test_two_entries_never_say_the_same():
    repeated = [
        (key, value)
        for key in ("name", "title", "plain_name", "what_they_do", "when_to_see")
        for value, times in Counter(e.get(key) for e in ENTRIES).items()
        if value and times > 1
    ]

    assert repeated == []


def test_synonyms_add_three_or_more_words_of_a_patient():
    wrong = []

    for entry in KINDS:
        words = [word.casefold() for word in entry["synonyms"]]
        own = {entry[key].casefold() for key in ("name", "title", "title_plural")}
        if len(words) < 3 or len(set(words)) < len(words) or own & set(words):
            wrong.append(entry["slug"])

    assert wrong == []


def test_a_word_leads_to_two_entries_only_with_a_reason():
    leads_to = {}

    for entry in KINDS:
        own = [entry["name"], entry["title"], *entry["synonyms"]]
        for word in {word.casefold() for word in own}:
            leads_to.setdefault(word, set()).add(entry["slug"])

    shared = {word: slugs for word, slugs in leads_to.items() if len(slugs) > 1}

    assert shared == SHARED_WORDS


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("gynaecologist", "obstetrics-and-gynecology"),
        ("haematologist", "hematology"),
        ("orthopaedic surgeon", "orthopedic-surgery"),
        ("paediatrician", "pediatrics"),
        ("anaesthetist", "anesthesiology"),
        ("physiotherapist", "physical-therapy"),
        ("ENT", "otolaryngology"),
        ("heart doctor", "cardiology"),
        ("heart doctor for kids", "pediatric-cardiology"),
        ("child cardiologist", "pediatric-cardiology"),
        ("cancer doctor for kids", "pediatric-oncology"),
        ("ALS doctor", "neurology"),
        ("prostate cancer surgeon", "urologic-oncology"),
    ],
)
def test_british_spellings_and_lay_words_lead_to_the_entry(word, slug):
    assert word in BY_SLUG[slug]["synonyms"]


def test_texts_promise_nothing_and_quote_no_statistics():
    forbidden = re.compile(
        r"%|\bpercent|\d+ (?:in|of|out of) \d+|\bguarantee|\bbest\b|\bproven to\b",
        re.IGNORECASE,
    )

    found = [
        (entry["slug"], match.group())
        for entry in ENTRIES
        for text in [*texts(entry), entry["plain_name"]]
        for match in forbidden.finditer(text)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("slug", "number"),
    [
        ("cardiology", "911"),
        ("emergency-medicine", "911"),
        ("neurology", "911"),
        ("vascular-neurology", "911"),
        ("allergy-and-immunology", "911"),
        ("cardiac-electrophysiology", "911"),
        ("hepatology", "911"),
        ("vascular-surgery", "911"),
        ("pulmonology", "911"),
        ("obstetrics-and-gynecology", "911"),
        ("ophthalmology", "911"),
        ("addiction-medicine", "911"),
        ("hematology", "911"),
        ("orthopedic-surgery", "911"),
        ("hip-and-knee-replacement", "911"),
        ("memory-disorders", "911"),
        ("optometry", "911"),
        ("speech-language-pathology", "911"),
        ("marriage-and-family-therapy", "911"),
        ("medical-toxicology", "1-800-222-1222"),
        ("psychiatry", "988"),
        ("mental-health-counseling", "988"),
        ("clinical-psychology", "988"),
    ],
)
def test_an_emergency_of_the_field_names_the_number_to_call(slug, number):
    assert number in BY_SLUG[slug]["when_to_see"]


def test_a_text_that_speaks_of_an_emergency_says_where_to_go():
    speaks = re.compile(r"\bis an? (?:medical )?emergency\b|\bemergency care\b")
    says = re.compile(r"\b911\b|\bemergency department\b")

    found = [entry for entry in KINDS if speaks.search(entry["when_to_see"])]
    mute = [e["slug"] for e in found if not says.search(e["when_to_see"])]

    assert len(found) >= 5
    assert mute == []


def test_no_text_sends_a_reader_to_urgent_care():
    """In the United States that is a walk-in clinic, and no place for an emergency."""
    found = [e["slug"] for e in KINDS if "urgent care" in e["when_to_see"].casefold()]

    assert found == []


@pytest.mark.parametrize(
    "slug",
    [
        "medical-oncology",
        "hematology-oncology",
        "lymphoma-and-leukemia",
        "hematopoietic-cell-transplantation",
        "pediatric-oncology",
    ],
)
def test_a_fever_during_cancer_treatment_is_a_call_at_any_hour(slug):
    text = BY_SLUG[slug]["when_to_see"]

    assert "fever" in text
    assert "at once" in text
