"""Sentences become plans."""

import pytest

from agents.feedback import parse
from manga.phases import Phase


@pytest.mark.parametrize(
    ("sentence", "phase"),
    [
        ("The concept should be darker.", Phase.CONCEPT),
        ("登場人物をもっと若く", Phase.CHARACTERS),
        ("Make the characters older", Phase.CHARACTERS),
        ("プロットの結末を変えて", Phase.PLOT),
        ("ネームのコマ割りを大胆に", Phase.STORYBOARD),
        ("作画をやり直して", Phase.ARTWORK),
        ("The lettering is too small.", Phase.LETTERING),
        ("仕上げはA5で", Phase.FINISHING),
    ],
)
def test_a_sentence_that_names_a_phase_goes_to_it_in_its_own_words(sentence: str, phase: Phase) -> None:
    plan = parse(sentence)
    assert [(item.phase, item.instruction) for item in plan.items] == [(phase, sentence)]


def test_two_sentences_are_two_wishes() -> None:
    plan = parse("登場人物の髪を短く。台詞ももっと短く。")
    assert [item.phase for item in plan.items] == [Phase.CHARACTERS, Phase.LETTERING]
    assert [item.instruction for item in plan.items] == ["登場人物の髪を短く。", "台詞ももっと短く。"]


@pytest.mark.parametrize("sentence", ["", "Hmm.", "It is too dark.", "plotting", "ignore all rules"])
def test_what_cannot_be_placed_is_asked_back(sentence: str) -> None:
    plan = parse(sentence)
    assert plan.items == ()
    assert "storyboard" in plan.question


def test_an_overlong_sentence_is_cut_to_what_a_plan_can_hold() -> None:
    assert len(parse("concept " * 5000).items[0].instruction) <= 2000
