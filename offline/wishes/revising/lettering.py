"""Carries out wishes for letters: words, speakers, kinds, places, sizes; drawn sounds come and go.

Other words come from the person alone; a line is only ever shortened by leaving out words of its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from manga.characters import Cast
from manga.proposed_changes import LetteringChanges, NewSound, PartChange
from manga.revision import Wish
from manga.storyboard import DialogueLayout, LinePart
from offline.wishes.normalize_sentence import bare_words
from offline.wishes.revising.named_people import named_in
from offline.wishes.revising.revision_patterns import pattern
from offline.wishes.revising.understood_words import Hearing, carried_out

_SENTENCES = re.compile(r"[^。．！？!?…]*[。．！？!?…]+[」』”\"]?\s*|[^。．！？!?…]+$")
_ENGLISH = re.compile(r"[^.!?…]*[.!?…]+[”\"']*\s*|[^.!?…]+$")
_CLAUSES = re.compile(r"[^、,;；:—-]+[、,;；:—-]*\s*")
ENOUGH = 0.65
"""A line is short enough at this part of its length."""
NUDGE = 0.2
"""How far a text is moved at a word: this share of its panel's shorter side."""
LARGER, SMALLER = 1.25, 0.8
MOST_SCALE, LEAST_SCALE = 3.0, 0.3
LONGEST = 200
LONGEST_SOUND = 20
MOST_PARTS = 6
_CAPITALS = re.compile(r"(?<![A-Za-z])(?!SFX|SE\b)[A-Z]{3,}(?:[ -][A-Z]{2,})*!*")
_WAYS = {"left": (-NUDGE, 0.0), "right": (NUDGE, 0.0), "up": (0.0, -NUDGE), "down": (0.0, NUDGE)}


def shortened(text: str) -> str | None:
    """Without its opening word; then by whole sentences, the fullest stays; then by clauses, the last stays."""
    best = text
    bare = pattern("lettering", "fillers").sub("", text)
    if bare and bare != text:
        best = bare[0].upper() + bare[1:] if bare[0].isascii() else bare
    if len(best) > ENOUGH * len(text):
        best = _fullest(_split(best)) or _last(best) or best
    best = best.strip(" 　")
    return best if 0 < len(best) < len(text) else None


def _split(text: str) -> list[str]:
    row = _ENGLISH if text.isascii() or re.search(r"[A-Za-z]{3}", text) else _SENTENCES
    return [piece for piece in row.findall(text) if piece.strip(" 　")]


def _fullest(sentences: list[str]) -> str | None:
    if len(sentences) < 2:
        return None
    return max(sentences, key=len)


