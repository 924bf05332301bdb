"""What findings mean for publishing."""

from articles.checks import Severity
from articles.checks.verdict import Look, Verdict, judge
from tests.articles.checks.texts import report

LONG = "word " * 21 + "end."


def verdict(source: str, **looks: str) -> Verdict:
    by_rule = {rule.replace("_", "-"): Look(why) for rule, why in looks.items()}
    return judge(report(source, description="d" * 80), "digest", by_rule)


def rules(found: Verdict) -> list[str]:
    return [f"{group.severity} {group.rule.id}" for group in found.groups]


def test_what_blocks_comes_first_and_what_informs_last() -> None:
    found = verdict(f"{LONG}\n\nIt is said.")

    assert rules(found)[0] == "B when-to-get-help"
    assert [each[0] for each in found.by_severity] == ["blocks", "warns", "informs"]
    assert found.in_short.startswith("1 that block publishing, ")


def test_a_look_settles_a_warning() -> None:
    assert "sentence-length" in [g.rule.id for g in verdict(LONG).unseen]
    assert verdict(LONG, sentence_length="", reading_grade="").unseen == []


def test_a_look_alone_settles_nothing_that_blocks() -> None:
    found = verdict("[here](https://example.org)", link_text="I like it so")

    assert "link-text" in {each.rule for each in found.blocking}


def test_a_reason_excuses_a_guide_without_a_care_card() -> None:
    without = verdict("Words.", when_to_get_help="")
    found = verdict("Words.", when_to_get_help="It is about paperwork.")

    assert [each.rule for each in without.blocking] == ["when-to-get-help"]
    assert found.blocking == []
    assert "I when-to-get-help" in rules(found)


def test_a_sign_without_an_emergency_card_takes_a_look_and_no_reason() -> None:
    text = "Chest pain.\n\n::: urgent Call today if\n- A.\n:::"
    [group] = [g for g in verdict(text).groups if g.rule.id == "when-to-get-help"]
    seen = verdict(text, when_to_get_help="")

    assert group.takes_a_tick
    assert not group.takes_a_reason
    assert "when-to-get-help" not in [g.rule.id for g in seen.unseen]


def test_a_group_keeps_its_key_as_long_as_it_finds_the_same() -> None:
    before = verdict(LONG).unseen[0]
    moved = verdict(f"Short.\n\n{LONG}").unseen[0]
    other = verdict(f"And {LONG}").unseen[0]

    assert before.key == moved.key != other.key


def test_many_findings_are_told_in_short() -> None:
    group = verdict(f"{LONG}\n\n{LONG} More").unseen[0]

    assert "And 1 more like this." in group.in_short


def test_a_text_without_findings_says_so() -> None:
    found = judge(report("Words.", is_health=False, description="d" * 80), "", {})

    assert found.in_short == "The content rules found nothing."
    assert found.counts()[Severity.BLOCKS] == 0
