"""What was typed is looked for as the files may have it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.values.sort_keys import sort_key
from directory.values.spellings import phrases, spellings, with_other_letters


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Smith", [("smith",)]),
        ("Müller", [("muller", "mueller")]),
        ("MÜLLER", [("muller", "mueller")]),
        (unicodedata.normalize("NFD", "Müller"), [("muller", "mueller")]),
        ("Zoë Núñez", [("zoe",), ("nunez",)]),
        ("Weiß", [("weiss",)]),
        ("Søren Ågård", [("soren", "soeren"), ("agard", "aagaard")]),
        ("Saint John", [("saint", "st "), ("john",)]),
        ("St. John", [("st", "saint "), ("john",)]),
        ("Stone", [("stone",)]),
        ("?", []),
    ],
)
def test_each_word_comes_with_how_else_it_is_written(typed, expected):
    assert spellings(typed) == expected


@given(st.text("aäÄoöøåßé'.- \u0308st,", max_size=60))
def test_the_words_of_the_key_come_first(text):
    assert [first for first, *_ in spellings(text)] == sort_key(text).split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Smith Mueller", ["Smith Muller"]),
        ("MOEHLE", ["MOHLE"]),
        ("Aagaard", ["Agaard", "Aagard", "Agard"]),
        ("Juergen Mueller", ["Jurgen Mueller", "Juergen Muller", "Jurgen Muller"]),
        ("Rae Doe", []),
        ("Smith", []),
        ("Muller", ["Mueller"]),
        ("MULLER", ["MUELLER"]),
        ("muller, Lee", ["mueller, Lee"]),
        ("Jurgen Muller", ["Juergen Muller", "Jurgen Mueller", "Juergen Mueller"]),
        ("Ozer", ["Oezer"]),
        ("Hausler", ["Haeusler"]),
        ("Jürgen Mann", ["Jürgen Maenn"]),
        ("Rio Leo Chou 9900000016", []),
    ],
)
def test_two_letters_may_be_one_that_had_marks_and_the_other_way(typed, expected):
    assert with_other_letters(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Smith, Ada", ["smith ada"]),
        ("Ada Müller", ["ada muller", "ada mueller"]),
        ("St. John", ["st john", "saint john"]),
        ("Saint", ["saint", "st "]),
        ("?", [""]),
    ],
)
def test_a_text_comes_in_each_way_to_write_it(typed, expected):
    assert phrases(typed) == expected


def test_of_many_ways_a_few_are_tried():
    assert len(phrases("Müller " * 9)) == 8


def test_of_many_letters_the_last_are_tried_for_a_last_name_is_behind():
    found = with_other_letters("Barbara Andrada Muller")

    assert found[:3] == [
        "Barbara Aendrada Muller",
        "Barbara Andraeda Muller",
        "Barbara Andrada Mueller",
    ]


@given(st.text("aeoun ", max_size=100))
def test_only_a_few_are_tried(text):
    assert len(with_other_letters(text)) <= 8
