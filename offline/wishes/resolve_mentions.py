"""Resolves mentions against the book: which panels, lines, scenes and people a clause is about, and what is missing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from typing import TypeVar

from manga.feedback import BookView, LineView
from offline.wishes.find_mentions import WishedElement

T = TypeVar("T")
_THINGS = {
    "page": "page", "panel": "panel", "place": "panel", "quoted_panel": "panel", "next_panel": "panel",
    "previous_panel": "panel", "that_panel": "panel", "balloon": "line", "scene": "scene",
}  # fmt: skip
_CAPTION = re.compile(r"\s*(?:captions?\b|ナレーション)", re.IGNORECASE)
_TAIL = re.compile(r"\btails?\b|しっぽ|尻尾", re.IGNORECASE)
_TAILLESS = frozenset({"sfx", "narration", "monologue"})
_OWNED = re.compile(r"['’]s\s+|の")
_JOINED = re.compile(r"\s*(?:on|of|in|from)\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Keys of the view, in the order of the book or of the sentence. `pages` are numbers of whole pages.

    `lines` were quoted or counted; `new` are quoted words that are to come, `strange` others that no line has;
    `missing` is what the book does not have, in the person's words; `counted`: a number of pages was spoken of;
    `things` are the kinds of element that were named, whether the book has them or not; `any_scene`: `scenes` bear the
    same name, and one of them may be meant.
    """

    pages: tuple[int, ...] = ()
    panels: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    pronoun: bool = False
    new: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    counted: bool = False
    things: frozenset[str] = frozenset()
    any_scene: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.pages or self.panels or self.lines or self.scenes or self.people)


@dataclass(slots=True)
class _Resolver:
    view: BookView
    text: str
    before: Target
    pages: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    page: int | None = None
    panels: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def said(self, mention: WishedElement) -> str:
        return self.text[mention.start : mention.end].strip()

    def take_page(self, mention: WishedElement) -> None:
        numbers = _between(mention.numbers)
        for number in numbers:
            found = len(self.view.pages) if number < 0 else number
            if any(page.number == found for page in self.view.pages):
                self.pages.append(found)
                self.page = found
            else:
                self.missing.append(self.said(mention))
                self.page = 0

    def take_place(self, mention: WishedElement) -> None:
        key = self.panel_at(mention.numbers[0], mention.numbers[1])
        self.page = mention.numbers[0]
        if key:
            self.panels.append(key)
        else:
            self.missing.append(self.said(mention))

    def take_panel(self, mention: WishedElement, following: WishedElement | None) -> None:
        page = self.page_for(mention, following)
        if page is None:
            self.missing.append(self.said(mention))
        elif page:  # 0: that page is missing and named already
            self.used.add(page)
            for number in _between(mention.numbers):
                key = self.panel_at(page, number)
                if key:
                    self.panels.append(key)
                else:
                    self.missing.append(self.said(mention))

    def page_for(self, mention: WishedElement, following: WishedElement | None) -> int | None:
        """0 when the page was named and the book lacks it; None when no page was named and none can be meant."""
        if following is not None and following.kind == "page":
            between = self.text[mention.end : following.start]
            if self.page is None or _JOINED.fullmatch(between):
                number = following.numbers[0]
                number = len(self.view.pages) if number < 0 else number
                return number if any(page.number == number for page in self.view.pages) else 0
        if self.page is not None:
            return self.page
        if earlier := _page_of(self.view, self.before):
            return earlier
        if all(number < 0 for number in mention.numbers):
            return len(self.view.pages) or None
        return 1 if mention.numbers == (1,) or len(self.view.pages) == 1 else None

    def panel_at(self, page: int, number: int) -> str | None:
        keys = next((found.panels for found in self.view.pages if found.number == page), ())
        place = number + len(keys) if number < 0 else number - 1
        return keys[place] if 0 <= place < len(keys) else None

    def take_relative(self, mention: WishedElement) -> None:
        keys = [panel.key for panel in self.view.panels]
        here = (self.panels or list(panels_of(self.view, self.before)))[-1:]
        step = {"next_panel": 1, "previous_panel": -1}.get(mention.kind, 0)
        place = keys.index(here[0]) + step if here else -1
        if 0 <= place < len(keys):
            self.panels.append(keys[place])
        else:
            self.missing.append(self.said(mention))


