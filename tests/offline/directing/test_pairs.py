"""How two who talk are seen: views that change, a shoulder before us, faces that hear a voice from outside."""

from dataclasses import replace
from itertools import pairwise

import pytest

from manga.characters import Cast, Kind
from manga.plot import Emotion
from manga.storyboard import Angle, Expression, FigureDirection, PanelDraft, Role, Shot
from offline.directing.faces_and_poses import expression_of
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from offline.directing.storyboard import draft_storyboard
from offline.directing.views_from_behind import Pairs
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene


def panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def talk(length: int = 24) -> Inputs:
    teller = Teller()
    beats = [
        teller.beat(teller.line(f"{n}番目の、すこし長めにした話なのです", f"c0{n % 2 + 1}"), present=("c01", "c02"))
        for n in range(length)
    ]
    return inputs(scene(1, *beats))


def one_talk() -> tuple[Frame, Cast]:
    given = talk(2)
    found = given.plot.scenes[0]
    beat = found.beats[0]
    looks = [sheet.look.model_copy(update={"kind": Kind.HUMAN}) for sheet in given.cast.characters]
    sheets = [sheet.model_copy(update={"look": look}) for sheet, look in zip(given.cast.characters, looks, strict=True)]
    return Frame([Moment(beat, found, "spoken", beat.lines[0])], Role.TALK, 2), Cast(characters=tuple(sheets))


def figures() -> tuple[FigureDirection, ...]:
    return (
        FigureDirection(character="c01", x=0.73, facing="left"),
        FigureDirection(character="c02", x=0.27, facing="right"),
    )


def test_the_second_near_view_of_a_pair_goes_past_the_shoulder_of_the_one_who_listens() -> None:
    frame, cast = one_talk()
    pairs = Pairs(cast)
    first = pairs.staged(figures(), frame, Shot.MEDIUM, ("c01",))
    assert [f.facing for f in first] == ["left", "right"]
    second = pairs.staged(figures(), frame, Shot.BUST, ("c01",))
    assert [(f.facing, f.depth) for f in second] == [("left", "middle"), ("back", "foreground")]
    third = pairs.staged(figures(), frame, Shot.MEDIUM, ("c02",))
    assert third == figures()


def test_nobody_who_speaks_is_seen_from_behind() -> None:
    for panel in panels(talk()):
        speaking = {part.speaker for part in panel.dialogue.parts}
        behind = [f.character for f in panel.direction.figures if f.facing == "back"]
        if panel.direction.angle is Angle.OVER_SHOULDER:
            assert len(behind) == 1
            assert behind[0] not in speaking


def test_the_same_two_are_not_seen_three_times_running() -> None:
    found = panels(talk())
    pairs = [
        len(panel.direction.figures) > 1 and len({part.speaker for part in panel.dialogue.parts}) == 1
        for panel in found
    ]
    assert pairs
    assert not any(all(pairs[i : i + 3]) for i in range(len(pairs) - 2))


def test_two_views_of_the_same_two_differ_in_distance_unless_one_looks_past_a_shoulder() -> None:
    near = {Shot.MEDIUM, Shot.BUST}
    for a, b in pairwise(panels(talk())):
        both = [{f.character for f in p.direction.figures} for p in (a, b)]
        past = Angle.OVER_SHOULDER in (a.direction.angle, b.direction.angle)
        if len(both[0]) > 1 and both[0] == both[1] and not past:
            assert not {a.direction.shot, b.direction.shot} <= near


def test_voices_from_outside_are_heard_by_somebody() -> None:
    teller = Teller()
    start = teller.beat(teller.line("ここはどこだろう", "c01"), present=("c01", "c02"))
    voices = [
        teller.beat(teller.line(f"「{n}番目の声がそとから聞こえてきます」", "c09", confidence=0.1), present=())
        for n in range(6)
    ]
    found = [p for p in panels(inputs(scene(1, start, *voices))) if p.dialogue.parts][1:]
    seen = [bool(panel.direction.figures) for panel in found]
    assert not any(not a and not b for a, b in pairwise(seen))


