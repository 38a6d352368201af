"""Lays a cloak that a panel directs around whoever its sentence tells it of, or holds it with hands at rest.

In: a panel's brief. Out: the brief with that cloak on a look, and no longer in a hand or on the floor.
"""

import re
from typing import Final

from drawing.art.figures_on_things import last_named
from drawing.art.outfits.outfit_parts import WEARS_CLOAK
from drawing.art.poses_with_things import BOTH_HANDS, FREE
from drawing.art.things.find_drawing import thing_of
from manga.panel_brief import PanelBrief
from manga.storyboard import FigureDirection, Pose

_CLOAK: Final = "cloak"
_AT_REST: Final = FREE | BOTH_HANDS | {Pose.BOW, Pose.AKIMBO, Pose.RUN, Pose.TURN, Pose.THINK, Pose.LISTEN}
_ROUND: Final = re.compile(r"\b(?:round|around|about|over|on) (?:[\w’'-]+ ){0,5}", re.IGNORECASE)
"""After the word of a cloak: before whoever gets it."""
_WORD: Final = re.compile(r"\b(?:cloak|mantle|cape)s?\b|マント", re.IGNORECASE)


def with_cloaks(brief: PanelBrief) -> PanelBrief:
    """One cloak a panel."""
    direction = brief.direction
    holder = next((one for one in direction.figures if _is_cloak(one.holds, brief)), None)
    directed = [word for word in direction.props if _is_cloak(word, brief)]
    wearer = _at_rest(holder) if holder else _told_of(brief) if directed else ""
    if not wearer or wearer not in brief.looks:
        return brief
    figures = tuple(one.model_copy(update={"holds": ""}) if one is holder else one for one in direction.figures)
    cast = tuple(
        one.model_copy(update={"look": one.look.model_copy(update={"marks": (*one.look.marks, WEARS_CLOAK)})})
        if one.key == wearer
        else one
        for one in brief.cast
    )
    return brief.model_copy(update={"cast": cast, "direction": direction.model_copy(update={"figures": figures})})


def _is_cloak(word: str, brief: PanelBrief) -> bool:
    return bool(word) and thing_of(word, brief.period) == _CLOAK


def _at_rest(holder: FigureDirection) -> str:
    """He has it on whose pose asks nothing of his hands."""
    return holder.character if holder.pose in _AT_REST else ""


def _told_of(brief: PanelBrief) -> str:
    """Around whom it is laid; else who was named last before it, or the only one."""
    seen, keys = brief.direction.seen, [figure.character for figure in brief.direction.figures]
    if len(keys) == 1:
        return keys[0]
    word = _WORD.search(seen)
    if word is None:
        return ""
    laid = _ROUND.match(seen[word.end() :].lstrip())
    after = last_named(brief, seen[word.end() : word.end() + 1 + laid.end() + 24]) if laid else ""
    return after or last_named(brief, seen[: word.start()])
