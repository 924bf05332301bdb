"""Plain wordings of what 911 and 988 are for, and others that only sound so."""

import pytest

from articles.checks.word_lists import lines
from config.urgent_words import says_one_of
from directory.values.sort_keys import sort_key

SEARCHES = ("urgent_searches", "poison_searches", "crisis_searches")


@pytest.mark.parametrize(
    "words",
    [
        "chest pain",
        "pain in my chest",
        "my chest is hurting",
        "I can\u2019t breathe",
        "baby not breathing",
        "short of breath",
        "stroke symptoms",
        "Stroke",
        "am I having a stroke?",
        "face is drooping",
        "slurred speech",
        "having a heart attack",
        "heart attack",
        "bleeding won't stop",
        "vomiting blood",
        "unconscious",
        "throat is swelling",
        "9-1-1",
        "Emergency!",
        "pain in my left arm",
        "pregnant and bleeding",
        "dolor de pecho",
    ],
)
def test_who_may_need_an_ambulance_is_heard(words):
    assert says_one_of("urgent_searches", words)


@pytest.mark.parametrize(
    "words",
    [
        "chest surgeon",
        "stroke recovery",
        "stroke neurologist",
        "heart attack recovery",
        "breathing exercises",
        "collapsed lung surgery",
        "seizure doctor",
        "heavy bleeding fibroids",
        "back pain",
        "knee hurts",
        "emergency medicine",
        "help with a decision",
        "",
    ],
)
def test_what_only_sounds_so_alarms_nobody(words):
    assert not says_one_of("urgent_searches", words)


@pytest.mark.parametrize(
    "words",
    [
        "took too many pills",
        "too much Tylenol",
        "overdose",
        "my son overdosed",
        "he swallowed bleach",
        "my toddler ate pills",
        "drank too much alcohol",
        "accidentally took two pills",
        "snake bite",
        "carbon monoxide",
        "poison control number",
        "1-800-222-1222",
        "sobredosis",
    ],
)
def test_who_may_be_poisoned_is_heard(words):
    assert says_one_of("poison_searches", words)


@pytest.mark.parametrize(
    "words",
    ["overdose prevention guide", "poison ivy", "too many doctors", "double vision"],
)
def test_what_is_no_poisoning_is_not_called_one(words):
    assert not says_one_of("poison_searches", words)


@pytest.mark.parametrize(
    "words",
    [
        "I want to die",
        "don't want to live anymore",
        "I wish I was dead",
        "suicidal thoughts",
        "suicide prevention",
        "how to end my life",
        "end my life",
        "kill myself",
        "hurting myself",
        "self-harm",
        "988",
        "me quiero morir",
    ],
)
def test_who_may_think_of_suicide_is_heard(words):
    assert says_one_of("crisis_searches", words)


@pytest.mark.parametrize(
    "words",
    ["end of life care for my mother", "diet", "live donor", "chest pain", "hurt knee"],
)
def test_what_is_no_crisis_is_not_called_one(words):
    assert not says_one_of("crisis_searches", words)


def test_what_sends_a_reader_of_a_guide_to_an_ambulance_does_so_here():
    missed = [
        sign
        for sign in lines("emergency_signs")
        if not any(says_one_of(name, sign) for name in SEARCHES)
    ]

    assert len(lines("emergency_signs")) > 20
    assert missed == []


@pytest.mark.parametrize("name", SEARCHES)
def test_a_line_is_written_as_words_are_compared(name):
    entries = [line.removeprefix("=") for line in lines(name)]

    assert entries == [sort_key(entry) for entry in entries]
    assert len(set(lines(name))) == len(entries)
