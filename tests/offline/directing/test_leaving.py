"""Who has gone away is in no picture until the story tells of him again."""

import pytest

from manga.brief import Language
from manga.plot import Deed
from manga.values import Span
from offline.directing.who_is_present import company_of, gone, leavings
from tests.offline.stories import read_all
from tests.offline.storyboard_plots import Teller, inputs, scene

JA = Language.JA


def after(told: str, *, follows: tuple[str, ...], verb: str = "", action: str = "run") -> bool:
    """Whether c02 is gone in the beat after one that tells so of him."""
    teller = Teller()
    line = teller.line(told)
    at = line.span.start + told.find(verb)
    deeds = (Deed(who="c02", action=action, span=Span(start=at, end=at + len(verb))),) if verb else ()
    leaving = teller.beat(line, present=("c02",), deeds=deeds)
    next_ = teller.beat(teller.line("網がゆれていました。"), present=follows)
    found = scene(1, leaving, next_)
    left = leavings(found, inputs(found).cast, JA)
    assert not gone(left, "c02", leaving.span.end)
    return gone(left, "c02", next_.span.end)


def test_who_runs_off_is_gone_while_others_are_told_of() -> None:
    assert after("兵十は川上の方へかけていきました。", verb="かけて", follows=("c01",))
    assert not after("兵十は川上の方へかけていきました。", verb="かけて", follows=())
    assert not after("兵十は川上の方へかけていきました。", verb="かけて", follows=("c01", "c02"))
    assert not after("兵十は庭をかけまわりました。", verb="かけ", follows=("c01",))


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("　お花がふりかえりましたが、権太は追っかけては来ませんでした。\n", False),
        ("　お花がふりかえりましたが、権太はいませんでした。\n", False),
        ("　お花がふりかえりましたが、権太は気づきませんでした。\n", True),
    ],
)
def test_who_is_told_not_to_have_come_is_not_there(told: str, there: bool) -> None:
    start = "古い橋\n\n　むかし、権太というお百姓がいました。となりには、お花という娘がすんでいました。\n"
    talk = "「お花、どこへ行く」と権太は言いました。\n「町へ」と、お花は答えました。\n"
    _, cast, plot = read_all(start + talk + told)
    key = next(sheet.key for sheet in cast.characters if sheet.name == "権太")
    assert (key in plot.beats()[-1].present) is there


def test_who_is_seen_small_from_afar_keeps_nobody_company() -> None:
    teller = Teller()
    beats = [
        teller.beat(teller.line("ごんはにげました。"), present=("c01",), importance=3),
        teller.beat(teller.line("ごんはわらいました。"), teller.line("おや", "c02"), present=("c01", "c02")),
        teller.beat(teller.line("兵十が小さく見えました。"), teller.line("おい", "c02"), present=("c02",)),
    ]
    with_him = scene(1, *beats[:2])
    assert "c02" in company_of(with_him)[beats[0].key]
    assert "c02" not in company_of(scene(1, beats[0], beats[2]))[beats[0].key]


def test_who_is_told_of_no_more_while_the_scene_goes_on_with_others_has_left() -> None:
    teller = Teller()
    beats = [
        teller.beat(teller.line("ごんは兵十を見ました。"), present=("c01", "c02")),
        teller.beat(teller.line("ごんはわらいました。"), present=("c01",)),
        teller.beat(teller.line("ごんは川をわたりました。"), present=("c01",)),
    ]
    for told, left in ((beats[:2], False), (beats, True)):
        found = scene(1, *told)
        assert gone(leavings(found, inputs(found).cast, JA), "c02", told[-1].span.end) is left
