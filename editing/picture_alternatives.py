"""The pictures that a panel has had for what it shows now: the artist's, take by take, and the author's own.

State and a memory of pictures in, alternatives out. Only what would come back just so is one: a picture of another
frame, or of another direction, is not.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

from agents.artwork import panel_briefs
from editing.edit_status import standings
from editing.input_digests import panel_digest
from editing.phase_results import artwork_of, brief_of, edits_of, result_of
from editing.placement_edits import own_pictures, takes
from editing.state_as_json import Json, WorkState
from manga.artwork import PanelArt
from manga.characters import Cast
from manga.concept import Concept
from manga.phases import Phase
from manga.plot import Plot
from manga.storyboard import Storyboard

Recall = Callable[[str], Awaitable[Json | None]]
"""A picture by the digest of what it was drawn from."""
GAP = 3
"""So many takes in a row that were never drawn end the list: a wish may have asked for several at once."""
MOST = 24


@dataclass(frozen=True, slots=True)
class Alternative:
    """A picture, and what an edit of the panel changes to have it (`change_data`); None when it hangs there now."""

    art: PanelArt
    change: Json | None


async def alternatives(state: WorkState, panel: str, recall: Recall) -> tuple[Alternative, ...]:
    """In the order of takes, then the author's own; the one that hangs there now is among them."""
    now = artwork_of(state).get(panel)
    if now is None:
        return ()
    own = tuple(_own(state, panel))
    hangs = next((art for art in own if art.blob == now.blob), now)
    drawn = [art async for art in _drawn(state, panel, now, recall)]
    if hangs is now and all(art.blob != now.blob for art in drawn):
        drawn.append(now)
    base = _asked_for(state, panel)
    back: Json = {"picture": None} if own and hangs in own else {}
    found = [Alternative(art, {**back, "take": art.take - base}) for art in drawn if art.take >= base]
    found += [Alternative(art, {"picture": _picture(art)}) for art in own]
    return tuple(Alternative(each.art, None if each.art.blob == now.blob else each.change) for each in found[:MOST])


def _asked_for(state: WorkState, panel: str) -> int:
    """How many of a panel's takes were asked for by wishes: an edit's take counts on from there."""
    artists: Json = (state.get("artwork") or {}).get(panel) or {}
    return max(0, int(artists.get("take", 0)) - takes(edits_of(state)).get(panel, 0))


async def _drawn(state: WorkState, panel: str, now: PanelArt, recall: Recall) -> Any:
    recipe: Json = (state.get("recipes") or {}).get(Phase.ARTWORK.value) or {}
    brief = next(
        brief
        for brief in panel_briefs(
            result_of(state, Phase.STORYBOARD, Storyboard),
            result_of(state, Phase.CHARACTERS, Cast),
            result_of(state, Phase.CONCEPT, Concept),
            brief_of(state).settings,
            plot=result_of(state, Phase.PLOT, Plot),
        )
        if brief.panel == panel
    )
    model = str(recipe.get("model", recipe.get("mind", "")))
    missed = take = 0
    while missed < GAP and take < 100:
        art = None
        for told in ({}, {"room": None, "fold": None}):  # image models were told of neither
            art = art or await recall(panel_digest(brief.model_copy(update={"take": take, **told}), model))
        if art is not None:
            yield PanelArt.of(art)
        missed = 0 if art is not None or take <= now.take else missed + 1
        take += 1


def _own(state: WorkState, panel: str) -> Iterator[PanelArt]:
    """Those whose edits are on the list, also where a later one has replaced them."""
    there = {standing.id for standing in standings(state) if standing.status != "orphaned"}
    seen: set[str] = set()
    for edit in edits_of(state):
        if edit.id in there and edit.element_key == panel:
            for art in own_pictures([edit], [panel]).values():
                if art["blob"] not in seen:
                    seen.add(art["blob"])
                    yield PanelArt.of(art)


def _picture(art: PanelArt) -> Json:
    return {"blob": art.blob, "media_type": art.media_type}
