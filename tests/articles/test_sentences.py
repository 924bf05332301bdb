"""Where a sentence ends, and what a word is."""

import pytest

from articles.sentences import sentences, words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("See Dr. Doe at 9 a.m. tomorrow.", 1),
        ("Come at 9 a.m. Bring water.", 2),
        ("Payne VL, et al. 2014 found it.", 1),
        ("J. Doe wrote No. 7 of it.", 1),
        ("You may have hepatitis B. Ask for a test.", 2),
        ("Medicare has Parts A and B. Part D pays for pills.", 2),
        ("Take vitamin D. J. Doe says so.", 2),
        ("This part is by J. Doe.", 1),
        ("He said no. She said yes.", 2),
        ('She asked, "Why?" He knew.', 2),
        ('"Yes or no?" it says.', 1),
        ("Costs 3.50 or 1,000.", 1),
        ("Is it I. Or you.", 2),
        ("An item without a stop", 1),
        ("… !", 0),
        ("", 0),
    ],
)
def test_sentences_are_counted_as_a_reader_would(text: str, count: int) -> None:
    assert len(list(sentences(text))) == count


def test_a_sentence_knows_where_it_begins() -> None:
    assert list(sentences("One.  Two.")) == [(0, "One."), (6, "Two.")]


def test_a_hyphenated_word_is_one_and_a_number_too() -> None:
    found = words("A follow-up of 1,000 people, don't 2.5 BRCA1.")

    assert found == ["A", "follow-up", "of", "1,000", "people", "don't", "2.5", "BRCA1"]
