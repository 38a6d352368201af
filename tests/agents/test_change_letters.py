"""Changes of letters laid over a storyboard, and texts moved from where they would stand."""

from typing import Any

import pytest

from agents.change_letters import changed
from agents.lettering import letter
from manga.geometry import bounds
from manga.lettering import Lettering
from manga.proposed_changes import LetteringChanges, NewSound, PartChange
from manga.revision import Revision
from tests.agents.scripted import ScriptedText
from tests.offline.wishes.revising.books import SETTINGS, made
from tests.remembering import INLINE

pytestmark = pytest.mark.anyio


async def _lettered(changes: LetteringChanges | None = None) -> Lettering:
    book = made("ja")
    asked: dict[str, Any] = {"text": ScriptedText(changes), "revision": Revision((("so", ()),))} if changes else {}
    return await letter(storyboard=book.board, art={}, concept=book.concept, settings=SETTINGS, offload=INLINE, **asked)


def test_a_part_that_is_removed_is_gone_and_another_speaker_is_certain() -> None:
    book = made("ja")
    one, other = book.part("もう日が暮れる"), book.part("あと少し")
    changes = LetteringChanges(changes=(PartChange(key=one, removed=True), PartChange(key=other, speaker="c02")))
    parts = {part.key: part for panel in changed(book.board, changes, ()).panels() for part in panel.dialogue.parts}
    assert one not in parts
    assert (parts[other].speaker, parts[other].confidence) == ("c02", 1.0)


def test_new_sounds_have_keys_of_their_own_in_a_panel_with_words_and_in_a_silent_one() -> None:
    book = made("ja")
    silent = next(panel.key for panel in book.board.panels() if not panel.dialogue.parts)
    loud = book.panel("もう日が暮れる").key
    sounds = tuple(NewSound(panel=panel, text=word) for panel in (silent, loud) for word in ("ドン", "バン"))
    new = changed(book.board, LetteringChanges(sounds=sounds), ())
    keys = [part.key for panel in new.panels() for part in panel.dialogue.parts]
    assert len(keys) == len(set(keys))
    by_key = {panel.key: panel for panel in new.panels()}
    assert [part.text for part in by_key[silent].dialogue.parts] == ["ドン", "バン"]
    assert changed(book.board, LetteringChanges(sounds=sounds), ("b0099",)) == book.board


async def test_a_nudged_text_moves_from_its_place_by_a_share_of_its_panel_and_no_other_moves() -> None:
    book = made("ja")
    key, panel = book.part("もう日が暮れる"), book.panel("もう日が暮れる").key
    before = {b.key: b for page in (await _lettered()).pages for b in page.balloons}
    after = {
        b.key: b
        for page in (await _lettered(LetteringChanges(changes=(PartChange(key=key, down=0.1),)))).pages
        for b in page.balloons
    }
    page = next(page for page in book.board.pages if any(p.key == panel for p in page.panels))
    box = bounds(page.frame(panel).polygon)
    assert after[key].text.box.centre[1] - before[key].text.box.centre[1] == pytest.approx(
        0.1 * min(box.width, box.height), abs=0.3
    )
    assert {k: b for k, b in after.items() if k != key} == {k: b for k, b in before.items() if k != key}


async def test_a_larger_text_has_larger_type() -> None:
    key = made("ja").part("もう日が暮れる")
    before = {b.key: b.text.size_q for page in (await _lettered()).pages for b in page.balloons}
    larger = LetteringChanges(changes=(PartChange(key=key, scale=1.25),))
    after = {b.key: b.text.size_q for page in (await _lettered(larger)).pages for b in page.balloons}
    assert after[key] == pytest.approx(before[key] * 1.25, rel=0.02)
    assert {k: q for k, q in after.items() if k != key} == {k: q for k, q in before.items() if k != key}
