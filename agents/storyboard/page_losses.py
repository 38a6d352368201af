"""What of a model's pages is not in them as it was said, once code has mended them. Pure.

In: panels before and after a step of the mending, in the same order. Out: losses, each under the beat, line or page
that it is about.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from agents.storyboard.page_words import letters_of
from manga.losses import Loss, LossKind, Reason
from manga.phases import Phase
from manga.plot import OF_SCENE, LineKind
from manga.storyboard import LinePart, PanelDraft, StoryboardDraft


def lost(kind: LossKind, reason: Reason, element: str, what: str, said: object, instead: object = "") -> Loss:
    return Loss(
        kind=kind, phase=Phase.STORYBOARD, element=element, what=what, said=str(said), instead=str(instead),
        reason=reason,
    )  # fmt: skip


def lost_to_scenes(said: Sequence[PanelDraft], mended: Sequence[PanelDraft]) -> Iterator[Loss]:
    """Places and hours other than the scene's, and beats of other pages. What was not said is not lost."""
    for one, other in zip(said, mended, strict=True):
        element = other.beats[0]
        gone = (beat for beat in one.beats if beat not in other.beats)
        yield from (lost(LossKind.REFUSED, Reason.OTHER_PAGE, beat, "beat", one.direction.seen) for beat in gone)
        for name in OF_SCENE:
            before, after = getattr(one.direction, name), getattr(other.direction, name)
            if name in one.direction.model_fields_set and before not in ("", after):
                yield lost(LossKind.REPLACED, Reason.AS_SCENE, element, name, before, after)


def lost_words(words: Iterable[tuple[LinePart, LinePart | None]], over: Set[str] = frozenset()) -> Iterator[Loss]:
    """Words that are not the story's, pieces that would have ended within a clause, and more words of the lines that
    are `over` than their page has room for. Mere marks are kept by their neighbours."""
    for said, set_ in words:
        before, after = letters_of(said.text).words, letters_of(set_.text).words if set_ is not None else ""
        if before == after or (not before and set_ is None):
            continue
        if said.line in over:
            yield lost(LossKind.SHORTENED, Reason.NO_ROOM, said.line, "line", said.text, set_.text if set_ else "")
        elif after and before in after:
            yield lost(LossKind.REPLACED, Reason.CLAUSE, said.line, "line", said.text, set_.text if set_ else "")
        else:
            yield lost(LossKind.REFUSED, Reason.OWN_WORDS, said.line, "line", said.text, set_.text if set_ else "")


def lost_to_limit(
    before: Sequence[PanelDraft], after: Sequence[PanelDraft], gone: Iterable[PanelDraft]
) -> Iterator[Loss]:
    """Panels that share another one's picture, and what no panel has room to say."""
    for panel in gone:
        yield lost(LossKind.CUT, Reason.PANELS_COUNTED, panel.beats[0], "panel", shown_in(panel))
    left = Counter(_said(after))
    for part in _said(before):
        if left[part] > 0:
            left[part] -= 1
        else:
            kind, line, text = part
            what = "sound" if kind == "sfx" else "caption" if kind == LineKind.NARRATION else "line"
            yield lost(LossKind.CUT, Reason.PANELS_COUNTED, line, what, text)


def lost_to_hands(said: StoryboardDraft, handed: StoryboardDraft) -> Iterator[Loss]:
    """Views and faces that give way to what somebody has around the neck by then, and things laid down before."""
    for one, other in zip(_panels(said), _panels(handed), strict=True):
        before, after = one.direction, other.direction
        changed: list[tuple[str, str, str]] = [("shot", before.shot, after.shot)]
        changed += [
            ("expression", was.expression, now.expression)
            for was, now in zip(before.figures, after.figures, strict=True)
            if "expression" in was.model_fields_set
        ]
        changed += [
            ("holds", was.holds, now.holds) for was, now in zip(before.figures, after.figures, strict=True) if was.holds
        ]
        for what, first, then in changed:
            if first != then:
                yield lost(LossKind.REPLACED, Reason.AS_SCENE, one.beats[0], what, first, then)


def _panels(draft: StoryboardDraft) -> Iterator[PanelDraft]:
    return (panel for page in draft.pages for panel in page.panels)


def shown_in(panel: PanelDraft) -> str:
    """What a panel was to show, in a line."""
    direction = panel.direction
    things = (*direction.props, *(figure.holds for figure in direction.figures if figure.holds))
    people = (figure.character for figure in direction.figures)
    return "; ".join(part for part in (direction.seen, ", ".join(people), ", ".join(things)) if part)


def _said(panels: Iterable[PanelDraft]) -> list[tuple[str, str, str]]:
    return [(str(part.kind), part.line, part.text) for panel in panels for part in panel.dialogue.parts]


def at_home(losses: Iterable[Loss], names: Mapping[str, str]) -> Iterator[Loss]:
    """What reading an answer has lost, under keys in place of places in the answer."""
    yield from (loss.model_copy(update={"element": names.get(loss.element, "")}) for loss in losses)
