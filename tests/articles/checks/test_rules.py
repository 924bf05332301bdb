"""Each rule at its own examples, and where its edge is."""

import datetime

import pytest

from articles.checks import RULES, Facts, Rule, Severity
from articles.checks.rule import People, Person, Review, SourceFact
from tests.articles.checks.texts import (
    DEMANDED,
    ask,
    ask_about,
    lines,
    passages,
    report,
)

DAY = datetime.date(2026, 11, 2)
EACH = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


@EACH
def test_a_rule_says_nothing_about_its_good_example(rule: Rule) -> None:
    assert ask_about(rule.id, rule.good) == []


@EACH
def test_a_rule_finds_its_bad_example_with_its_severity(rule: Rule) -> None:
    found = ask_about(rule.id, rule.bad)

    assert found
    assert max(found, key=lambda each: "IWB".index(each.severity)).severity == (
        rule.severity
    )


@EACH
def test_a_rule_says_where_it_comes_from_and_what_it_demands(rule: Rule) -> None:
    assert rule.source
    assert rule.demand.endswith((".", "?"))
    assert rule.good.source or rule.good.shown or rule.good.description
    assert rule.bad.source or rule.bad.shown or rule.bad.description


def test_the_rules_are_those_that_were_agreed_on() -> None:
    ours = {rule.id: rule.severity.value for rule in RULES.values()}

    assert ours.pop("well-formed") == "B"
    assert ours.pop("picture-stored") == "W"
    assert ours == DEMANDED


@EACH
def test_each_rule_but_one_can_be_switched_off(rule: Rule) -> None:
    example = rule.bad
    found = report(
        example.source,
        title=example.title,
        description=example.description,
        facts=example.facts,
        off={rule.id},
    ).findings

    assert (rule.id in {each.rule for each in found}) == (rule.id == "well-formed")


def test_without_facts_the_rules_that_need_them_are_left_out_and_named() -> None:
    asked = report("Words.")

    assert asked.left_out == [
        "link-target",
        "link-external",
        "picture-stored",
        "sources",
        "source-age",
        "people",
        "fresh",
    ]
    assert not {each.rule for each in asked.findings} & set(asked.left_out)


def test_a_trust_page_needs_no_care_card_and_no_reviewer() -> None:
    facts = Facts(sources=[], people=People(None, None))

    found = report("Words.", is_health=False, facts=facts).findings

    assert {each.rule for each in found} == {"description"}


# Headings ------------------------------------------------------------------


def test_a_first_heading_below_level_two_skips_one() -> None:
    assert lines(ask("heading-order", "Words.\n\n### Deep\n\nWords.")) == [3]


def test_levels_that_the_page_cannot_have_are_named_by_the_same_rule() -> None:
    text = "# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five"

    assert lines(ask("heading-order", text)) == [1, 9]


def test_going_up_again_skips_nothing() -> None:
    assert ask("heading-order", "## A\n\n### B\n\n#### C\n\n## D") == []


@pytest.mark.parametrize(
    "heading",
    [
        "Ask your doctor about Medicare and the United States",
        "What does MRI mean?",
        "Care at home: What helps",
        "Why? Because it helps",
    ],
)
def test_names_abbreviations_and_new_sentences_keep_their_capitals(
    heading: str,
) -> None:
    assert ask("heading-form", f"## {heading}\n\nWords.") == []


def test_a_heading_has_at_most_65_characters() -> None:
    assert ask("heading-form", f"## {'a' * 65}") == []
    assert "66 characters" in ask("heading-form", f"## {'a' * 66}")[0].message


def test_a_paragraph_in_bold_is_no_heading() -> None:
    assert lines(ask("heading-form", "Words.\n\n**Getting ready**\n\nMore.")) == [3]
    assert ask("heading-form", "**Getting ready** takes a day.") == []
    assert ask("heading-form", "**One** and **two**") == []


def test_a_short_paragraph_at_the_top_says_what_matters() -> None:
    assert ask("key-points", f"{'word ' * 60}\n\n## A") == []
    assert len(ask("key-points", f"{'word ' * 61}\n\n## A\n\nShort.")) == 1


