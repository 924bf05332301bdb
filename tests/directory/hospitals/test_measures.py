"""The counts behind a hospital's rating: read, stored, shown with their numbers."""

import json

import pytest

from directory.data_files import HOSPITAL_LIST
from directory.hospitals.measure_chart import WIDTH, Bar, measure_groups
from directory.imports import hospitals, measures
from directory.imports.report import Report
from directory.models import Organization
from tests.factories import make_hospital

COUNTS = {"all": 8, "reported": 7, "better": 2, "same": 4, "worse": 1}


def row(**values):
    return {f"mortality_{name}": text for name, text in values.items()}


def read(**values):
    return json.loads(measures.measures_of(row(**values)))


def test_counts_are_read_as_numbers():
    found = read(all="8", reported="7", better="2", same="4", worse="1", note="")

    assert found == {"mortality": COUNTS}


@pytest.mark.parametrize(
    "values",
    [
        {"all": "Not Available"},
        {"all": "8", "reported": "7", "better": "2", "same": "4"},
        {"all": "8", "reported": "7", "better": "2", "same": "4", "worse": "-1"},
        {"all": "8", "reported": "7", "better": "2", "same": "4", "worse": "٣"},
        {"all": "8", "reported": "7", "better": "2", "same": "4", "worse": "4"},
        {"all": "6", "reported": "7", "better": "2", "same": "4", "worse": "1"},
        {},
    ],
)
def test_what_is_missing_or_contradicts_itself_is_unknown(values):
    assert read(**values) == {}


def test_a_footnote_is_kept_in_words():
    found = read(all="Not Available", note="5")

    assert found == {
        "mortality": {"note": "CMS had no results for this hospital in this period."}
    }


def test_the_real_file_has_counts_of_every_group():
    found = [
        json.loads(one.measures)
        for one in hospitals.read_hospitals(HOSPITAL_LIST, Report("Hospitals"), set())
    ]

    with_counts = {
        group: sum("all" in one.get(group, {}) for one in found)
        for group in measures.GROUPS
    }
    assert min(with_counts.values()) > 3000
    assert all("note" in one["mortality"] for one in found if not one["safety"])
    assert found[0]["safety"] == {
        "all": 8,
        "reported": 7,
        "better": 3,
        "same": 4,
        "worse": 0,
    }


@pytest.mark.django_db
def test_a_file_without_these_columns_is_read_all_the_same(tmp_path):
    header, *rows = HOSPITAL_LIST.read_text().splitlines()[:3]
    names = header.replace('"', "").split(",")
    keep = [index for index, name in enumerate(names) if "Measure" not in name]
    lines = [",".join(line.split(",")[i] for i in keep) for line in (header, *rows)]
    (tmp_path / "old.csv").write_text("\n".join(lines) + "\n")

    hospitals.load(tmp_path / "old.csv")

    assert Organization.objects.get(ccn="010001").measures == {}


@pytest.mark.django_db
def test_counts_reach_the_database(tmp_path):
    lines = HOSPITAL_LIST.read_text().splitlines()[:3]
    (tmp_path / "new.csv").write_text("\n".join(lines) + "\n")

    hospitals.load(tmp_path / "new.csv")

    stored = Organization.objects.get(ccn="010001").measures
    assert stored["timely"] == {"all": 12, "reported": 11}


def test_bars_fill_the_whole_width_without_gaps():
    [group] = measure_groups({"mortality": COUNTS})

    assert group.bars == [
        Bar("better", 0, 80),
        Bar("same", 80, 160),
        Bar("worse", 240, 40),
        Bar("none", 280, 40),
    ]
    assert sum(bar.width for bar in group.bars) == WIDTH
    assert group.words == (
        "7 of 8 measures have a result here: 2 better than the national value, "
        "4 no different, 1 worse."
    )


def test_groups_without_comparison_say_how_many_have_a_result():
    [group] = measure_groups({"timely": {"all": 12, "reported": 12}})

    assert group.words == "12 of 12 measures have a result here."
    assert group.bars == [Bar("reported", 0, WIDTH)]


def test_a_group_without_counts_says_so_and_why():
    [group] = measure_groups({"safety": {"note": "Too few."}})

    assert (group.words, group.note, group.bars) == ("No counts.", "Too few.", [])


def test_no_result_at_all_is_not_called_better_or_worse():
    zeros = dict.fromkeys(COUNTS, 0) | {"all": 3}

    [group] = measure_groups({"safety": zeros})

    assert group.words == "0 of 3 measures have a result here."
    assert group.bars == [Bar("none", 0, WIDTH)]
    assert measure_groups({}) == []


@pytest.mark.django_db
def test_a_page_has_the_chart_with_its_numbers_as_text(client):
    hospital = make_hospital(measures={"mortality": COUNTS})

    html = client.get(hospital.get_absolute_url()).content.decode()

    assert "<h3>Deaths</h3>" in html
    assert "2 better than the national value, 4 no different, 1 worse." in html
    assert html.count("<rect ") == 4
    assert 'aria-hidden="true" focusable="false"' in html
    assert "As of CMS Hospital General Information, release 2026-02" in html


@pytest.mark.django_db
def test_a_page_without_counts_has_no_chart(client):
    html = client.get(make_hospital().get_absolute_url()).content.decode()

    assert "What the rating rests on" not in html