def _last(text: str) -> str | None:
    """What a sentence comes to; its words before the last joint are left out."""
    clauses = [piece for piece in _CLAUSES.findall(text) if piece.strip()]
    kept = clauses[-1].strip(" 　") if len(clauses) > 1 else ""
    if len(kept) < max(4, len(text) // 4):
        return None
    return kept[0].upper() + kept[1:] if kept[0].isascii() else kept


@dataclass(frozen=True, slots=True)
class _Letters:
    """The parts as they are wished so far, and what else is wished of them."""

    panels: Mapping[str, tuple[LinePart, ...]]
    moved: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    sounds: tuple[NewSound, ...] = ()

    def parts(self) -> tuple[tuple[str, LinePart], ...]:
        """Panel and part, in reading order, without what is taken off."""
        pairs = ((panel, part) for panel, parts in self.panels.items() for part in parts)
        return tuple((panel, part) for panel, part in pairs if part.key not in self.removed)

    def changed(self, keys: Sequence[str], **values: Any) -> "_Letters":
        wanted = frozenset(keys)
        panels = {
            panel: tuple(part.model_copy(update=values) if part.key in wanted else part for part in parts)
            for panel, parts in self.panels.items()
        }
        return replace(self, panels=panels)

    def nudged(self, keys: Sequence[str], **values: float) -> "_Letters":
        """`scale` multiplies, the others add up."""
        moved = dict(self.moved)
        for key in keys:
            own = dict(moved.get(key, {}))
            for name, value in values.items():
                own[name] = own.get(name, 1.0) * value if name == "scale" else own.get(name, 0.0) + value
            moved[key] = own
        return replace(self, moved=moved)


def letter_changes(panels: Mapping[str, DialogueLayout], wishes: Sequence[Wish], cast: Cast) -> LetteringChanges:
    """`panels` are the texts of every panel as the storyboard has them. Raises `WishRefused`."""
    raw = _Letters({key: layout.parts for key, layout in panels.items()})
    done = carried_out("lettering", raw, wishes, lambda now, hearing: _step(now, hearing, cast))
    before = {part.key: part for _, part in raw.parts()}
    changes = (_change(before[part.key], part, done) for parts in done.panels.values() for part in parts)
    return LetteringChanges(changes=tuple(change for change in changes if change is not None), sounds=done.sounds)


def _change(old: LinePart, new: LinePart, letters: _Letters) -> PartChange | None:
    if old.key in letters.removed:
        return PartChange(key=old.key, removed=True)
    fields = ("text", "kind", "speaker", "place", "off_panel")
    values: dict[str, Any] = {name: getattr(new, name) for name in fields if getattr(new, name) != getattr(old, name)}
    moved = letters.moved.get(old.key, {})
    for name, value in moved.items():
        low, high = (LEAST_SCALE, MOST_SCALE) if name == "scale" else (-1.0, 1.0)
        values[name] = round(min(high, max(low, value)), 4)
    return PartChange(key=old.key, **values) if values else None


def _step(letters: _Letters, hearing: Hearing, cast: Cast) -> _Letters:
    if hearing.has("font") or hearing.has("ruby"):
        hearing.refuse(
            "書体とルビは本の設定で決まります。", "Typefaces and readings belong to the settings of the book."
        )
        return letters
    if hearing.has("add") or (hearing.has("sound") and _CAPITALS.search(hearing.masked)):
        return _added(letters, hearing)
    keys = _meant(letters, hearing)
    if not keys:
        hearing.refuse("そのセリフはもうありません。", "Those words are not there any more.")
        return letters
    if hearing.has("remove"):
        return _removed(letters, keys, hearing)
    letters = _worded(letters, keys, hearing)
    return _placed(_voiced(letters, keys, hearing, cast), keys, hearing)


def _meant(letters: _Letters, hearing: Hearing) -> tuple[str, ...]:
    """Parts by their own key, their line's or their panel's; sounds alone where sounds are spoken of."""
    wanted = frozenset(hearing.scope)
    sounds = hearing.has("sound")
    pairs = [
        (panel, part)
        for panel, part in letters.parts()
        if not wanted or wanted & {part.key, part.line, panel}
    ]  # fmt: skip
    named = [part.key for _, part in pairs if part.key in wanted]
    return tuple(named or [part.key for _, part in pairs if (part.kind == "sfx") == sounds])


def _worded(letters: _Letters, keys: Sequence[str], hearing: Hearing) -> _Letters:
    """New words, or fewer of the old ones."""
    parts = [part for _, part in letters.parts() if part.key in keys]
    olds = [part.text for part in parts]
    known = [q.text for q in hearing.quotations if any(bare_words(q.text) == bare_words(old) for old in olds)]
    new = hearing.quoted(*known)
    if new is not None and len(hearing.quotations) - len(known) > 0:
        return _replaced(letters, parts, new, hearing)
    length = hearing.first("length")
    if length == "longer" or hearing.has("manner"):
        hearing.refuse(
            "新しい言い回しは作れません。入れたい言葉を「」で書いてください。",
            "New words are not made up here: write those that are to stand there in quotation marks.",
        )
        return letters
    return _shortened(letters, parts, hearing) if length == "shorter" else letters


def _replaced(letters: _Letters, parts: Sequence[LinePart], new: str, hearing: Hearing) -> _Letters:
    """One line's words; a line that stands in several balloons is then said in the first of them."""
    lines = {part.line for part in parts} if all(part.kind != "sfx" for part in parts) else {part.key for part in parts}
    if len(lines) != 1 or len(new) > (LONGEST_SOUND if parts[0].kind == "sfx" else LONGEST):
        hearing.refuse(
            "どのセリフを変えるか、一つだけ選んでください。", "Name the one line that is to have these words."
        )
        return letters
    rest = frozenset(part.key for part in parts[1:])
    if new == parts[0].text and not rest:
        return letters
    letters = letters.changed([parts[0].key], text=new, ruby=())
    return replace(letters, removed=letters.removed | rest)


def _shortened(letters: _Letters, parts: Sequence[LinePart], hearing: Hearing) -> _Letters:
    shorter = {part.key: short for part in parts if (short := shortened(part.text)) is not None}
    if not shorter:
        hearing.refuse(
            "これ以上は言葉を抜けません。短くした言葉を「」で書いてください。",
            "No words can be left out: write the shorter ones in quotation marks.",
        )
    for key, short in shorter.items():
        letters = letters.changed([key], text=short, ruby=())
    return letters


def _voiced(letters: _Letters, keys: Sequence[str], hearing: Hearing, cast: Cast) -> _Letters:
    """Who says it and how."""
    if hearing.has("says"):
        who = named_in(cast, _without_denied(hearing))
        if len(who) != 1:
            hearing.refuse("誰が言うのか、名前で教えてください。", "Say by name who speaks.")
        else:
            letters = letters.changed(keys, speaker=who[0], confidence=1.0, off_panel=False)
    words = [part.key for _, part in letters.parts() if part.key in keys and part.kind != "sfx"]
    if kind := hearing.first("kinds"):
        letters = letters.changed(words, kind=kind)
    if hearing.has("off_panel"):
        letters = letters.changed(words, off_panel=True)
    return letters


def _without_denied(hearing: Hearing) -> str:
    """Not Harrow, but the fox."""
    english = re.sub(r"\b(?:not|instead of|rather than)\s+(?:the\s+)?[\w.' ]+", "", hearing.said)
    return re.sub(r"[^、。]{1,12}(?:ではなく|じゃなく|でなく)", "", english)


def _placed(letters: _Letters, keys: Sequence[str], hearing: Hearing) -> _Letters:
    """A corner of the panel, or a step from where the text stands; its size."""
    if corner := hearing.first("corners"):
        letters = letters.changed(keys, place=corner)
    elif ways := hearing.all("moves"):
        right, down = (sum(_WAYS[way][i] for way in ways) for i in (0, 1))
        letters = letters.nudged(keys, right=right, down=down)
    if size := hearing.first("sizes"):
        letters = letters.nudged(keys, scale=LARGER if size == "bigger" else SMALLER)
    return letters


def _removed(letters: _Letters, keys: Sequence[str], hearing: Hearing) -> _Letters:
    """Off the page because a person wants it; the storyboard keeps the line."""
    if not hearing.scope and not hearing.has("sound"):
        hearing.refuse("どのセリフを消しますか。", "Which words are to go?")
        return letters
    return replace(letters, removed=letters.removed | frozenset(keys))


def _added(letters: _Letters, hearing: Hearing) -> _Letters:
    """A drawn sound in the panel that is named."""
    panels = [panel for panel, parts in letters.panels.items() if panel in hearing.scope or _holds(parts, hearing)]
    capitals = _CAPITALS.search(hearing.masked)
    word = hearing.quoted() or (capitals[0] if capitals else None)
    if word is None or len(word) > LONGEST_SOUND or len(panels) != 1:
        hearing.refuse(
            "入れる効果音を「」で書き、コマを一つ選んでください。",
            "Write the sound in quotation marks and name one panel.",
        )
        return letters
    if not (hearing.has("sound") or _is_sound(word)):
        hearing.refuse("物語にないセリフは編集（insert_line）で足してください。",
                       "A line that the story does not have is added by an edit (insert_line).")  # fmt: skip
        return letters
    there = len(letters.panels[panels[0]]) + sum(sound.panel == panels[0] for sound in letters.sounds)
    if there >= MOST_PARTS:
        hearing.refuse("このコマにはもう文字を足せません。", "The panel has no room for more letters.")
        return letters
    return replace(letters, sounds=(*letters.sounds, NewSound(panel=panels[0], text=word)))


def _holds(parts: Sequence[LinePart], hearing: Hearing) -> bool:
    return any({part.key, part.line} & set(hearing.scope) for part in parts)


def _is_sound(word: str) -> bool:
    """Capitals or katakana alone."""
    letters = [letter for letter in word if letter.isalpha()]
    return bool(letters) and all(letter.isupper() or "ァ" <= letter <= "ヶ" or letter == "ー" for letter in letters)