def test_key_points_below_the_first_heading_do_not_stand_on_top() -> None:
    points = "::: key-points\n- Asking is normal.\n:::"

    assert ask("key-points", f"{points}\n\n## A\n\nWords.") == []
    assert len(ask("key-points", f"## A\n\nWords.\n\n{points}")) == 1


# Links and pictures --------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["here", "Read more", "https://example.org", "www.example.org/a", "MORE…"]
)
def test_words_that_say_nothing_are_no_link(words: str) -> None:
    assert lines(ask("link-text", f"A\n[{words}](https://example.org).")) == [2]


def test_the_same_words_lead_to_one_place() -> None:
    text = "[Knees](article:knees), [knees](article:knees).\n\n[Knees](article:hips)"

    found = ask("link-text", text)

    assert lines(found) == [3]
    assert "article:hips" in found[0].message
    assert "article:knees" in found[0].message


@pytest.mark.parametrize("alt", ["IMG_1234", "knee", "photo", "x-ray.jpg"])
def test_a_file_name_describes_no_picture(alt: str) -> None:
    assert lines(ask("alt-text", f"A\n\n![{alt}](/media/ab/knee.webp)")) == [3]


def test_empty_brackets_decorate_unless_there_is_a_caption() -> None:
    assert ask("alt-text", "![](/media/ab/knee.webp)") == []
    assert lines(ask("alt-text", '![](/media/ab/knee.webp "My knee")')) == [1]


def test_only_the_first_column_may_do_without_a_name() -> None:
    assert ask("table-header", "| | When |\n|---|---|\n| A | B |") == []
    assert lines(ask("table-header", "A\n\n| What | |\n|---|---|\n| A | B |")) == [3]


# Blocks --------------------------------------------------------------------


def card(after: str, title: str = "Call 911 if", body: str = "- A sign.") -> str:
    return f"::: emergency {title}\n{body}\n:::\n\n{after}"


@pytest.mark.parametrize(
    "after", ["", "## Next\n\nWords.", "::: urgent Call today if\n- A.\n:::"]
)
def test_after_a_card_comes_a_heading_or_a_card_or_nothing(after: str) -> None:
    assert ask("care-card", card(after)) == []


@pytest.mark.parametrize("after", ["Words.", "::: tip\nWords.\n:::"])
def test_words_after_a_card_would_be_heard_as_its_part(after: str) -> None:
    assert "comes a heading" in ask("care-card", card(after))[0].message


@pytest.mark.parametrize("target", ["tel:911", "tel:+18002221222", "hospital:220071"])
def test_a_card_may_lead_to_help(target: str) -> None:
    # the digits count, with or without the sign for abroad
    assert ask("care-card", card("", body=f"- [Call]({target}) now.")) == []


def test_a_card_leads_nowhere_else() -> None:
    body = "- Pain.\n- [Read](article:hearts) or [call](tel:5550100)."

    assert lines(ask("care-card", card("", body=body))) == [3, 3]


@pytest.mark.parametrize(
    "title",
    [
        "Call 911 if",
        "Call 1-800-222-1222 now if",
        "Call or text 988 if",
        "Go to the nearest emergency department if",
        "Have somebody call an ambulance if",
    ],
)
def test_an_emergency_card_says_where_to_go(title: str) -> None:
    assert ask("care-card", card("", title)) == []


@pytest.mark.parametrize(
    "title", ["Call your doctor if", "Get help at once if", "Call 5550100 if"]
)
def test_a_doctor_alone_is_nowhere_to_go_in_an_emergency(title: str) -> None:
    found = ask("care-card", card("", title))

    assert passages(found) == [title]
    assert "where to go" in found[0].message


def test_other_cards_need_no_number() -> None:
    assert ask("care-card", "::: urgent Call your doctor today if\n- A.\n:::") == []


URGENT = "\n\n::: urgent Call today if\n- You have a fever.\n:::"


@pytest.mark.parametrize(
    "sign", ["Chest pain", "trouble breathing", "slurred speech", "thoughts of suicide"]
)
def test_a_sign_of_an_emergency_asks_for_an_emergency_card(sign: str) -> None:
    found = ask("when-to-get-help", f"Words.\n\nSome have\n{sign}.{URGENT}")

    assert lines(found) == [4]
    assert found[0].severity == Severity.WARNS
    assert found[0].passage in sign


