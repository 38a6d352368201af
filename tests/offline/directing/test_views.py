"""From where people are seen: from behind who reads a sign or looks out, nearer who speaks of two."""

from itertools import pairwise

from manga.plot import Deed, LineKind
from manga.storyboard import PanelDraft, Role
from offline.directing.storyboard import draft_storyboard
from tests.offline.storyboard_plots import Inputs, Teller, inputs, scene


def _panels(given: Inputs) -> list[PanelDraft]:
    draft = draft_storyboard(given.plot, given.cast, given.concept, given.settings)
    return [panel for page in draft.pages for panel in page.panels]


def test_those_who_read_what_is_written_are_seen_from_behind() -> None:
    teller = Teller()
    talk = teller.beat(teller.line("あそこに札がある", "c01"), present=("c01", "c02"))
    sign = teller.line("どなたもお入りください").model_copy(update={"kind": LineKind.SIGN})
    panels = _panels(inputs(scene(1, talk, teller.beat(sign, present=(), importance=3))))
    written = next(p for p in panels if any(part.kind is LineKind.SIGN for part in p.dialogue.parts))
    assert {figure.character for figure in written.direction.figures} <= {"c01", "c02"}
    assert [figure.facing for figure in written.direction.figures] == ["back"] * len(written.direction.figures)
    assert written.direction.figures


def test_whoever_only_looks_at_what_is_told_of_is_seen_from_behind_but_not_twice_running() -> None:
    teller = Teller()
    beats = []
    for words in ("ごんは遠くの城を見ました。", "ごんはまた海を見ました。", "ごんは空を見ました。"):
        line = teller.line(words)
        beats.append(teller.beat(line, deeds=(Deed(who="c01", action="look", span=line.span),), importance=3))
    panels = [p for p in _panels(inputs(scene(1, *beats))) if p.role is not Role.AFTERBEAT]
    behind = [all(figure.facing == "back" for figure in p.direction.figures) for p in panels if p.direction.figures]
    assert any(behind)
    assert not any(a and b for a, b in pairwise(behind))


def test_of_two_the_one_who_speaks_stands_nearer() -> None:
    teller = Teller()
    beats = [
        teller.beat(teller.line(f"これは{n}番目の、すこし長めにした話なのです", "c02"), present=("c01", "c02"))
        for n in range(12)
    ]
    pages = tuple(tuple(beat.key for beat in beats[i : i + 3]) for i in range(0, 12, 3))
    panels = _panels(inputs(scene(1, *beats), pages=pages))
    depths = [
        {figure.character: figure.depth for figure in p.direction.figures}
        for p in panels
        if len(p.direction.figures) == 2
    ]
    nearer = [found for found in depths if found["c02"] == "foreground"]
    assert nearer
    assert all(found["c01"] == "background" for found in nearer)
