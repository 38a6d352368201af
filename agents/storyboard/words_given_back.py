"""What pages that are drawn anew may say again: lines that they have not used, words and moments that the plot has cut.
Pure.

In: what a storyboard is made from, its pages. Out: lines by page; the plot with more words, or with moments for which
there is room.
"""

from collections.abc import Sequence, Set
from dataclasses import replace

from agents.storyboard.draft_in_batches import Wanted
from agents.storyboard.page_plan import limits_of
from agents.storyboard.page_words import letters_of, must_of
from agents.storyboard.restore_cut_moments import brought_back, moments_named
from manga.plot import LineKind, Plot
from manga.storyboard import PageDraft, words_said
from manga.storyboard_plan import BookPlan
from manga.text_capacity import MEASURES

MOST_TOLD = 3
"""Pages of a question up to which all of their narration is told; of more only what must be read."""


def unused_lines(
    wanted: Wanted, pages: Sequence[PageDraft], new: Set[str] = frozenset()
) -> dict[str, list[dict[str, object]]]:
    """By page the lines of its beats of which it does not say all, in all their words; told ones, which have no
    speaker, with what of them must be read. Where beats are `new`, theirs alone."""
    whole = {beat.key: beat for beat in (wanted.whole or wanted.plot).beats()}
    said = {key: letters_of(words).words for page in pages for key, words in words_said(page.panels).items()}
    found: dict[str, list[dict[str, object]]] = {}
    for page in pages:
        for beat in dict.fromkeys(key for panel in page.panels for key in panel.beats if key in whole):
            if new and beat not in new:
                continue
            for line in whole[beat].lines:
                must = must_of(line, whole[beat])
                told = line.kind is LineKind.NARRATION and not must and len(pages) > MOST_TOLD
                if not told and letters_of(line.text).words != said.get(line.key, ""):
                    own: dict[str, object] = {"key": line.key, "speaker": line.speaker, "text": line.text}
                    found.setdefault(page.key, []).append({**own, "must": must} if must else own)
    return found


def with_all_words(wanted: Wanted, keys: Set[str]) -> Plot:
    """The plot as it is told, these beats with the words that were cut of them, too."""
    whole = {beat.key: beat for beat in (wanted.whole or wanted.plot).beats() if beat.key in keys}
    scenes = (
        scene.model_copy(update={"beats": tuple(whole.get(beat.key, beat) for beat in scene.beats)})
        for scene in wanted.plot.scenes
    )
    return wanted.plot.model_copy(update={"scenes": tuple(scenes)})


def with_moments(wanted: Wanted, plan: BookPlan, said: str) -> tuple[Wanted, BookPlan, set[int]]:
    """With those of the moments that an editor misses for which there is room, and the numbers of their pages. Pictures
    limit them only where the author has said how many there may be."""
    whole = wanted.whole or wanted.plot
    limits, measure = limits_of(wanted.plot, wanted.settings), MEASURES[wanted.concept.language]
    if wanted.settings.max_images is None:
        limits = limits.model_copy(update={"panels": None})
    plot, after, came = brought_back(whole, wanted.plot, plan, moments_named(said, whole), limits, measure)
    numbers = {page.number for page in after.pages if set(came) & set(page.beats)}
    return replace(wanted, plot=plot), after, numbers
