"""How long people keep a posture: the struck to the end, the others until they have something else to do."""

from manga.plot import Deed, Emotion, Line
from manga.storyboard import PanelDraft, Pose, Shot
from manga.values import Span
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Teller, inputs, scene

NEAR = {Shot.MEDIUM, Shot.BUST, Shot.CLOSE, Shot.EXTREME_CLOSE}


def deed(who: str, action: str, line: Line) -> Deed:
    return Deed(who=who, action=action, span=Span(start=line.span.start + 2, end=line.span.end))


def poses_after(action: str, *, told: str, then: list[tuple[str, str]], **more: object) -> list[PanelDraft]:
    """Two people; the first does `action`, then each says something of their own."""
    teller = Teller()
    first = teller.line(told)
    opening = teller.beat(teller.line("朝でした。"), present=("c01", "c02"))
    beats = [teller.beat(first, present=("c01", "c02"), deeds=(deed("c01", action, first),), action=action)]
    beats += [teller.beat(teller.line(words, who), present=("c01", "c02"), **more) for who, words in then]
    given = inputs(scene(1, opening, *beats))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def poses(panels: list[PanelDraft], who: str) -> list[Pose]:
    return [figure.pose for panel in panels for figure in panel.direction.figures if figure.character == who]


TALK = [(who, f"これは{n}番目の話なのです") for n in range(6) for who in ("c02", "c01")]


def test_lying_down_is_over_after_a_few_panels() -> None:
    panels = poses_after("lie", told="ごんは寝ころびました。", then=TALK)
    at = next(i for i, panel in enumerate(panels) if Pose.LIE in poses([panel], "c01"))
    assert Pose.LIE not in poses(panels[at + 5 :], "c01")


def test_nobody_lies_at_ease_in_a_near_view() -> None:
    panels = poses_after("lie", told="ごんは寝ころびました。", then=TALK)
    lying = [panel.direction.shot for panel in panels if Pose.LIE in poses([panel], "c01")]
    assert lying
    assert not set(lying) & NEAR


def test_whoever_cries_out_gets_up() -> None:
    panels = poses_after("lie", told="ごんは寝ころびました。", then=[("c01", "だめだ！")], emotion=Emotion.ANGER)
    crying = next(panel for panel in panels if any(part.text == "だめだ！" for part in panel.dialogue.parts))
    assert Pose.LIE not in poses([crying], "c01")


def test_all_get_up_when_somebody_new_steps_in() -> None:
    panels = poses_after("lie", told="ごんは寝ころびました。", then=[("c03", "なにをしている")])
    entered = [panel for panel in panels if any(f.character == "c03" for f in panel.direction.figures)]
    assert entered
    assert Pose.LIE not in poses(entered, "c01")


def test_sleepers_and_the_dead_lie_to_the_end() -> None:
    for action, told in (("sleep", "ごんは眠りました。"), ("fall", "ごんは倒れて死にました。")):
        panels = poses_after(action, told=told, then=TALK)
        at = next(i for i, panel in enumerate(panels) if Pose.LIE in poses([panel], "c01"))
        assert set(poses(panels[at:], "c01")) == {Pose.LIE}


def test_a_kneeling_person_does_not_kneel_for_the_rest_of_the_scene() -> None:
    panels = poses_after("kneel", told="ごんはひざまずきました。", then=TALK)
    assert poses(panels, "c01").count(Pose.KNEEL) <= 4