@pytest.mark.parametrize(
    ("words", "face"),
    [
        ("え？", Expression.SURPRISE), ("What?", Expression.SURPRISE), ("わあ！", Expression.SURPRISE),
        ("まさか、こんなところに", Expression.SURPRISE),
        ("……やっぱり、帰ろう", Expression.SAD), ("I thought...", Expression.SAD),
        ("うわあ。", Expression.SHOCK), ("つ、つ、つまり、その", Expression.FEAR), ("W-w-well", Expression.FEAR),
        ("あれを直すまで帰りません！", Expression.SERIOUS), ("そうですね", Expression.NEUTRAL),
    ],
)  # fmt: skip
def test_a_face_follows_how_plain_words_are_written(words: str, face: Expression) -> None:
    teller = Teller()
    beat = teller.beat(teller.line(words, "c01"), emotion=Emotion.NEUTRAL)
    frame = Frame([Moment(beat, scene(1, beat), "spoken", beat.lines[0])], Role.TALK, 2)
    assert expression_of(beat, beat.lines[0], frame, 0) is face


def gazes(speakers: tuple[str, ...]) -> list[str]:
    """Which way somebody who is alone in three panels running looks."""
    frame, cast = one_talk()
    pairs = Pairs(cast)
    return [pairs.staged(figures()[:1], frame, Shot.BUST, speakers)[0].facing for _ in range(3)]


def test_who_is_alone_and_silent_twice_running_looks_another_way() -> None:
    assert all(a != b for a, b in pairwise(gazes(())))


def test_who_speaks_alone_goes_on_looking_to_the_other() -> None:
    assert set(gazes(("c01",))) == {"left"}


def test_a_speaker_is_now_and_then_seen_past_the_shoulder_of_the_one_who_hears_him() -> None:
    frame, cast = one_talk()
    pairs = Pairs(cast)
    seen = [pairs.joined(("c01",), frame, Shot.BUST, ("c01",), ("c02",)) for _ in range(12)]
    with_listener = [number for number, keys in enumerate(seen) if keys == ("c01", "c02")]
    assert with_listener
    pairs.staged(figures(), frame, Shot.BUST, ("c01",))
    assert pairs.shoulder
    assert pairs.joined(("c01",), frame, Shot.BUST, ("c01",), ("c02",)) == ("c01",)


def test_a_beast_and_a_face_alone_get_no_shoulder_before_them() -> None:
    frame, cast = one_talk()
    beast = cast.characters[1].model_copy(
        update={"look": cast.characters[1].look.model_copy(update={"kind": Kind.FOX})}
    )
    for given, shot in ((Cast(characters=(cast.characters[0], beast)), Shot.BUST), (cast, Shot.CLOSE)):
        pairs = Pairs(given)
        assert all(pairs.joined(("c01",), frame, shot, ("c01",), ("c02",)) == ("c01",) for _ in range(12))


def test_a_long_talk_of_two_has_views_past_a_shoulder_and_not_too_many() -> None:
    found = talk(40).plot.scenes[0]
    keys = [beat.key for beat in found.beats]
    given = inputs(found, pages=tuple(tuple(keys[n : n + 4]) for n in range(0, 40, 4)))
    looks = [sheet.look.model_copy(update={"kind": Kind.HUMAN}) for sheet in given.cast.characters]
    sheets = [sheet.model_copy(update={"look": look}) for sheet, look in zip(given.cast.characters, looks, strict=True)]
    angles = [panel.direction.angle for panel in panels(replace(given, cast=Cast(characters=tuple(sheets))))]
    assert 0.06 <= angles.count(Angle.OVER_SHOULDER) / len(angles) <= 0.2


def test_nobody_listens_who_takes_no_part_in_the_talk() -> None:
    teller = Teller()
    both = [
        teller.beat(teller.line(f"{n}番目の、すこし長めにした話なのです", f"c0{n % 2 + 1}"), present=("c01", "c02"))
        for n in range(4)
    ]
    alone = [
        teller.beat(teller.line(f"だれに言うのでもない{n}番目のひとり言だ", "c01"), present=("c01",)) for n in range(12)
    ]
    given = inputs(scene(1, *both, *alone))
    keys = [beat.key for beat in alone[1:]]
    seen = [
        panel
        for panel in panels(given)
        if set(panel.beats) & set(keys) and panel.direction.shot in (Shot.BUST, Shot.MEDIUM)
    ]
    assert seen
    assert not any(panel.direction.angle is Angle.OVER_SHOULDER for panel in seen)
    assert not any(
        figure.facing == "back" for panel in seen for figure in panel.direction.figures if figure.character == "c02"
    )
