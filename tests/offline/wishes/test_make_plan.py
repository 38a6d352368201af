"""Sentences of authors become plans, over the two books of the labelled set."""

import pytest

from agents.feedback import checked
from evals.feedback.scoring import Labelled, view_for
from manga.feedback import MAX_QUESTION, Plan
from manga.phases import Phase
from offline.wishes.make_plan import plan_of


def _plan(book: str, at: Phase, sentence: str) -> Plan:
    labelled = Labelled(id="-", book=book, asked_at=at, sentence=sentence, group="", wishes=())
    return plan_of(sentence, view_for(labelled))


def _wishes(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.phase.value, item.scope) for item in plan.items]


def test_two_wishes_in_one_sentence_are_two_items_and_exact_words_are_an_edit() -> None:
    sentence = "ヒロインの髪を短く、2ページ1コマ目のセリフを『待って!』に"
    plan = _plan("ja", Phase.LETTERING, sentence)
    assert _wishes(plan) == [("characters", ("c02",)), ("lettering", ("l0005.1",))]
    assert [item.instruction for item in plan.items] == ["ヒロインの髪を短く", "2ページ1コマ目のセリフを『待って!』に"]
    edit = plan.items[1].edit
    assert edit is not None
    assert (edit.change_type, edit.phase, edit.element_key) == ("text_edit", Phase.STORYBOARD, "l0005.1")
    assert edit.change_data == {"text": "待って!", "ruby": []}
    assert plan.question == ""


def test_full_width_digits_kanji_numbers_and_addresses_name_the_same_panel() -> None:
    for sentence in ("２ページ３コマ目を大きく", "二ページ目の三コマ目を大きく", "p2.k3を大きく", "2-3を大きく"):
        assert _wishes(_plan("ja", Phase.STORYBOARD, sentence)) == [("storyboard", ("b0006",))], sentence


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("make panel 2 on page 3 and panel 1 on page 4 bigger", ("b0009", "b0012")),
        ("the second-to-last panel should be bigger", ("b0019",)),
        ("make the first two panels of page 1 smaller", ("b0001", "b0002")),
        ("page 2 is too crowded", ("g002",)),
    ],
)
def test_english_places_are_understood(sentence: str, scope: tuple[str, ...]) -> None:
    assert _wishes(_plan("en", Phase.STORYBOARD, sentence)) == [("storyboard", scope)]


def test_the_next_panel_follows_the_line_that_was_spoken_of() -> None:
    plan = _plan("en", Phase.LETTERING, 'Shorten "Nobody move!" and redraw the next panel')
    assert _wishes(plan) == [("lettering", ("l0018.1",)), ("artwork", ("b0017",))]


def test_a_pronoun_means_the_one_spoken_of_last() -> None:
    plan = _plan("ja", Phase.LETTERING, "先生の髪を短く。彼女のセリフは丁寧に。")
    assert _wishes(plan) == [("characters", ("c05",)), ("lettering", ("l0002.1",))]


def test_of_a_persons_relative_only_the_relative_is_meant() -> None:
    assert _wishes(_plan("en", Phase.CHARACTERS, "Elsie's mother needs a hat")) == [("characters", ("c05",))]


@pytest.mark.parametrize(
    ("book", "at", "expected"),
    [("en", Phase.ARTWORK, "artwork"), ("en", Phase.LETTERING, "artwork"), ("en", Phase.CONCEPT, "concept")],
)
def test_it_is_too_dark_is_about_the_phase_that_is_looked_at(book: str, at: Phase, expected: str) -> None:
    assert _wishes(_plan(book, at, "It is too dark.")) == [(expected, ())]


def test_it_is_about_the_panel_spoken_of_last_where_there_is_one() -> None:
    plan = _plan("en", Phase.STORYBOARD, "Make page 3 panel 2 bigger. It is too dark.")
    assert _wishes(plan) == [("storyboard", ("b0009",)), ("artwork", ("b0009",))]


def test_a_quoted_line_with_other_words_to_come_is_an_edit() -> None:
    plan = _plan("en", Phase.LETTERING, "Change “A fox!” to “A cat!” and “Listen.” to “Hush.”")
    edits = [item.edit for item in plan.items]
    assert [(edit.element_key, edit.change_data["text"]) for edit in edits if edit] == [
        ("l0006.1", "A cat!"),
        ("l0019.1", "Hush."),
    ]


