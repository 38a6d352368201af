"""Who stands in a panel and on which side, whose face answers, what ends a story."""

from dataclasses import replace
from itertools import pairwise

from manga.brief import Language
from manga.characters import Cast
from manga.plot import Deed, Emotion
from manga.storyboard import PanelDraft, Role, Shot
from manga.text_capacity import MEASURES
from manga.values import Span
from offline.directing.camera_shots import Camera
from offline.directing.page_moments import moments_of
from offline.directing.panel_roles import Frame
from offline.directing.positions_in_panels import placed_between
from offline.directing.storyboard import draft_storyboard
from tests.offline.stories import read_all
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

FAR = {Shot.ESTABLISHING, Shot.LONG, Shot.FULL}


def panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def people(panel: PanelDraft) -> set[str]:
    return {figure.character for figure in panel.direction.figures}


def test_people_keep_their_sides_while_one_speaks() -> None:
    teller = Teller()
    orders = ("c01", "c02", "c03"), ("c01", "c03", "c02"), ("c02", "c01", "c03"), ("c03", "c02", "c01")
    beats = [
        teller.beat(teller.line(f"これは{n}番目の、すこし長めにした話なのです", "c01"), present=orders[n % 4])
        for n in range(8)
    ]
    order = [
        [f.character for f in sorted(p.direction.figures, key=lambda f: -f.x)]
        for p in panels(inputs(scene(1, *beats)))
        if len(p.direction.figures) == 3
    ]
    assert len(order) >= 2
    assert all(a == b for a, b in pairwise(order))


def test_a_key_event_is_answered_by_the_face_of_somebody_else() -> None:
    teller = Teller()
    talk = [teller.beat(teller.line("はい", who), present=("c01", "c02")) for who in ("c01", "c02")]
    cry = teller.line("ごんは泣きました。")
    deed = Deed(who="c01", action="cry", span=Span(start=cry.span.start + 3, end=cry.span.end))
    event = teller.beat(cry, present=("c01",), deeds=(deed,), importance=5, emotion=Emotion.SADNESS)
    after = teller.beat(teller.line("雨がふりました。"), present=())
    found = panels(inputs(scene(1, *talk, event, after)))
    answers = [p for p in found if p.role is Role.REACT and not p.dialogue.parts and p.beats == (event.key,)]
    assert answers
    assert all(people(panel) == {"c02"} for panel in answers)


def test_an_embrace_has_two_people_in_it_though_one_is_only_a_pronoun() -> None:
    teller = Teller()
    first = teller.beat(teller.line("ただいま", "c02"), present=("c02",))
    hug = teller.line("ごんはその人に抱きつきました。")
    deed = Deed(who="c01", action="hug", span=Span(start=hug.span.start + 6, end=hug.span.end))
    event = teller.beat(hug, present=("c01",), deeds=(deed,), importance=5)
    found = panels(inputs(scene(1, first, event)))
    shown = next(p for p in found if event.key in p.beats and p.role in (Role.PAYOFF, Role.SPLASH))
    assert people(shown) == {"c01", "c02"}


def test_deeds_at_the_end_have_a_panel_each() -> None:
    teller = Teller()
    talk = [teller.beat(teller.line(f"これは{n}番目の話です", "c01")) for n in range(16)]
    ends = []
    for who, action, words in (
        ("c01", "nod", "ごんはうなずきました。"),
        ("c02", "drop", "兵十は鉄砲を落としました。"),
        ("c02", "cry", "兵十は泣きました。"),
    ):
        line = teller.line(words)
        deed = Deed(who=who, action=action, span=Span(start=line.span.start + 2, end=line.span.end))
        ends.append(teller.beat(line, present=("c01", "c02"), deeds=(deed,), importance=2))
    beats = [*talk, *ends]
    keys = [beat.key for beat in talk]
    pages = (*(tuple(keys[i : i + 4]) for i in range(0, 16, 4)), tuple(beat.key for beat in ends))
    found = panels(inputs(scene(1, *beats), pages=pages))
    for beat in ends:
        shown = next(panel for panel in found if beat.key in panel.beats)
        assert len(set(shown.beats) & {b.key for b in ends}) == 1


def test_two_far_views_of_the_same_people_do_not_follow_each_other() -> None:
    teller = Teller()
    beats = [
        teller.beat(teller.line(f"ごんは{n}番目の山を歩きました。"), action="walk", present=("c01",)) for n in range(8)
    ]
    found = panels(inputs(scene(1, *beats)))[:-1]
    far = [(a, b) for a, b in pairwise(found) if {a.direction.shot, b.direction.shot} <= FAR and people(a) == people(b)]
    assert not far


