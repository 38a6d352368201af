"""Eyes at a keyhole or in the dark get a large picture of their own."""

import pytest

from drawing.art.peering import CAT, DARK, KEYHOLE
from manga.brief import Language
from manga.storyboard import Role, Shot
from offline.directing.moments import Moment
from offline.directing.peering import with_eyes
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Teller, inputs, scene


def _thing(text: str, language: Language) -> str:
    teller = Teller()
    beat = teller.beat(teller.line(text))
    moment = Moment(beat, scene(1, beat), "told", beat.lines[0])
    return with_eyes([[moment]], language)[0][0].thing


@pytest.mark.parametrize(
    ("text", "language", "word"),
    [
        ("おまけにかぎ穴からはきょろきょろ二つの青い眼玉がこっちをのぞいています。", Language.JA, KEYHOLE),
        ("鍵穴の眼玉はたちまちなくなりました。", Language.JA, ""),
        ("暗やみの中で、黄いろな目が光っていました。", Language.JA, DARK),
        ("ごんは暗やみの中で目をつぶりました。", Language.JA, ""),
        ("Two yellow eyes were at the keyhole.", Language.EN, KEYHOLE),
        ("A pair of green eyes watched them from the dark.", Language.EN, DARK),
        ("Her eyes were tired from reading in the dark.", Language.EN, ""),
    ],
)
def test_eyes_without_anybody_are_the_picture(text: str, language: Language, word: str) -> None:
    assert _thing(text, language) == word


@pytest.mark.parametrize(
    ("told", "said", "word"),
    [
        ("その扉の向うのまっくらやみのなかで、という声がしました。", "にゃあお、くゎあ、ごろごろ。", CAT),
        ("部屋の中で、という声がしました。", "にゃあお。", ""),
        ("くらやみのなかで、という声がしました。", "だれだ。", ""),
    ],
)
def test_a_cat_that_mews_in_the_dark_is_seen_there(told: str, said: str, word: str) -> None:
    teller = Teller()
    beat = teller.beat(teller.line(said, "c03")).model_copy(update={"told": told})
    moment = Moment(beat, scene(1, beat), "spoken", beat.lines[0])
    assert with_eyes([[moment]], Language.JA)[0][0].thing == word


def test_their_picture_is_large_even_where_the_sentence_weighs_little() -> None:
    teller = Teller()
    opening = teller.beat(teller.line("ごんは玄関に立っていました。"), importance=3)
    eyes = teller.beat(teller.line("かぎ穴からは二つの青い眼玉がのぞいています。"), importance=2)
    cry = teller.beat(teller.line("うわあ。", "c01"), importance=2)
    given = inputs(scene(1, opening, eyes, cry))
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    panels = [panel for page in draft.pages for panel in page.panels if KEYHOLE in panel.direction.props]
    assert [panel.role for panel in panels] == [Role.INSERT]
    assert panels[0].direction.shot is Shot.INSERT
    assert panels[0].importance >= 4
