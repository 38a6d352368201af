"""Which talk is a telephone's, who is at which end of the line, and how both are shown."""

from manga.brief import Settings
from manga.plot import LineKind
from manga.storyboard import Pose, Role, Shot
from offline.directing.storyboard import draft_storyboard
from offline.directing.telephone.staging import heard
from tests.offline.directing.telephone.stories import (
    DENWA,
    ENGLISH,
    NAMED,
    PROSE,
    SPARE_KEY,
    SUPPER,
    calls,
    named,
    panels,
    words,
)
from tests.offline.stories import read_all


def test_a_telephones_hello_opens_a_call_and_names_who_is_called() -> None:
    (call,) = calls(SUPPER)
    assert call.far is not None
    assert named(SUPPER, call.near.holder) == {"ユキ"}
    assert named(SUPPER, call.far.holder) == {"お母さん"}


def test_whoever_is_called_to_the_telephone_is_beside_the_one_who_calls_him() -> None:
    (call,) = calls(SUPPER)
    assert call.far is not None
    assert named(SUPPER, *call.far.people) == {"お母さん", "お父さん"}
    assert named(SUPPER, *call.far.away) == {"ユキ"}


def test_a_telephone_that_rings_and_is_taken_makes_a_call_until_it_is_put_down() -> None:
    (call,) = calls(PROSE)
    said = words(PROSE, call.start, call.stop)
    assert "どうした" in said
    assert "だれからだったの" not in said
    assert named(PROSE, call.near.holder) == {"健二"}
    assert "隆" in named(PROSE, *call.near.away)
    (call,) = calls(ENGLISH)
    assert "at once" in words(ENGLISH, call.start, call.stop)
    assert "Who was it" not in words(ENGLISH, call.start, call.stop)


def test_a_telephone_that_is_only_named_makes_no_call() -> None:
    assert calls(NAMED) == ()


def test_hello_in_old_times_is_no_telephone() -> None:
    assert not calls("むかし、ある村に、権太というお百姓がいました。\n「もしもし、お坊さま」\n「なんじゃな」\n")


def test_each_panel_of_a_call_shows_one_end_of_the_line() -> None:
    (call,) = calls(SUPPER)
    for panel in panels(SUPPER):
        people = {figure.character for figure in panel.direction.figures}
        assert not (people & call.near.away and people - call.near.away), panel.key


def test_the_two_ends_of_a_line_are_in_two_places() -> None:
    (call,) = calls(SUPPER)
    places: dict[bool, set[str]] = {True: set(), False: set()}
    for panel in panels(SUPPER):
        if panel.direction.figures:
            places[panel.direction.figures[0].character in call.near.away].add(panel.direction.setting)
    assert all(len(found) == 1 for found in places.values())
    assert places[True] != places[False]


def test_words_from_the_other_end_come_out_of_the_telephone() -> None:
    for story in (SUPPER, PROSE, ENGLISH):
        heard = [(part, panel) for panel in panels(story) for part in panel.dialogue.parts if part.kind == "telephone"]
        for part, panel in heard:
            assert part.off_panel
            assert part.speaker not in {figure.character for figure in panel.direction.figures}
        assert heard, story


def test_only_whoever_is_in_the_call_holds_a_telephone() -> None:
    (call,) = calls(SUPPER)
    assert call.far is not None
    holders = {call.near.holder, call.far.holder}
    for panel in panels(SUPPER):
        for figure in panel.direction.figures:
            assert (figure.holds == "phone") == (figure.character in holders), panel.key
    held = {figure.holds for panel in panels(PROSE) for figure in panel.direction.figures}
    assert "receiver" in held
    assert "phone" not in held


def test_nobody_holds_a_telephone_who_has_hung_up() -> None:
    after = [panel for panel in panels(PROSE) if any("だれから" in part.text for part in panel.dialogue.parts)]
    assert after
    assert not any(figure.holds for panel in after for figure in panel.direction.figures)


def test_people_sit_at_home_while_they_talk() -> None:
    (call,) = calls(SUPPER)
    seated = {Shot.MEDIUM, Shot.FULL, Shot.LONG, Shot.ESTABLISHING}
    home = [p for p in panels(SUPPER) if p.direction.figures and p.direction.figures[0].character in call.near.away]
    whole = [figure for panel in home if panel.direction.shot in seated for figure in panel.direction.figures]
    assert whole
    assert all(figure.pose is Pose.SIT for figure in whole)


def test_what_hands_are_busy_with_is_looked_at_where_it_lies() -> None:
    (call,) = calls(SUPPER)
    looks = [panel for panel in panels(SUPPER) if panel.direction.shot is Shot.INSERT]
    assert {thing for panel in looks for thing in panel.direction.props} & {"pot", "potatoes"}
    assert all(panel.direction.setting == call.near.setting for panel in looks)


def test_who_was_only_at_the_other_end_is_not_there_when_the_call_is_over() -> None:
    (call,) = calls(ENGLISH)
    assert named(ENGLISH, *call.near.away) == {"Mr. Brown"}
    seen = {figure.character for panel in panels(ENGLISH) for figure in panel.direction.figures}
    assert not seen & call.near.away


