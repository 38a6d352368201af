"""The offline storyboard: words whole, panels as an editor wants them, the same for the same seed."""

import pytest

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Deed, Emotion, LineKind
from manga.storyboard import PanelDraft, Pose, Role, Shot, StoryboardDraft
from manga.text_capacity import MEASURES
from offline.directing.split_lines import columns, stretches
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

LONG = (
    "兵十のおっ母は、床についていて、うなぎが食べたいと言ったにちがいない。それで兵十がはりきり網をもち出したんだ。"
    "ところが、わしがいたずらをして、うなぎをとって来てしまった。だから兵十は、おっ母にうなぎを食べさせることができなかった。"
)


def _draft(given: Inputs) -> StoryboardDraft:
    return draft_storyboard(given.plot, given.cast, given.concept, given.settings)


def _panels(draft: StoryboardDraft) -> list[PanelDraft]:
    return [panel for page in draft.pages for panel in page.panels]


def _words(draft: StoryboardDraft) -> dict[str, str]:
    found: dict[str, str] = {}
    for panel in _panels(draft):
        for part in panel.dialogue.parts:
            if part.kind != "sfx":
                found[part.line] = found.get(part.line, "") + part.text
    return found


def _talk(language: Language = Language.JA) -> Inputs:
    teller = Teller()
    beats = [
        teller.beat(teller.line("月のいい晩でした。"), teller.line("ごんは、ぶらぶらあそびに出かけました。")),
        teller.beat(teller.line("そうそう、なあ加助", "c02"), teller.line("ああん？", "c03")),
        teller.beat(teller.line(LONG, "c02")),
        teller.beat(teller.line("そのときドンと音がしました。"), importance=5, emotion=Emotion.SURPRISE, sound="ドン"),
        teller.beat(teller.line("それなり、二人はだまって歩いていきました。"), action="walk"),
        teller.beat(teller.line("だれが？", "c03", confidence=0.4)),
    ]
    keys = [beat.key for beat in beats]
    return inputs(scene(1, *beats), pages=(tuple(keys[:3]), tuple(keys[2:])), language=language)


def test_every_spoken_line_is_there_letter_for_letter() -> None:
    given = _talk()
    words = _words(_draft(given))
    for beat in given.plot.beats():
        for line in beat.lines:
            if line.kind is not LineKind.NARRATION:
                assert words[line.key] == line.text


def test_parts_have_their_own_place_in_the_source() -> None:
    given = _talk()
    lines = {line.key: line for beat in given.plot.beats() for line in beat.lines}
    for panel in _panels(_draft(given)):
        for part in panel.dialogue.parts:
            line = lines[part.line]
            if part.kind != "sfx":
                assert line.text[part.span.start - line.span.start : part.span.end - line.span.start] == part.text


def test_no_balloon_holds_more_than_32_characters() -> None:
    assert max(len(part.text) for panel in _panels(_draft(_talk())) for part in panel.dialogue.parts) <= 35
    pieces = [LONG[a:b] for a, b in stretches(LONG, 32, 21, Language.JA)]
    assert "".join(pieces) == LONG
    assert max(map(len, pieces)) <= 32
    assert all(columns(piece) <= 5 for piece in pieces)


def test_japanese_lines_are_cut_after_stops_and_commas() -> None:
    pieces = [LONG[a:b] for a, b in stretches(LONG, 32, 21, Language.JA)]
    assert all(piece[-1] in "。、" for piece in pieces)


def test_no_piece_begins_with_a_character_that_may_not_stand_first() -> None:
    for text in ("あ" * 80 + "、" + "い" * 40 + "。", "ア" * 6 + "ー" * 40 + "ッ" * 4 + "！" * 6 + "アアア"):
        pieces = [text[start:end] for start, end in stretches(text, 32, 21, Language.JA)]
        assert "".join(pieces) == text
        assert all(piece[0] not in "、。" for piece in pieces)


def test_english_lines_are_cut_at_clauses_and_lose_nothing() -> None:
    text = (
        "Beautiful combs, pure tortoise shell, with jewelled rims, "
        "just the shade to wear in the beautiful vanished hair. "
        "They were expensive combs, she knew, and her heart had simply craved and yearned over them."
    )
    measure = MEASURES[Language.EN]
    pieces = [text[a:b] for a, b in stretches(text, measure.balloon, measure.comfortable, Language.EN)]
    assert "".join(pieces) == text
    assert max(len(piece.strip()) for piece in pieces) <= measure.balloon
    assert all(piece.rstrip()[-1] in ".,;" for piece in pieces)


def test_every_beat_is_in_a_panel() -> None:
    given = _talk()
    shown = {key for panel in _panels(_draft(given)) for key in panel.beats}
    assert shown == {beat.key for beat in given.plot.beats()}


def test_keys_are_the_beats_and_no_key_is_there_twice() -> None:
    draft = _draft(_talk())
    keys = [panel.key for panel in _panels(draft)]
    assert len(keys) == len(set(keys))
    assert all(panel.key.split("+")[0] == panel.beats[0] for panel in _panels(draft))
    assert [page.key for page in draft.pages] == ["g001", "g002"]
    parts = [part.key for panel in _panels(draft) for part in panel.dialogue.parts]
    assert len(parts) == len(set(parts))


