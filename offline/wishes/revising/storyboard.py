"""Carries out wishes for the storyboard: sizes, angles, distances; panels split, merged, left out, exchanged, silent.

Lines are never lost or doubled; keys stay, and a new panel gets a free key of its beat.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from manga.brief import MAX_PAGES, Settings
from manga.characters import Cast
from manga.revision import Wish
from manga.storyboard import Angle, FigureDirection, PageDraft, PanelDraft, Role, Shot, StoryboardDraft
from offline.wishes.revising import page_changes
from offline.wishes.revising.named_people import named_in
from offline.wishes.revising.understood_words import Hearing, carried_out

_STEPS = {"closer": 1, "farther": -1}


@dataclass(frozen=True, slots=True)
class _Scene:
    """What the wishes may need to know beside the draft."""

    cast: Cast
    most_pages: int


def revised_draft(raw: StoryboardDraft, wishes: Sequence[Wish], cast: Cast, settings: Settings) -> StoryboardDraft:
    """`raw` is the draft without any wish. Raises `WishRefused`."""
    most = settings.pages if isinstance(settings.pages, int) else MAX_PAGES
    about = _Scene(cast, max(most, len(raw.pages)))
    return carried_out("storyboard", raw, wishes, lambda draft, hearing: _step(draft, hearing, about))


def _step(draft: StoryboardDraft, hearing: Hearing, about: _Scene) -> StoryboardDraft:
    if hearing.has("facts"):
        hearing.refuse("間白や断ち切りは、この描き手が紙の決まりから決めます。",
                       "Gutters, bleeds and slants are made by the rules of the paper.")  # fmt: skip
        return draft
    keys = _meant(draft, hearing)
    if not keys:
        hearing.refuse("そのコマはもうありません。", "That panel is not there any more.")
        return draft
    for name, change in _STRUCTURE.items():
        if hearing.has(name):
            return change(draft, keys, hearing, about)
    return _framed(draft, keys, hearing, about)


def _meant(draft: StoryboardDraft, hearing: Hearing) -> tuple[str, ...]:
    """Panels in scope in reading order: by their own key, their page's, their scene's, a line's, or a beat's that no
    panel is called after."""
    panels = page_changes.panels_of(draft)
    if not hearing.scope:
        return tuple(panel.key for panel in panels)
    wanted = frozenset(hearing.scope)
    beats = wanted - {panel.key for panel in panels}
    return tuple(
        panel.key
        for page in draft.pages
        for panel in page.panels
        if {page.key, panel.scene, *panel.names()} & wanted or beats & set(panel.beats)
    )


def _pages(draft: StoryboardDraft, keys: Sequence[str]) -> tuple[PageDraft, ...]:
    wanted = frozenset(keys)
    return tuple(page for page in draft.pages if wanted & {panel.key for panel in page.panels})


def _panels(draft: StoryboardDraft, keys: Sequence[str]) -> tuple[PanelDraft, ...]:
    return tuple(panel for panel in page_changes.panels_of(draft) if panel.key in frozenset(keys))


def _framed(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """Size, angle and distance, which may be asked for together."""
    size, angle, shot = hearing.first("sizes"), hearing.first("angles"), hearing.first("shots")
    if size:
        step = 1 if size == "bigger" else -1
        if all(not 1 <= panel.importance + step <= 5 for panel in _panels(draft, keys)):
            hearing.refuse("コマはもうこれ以上その大きさにはなりません。", "The panel cannot go any further in size.")
        draft = page_changes.with_panels(draft, keys, lambda panel: _sized(panel, 2 * step))
    if angle:
        draft = page_changes.with_panels(draft, keys, lambda panel: page_changes.directed(panel, angle=Angle(angle)))
    return _distanced(draft, keys, shot, hearing, about) if shot else draft


def _sized(panel: PanelDraft, steps: int) -> PanelDraft:
    role = Role.ACT if steps < 0 and panel.role is Role.SPLASH else panel.role
    return panel.model_copy(update={"importance": min(5, max(1, panel.importance + steps)), "role": role})


def _distanced(
    draft: StoryboardDraft, keys: Sequence[str], shot: str, hearing: Hearing, about: _Scene
) -> StoryboardDraft:
    who = named_in(about.cast, hearing.said)
    if shot in _STEPS:
        step = _STEPS[shot]
        if all(page_changes.nearer(p.direction.shot, step) is p.direction.shot for p in _panels(draft, keys)):
            hearing.refuse("これ以上は寄れません（引けません）。", "The view cannot go any further that way.")
        return page_changes.with_panels(
            draft, keys, lambda p: _viewed(p, page_changes.nearer(p.direction.shot, step), who if step > 0 else ())
        )
    near = shot in ("close", "extreme_close", "bust")
    return page_changes.with_panels(draft, keys, lambda p: _viewed(p, Shot(shot), who if near else ()))


def _viewed(panel: PanelDraft, shot: Shot, who: Sequence[str]) -> PanelDraft:
    """From that distance; a near view shows those who were named, whether they were in the picture or not."""
    figures = panel.direction.figures
    if who:
        there = {figure.character: figure for figure in figures}
        figures = tuple(there.get(key, FigureDirection(character=key)) for key in who)
    elif shot in (Shot.CLOSE, Shot.EXTREME_CLOSE) and len(figures) > 1:
        speaker = next((part.speaker for part in panel.dialogue.parts if part.speaker), None)
        figures = tuple(figure for figure in figures if figure.character == speaker) or figures[:1]
    return page_changes.directed(panel, shot=shot, figures=figures)


def _splash(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """One panel is the page's largest; a whole page becomes one panel."""
    if len(keys) == 1 and not any(page.key in hearing.scope for page in draft.pages):
        return page_changes.with_panels(
            draft, keys, lambda p: p.model_copy(update={"role": Role.SPLASH, "importance": 5})
        )  # fmt: skip
    pages = _pages(draft, keys)
    if len(pages) != 1 or not _fits(pages[0].panels, hearing):
        if len(pages) != 1:
            hearing.refuse("どのコマ（ページ）を大ゴマにしますか。", "Which panel or page is to be a splash?")
        return draft
    one = page_changes.joined(pages[0].panels).model_copy(update={"role": Role.SPLASH, "importance": 5})
    return page_changes.replaced(draft, pages[0], (one,))