@pytest.mark.parametrize(
    ("book", "sentence", "data"),
    [
        ("en", 'It is the fox who says "Then who?", not Harrow', {"speaker": "c03"}),
        ("en", '"Not me, sir!" should be shouted in a jagged balloon', {"kind": "shout"}),
        ("ja", "「またね、湊。」は湊ではなく灯里のセリフです", {"speaker": "c02"}),
        ("ja", "「遅いよ。」は小声で", {"kind": "whisper"}),
    ],
)
def test_speakers_and_kinds_of_one_line_are_edits(book: str, sentence: str, data: dict[str, object]) -> None:
    (item,) = _plan(book, Phase.LETTERING, sentence).items
    assert item.edit is not None
    assert item.edit.change_data == data


def test_new_words_for_a_panel_with_several_lines_are_asked_about() -> None:
    plan = _plan("ja", Phase.LETTERING, "2ページ2コマ目のセリフを「だめ」に")
    assert plan.items == ()
    assert "え?" in plan.question
    assert "約束だよ" in plan.question


def test_a_line_in_two_balloons_is_no_edit() -> None:
    (item,) = _plan("en", Phase.LETTERING, "shorten \"It's working! It's working at last!\"").items
    assert (item.scope, item.edit) == (("l0021.1",), None)


@pytest.mark.parametrize(
    ("book", "at", "sentence", "named"),
    [
        ("ja", Phase.ARTWORK, "9ページ2コマ目を明るく", "9ページ"),
        ("en", Phase.ARTWORK, "brighten panel 7 on page 2", "panel 7"),
        ("en", Phase.STORYBOARD, "make panel 2 bigger", "panel 2"),
        ("en", Phase.LETTERING, 'shorten "Good night"', "Good night"),
        ("en", Phase.CHARACTERS, "give Oliver a moustache", "Oliver"),
        ("ja", Phase.ARTWORK, "灯里が泣いているコマをもっと明るく", "どこ"),
    ],
)
def test_what_the_book_does_not_have_is_asked_about_and_named(book: str, at: Phase, sentence: str, named: str) -> None:
    plan = _plan(book, at, sentence)
    assert plan.items == ()
    assert named in plan.question


def test_what_was_understood_is_planned_and_only_the_rest_is_asked() -> None:
    plan = _plan("ja", Phase.STORYBOARD, "4ページ1コマ目を大きくして、あと例の件もよろしく")
    assert _wishes(plan) == [("storyboard", ("b0011",))]
    assert "例の件" in plan.question


def test_of_two_scenes_in_one_place_none_is_dropped_without_asking_which() -> None:
    labelled = Labelled(id="-", book="en", asked_at=Phase.PLOT, sentence="-", group="", wishes=())
    view = view_for(labelled)
    first, second, *rest = view.scenes
    twice = view.model_copy(
        update={"scenes": (first, second.model_copy(update={"heading": "", "place": first.place}), *rest)}
    )
    assert plan_of("Cut the workshop scene", twice).items == ()
    assert _wishes(plan_of("Spend more time in the workshop", twice)) == [("plot", ("s01", "s02"))]
    assert _wishes(plan_of("Cut the first scene", twice)) == [("plot", ("s01",))]


def test_a_name_or_title_that_is_given_is_an_edit() -> None:
    (renamed,) = _plan("en", Phase.CHARACTERS, "Change Bramble's name to Rusty").items
    (titled,) = _plan("ja", Phase.CONCEPT, "タイトルは「黒猫」がいい").items
    assert renamed.edit is not None
    assert titled.edit is not None
    assert (renamed.edit.element_key, renamed.edit.change_data) == ("c03", {"name": "Rusty"})
    assert (titled.edit.element_key, titled.edit.change_data) == ("concept", {"title": "黒猫"})


@pytest.mark.parametrize("text", ["", " ", "「", "」「", "'" * 50, "p0.k0", "0ページ0コマ目を大きく", "\x00", "⟦··⟧□"])
def test_odd_sentences_have_a_question_and_never_fail(text: str) -> None:
    for book in ("ja", "en"):
        plan = _plan(book, Phase.LETTERING, text)
        assert plan.items or plan.question
        assert len(plan.question) <= MAX_QUESTION


@pytest.mark.parametrize("piece", ["p1 ", "「", "1ページ", "a, ", "and ", "「あ」を", "x" * 10, "panel where "])
def test_a_long_sentence_is_read_in_good_time(piece: str) -> None:
    sentence = (piece * 2000)[:2000]
    assert _plan("ja", Phase.LETTERING, sentence)


# --- what a hand could carry out too


