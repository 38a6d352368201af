"""How a told sentence can be set as a caption."""

import re
from pathlib import Path

import pytest

from evals.read_gold import STORIES
from manga.brief import Language
from manga.text_capacity import MEASURES
from offline.directing.caption_wordings import Wording, dangles, wordings
from tests.offline.storyboard_plots import Teller


def _ways(text: str, language: Language = Language.EN) -> list[Wording]:
    return list(wordings(Teller().line(text), MEASURES[language]))


def _words(text: str, language: Language = Language.EN) -> list[str]:
    return ["|".join(part.text for part in way.parts) for way in _ways(text, language)]


def test_a_short_sentence_is_set_whole() -> None:
    way, *_ = _ways("The boat swung round.")
    assert way.whole
    assert way.parts[0].text == "The boat swung round."


def test_a_clause_with_a_subject_and_a_verb_reads_by_itself() -> None:
    found = _words("She set the mirror behind the lantern, and lit every candle; the beam went out to sea.")
    assert "She set the mirror behind the lantern" in found
    assert "the beam went out to sea." in found
    assert not any(words.startswith(("lit", "and lit")) for words in found)


def test_when_and_because_do_not_stand_alone() -> None:
    found = _words("When they saw the keeper, they ran over the hill, because they were afraid.")
    assert "they ran over the hill" in found
    assert not any(words.endswith("keeper") for words in found)
    assert not any(words.startswith("because") for words in found)


def test_a_name_at_the_head_of_a_clause_is_its_subject() -> None:
    assert "Nell took the violin." in _words("Waking early, Nell took the violin.")


def test_an_hour_is_a_caption_of_its_own() -> None:
    for text, words, language in (
        ("その晩、ごんは、穴の中で考えました。", "その晩", Language.JA),
        ("The next morning, the men came back.", "The next morning", Language.EN),
    ):
        assert [way.parts[0].text for way in _ways(text, language) if way.when] == [words]


def test_a_japanese_sentence_keeps_the_end_that_has_its_verb() -> None:
    text = "兵十は、ぼろぼろの黒いきものをまくし上げて、腰のところまで水にひたりながら、網をゆすぶっていました。"
    found = _words(text, Language.JA)
    assert "網をゆすぶっていました。" in found
    assert all(words.endswith("。") for words in found)


def test_no_way_is_longer_than_a_caption() -> None:
    text = "It rained on the roof of the hall, and " + "the band sat tuning in the dark behind the curtain, and " * 30
    assert all(len(part.text.strip()) <= MEASURES[Language.EN].caption for way in _ways(text) for part in way.parts)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("と狐が家の中へはいったではありませんか。", "狐が家の中へはいったではありませんか。"),
        ("が、老人はその日も親切そうでした。", "老人はその日も親切そうでした。"),
        ("とうとう兵十は立ちあがりました。", "とうとう兵十は立ちあがりました。"),
        ("はじめてごんは町へ行きました。", "はじめてごんは町へ行きました。"),
    ],
)
def test_a_caption_begins_with_no_particle_that_joins_it_to_what_was_before(text: str, whole: str) -> None:
    assert [way.parts[0].text for way in _ways(text, Language.JA) if way.whole] == [whole]


def test_what_is_part_of_a_thought_is_not_told_without_it() -> None:
    found = _words("と思う暇もない、紋太夫の体は宙を飛んで落ちたものである。", Language.JA)
    assert found == ["紋太夫の体は宙を飛んで落ちたものである。"]


@pytest.mark.parametrize("story", sorted(STORIES.glob("ja_*.txt")), ids=lambda path: path.stem)
def test_no_caption_of_a_story_begins_in_the_middle_of_a_sentence(story: Path) -> None:
    text = re.sub(r"《[^》]*》|｜", "", story.read_text(encoding="utf-8"))
    told = re.findall(r"[^。！？\n「」『』]{4,}[。！？]", text)
    parts = [part.text for words in told for way in _ways(words, Language.JA) for part in way.parts]
    assert len(parts) > len(told) / 2
    assert [part for part in parts if dangles(part)] == []