def test_a_pet_that_is_told_to_sleep_on_somebodys_lap_is_looked_at_there() -> None:
    told = SUPPER + "「マルは元気？」\n「マルなら、お父さんのひざで寝てるわよ、ユキ」\n「いいなあ」\n"
    (call,) = calls(told)
    (look,) = [panel for panel in panels(told) if "lap_cat" in panel.direction.props]
    assert call.far is not None
    assert look.direction.setting == call.far.setting
    child = told.replace("マルは元気", "さっちゃんは元気").replace("マルなら", "赤ちゃんなら")
    assert not any("lap_cat" in panel.direction.props for panel in panels(child))


def test_a_call_in_strips_shows_one_end_in_each_panel_too() -> None:
    concept, cast, plot = read_all(SUPPER)
    (call,) = calls(SUPPER)
    drafted = draft_storyboard(plot, cast, concept, Settings(layout="yonkoma"))
    for panel in (panel for page in drafted.pages for panel in page.panels):
        people = {figure.character for figure in panel.direction.figures}
        assert not (people & call.near.away and people - call.near.away), panel.key


def test_a_pot_that_is_named_is_stirred_with_one_hand_while_the_other_one_holds_the_telephone() -> None:
    first = calls(DENWA)[0]
    cooking = [(p, figure) for p in panels(DENWA) for figure in p.direction.figures if figure.pose is Pose.COOK]
    assert cooking
    assert all(panel.direction.setting == "kitchen" for panel, _ in cooking)
    assert all(figure.character == first.near.holder and figure.holds == "phone" for _, figure in cooking)


def test_a_pot_that_sizzles_is_looked_at_under_its_sound() -> None:
    (sizzles,) = [p for p in panels(DENWA) if any(part.text == "じゅわあ" for part in p.dialogue.parts)]
    assert sizzles.direction.props == ("pot",)
    knocks = [p for p in panels(DENWA) if any("とん、とん" in part.text for part in p.dialogue.parts)]
    assert knocks
    assert all(panel.direction.figures for panel in knocks)


def test_who_is_called_is_told_by_the_one_who_calls_him_and_sits_where_he_was_told_to_be() -> None:
    (call,) = calls(SPARE_KEY)
    assert call.far is not None
    assert named(SPARE_KEY, call.near.holder) == {"Martha"}
    assert named(SPARE_KEY, call.far.holder) == {"George"}
    assert (call.near.setting, call.far.setting) == ("kitchen", "parlour")


def test_nobody_who_will_be_called_stands_beside_the_caller_before_nor_after_it_until_he_comes() -> None:
    (call,) = calls(SPARE_KEY)
    assert call.far is not None
    both = {call.near.holder, call.far.holder}
    found = panels(SPARE_KEY)
    comes = next(i for i, panel in enumerate(found) if "doorstep" in panel.direction.seen)
    together = [i for i, panel in enumerate(found) if both <= {f.character for f in panel.direction.figures}]
    assert all(i >= comes for i in together)


def test_a_voice_that_nobody_has_seen_before_stays_a_voice() -> None:
    (call,) = calls(PROSE)
    assert call.far is None


def test_a_telephone_on_a_desk_is_none_that_is_carried_about() -> None:
    _, _, desk = read_all(PROSE.replace("そのとき、電話が", "そのとき、机の電話が"))
    _, _, mobile = read_all(PROSE.replace("そのとき、電話が", "そのとき、携帯電話が").replace("受話器", "それ"))
    assert "telephone" in {prop for beat in desk.beats() for prop in beat.props}
    assert "phone" in {prop for beat in mobile.beats() for prop in beat.props}
    assert "telephone" not in {prop for beat in mobile.beats() for prop in beat.props}


def test_what_is_told_of_one_end_is_seen_there_though_words_of_the_other_come_with_it() -> None:
    (knocks,) = [p for p in panels(DENWA) if any("とん、とん" in part.text for part in p.dialogue.parts)]
    assert knocks.direction.setting == "kitchen"


def test_a_telephone_that_rings_is_heard() -> None:
    for story, sound in ((PROSE, "ジリリリ"), (ENGLISH, "BRRRING")):
        sounds = [part.text for panel in panels(story) for part in panel.dialogue.parts if part.kind == "sfx"]
        assert sounds == [sound]


def test_the_voice_of_nobody_known_comes_out_of_the_telephone() -> None:
    (call,) = calls(PROSE)
    words = next(part for panel in panels(PROSE) for part in panel.dialogue.parts if part.kind == "telephone")
    unknown = words.model_copy(update={"kind": LineKind.SPEECH, "speaker": None, "off_panel": False})
    (part,) = heard([unknown], call.near, {call.near.holder})
    assert (part.kind, part.off_panel) == ("telephone", True)


def test_a_face_that_only_answers_is_of_whoever_hears() -> None:
    found = panels(DENWA)
    faces = [i for i, p in enumerate(found) if i and p.role is Role.REACT and not p.dialogue.parts]
    assert faces
    here = [found[i].direction.setting == found[i - 1].direction.setting for i in faces]
    assert not any(here)