def resolve(mentions: Sequence[WishedElement], text: str, view: BookView, before: Target) -> Target:
    """`before` is what the sentence spoke of last: pages, panels and people that are not named again."""
    found = _Resolver(view, text, before)
    places = [mention for mention in mentions if mention.kind in ("page", "panel")]
    following = {id(one): later for one, later in zip_longest(places, places[1:])}
    for mention in mentions:
        match mention.kind:
            case "page":
                found.take_page(mention)
            case "panel":
                found.take_panel(mention, following[id(mention)])
            case "place":
                found.take_place(mention)
            case "quoted_panel":
                found.panels.extend(line.panel for line in view.lines if line.key in mention.keys)
            case "unknown" if not mention.quoted:
                found.missing.append(mention.text)
            case "next_panel" | "previous_panel" | "that_panel":
                found.take_relative(mention)
            case _:
                pass
    target = Target(
        pages=_once(number for number in found.pages if number not in found.used),
        panels=_once(found.panels),
        scenes=_keys(mentions, "scene"),
        people=_people(mentions, text) or _pronouns(mentions, before, view) or _keys(mentions, "denied"),
        pronoun=not _keys(mentions, "person") and bool(_keys(mentions, "pronoun")),
        new=tuple(mention.text for mention in mentions if mention.kind == "new"),
        strange=tuple(mention.text for mention in mentions if mention.kind == "unknown" and mention.quoted),
        missing=_once(found.missing),
        counted=any(mention.kind == "count" for mention in mentions),
        any_scene=any(mention.any_of for mention in mentions),
        things=frozenset(_THINGS[mention.kind] for mention in mentions if mention.kind in _THINGS),
    )
    return _with_lines(target, mentions, text, view, before)


def _with_lines(target: Target, mentions: Sequence[WishedElement], text: str, view: BookView, before: Target) -> Target:
    """Quoted lines, narrowed to the place that is named; balloons by number; balloons by address."""
    quoted = _keys(mentions, "line")
    near = [line.key for line in lines_at(view, target) if line.key in quoted]
    lines = [*(near or quoted)]
    for mention in mentions:
        if mention.kind == "place" and len(mention.numbers) > 2:
            lines.extend(_addressed(mention, view))
        elif mention.kind == "balloon":
            counted = _counted(mention, _countable(mention, text, target, view, before))
            if not counted:
                target = replace(target, missing=(*target.missing, text[mention.start : mention.end].strip()))
            lines.extend(counted)
    return replace(target, lines=_once(lines))


def _countable(mention: WishedElement, text: str, target: Target, view: BookView, before: Target) -> list[LineView]:
    """The balloons or captions that a number counts; without a place the first and the last of the book."""
    there = lines_at(view, target) or lines_at(view, before)
    if not there and mention.numbers in ((1,), (-1,)) and not target.missing:
        there = list(view.lines)
    if _TAIL.search(text):  # somebody who is named is where it is to point
        return [line for line in there if line.kind not in _TAILLESS]
    own = [line for line in there if line.speaker in target.people]
    there = own or there
    captions = bool(_CAPTION.match(text, mention.end))
    return [line for line in there if line.kind != "sfx" and (line.kind == "narration") >= captions]


def _addressed(mention: WishedElement, view: BookView) -> list[str]:
    page, panel, number = mention.numbers
    address = f"p{page:02}.k{panel}.{mention.text or 'b'}{number}"
    return [line.key for line in view.lines if line.address == address]


def _counted(mention: WishedElement, lines: Sequence[LineView]) -> list[str]:
    numbers = [len(lines) if number < 0 else number for number in mention.numbers]
    return [lines[number - 1].key for number in numbers if 0 < number <= len(lines)]


def lines_at(view: BookView, target: Target) -> list[LineView]:
    """The lines in the panels, pages and scenes of a target; none when it names no place."""
    panels = set(panels_of(view, target))
    return [line for line in view.lines if line.panel in panels]


def panels_of(view: BookView, target: Target) -> tuple[str, ...]:
    """Keys of the panels of a target's place: its panels, else those of its lines, else of its pages and scenes."""
    if target.panels:
        return target.panels
    if target.lines:
        return _once(line.panel for line in view.lines if line.key in target.lines)
    return tuple(panel.key for panel in view.panels if panel.page in target.pages or panel.scene in target.scenes)


def _page_of(view: BookView, target: Target) -> int | None:
    panels = panels_of(view, target)
    pages = [panel.page for panel in view.panels if panel.key in panels[-1:]]
    return pages[0] if pages and not target.scenes else None


def _people(mentions: Sequence[WishedElement], text: str) -> tuple[str, ...]:
    """Of Elsie's mother only the mother."""
    named = [mention for mention in mentions if mention.kind == "person"]
    owners = {id(one) for one, other in pairwise(named) if _OWNED.fullmatch(text[one.end : other.start])}
    return _once(key for mention in named if id(mention) not in owners for key in mention.keys)


def _pronouns(mentions: Sequence[WishedElement], before: Target, view: BookView) -> tuple[str, ...]:
    """Whom she and he mean: the one spoken of last where the gender fits, else the most important one."""
    genders = {person.key: person.gender for person in view.people}
    found: list[str] = []
    for key in _keys(mentions, "pronoun"):
        same = [last for last in before.people if genders.get(last) in (genders.get(key), "neutral")]
        found.append(same[-1] if same else key)
    return _once(found)


def _keys(mentions: Iterable[WishedElement], kind: str) -> tuple[str, ...]:
    return _once(key for mention in mentions if mention.kind == kind for key in mention.keys)


def _between(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Two numbers are a stretch."""
    if len(numbers) == 2 and numbers[0] * numbers[1] > 0 and numbers[0] < numbers[1]:
        return tuple(range(numbers[0], numbers[1] + 1))
    return numbers


def _once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