def _fits(panels: Sequence[PanelDraft], hearing: Hearing) -> bool:
    if sum(len(panel.dialogue.parts) for panel in panels) <= page_changes.MOST_PARTS:
        return True
    hearing.refuse(f"一コマにフキダシは{page_changes.MOST_PARTS}個までです。先にセリフを移してください。",
                   f"A panel holds at most {page_changes.MOST_PARTS} texts: move some of the lines first.")  # fmt: skip
    return False


def _silent(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """A panel of the place alone, after the one that is named, or before it."""
    if not hearing.scope:
        hearing.refuse("どのコマのあとに入れますか。", "Which panel is it to come after?")
        return draft
    before = hearing.has("before")
    key = keys[0] if before else keys[-1]
    page = page_changes.page_with(draft, key)
    if len(page.panels) >= page_changes.MOST_PANELS:
        hearing.refuse("このページにはもうコマを足せません。", "The page has no room for another panel.")
        return draft
    at = next(i for i, panel in enumerate(page.panels) if panel.key == key)
    new = page_changes.silent_beside(draft, page.panels[at])
    cut = at if before else at + 1
    return page_changes.replaced(draft, page, (*page.panels[:cut], new, *page.panels[cut:]))


def _merge(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """Neighbours of one page; a single panel takes in the one after it."""
    page = page_changes.page_with(draft, keys[0])
    order = [panel.key for panel in page.panels]
    at = order.index(keys[0])
    if len(keys) == 1 and at + 1 < len(order):
        keys = order[at : at + 2]
    if order[at : at + len(keys)] != list(keys) or len(keys) < 2:
        hearing.refuse("まとめられるのは、同じページで続いているコマだけです。",
                       "Only panels of one page that follow each other can be merged.")  # fmt: skip
        return draft
    group = page.panels[at : at + len(keys)]
    if not _fits(group, hearing):
        return draft
    return page_changes.replaced(
        draft, page, (*page.panels[:at], page_changes.joined(group), *page.panels[at + len(keys) :])
    )


def _split(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """A panel in two; a whole page becomes two pages."""
    if any(page.key in hearing.scope for page in draft.pages):
        return _crowded(draft, keys, hearing, about)
    page = page_changes.page_with(draft, keys[0])
    if len(keys) != 1 or len(page.panels) >= page_changes.MOST_PANELS:
        hearing.refuse(
            "分けるコマを一つ選んでください（1ページ9コマまで）。", "Name one panel, of a page with fewer than 9."
        )
        return draft
    at = next(i for i, panel in enumerate(page.panels) if panel.key == keys[0])
    both = page_changes.halves(draft, page.panels[at])
    return page_changes.replaced(draft, page, (*page.panels[:at], *both, *page.panels[at + 1 :]))


def _crowded(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """The second half of a crowded page gets a page of its own."""
    pages = _pages(draft, keys) if hearing.scope else ()
    if len(pages) != 1:
        hearing.refuse("どのページのことですか。", "Which page is meant?")
        return draft
    page = pages[0]
    if len(page.panels) < 2 or len(draft.pages) >= about.most_pages:
        hearing.refuse("このページは分けられません（コマが一つか、ページ数がもういっぱいです）。",
                       "The page cannot be parted: it has one panel, or the book has all its pages.")  # fmt: skip
        return draft
    half = (len(page.panels) + 1) // 2
    rest = PageDraft(key=page_changes.free_page_key(draft), number=page.number + 1, panels=page.panels[half:])
    pairs = ((page_changes.with_page(p, p.panels[:half]), rest) if p.key == page.key else (p,) for p in draft.pages)
    return page_changes.with_pages(one for pair in pairs for one in pair)


def _remove(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """The words of a panel that goes are spoken in the one before it, or after it."""
    for key in keys if hearing.scope else ():
        page = page_changes.page_with(draft, key)
        at = next(i for i, panel in enumerate(page.panels) if panel.key == key)
        beside = at - 1 if at else at + 1
        if len(page.panels) == 1:
            hearing.refuse("ページの最後の一コマは消せません。", "The only panel of a page cannot go.")
            return draft
        pair = [page.panels[i] for i in sorted((at, beside))]
        if not _fits(pair, hearing):
            return draft
        parts = [part for panel in pair for part in panel.dialogue.parts]
        kept = page_changes.spoken(page.panels[beside], parts)
        panels = [kept if i == beside else p for i, p in enumerate(page.panels) if i != at]
        draft = page_changes.replaced(draft, page, panels)
    if not hearing.scope:
        hearing.refuse("どのコマを消しますか。", "Which panel is to go?")
    return draft


def _swap(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    if len(keys) != 2 or not hearing.scope:
        hearing.refuse("入れ替えるコマを二つ選んでください。", "Name the two panels that are to change places.")
        return draft
    one, other = _panels(draft, keys)
    places = {one.key: other, other.key: one}
    return page_changes.with_pages(
        page_changes.with_page(page, (places.get(panel.key, panel) for panel in page.panels)) for page in draft.pages
    )


def _vary(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    """The weightiest panel of each page grows and the lightest shrinks; the others stand between them."""
    for page in _pages(draft, keys):
        if len(page.panels) < 2:
            continue
        ranked = sorted(page.panels, key=lambda p: (-p.importance, len(p.dialogue.parts), p.key))
        sizes = {ranked[0].key: 5, ranked[-1].key: 1} | {p.key: 2 + i % 2 for i, p in enumerate(ranked[1:-1])}
        draft = page_changes.with_panels(
            draft,
            sizes,
            lambda p, to=sizes: p.model_copy(update={"importance": to[p.key]}),  # type: ignore[misc]
        )
    return draft


def _move(draft: StoryboardDraft, keys: Sequence[str], hearing: Hearing, about: _Scene) -> StoryboardDraft:
    hearing.refuse("コマの移動は、どこへ動かすかを編集（drag_drop）で示してください。",
                   "Where a panel moves to is shown by an edit (drag_drop).")  # fmt: skip
    return draft


_Change = Callable[[StoryboardDraft, Sequence[str], Hearing, _Scene], StoryboardDraft]
_STRUCTURE: Mapping[str, _Change] = {
    "splash": _splash,
    "silent": _silent,
    "merge": _merge,
    "split": _split,
    "swap": _swap,
    "vary": _vary,
    "crowded": _crowded,
    "remove": _remove,
    "move": _move,
}
"""What changes pages and panels themselves, the plainest words first; one of them at a time."""
