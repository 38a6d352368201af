"""A main character enters once, head to foot, with few words, in a panel that tells something."""

import pytest

from manga.brief import Language
from manga.characters import Character, Look
from manga.storyboard import Role
from offline.directing.figure_staging import is_entrance
from offline.directing.page_moments import Moment
from offline.directing.panel_roles import Frame
from tests.offline.storyboard_plots import Teller, inputs, scene


def framed(words: str = "帰ろう", role: Role = Role.TALK) -> Frame:
    teller = Teller()
    given = inputs(scene(1, teller.beat(teller.line(words, "c01"), present=("c01",))))
    told = given.plot.scenes[0]
    beat = told.beats[0]
    moment = Moment(beat, told, "spoken", beat.lines[0])
    return Frame([moment], role, 2)


def sheet(role: str = "protagonist") -> Character:
    return Character.model_validate({"key": "c01", "name": "ミオ", "role": role, "description": "", "look": Look()})


def test_a_main_character_enters() -> None:
    assert is_entrance(framed(), sheet(), Language.JA)
    assert is_entrance(framed(), sheet("main"), Language.JA)


@pytest.mark.parametrize("who", [None, sheet("minor")])
def test_nobody_else_does(who: Character | None) -> None:
    assert not is_entrance(framed(), who, Language.JA)


@pytest.mark.parametrize("role", [Role.ESTABLISH, Role.REACT, Role.INSERT, Role.BREATHER, Role.AFTERBEAT])
def test_a_panel_that_shows_a_place_or_a_face_is_no_entrance(role: Role) -> None:
    assert not is_entrance(framed(role=role), sheet(), Language.JA)
