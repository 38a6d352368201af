"""Feelings that outlast their beat, and faces that a story speaks of."""

from manga.continuity import Aspect, Change
from manga.plot import Emotion
from manga.storyboard import Expression, PanelDraft, Shot
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

BLANK = {Expression.NEUTRAL, Expression.CALM}


def panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def heard_after(emotion: Emotion) -> list[Expression]:
    """The faces of those who hear five voices from outside, after a beat of that feeling."""
    teller = Teller()
    felt = teller.beat(teller.line("ここはどこだ", "c01"), emotion=emotion, present=("c01", "c02"), importance=3)
    voices = [
        teller.beat(teller.line(f"「{n}番目の声がそとから聞こえてきます」", "c09", confidence=0.1), present=())
        for n in range(5)
    ]
    found = panels(inputs(scene(1, felt, *voices)))[1:]
    return [figure.expression for panel in found if panel.dialogue.parts for figure in panel.direction.figures]


def test_who_was_afraid_and_hears_a_voice_from_outside_has_no_blank_face() -> None:
    faces = heard_after(Emotion.FEAR)
    assert faces
    assert set(faces) <= {Expression.FEAR, Expression.SERIOUS, Expression.CRY}
    assert Expression.FEAR in faces


def test_who_felt_nothing_hears_it_calmly() -> None:
    assert set(heard_after(Emotion.NEUTRAL)) <= BLANK


def test_words_of_somebody_of_the_story_who_is_not_in_the_picture_frighten_nobody_again() -> None:
    teller = Teller()
    felt = teller.beat(teller.line("ここはどこだ", "c01"), emotion=Emotion.FEAR, present=("c01",), importance=3)
    later = [teller.beat(teller.line(f"{n}番目の駅です", "c01"), present=("c01",)) for n in range(6)]
    called = teller.beat(teller.line("休めばいいじゃん", "c02", confidence=0.5), present=())
    found = panels(inputs(scene(1, felt, *later, called)))
    assert {figure.expression for figure in found[-1].direction.figures} <= BLANK


def test_gladness_leaves_a_smile_that_ends() -> None:
    teller = Teller()
    glad = teller.beat(teller.line("うれしいな", "c01"), emotion=Emotion.JOY, present=("c01",))
    later = [teller.beat(teller.line(f"{n}番目の道をゆきます", "c01"), present=("c01",)) for n in range(8)]
    found = panels(inputs(scene(1, glad, *later)))
    faces = [figure.expression for panel in found for figure in panel.direction.figures]
    assert faces[1] is Expression.SMILE
    assert faces[-1] is Expression.NEUTRAL


def test_a_barking_dog_does_not_share_the_tears_of_those_beside_it() -> None:
    teller = Teller()
    tears = teller.beat(teller.line("涙がこぼれました。"), emotion=Emotion.SADNESS, present=("c01",), importance=4)
    bark = teller.beat(teller.line("わん、わん", "c02"), emotion=Emotion.SURPRISE, present=("c02",), importance=3)
    for panel in panels(inputs(scene(1, tears, bark))):
        if any(part.speaker == "c02" for part in panel.dialogue.parts):
            face = next(figure.expression for figure in panel.direction.figures if figure.character == "c02")
            assert face is Expression.SURPRISE


def test_a_face_that_is_told_of_is_seen_from_near() -> None:
    teller = Teller()
    before = teller.beat(teller.line("朝でした。"), present=("c01", "c02"))
    told = teller.beat(teller.line("二人の顔はもとにもどりませんでした。"), present=("c01", "c02"), importance=4)
    change = Change(who="c01", aspect=Aspect.FACE, to="crumpled")
    wept = teller.beat(teller.line("二人は泣きました。"), present=("c01", "c02"), importance=4)
    changed = wept.model_copy(update={"changes": (change,)})
    found = panels(inputs(scene(1, before, told, changed)))
    for beat in (told, changed):
        shots = {panel.direction.shot for panel in found if panel.key == beat.key}
        assert shots <= {Shot.BUST, Shot.MEDIUM, Shot.CLOSE}
