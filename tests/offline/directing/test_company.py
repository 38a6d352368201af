"""Who is in a picture besides those who speak and act: nobody before he comes."""

from manga.brief import Language
from manga.paper import Direction
from manga.plot import Deed
from manga.storyboard import PanelDraft, Role
from offline.directing.figure_staging import SceneSides
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from offline.directing.storyboard import draft_storyboard
from offline.directing.who_is_present import told_of
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene

FILLER = "空はよく晴れていて、もずの声がきんきんひびいていました。"


def _panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def _seen(panel: PanelDraft) -> set[str]:
    return {figure.character for figure in panel.direction.figures}


def _first_panel_of(key: str, panels: list[PanelDraft]) -> int:
    return next(place for place, panel in enumerate(panels) if key in _seen(panel))


def test_a_stranger_is_not_in_the_first_view_of_a_scene_that_he_enters_later() -> None:
    teller = Teller()
    opening = teller.beat(teller.line("ごんは教室にひとりで立っていました。"), importance=3)
    middle = [teller.beat(teller.line(FILLER), importance=3) for _ in range(1)]
    enters = teller.beat(
        teller.line("ごんは窓の外を見ました。"),
        teller.line("落としたの、きみ？", "c02"),
        importance=3,
        present=("c02", "c01"),
    )
    panels = _panels(inputs(scene(1, opening, *middle, enters)))
    first = _first_panel_of("c02", panels)
    assert any("落とした" in part.text for part in panels[first].dialogue.parts)
    assert "c01" in _seen(panels[0])


def test_somebody_known_is_there_from_the_beginning_unless_the_story_says_that_he_comes() -> None:
    teller = Teller()
    before = teller.beat(teller.line("ごんと兵十は歩いていました。"), present=("c01", "c02"), importance=3)
    there = [
        teller.beat(teller.line("ごんは浜に立っていました。"), importance=3),
        teller.beat(teller.line("兵十は網をほしました。"), present=("c02",), importance=3),
    ]
    comes = [
        teller.beat(teller.line("ごんは穴にすわっていました。"), importance=3),
        teller.beat(teller.line("そこへ兵十がやって来ました。"), present=("c02",), importance=3),
    ]
    panels = _panels(inputs(scene(1, before), scene(2, *there), scene(3, *comes)))
    openings = {panel.scene: panel for panel in reversed(panels)}
    assert "c02" in _seen(openings["s02"])
    assert "c02" not in _seen(openings["s03"])


def test_a_sentence_about_everybody_shows_all_who_are_there() -> None:
    teller = Teller()
    talk = [
        teller.beat(teller.line("そうだなあ。", who), present=("c01", "c02", "c03"), importance=2)
        for who in ("c01", "c02", "c03")
    ]
    crowd = teller.beat(teller.line("みんなは、いっせいに空を見上げました。"), present=(), importance=3)
    panels = _panels(inputs(scene(1, *talk, crowd, teller.beat(teller.line(FILLER), present=()))))
    shown = [_seen(panel) for panel in panels if crowd.key in panel.beats]
    assert any(len(people) >= 2 for people in shown)


def test_whoever_bursts_in_behind_a_cry_is_not_there_before() -> None:
    teller = Teller()
    before = teller.beat(teller.line("ごんと加助は歩いていました。"), present=("c01", "c03"), importance=3)
    talk = [teller.beat(teller.line(FILLER, "c01"), importance=3) for _ in range(3)]
    cry = teller.line("わん、わん。", "c03")
    told = "うしろから声がして、加助が戸をつきやぶって来た。"
    burst = teller.beat(cry, importance=3, present=("c03",)).model_copy(update={"told": told})
    panels = _panels(inputs(scene(1, before), scene(2, *talk, burst)))
    second = [panel for panel in panels if panel.scene == "s02"]
    assert "c03" not in _seen(second[0])
    assert any("c03" in _seen(panel) for panel in second)


def test_whoever_is_told_of_once_in_a_long_scene_passes_by() -> None:
    teller = Teller()
    beats = [
        teller.beat(teller.line(f"ごんと兵十は{n}里走りました。"), present=("c01", "c02"), importance=3)
        for n in range(5)
    ]
    judge = teller.beat(teller.line("加助が道を指さしました。"), present=("c03",), importance=3)
    panels = _panels(inputs(scene(1, beats[0], beats[1], judge, *beats[2:])))
    assert all(judge.key in panel.beats for panel in panels if "c03" in _seen(panel) and panel.role != "afterbeat")


def test_nobody_stands_before_a_telescope() -> None:
    teller = Teller()
    line = teller.line("兵十は望遠鏡をのぞきました。")
    deed = Deed(who="c02", action="peer", thing="telescope", span=line.span)
    looks = teller.beat(line, present=("c02",), deeds=(deed,), action="peer", importance=4)
    around = [teller.beat(teller.line("ごんは待っていました。"), present=("c01",), importance=3) for _ in range(2)]
    panels = _panels(inputs(scene(1, around[0], looks, around[1])))
    peering = [panel for panel in panels if any(f.holds == "telescope" for f in panel.direction.figures)]
    assert peering
    assert all(_seen(panel) == {"c02"} for panel in peering)


def test_whoever_a_beat_that_matters_is_about_is_seen_though_another_beat_leads_the_panel() -> None:
    teller = Teller()
    leads = teller.beat(teller.line("空はよく晴れていました。"), importance=4, present=())
    told = teller.beat(teller.line("兵十は浜に立っていました。"), importance=3, present=("c02",))
    here = scene(1, leads, told)
    frame = Frame([Moment(beat, here, "told", beat.lines[0]) for beat in here.beats], Role.ACT, 4)
    stage = SceneSides(inputs(here).cast, Direction.RTL, Language.JA)
    stage.begin(frame)
    assert frame.lead.beat == leads
    assert "c02" in stage.people(frame, 0)
    assert told_of(frame, {(told.key, "c02")}) == []


def test_whoever_is_heard_before_he_bursts_in_is_not_there_from_the_beginning() -> None:
    teller = Teller()
    before = teller.beat(teller.line("ごんと兵十は歩いていました。"), present=("c01", "c02"), importance=3)
    opening = teller.beat(teller.line("ごんは玄関に立っていました。"), importance=3)
    waits = [teller.beat(teller.line(FILLER), present=(), importance=3) for _ in range(2)]
    calls = teller.beat(teller.line("そのときいきなり、"), teller.line("わん、わん。", "c02"), importance=3)
    enters = teller.beat(teller.line("兵十が扉をつきやぶって飛び込んで来ました。"), present=("c02",), importance=3)
    panels = _panels(inputs(scene(1, before), scene(2, opening, *waits, calls, enters)))
    there = [panel for panel in panels if panel.scene == "s02" and "c02" in _seen(panel)]
    assert there
    assert all(panel.beats[-1] >= "b0005" for panel in there)


def test_a_place_without_anybody_is_not_shown_twice_in_a_row_where_nothing_is_told() -> None:
    teller = Teller()
    before = teller.beat(teller.line("ごんと兵十は歩いていました。"), present=("c01", "c02"), importance=3)
    signs = [teller.beat(teller.line(word), present=(), importance=1) for word in ("西洋料理店", "山猫軒")]
    after = teller.beat(teller.line("ごんは入りました。"), importance=3)
    panels = _panels(inputs(scene(1, before), scene(2, *signs, after)))
    own = [panel for panel in panels if panel.scene == "s02"]
    assert sum(not _seen(panel) for panel in own) <= 1