def test_a_long_talk_is_not_the_same_picture_of_two_again_and_again() -> None:
    teller = Teller()
    beats = [
        teller.beat(
            teller.line(f"これは{n}番目の、すこし長めにした話なのです", f"c0{n % 2 + 1}"), present=("c01", "c02")
        )
        for n in range(24)
    ]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 6]) for i in range(0, 24, 6))
    found = panels(inputs(scene(1, *beats), pages=pages))
    views = [(panel.direction.shot, frozenset(people(panel))) for panel in found]
    assert not any(a == c and b == d for a, b, c, d in zip(views, views[1:], views[2:], views[3:], strict=False))
    assert sum(len(who) == 1 for _, who in views) >= len(views) / 4


def present(story: str) -> list[set[str]]:
    _, cast, plot = read_all(story)
    names = {c.key: c.name for c in cast.characters}
    return [{names[key] for key in beat.present} for beat in plot.beats()]


def test_whoever_is_told_to_be_away_or_is_only_thought_of_is_not_seen() -> None:
    story = (
        "The Keeper\n\nNora lit the lamp. Her father had gone to town, and Nora was alone. She bought a present for her"
        ' father.\n\n"I am cold," said Nora.\n\nThe father came home. "I am here," said the father.\n'
    )
    seen = present(story)
    assert not any("father" in name for names in seen[:1] for name in names)
    assert any("father" in name for names in seen for name in names)


def test_who_comes_in_between_never_changes_sides_later() -> None:
    places: dict[str, float] = {}
    for here in (["a", "b"], ["a", "c", "b"], ["d", "a"], ["c", "b"], ["e", "c"], ["b", "f"]):
        ordered = sorted(here, key=lambda key: places.get(key, 0.5))
        places = placed_between(ordered, places, turned=())
    assert len(set(places.values())) == len(places)
    assert places["a"] < places["c"] < places["b"]


def test_two_who_speak_the_other_way_round_stand_anew() -> None:
    places = placed_between(["b", "a"], {"a": 0.0, "b": 1.0}, turned=(0, 1))
    assert places["b"] < places["a"]


def test_who_is_new_in_a_scene_stands_as_people_will_speak() -> None:
    teller = Teller()
    silent = teller.beat(teller.line("夜になりました。"), present=("c02", "c01"))
    first, second = teller.line("あれが星なのか。", "c01"), teller.line("そうだよ、星だよ。", "c02")
    found = panels(inputs(scene(1, silent, teller.beat(first, second))))
    both = [{f.character: f.x for f in panel.direction.figures} for panel in found if people(panel) == {"c01", "c02"}]
    assert both
    assert all(places["c01"] > places["c02"] for places in both)


def test_where_two_have_changed_sides_nobody_is_shown_whole_but_from_afar() -> None:
    teller = Teller()
    line = teller.line("ごんは走りました。")
    beat = teller.beat(line, deeds=(Deed(who="c01", action="run", span=line.span),), present=("c01", "c02"))
    frame = Frame(moments_of(beat, scene(1, beat), MEASURES[Language.JA]), Role.ACT, 2)
    assert Camera(1).shot(frame, ("c01", "c02"), 0, "b0001") is Shot.FULL
    assert Camera(1).shot(frame, ("c01", "c02"), 0, "b0001", turned=True) is Shot.LONG


def test_whoever_is_only_a_voice_is_heard_and_never_seen() -> None:
    teller = Teller()
    opening = teller.beat(teller.line("ごんは玄関に立っていました。"), importance=3)
    calls = [teller.beat(teller.line(words, "c02"), importance=3) for words in ("早くいらっしゃい。", "さあどうぞ。")]
    given = inputs(scene(1, opening, *calls))
    first, second, *others = given.cast.characters
    sheets = (first, second.model_copy(update={"name": "戸の中の声"}), *others)
    found = panels(replace(given, cast=Cast(characters=sheets)))
    assert all("c02" not in people(panel) for panel in found)
    assert any(part.speaker == "c02" for panel in found for part in panel.dialogue.parts)


def test_in_the_last_look_at_a_scene_everybody_who_is_there_is_seen() -> None:
    teller = Teller()
    talk = [teller.beat(teller.line("はい、そうですね", who), present=("c01", "c02")) for who in ("c01", "c02") * 4]
    last = teller.beat(teller.line("では、帰りましょう", "c01"), present=("c01", "c02"), importance=3)
    found = panels(inputs(scene(1, *talk, last)))[-1]
    assert found.role is not Role.AFTERBEAT or people(found) == {"c01", "c02"}