def test_the_first_sign_speaks_for_all() -> None:
    text = f"Chest pain.\n\nSuicide.{URGENT}"

    assert passages(ask("when-to-get-help", text)) == ["Chest pain"]


@pytest.mark.parametrize(
    "words",
    [
        "A heart attack, a stroke or a seizure in 5 of 100 people",  # counted
        "You may feel faint, and bleeding can be heavy",  # known, and no emergency
        "Words.[^a]\n\n[^a]: Chest pain: a review, 2024",
    ],
    ids=["outcomes", "old signs", "the title of a source"],
)
def test_what_may_be_no_emergency_is_let_pass(words: str) -> None:
    assert ask("when-to-get-help", f"{words}.{URGENT}") == []


def test_a_sign_is_let_pass_where_an_emergency_card_stands() -> None:
    assert ask("when-to-get-help", card("## Later\n\nChest pain can return.")) == []


def test_links_outside_emergencies_are_free() -> None:
    text = "::: urgent Call today if\n- [Pain](article:pain).\n:::"

    assert ask("care-card", text) == []


def test_an_item_of_a_dont_list_may_be_in_another_list() -> None:
    text = "::: dont\n- Do not drive.\n  - A car.\n- Never swim.\n- Run.\n:::"

    assert lines(ask("dont-items", text)) == [3, 5]


# Reading -------------------------------------------------------------------


def test_the_longest_sentences_come_first_and_ten_at_most() -> None:
    text = "\n\n".join("word " * count + "end." for count in range(20, 35))

    found = ask("sentence-length", text)

    assert len(found) == 10
    assert found[0].message.startswith("has 35 words")
    assert lines(found)[:2] == [29, 27]


def test_very_long_sentences_are_all_listed() -> None:
    text = "\n\n".join("word " * 45 + "end." for _ in range(12))

    assert len(ask("sentence-length", text)) == 12


def test_a_sentence_is_found_on_its_line_of_the_source() -> None:
    text = "Short one.\nShort two.\n" + "Word " * 21 + "end."

    assert lines(ask("sentence-length", text)) == [3]


def test_between_six_and_eight_the_grade_is_told_and_needs_no_tick() -> None:
    text = "Your doctor can explain the operation. You can decide about it later."

    found = ask("reading-grade", text)

    assert found[0].message.startswith("The guide reads at grade")
    assert {each.severity for each in found} == {Severity.INFORMS}


def test_a_hard_section_is_named() -> None:
    hard = "Comprehensive preoperative evaluation necessitates consideration. " * 12

    found = ask("reading-grade", f"Easy words.\n\n## Hard part\n\n{hard}")

    assert "Hard part" in passages(found)
    assert sum("five sentences" in each.message for each in found) <= 5
    assert "SMOG" not in found[0].message


def test_smog_is_told_from_thirty_sentences_on() -> None:
    hard = "Comprehensive preoperative evaluation necessitates consideration. " * 30

    assert "SMOG" in ask("reading-grade", hard)[0].message


@pytest.mark.parametrize(
    "words", ["It is usually given.", "They were not told.", "It's being measured."]
)
def test_a_passive_is_found(words: str) -> None:
    assert len(ask("passive", words)) == 1


@pytest.mark.parametrize("words", ["You are tired.", "It is red.", "She walked."])
def test_what_somebody_is_like_is_no_passive(words: str) -> None:
    assert ask("passive", words) == []


# Words ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "High blood pressure (hypertension) is common. Hypertension can be treated.",
        "Doctors call this hypertension.",
        "Hypertension\n: High blood pressure.",
        "This is called **hypertension**.",
        "The ISCHEMIA trial.",
        "High blood pressure, or hypertension.",
        "Sores, also called lesions. A lesion heals.",
        "Lesions (sores) heal.",
    ],
)
def test_a_clinical_word_may_stay_once_it_is_explained(text: str) -> None:
    assert ask("plain-words", text) == []


def test_a_clinical_word_is_named_once_with_its_twin() -> None:
    found = ask("plain-words", "A.\n\nHypertension and more\nhypertension and edema.")

    assert [(each.line, each.passage) for each in found] == [
        (3, "Hypertension"),
        (4, "edema"),
    ]
    assert "high blood pressure" in found[0].message


