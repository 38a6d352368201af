"""Shock, and the sounds an artist adds: only where the story tells that somebody starts."""

from itertools import pairwise

from manga.brief import Language
from manga.plot import Emotion, Plot
from manga.storyboard import Expression, PanelDraft
from offline.directing.figure_staging import feels
from offline.directing.storyboard import draft_storyboard
from tests.offline.stories import read_all
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene


def panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def added(found: list[PanelDraft]) -> list[str]:
    return [part.text for panel in found for part in panel.dialogue.parts if part.kind == "sfx"]


def faces(found: list[PanelDraft], who: str) -> set[Expression]:
    return {f.expression for panel in found for f in panel.direction.figures if f.character == who}


def told(text: str, emotion: Emotion, *, importance: int = 5) -> list[PanelDraft]:
    teller = Teller()
    opening = teller.beat(teller.line("朝でした。"), present=("c01", "c02"))
    struck = teller.beat(teller.line(text), importance=importance, emotion=emotion, present=("c01", "c02"))
    return panels(inputs(scene(1, opening, struck)))


def test_only_the_one_who_is_told_to_start_is_shocked() -> None:
    found = told("そのとき、兵十はびっくりしました。", Emotion.SURPRISE)
    assert Expression.SHOCK in faces(found, "c02")
    assert Expression.SHOCK not in faces(found, "c01")
    assert added(found) == ["ドキッ"]


def test_moved_people_are_not_horrified() -> None:
    for text, emotion in (
        ("兵十は、はっとして、涙をこぼしました。", Emotion.TENDERNESS),
        ("兵十は思わず笑いました。", Emotion.JOY),
        ("突然、ふしぎなことがおこりました。", Emotion.SURPRISE),
    ):
        found = told(text, emotion)
        assert Expression.SHOCK not in faces(found, "c01") | faces(found, "c02")
        assert "ドキッ" not in added(found)


def test_a_start_without_anybody_in_the_picture_makes_no_sound() -> None:
    teller = Teller()
    beat = teller.beat(teller.line("村はびっくりしました。"), importance=5, emotion=Emotion.SURPRISE, present=())
    assert added(panels(inputs(scene(1, teller.beat(teller.line("朝でした。"), present=()), beat)))) == []


def test_added_sounds_lie_six_pages_apart() -> None:
    teller = Teller()
    beats = [
        teller.beat(
            teller.line(f"{n}度目に、兵十はびっくりしました。"),
            importance=5,
            emotion=Emotion.SURPRISE,
            present=("c02",),
        )
        for n in range(32)
    ]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 4]) for i in range(0, 32, 4))
    given = inputs(scene(1, *beats), pages=pages)
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    loud = [
        page.number
        for page in draft.pages
        for panel in page.panels
        if any(part.kind == "sfx" for part in panel.dialogue.parts)
    ]
    assert 1 <= len(loud) <= 2
    assert all(b - a >= 6 for a, b in pairwise(loud))


def test_whoever_cries_out_starts_in_the_panel_of_the_cry() -> None:
    teller = Teller()
    first, cry = teller.line("きっと神さまのしわざだぞ、そうにちがいない", "c03"), teller.line("えっ", "c02")
    beat = teller.beat(first, cry, importance=5, emotion=Emotion.SURPRISE, present=("c02", "c03"))
    beat = beat.model_copy(update={"told": "加助が言いました。兵十はびっくりしました。"})
    for panel in panels(inputs(scene(1, beat))):
        said = {part.text for part in panel.dialogue.parts}
        if Expression.SHOCK in faces([panel], "c02"):
            assert "えっ" in said


def feelings(story: str) -> list[Emotion]:
    plot: Plot = read_all(story)[2]
    return [beat.emotion for beat in plot.beats()]


def test_an_exclamation_alone_is_no_surprise() -> None:
    assert Emotion.SURPRISE not in feelings("　朝、太郎は駅に着いた。\n「おはよう！」と太郎は言った。\n「行くぞ！」")


def test_there_was_a_castle_is_no_cry() -> None:
    assert Emotion.SURPRISE not in feelings("　むかし、小さなお城があって、おとのさまがすんでいました。")


def test_only_those_feel_of_whom_the_words_for_a_feeling_are_said() -> None:
    _, cast, plot = read_all(
        "森\n\n　太郎と花子は森を歩いていました。\n「だれかいるよ」と、太郎が言いました。\n"
        "　太郎は平気でした。けれども花子は悲しくなって泣きました。\n「帰ろう」と、花子が言いました。\n"
    )
    names = {sheet.name: sheet.key for sheet in cast.characters}
    sad = next(beat for beat in plot.beats() if beat.emotion is Emotion.SADNESS)
    assert feels(sad, cast, Language.JA) == {names["花子"]}
