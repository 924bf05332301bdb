"""The next month's files: who leaves, comes, moves and changes."""

import csv
from collections import defaultdict

import pytest

from directory.sample.files import Sample, write_sample
from directory.sample.layouts import AFFILIATIONS, DOCTORS
from directory.sample.releases import is_in, numbers_for, seat_holder

PEOPLE = 6000


def grouped(path, *columns):
    found = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["NPI"]].add(tuple(row[column] for column in columns))
    return found


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    for release in (1, 2, 5, 6):
        write_sample(Sample(PEOPLE, 5, release), folder / str(release))
    return folder


def changed(folders, name, *columns):
    one = grouped(folders / "1" / name, *columns)
    two = grouped(folders / "2" / name, *columns)
    both = one.keys() & two.keys()
    return sum(one[npi] != two[npi] for npi in both) / PEOPLE


def test_some_leave_and_some_come(folders):
    one = grouped(folders / "1" / DOCTORS, "NPI")
    two = grouped(folders / "2" / DOCTORS, "NPI")

    assert len(one) == PEOPLE
    assert 0.005 < len(one.keys() - two.keys()) / PEOPLE < 0.015
    assert 0.005 < len(two.keys() - one.keys()) / PEOPLE < 0.015


@pytest.mark.parametrize(
    ("columns", "low", "high"),
    [
        (["Provider Last Name"], 0.003, 0.01),
        (["Telehlth"], 0.003, 0.01),
        (["org_pac_id"], 0.005, 0.02),
        (["Facility Name"], 0.008, 0.03),
        (["Telephone Number"], 0.01, 0.06),
        (["Provider First Name", "Med_sch", "Grd_yr", "pri_spec"], -1, 0.0001),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_some_change_and_most_stay(folders, columns, low, high):
    assert low < changed(folders, DOCTORS, *columns) < high


def test_some_work_at_other_hospitals(folders):
    columns = ["Facility Affiliations Certification Number"]

    assert 0.005 < changed(folders, AFFILIATIONS, *columns) < 0.03


def test_groups_still_count_their_members(folders):
    members, sizes = defaultdict(set), {}
    for npi, rows in grouped(
        folders / "2" / DOCTORS, "org_pac_id", "num_org_mem"
    ).items():
        for group, size in rows:
            if group:
                members[group].add(npi)
                sizes[group] = int(size)

    assert sizes == {group: len(people) for group, people in members.items()}


def test_after_the_fifth_release_nothing_changes(folders):
    fifth, sixth = folders / "5" / DOCTORS, folders / "6" / DOCTORS

    assert fifth.read_bytes() == sixth.read_bytes()


@pytest.mark.parametrize("practitioners", [1, 23, 24, 25, 48, 49, 1000])
def test_the_first_release_has_exactly_as_many_as_asked_for(practitioners):
    numbers = range(numbers_for(practitioners))

    assert sum(is_in(number, 1) for number in numbers) == practitioners


@pytest.mark.parametrize("release", [1, 2, 3, 9])
@pytest.mark.parametrize("numbers", [1, 15, 16, 199, 201, 1000])
def test_those_who_move_change_places(numbers, release):
    holders = [seat_holder(number, release, numbers) for number in range(numbers)]

    assert sorted(holders) == list(range(numbers))
    assert (holders == list(range(numbers))) == (release == 1 or numbers < 216)