def test_a_scene_opens_with_its_place() -> None:
    teller = Teller()
    one, two = (
        scene(n, teller.beat(teller.line("ふん", "c01")), teller.beat(teller.line("へえ", "c02"))) for n in (1, 2)
    )
    draft = _draft(inputs(one, two))
    for key, shots in (("s01", {Shot.ESTABLISHING}), ("s02", {Shot.LONG, Shot.FULL})):
        first = next(panel for panel in _panels(draft) if panel.scene == key)
        assert first.role is Role.ESTABLISH
        assert first.direction.shot in shots, "a place that is known needs no view from afar"
        assert first.direction.background == "full"


def test_a_face_answers_a_key_event_within_two_panels() -> None:
    panels = _panels(_draft(_talk()))
    at = next(i for i, panel in enumerate(panels) if panel.role in (Role.PAYOFF, Role.SPLASH))
    assert any(panel.role is Role.REACT for panel in panels[at + 1 : at + 3])


def test_the_book_ends_on_an_after_beat() -> None:
    assert _panels(_draft(_talk()))[-1].role is Role.AFTERBEAT


def test_a_sure_speaker_is_seen_and_a_doubtful_one_is_off_panel() -> None:
    for panel in _panels(_draft(_talk())):
        seen = {figure.character for figure in panel.direction.figures}
        for part in panel.dialogue.parts:
            if part.kind == LineKind.SPEECH:
                assert part.off_panel == (part.confidence < 0.6)
                assert part.off_panel or part.speaker in seen


@pytest.mark.parametrize("language", list(Language))
def test_the_first_to_speak_stands_where_reading_begins(language: Language) -> None:
    teller = Teller()
    beats = [teller.beat(teller.line("ねえ", "c01"), teller.line("うん", "c02")) for _ in range(8)]
    draft = _draft(inputs(scene(1, *beats), language=language))
    both = [p for p in _panels(draft) if len({part.speaker for part in p.dialogue.parts if part.kind != "sfx"}) == 2]
    assert both
    for panel in both:
        at = {figure.character: figure for figure in panel.direction.figures}
        first, second = (part.speaker or "" for part in panel.dialogue.parts[:2])
        right, left = (first, second) if language is Language.JA else (second, first)
        assert at[right].x > at[left].x
        assert (at[right].facing, at[left].facing) == ("left", "right")


def test_a_sound_the_story_names_is_drawn_once() -> None:
    sounds = [part for panel in _panels(_draft(_talk())) for part in panel.dialogue.parts if part.kind == "sfx"]
    assert [part.text for part in sounds].count("ドン") == 1


def test_shots_change() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line(f"これは{n}つめの話だ", "c01")) for n in range(40)]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 5]) for i in range(0, 40, 5))
    shots = [panel.direction.shot for panel in _panels(_draft(inputs(scene(1, *beats), pages=pages)))]
    assert not any(a == b == c for a, b, c in zip(shots, shots[1:], shots[2:], strict=False))
    assert len(set(shots)) >= 4


def test_the_same_story_and_seed_give_the_same_storyboard() -> None:
    assert _draft(_talk()) == _draft(_talk())


def test_one_sentence_is_a_page() -> None:
    teller = Teller()
    draft = _draft(inputs(scene(1, teller.beat(teller.line("雨がふる。")))))
    assert len(draft.pages) == 1
    assert 1 <= len(draft.pages[0].panels) <= 3


def test_a_story_without_people_or_words_can_be_drawn() -> None:
    teller = Teller()
    given = inputs(scene(1, *(teller.beat(present=()) for _ in range(6))))
    draft = draft_storyboard(given.plot, Cast(characters=()), given.concept, given.settings)
    assert all(not panel.direction.figures for panel in _panels(draft))


def test_a_page_nobody_could_read_becomes_two() -> None:
    teller = Teller()
    draft = _draft(inputs(scene(1, *(teller.beat(teller.line("そうだ、そうだとも。", "c01")) for _ in range(60)))))
    assert len(draft.pages) >= 2
    assert max(len(page.panels) for page in draft.pages) <= 9


def test_an_image_limit_limits_the_panels() -> None:
    teller = Teller()
    beats = [teller.beat(teller.line("そうか", "c01")) for _ in range(20)]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 5]) for i in range(0, 20, 5))
    draft = _draft(inputs(scene(1, *beats), pages=pages, max_images=10))
    assert len(_panels(draft)) <= 10


def test_the_greatest_moment_is_answered_by_a_face_or_a_breath_within_two_panels() -> None:
    teller = Teller()
    lines = [(f"兵十は{n}度目に戸をあけました。", 5 if n % 3 == 0 else 3) for n in range(24)]
    beats = [teller.beat(teller.line(text), importance=weight, present=("c02", "c01")) for text, weight in lines]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 6]) for i in range(0, 24, 6))
    panels = _panels(_draft(inputs(scene(1, *beats), pages=pages)))
    great = [i for i, panel in enumerate(panels[:-2]) if panel.importance == 5]
    assert great
    answers = {Role.REACT, Role.BREATHER, Role.AFTERBEAT}
    assert all(any(panel.role in answers for panel in panels[i : i + 3]) for i in great)


def test_nobody_runs_and_sleeps_in_one_picture() -> None:
    teller = Teller()
    lines = [teller.line("ごんは走りました。"), teller.line("ごんはねむりました。")]
    deeds = [
        Deed(who="c01", action=action, span=line.span) for action, line in zip(("run", "sleep"), lines, strict=True)
    ]
    beats = [teller.beat(line, deeds=(deed,), importance=2) for line, deed in zip(lines, deeds, strict=True)]
    panels = _panels(_draft(inputs(scene(1, *beats))))
    poses = [figure.pose for panel in panels for figure in panel.direction.figures]
    assert Pose.RUN in poses
    assert Pose.LIE in poses