def test_several_of_what_a_clinical_word_names_are_found_too() -> None:
    (found,) = ask("plain-words", "You may have lesions. A lesion heals.")

    assert found.passage == "lesions"
    assert "Say “sore, spot, or changed area”" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "An MRI (magnetic resonance imaging).",
        "A scan (MRI) of the knee.",
        "HIPAA, the federal privacy law.",
        "**PSA.** This is a blood test.",
        "Bones of the USA and DNA.",
        "## MRI\n\nWords.",
        "Some painkillers, called NSAIDs, hurt the stomach.",
        "Cancer of stage IIIA or IVB.",
    ],
)
def test_an_abbreviation_that_is_explained_or_known_may_stand(text: str) -> None:
    assert ask("abbreviation", text) == []


def test_an_abbreviation_is_explained_at_its_first_use_and_not_later() -> None:
    text = "An MRI.\n\nAn MRI (magnetic resonance imaging)."

    assert lines(ask("abbreviation", text)) == [1]
    assert passages(ask("abbreviation", "Ask the VA.")) == ["VA"]


def test_another_skin_in_the_next_paragraph_is_near_enough() -> None:
    near = "The skin turns red.\n\nOn dark skin it may look purple."
    far = "The skin turns red.\n\nA.\n\nB.\n\nOn dark skin it may look purple."
    other = "The skin turns red.\n\n## Next\n\nOn dark skin it may look purple."

    assert ask("skin-tone", near) == []
    assert lines(ask("skin-tone", far)) == [1]
    assert lines(ask("skin-tone", other)) == [1]


# Numbers and evidence ------------------------------------------------------


def test_percentages_and_number_words_are_named() -> None:
    found = ask("numbers", "For two weeks, 14.3% had pain.\n\nOf 10 percent.")

    assert passages(found) == ["two weeks", "14.3%", "10 percent"]


def test_two_risks_out_of_the_same_number_compare() -> None:
    assert ask("numbers", "With it 3 in 100, without it 5 out of 100.") == []


def test_a_number_makes_a_word_of_risk_clear() -> None:
    assert ask("vague-risk", "A good chance: 8 in 10.") == []
    assert passages(ask("vague-risk", "There is a good chance.")) == ["a good chance"]


def test_a_source_needs_its_year() -> None:
    facts = Facts(sources=[SourceFact("a", 2020), SourceFact("b", None)])

    assert passages(ask("sources", "Words.", facts=facts)) == ["b"]


def test_a_note_that_nothing_refers_to_is_no_source() -> None:
    facts = Facts(sources=[SourceFact("a", 2020), SourceFact("b", 2021)])

    assert lines(ask("sources", "Words.\n\n[^a]: Note.", facts=facts)) == [3]


@pytest.mark.parametrize(
    ("author", "reviewer", "words"),
    [
        (None, Person("B", "MD", "None."), "No author"),
        (Person("A", "", "None."), Person("B", "", "None."), "without a credential"),
        (Person("A", "", "None."), Person("A", "MD", "None."), "author and reviewer"),
        (Person("A", "", ""), Person("B", "MD", "None."), "conflicts of interest"),
    ],
)
def test_people_stand_for_a_text(
    author: Person | None, reviewer: Person | None, words: str
) -> None:
    facts = Facts(people=People(author, reviewer))

    assert words in ask("people", "Words.", facts=facts)[0].message


def test_without_any_review_it_is_the_people_who_are_missing() -> None:
    facts = Facts(review=Review(None, None), publishing_on=DAY)

    assert ask("fresh", "Words.", facts=facts) == []


def test_a_title_has_at_most_65_characters() -> None:
    description = "d" * 70

    found = ask("description", "", title="t" * 66, description=description)

    assert len(found) == 1
    assert ask("description", "", title="t" * 65, description="d" * 160) == []
    assert len(ask("description", "", description="d" * 161)) == 1


def test_a_finding_reads_as_a_sentence_with_its_line() -> None:
    found = ask("link-text", "See [here](https://example.org).")

    assert str(found[0]).startswith("Line 1: “here” does not say")


def test_no_rule_reads_what_stands_in_code() -> None:
    assert [
        each.rule
        for each in report("```\nCLICK HERE hypertension redness\n```").findings
    ] == ["key-points", "when-to-get-help", "description"]