@pytest.mark.parametrize(
    ("book", "sentence", "key", "change"),
    [
        ("ja", "3ページ1コマ目の2つ目のフキダシのしっぽを源造に", "l0011.1", {"speaker": "c03", "off_panel": False}),
        ("ja", "2ページ1コマ目のフキダシのしっぽを左下に", "l0005.1", {"tail_at": {"x": 0.12, "y": 0.85}}),
        ("en", "Tail of the second balloon on page 3: to the left", "l0011.1", {"tail_at": {"x": 0.1, "y": 0.6}}),
        ("en", "The tail of the first balloon on page 4 goes out of the panel", "l0015.1", {"off_panel": True}),
        ("ja", "2ページ4コマ目の効果音を白抜きに", "l0009.1", {"ink": "white"}),
        ("en", "p05.k4.s1: black letters, please", "l0020.1", {"ink": "black"}),
        ("ja", "2ページ1コマ目のフキダシを縦じゃなく横書きに", "l0005.1", {"runs": "level"}),
        ("en", "Set the first balloon on page 2 horizontal", "l0006.1", {"runs": "level"}),
        ("ja", "3ページ2コマ目の下の枠線を5mm下げて", "b0009", {"border": {"side": "bottom", "by_mm": 5.0}}),
        ("en", "Bottom border of panel 2 on page 3 up 1 cm", "b0009", {"border": {"side": "bottom", "by_mm": -10.0}}),
        ("ja", "灯台の場面を教室の場面の前に移して", "s03", {"position": {"before": "s01"}}),
        ("en", "Move scene 3 after scene 4", "s03", {"position": {"before": ""}}),
        ("en", "Swap scenes 1 and 2", "s02", {"position": {"before": "s01"}}),
    ],
)  # fmt: skip
def test_what_a_hand_could_do_is_an_edit(book: str, sentence: str, key: str, change: dict[str, object]) -> None:
    labelled = Labelled(id="-", book=book, asked_at=Phase.LETTERING, sentence=sentence, group="", wishes=())
    view = view_for(labelled)
    plan = checked(plan_of(sentence, view), view, sentence)
    (item,) = plan.items
    assert item.edit is not None
    assert (item.edit.element_key, item.edit.change_data) == (key, change)


def test_several_balloons_get_an_edit_each() -> None:
    plan = _plan("en", Phase.LETTERING, "Letter both balloons of page 2 panel 3 vertically")
    edits = [(item.edit.element_key, item.edit.change_data) for item in plan.items if item.edit]
    assert edits == [("l0007.1", {"runs": "vertical"}), ("l0008.1", {"runs": "vertical"})]


def test_a_tail_is_never_taken_off_with_its_balloon() -> None:
    for book, sentence in (
        ("ja", "2ページ1コマ目のしっぽを消して"),
        ("en", "Remove the tail of the first balloon on page 2"),
    ):
        plan = _plan(book, Phase.LETTERING, sentence)
        assert (plan.items, bool(plan.question)) == ((), True), sentence
    assert _wishes(_plan("en", Phase.ARTWORK, "make the fox's tail fluffier")) == [("characters", ("c03",))]


def test_a_border_between_no_named_sides_stays_a_wish() -> None:
    for sentence in ("3ページ2コマ目の枠線を太く", "3ページ2コマ目をもっと大きく"):
        (item,) = _plan("ja", Phase.STORYBOARD, sentence).items
        assert item.edit is None, sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "make the moon sing opera in 4D",
        "make the clouds file taxes in triplicate",
        "the shadows quote Shakespeare backwards",
        "雨に税金を払わせて",
    ],
)
@pytest.mark.parametrize("at", [Phase.CONCEPT, Phase.ARTWORK, Phase.FINISHING])
def test_a_wish_of_which_one_word_alone_is_known_is_asked_about(at: Phase, sentence: str) -> None:
    """It would redraw every picture of the book."""
    plan = _plan("ja" if ord(sentence[0]) > 255 else "en", at, sentence)
    assert plan.items == ()
    assert sentence[:20] in plan.question


@pytest.mark.parametrize(
    "sentence",
    ["It's all a bit too dark.", "draw stars and clouds in the sky", "I'd like more snow, please", "空をもっと暗く"],
)
def test_a_wish_for_all_pictures_whose_words_are_known_is_one(sentence: str) -> None:
    plan = _plan("ja" if ord(sentence[0]) > 255 else "en", Phase.ARTWORK, sentence)
    assert {item.phase for item in plan.items} == {Phase.ARTWORK}
    assert plan.question == ""
