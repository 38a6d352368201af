"""Who weeps because it is spoken of."""

import pytest

from manga.brief import Language
from manga.characters import Cast, Character, Look
from manga.storyboard import Expression, FigureDirection, Role
from manga.text_capacity import MEASURES
from offline.directing.moments import moments_of
from offline.directing.roles import Frame
from offline.directing.tears import with_tears
from tests.offline.storyboard_plots import Teller, scene

CAST = Cast(
    characters=tuple(
        Character(key=key, name=name, look=Look(), description=name)
        for key, name in (("c01", "父"), ("c02", "佳代子"), ("c03", "ユキ"))
    )
)


def weeping(text: str, speaker: str, *people: str, language: Language = Language.JA) -> set[str]:
    teller = Teller()
    beat = teller.beat(teller.line(text, speaker), present=people)
    frame = Frame(moments_of(beat, scene(1, beat), MEASURES[language]), Role.TALK, 2)
    figures = [FigureDirection(character=key) for key in people]
    found = with_tears(figures, frame, CAST, language)
    return {figure.character for figure in found if figure.expression is Expression.CRY}


def test_who_cannot_see_for_tears_weeps() -> None:
    assert weeping("切ったよ。もう、涙で前が見えない", "c03", "c03", "c01") == {"c03"}


@pytest.mark.parametrize(
    ("text", "language"), [("なに泣いてるんだ", Language.JA), ("Why are you crying?", Language.EN)]
)
def test_who_is_asked_why_he_weeps_weeps(text: str, language: Language) -> None:
    assert weeping(text, "c01", "c01", "c02", language=language) == {"c02"}


def test_who_is_named_weeps_and_nobody_who_only_hears_it() -> None:
    assert weeping("佳代子、なに泣いてる", "c01", "c01", "c02", "c03") == {"c02"}
    assert weeping("おい、ユキ。泣いてるのか", "c01", "c01", "c02") == set()


def test_tears_of_another_time_are_not_wept() -> None:
    assert weeping("あのとき、玄関で、ちょっと泣いた", "c03", "c03", "c01") == set()
