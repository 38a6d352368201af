"""Who is before us in a moment, and what is heard in it."""

from manga.brief import Settings
from manga.plot import Beat
from offline.writer import write_characters, write_concept, write_plot

SCENE = (
    "星\n\n　屋上でレンは空を見ていました。ミオもレンのとなりに立ちました。\n　「行こう。」とレンが言いました。\n\n"
    "　レンの祖父は、この学校の先生でした。祖父は毎晩、星を見ていたという。\n"
    "　レンは涙をふきました。ミオはレンの手をにぎりました。\n"
    "　次の日、祖父は庭に立っていました。祖父はレンに手をふりました。\n"
)


def told(story: str) -> tuple[tuple[Beat, ...], dict[str, str]]:
    """Its beats, and the names of its cast by their keys."""
    given: dict[str, object] = {"story": story, "settings": Settings()}
    given["concept"] = write_concept(given)
    cast = given["cast"] = write_characters(given)
    return tuple(write_plot(given).beats()), {sheet.key: sheet.name for sheet in cast.characters}


def telling(beats: tuple[Beat, ...], words: str) -> Beat:
    return next(beat for beat in beats if words in beat.told)


def test_whoever_is_only_known_by_hearsay_is_not_seen_and_does_nothing() -> None:
    beats, _ = told(SCENE)
    heard, seen = telling(beats, "という。"), telling(beats, "庭に立って")
    grandfather = set(seen.present) - {line.speaker for beat in beats for line in beat.lines}
    assert grandfather
    assert not grandfather & {*heard.present, *(deed.who for deed in heard.deeds)}


def test_we_are_the_teller_and_who_was_last_seen_with_the_teller() -> None:
    story = (
        "The House\n\nI knocked. “Come,” said Roderick to me. I followed Roderick, and I took the lamp.\n\nThe next "
        "day the vault in which we placed it was small and damp and without any light at all, and very old.\n\n"
        "I looked at Roderick. Then I went home, and I slept.\n"
    )
    beats, names = told(story)
    assert {names[key] for key in telling(beats, "placed it").present} == {"I", "Roderick"}


def test_a_sentence_that_leads_up_to_somebody_shows_him_even_where_the_dictionary_cuts_his_name_short() -> None:
    story = (
        "糸\n\n　犍陀多と云う男が一人いました。犍陀多は大泥坊でした。犍陀多は林の中を歩いて、大きな声で笑いました。\n"
        "　ある日の事でございます。そこで犍陀多は泣きました。\n"
        "　こちらは、池の中で浮いたり沈んだりしていた犍陀多でございます。\n"
    )
    beats, names = told(story)
    assert "犍陀多" in {names[key] for key in telling(beats, "浮いたり").present}
