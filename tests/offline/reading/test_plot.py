"""Stories in, plots out: nothing of the story is lost, and it is cut where it moves on."""

import math
from itertools import pairwise

import pytest

from evals.read_gold import load, names
from manga.brief import MAX_PAGES, Settings
from manga.plot import DOUBT, Beat, LineKind, TimeOfDay, Weather
from manga.story_source import read_source
from offline.writer import write_characters, write_concept, write_plot
from tests.offline.stories import BRIDGE, LAMP, lines_of, read_all, spoken_by

DIRTY = {
    "one sentence": "猫が走った。",
    "one English sentence": "The cat ran.",
    "dialogue only": "「おはよう」\n「おはよう、元気？」\n「うん、元気」\n「よかった」\n",
    "English dialogue only": '"Hi."\n"Hello, Tom."\n"How are you?"\n',
    "no dialogue": "　朝、少年は森へ出かけた。鳥が鳴いていた。\n　夕方、少年は家へ帰った。",
    "two languages": '太郎は駅に着いた。"Hello," said John. 「こんにちは」と太郎は言った。\nThey walked together.',
    "markdown": "# 夏の終わり\n\n## 一\n\n　太郎は*海*へ行った。\n「暑いね」と花子が言った。\n\n---\n\n　夜だ。",
    "half-width kana": "　ﾛﾎﾞｯﾄは笑った。「ｺﾝﾆﾁﾊ」とﾛﾎﾞｯﾄは言った。",
    "unclosed quotes": "　太郎は言った。\n「待って\n　花子は走った。\n「いや」と花子は言った。\n「なぜ\n\n　雨だ。",
    "empty quotes": "「」\n「……」\n太郎は黙った。",
    "a screenplay": "太郎：おはよう。\n花子：おはよう、太郎。\n太郎：学校へ行こう。\n（二人は歩き出す）\n",
    "a chat log": "[10:02] Tom: hey\n[10:03] Ann: hi Tom, are you there?\n[10:05] Tom: yes",
    "a poem": "雨ニモマケズ\n風ニモマケズ\n雪ニモ夏ノ暑サニモマケヌ\n丈夫ナカラダヲモチ",
    "single quotes": "'Come in,' said Alice. 'It isn't late.' The cat didn't answer. 'Why not?' asked Alice.",
    "characters beyond the basic plane": "𠮷野家の𠮷田は走った。「𠮷」と言った。😀",
    "no sentence ends": "太郎は走った\nもう間に合わない\n――待って\n花子が叫んだ",
    "a line of 60,000 characters": "あ" * 60_000 + "。",
    "a speech without end": "「" + "あのね、" * 3000 + "」と太郎は言った。",
}


def beats_cover(beats: tuple[Beat, ...], length: int) -> bool:
    edges = [(b.span.start, b.span.end) for b in beats]
    joined = all(a[1] == b[0] for a, b in pairwise(edges))
    return joined and edges[-1][1] == length


@pytest.mark.parametrize("story", [BRIDGE, LAMP, *DIRTY.values()], ids=["bridge", "lamp", *DIRTY])
def test_beats_follow_one_another_to_the_end_and_lines_hold_the_storys_own_words(story: str) -> None:
    concept, cast, plot = read_all(story)
    source = read_source(story, concept.language.value)
    lines = lines_of(plot)
    assert beats_cover(plot.beats(), len(source.text))
    assert all(source.text[line.span.start : line.span.end] == line.text for line in lines)
    assert [line.span.start for line in lines] == sorted(line.span.start for line in lines)
    assert len({line.key for line in lines}) == len(lines)
    assert {line.speaker for line in lines} - {None} <= {c.key for c in cast.characters}


def test_japanese_speakers_are_found() -> None:
    _, cast, plot = read_all(BRIDGE)
    doubtful = [line.text for line in lines_of(plot) if line.speaker and line.confidence < DOUBT]
    assert doubtful == ["はい"]  # whoever is told of next might say it
    assert [pair for pair in spoken_by(cast, plot) if pair[1] not in doubtful] == [
        ("権太", "どうした、狐"),
        ("狐", "橋がこわれて、おっ母のところへ帰れないのです"),
        ("お花", "権太さん、川があふれます。逃げましょう"),
        ("権太", "よし、村の人を起こそう"),
        ("権太", "ああ、あの狐が知らせてくれたのだ"),
    ]


def test_english_speakers_are_found_in_split_quotes_too() -> None:
    _, cast, plot = read_all(LAMP)
    assert [name.removeprefix("the old ").removeprefix("the ") for name, _ in spoken_by(cast, plot)] == [
        "Nell",
        "Nell",
        "captain",
        "Nell",
        "Nell",
        "captain",
    ]


def test_a_thought_is_a_thought_and_a_term_stays_in_its_sentence() -> None:
    _, _, plot = read_all(BRIDGE)
    lines = lines_of(plot)
    assert next(line for line in lines if line.text.startswith("ああ、あの狐")).kind is LineKind.THOUGHT
    assert any(line.kind is LineKind.NARRATION and "「火の用心」" in line.text for line in lines)


def test_tags_are_told_but_are_no_lines() -> None:
    _, _, plot = read_all(BRIDGE)
    beat = next(b for b in plot.beats() if any(line.text == "どうした、狐" for line in b.lines))
    assert "と権太は言いました。" in beat.told
    assert all("言いました" not in line.text for line in beat.lines)


def test_scenes_know_their_hour_and_weather_and_beats_their_sound() -> None:
    _, _, plot = read_all(BRIDGE)
    text = " ".join(beat.sound for beat in plot.beats())
    assert plot.scenes[0].time_of_day is TimeOfDay.MORNING
    assert any(scene.weather is Weather.RAIN for scene in plot.scenes) or len(plot.scenes) == 1
    assert "カーン" in text


def test_a_page_limit_wins_and_what_is_left_out_is_listed() -> None:
    settings = Settings(pages=1)
    concept, cast, _ = read_all(BRIDGE)
    story = BRIDGE * 6
    plot = write_plot({"story": story, "concept": concept, "cast": cast, "settings": settings})
    assert len(plot.pages) == 1
    assert plot.cuts


def test_a_renamed_character_keeps_their_lines() -> None:
    concept, cast, plot = read_all(BRIDGE)
    renamed = cast.model_copy(
        update={
            "characters": tuple(
                c.model_copy(update={"name": f"新{c.name}", "aliases": (c.name,)}) for c in cast.characters
            )
        }
    )
    again = write_plot({"story": BRIDGE, "concept": concept, "cast": renamed, "settings": Settings()})
    assert [line.speaker for line in lines_of(again)] == [line.speaker for line in lines_of(plot)]


def test_the_same_story_gives_the_same_plot() -> None:
    inputs = {"story": LAMP, "settings": Settings()}
    concept = write_concept(inputs)
    cast = write_characters({**inputs, "concept": concept})
    again = write_plot({**inputs, "concept": concept, "cast": cast})
    assert (concept, cast, again) == read_all(LAMP)


@pytest.mark.slow
def test_fifty_thousand_characters_become_a_plot_that_a_book_can_hold() -> None:
    """How long that takes is measured by `benchmarks.writer_speed`."""
    told = "\n\n".join(load(name).raw for name in names() if name.startswith("ja_"))
    text = "\n\n".join([told] * math.ceil(50_000 / len(told)))[:50_000]
    _, _, plot = read_all(text)
    assert 64 < len(plot.pages) <= MAX_PAGES
