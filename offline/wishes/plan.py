"""The offline answer to the feedback prompt: a sentence and the book's view in, a plan out."""

from dataclasses import dataclass, replace
from typing import Any

from manga.brief import Language
from manga.feedback import MAX_SENTENCE, BookView, Plan, PlanItem
from manga.phases import Phase
from offline.wishes import questions
from offline.wishes.clauses import Clause, Read, clauses_of
from offline.wishes.deciding import Wish, wish_of, wish_where
from offline.wishes.edits import edit_of, many, says_new_words
from offline.wishes.handwork import is_for_a_hand, takes_the_tail_off
from offline.wishes.mentions import mentions_in
from offline.wishes.scopes import scope_of
from offline.wishes.sentence import KNOWN, sentence_of
from offline.wishes.targets import Target, resolve
from offline.wishes.words import words_of

_SPACE = " 　、,;；\n\t"
_MOST_BY_HAND = 12
"""Edits of one wish."""
_PLACED_PHASES = (Phase.STORYBOARD, Phase.ARTWORK, Phase.LETTERING)


@dataclass(frozen=True, slots=True)
class _Step:
    """What came of one clause: items or a question, and what was spoken of."""

    items: tuple[PlanItem, ...]
    question: str
    target: Target
    start: int
    end: int


def write_feedback(inputs: dict[str, Any]) -> Plan:
    """Inputs: `sentence` and `book`."""
    return plan_of(str(inputs["sentence"]), inputs["book"])


def plan_of(text: str, view: BookView) -> Plan:
    """Never without both an item and a question."""
    sentence = sentence_of(text)
    language = sentence.language if text.strip() else view.language
    words = words_of(language)
    mentions, bare = mentions_in(sentence, view, words)
    read = Read(text, bare, mentions, view, words)
    steps: list[_Step] = []
    before = Target()
    for clause in clauses_of(read):
        step = _step(clause, read, before)
        steps.append(step)
        before = _followed(before, step.target)
    items = _items(steps, text, language)
    asked = [step.question for step in steps if step.question]
    if not items and not asked:
        asked = [questions.not_placed(text, language)]
    return Plan(items=items, question=questions.joined(asked, language))


def _step(clause: Clause, read: Read, before: Target) -> _Step:
    said = _said(clause, read)
    bare = read.bare[clause.start : clause.end]
    language = read.words.language
    target = resolve(read.mentioned(clause.start, clause.end), read.text, read.view, before)
    wish = _wish(clause, bare, target, before, read)

    def asked(question: str) -> _Step:
        return _Step((), question, target, clause.start, clause.end)

    if wish is None:
        return asked(questions.not_placed(said, language))
    target = _with_new_words(wish, target)
    if wish.phase in _PLACED_PHASES and (missing := _missing(wish, target)):
        return asked(questions.not_there(missing, read.view, language))
    scope = scope_of(wish, bare, target, before, read.view, read.words)
    if scope is None:
        question = questions.who(said, read.view, language) if wish.phase is Phase.CHARACTERS else ""
        return asked(question or questions.where(said, language))
    lines = [line for line in read.view.lines if line.key in scope]
    if says_new_words(wish, target) and len(lines) != 1:
        return asked(questions.which(said, many(language, lines), language))
    if takes_the_tail_off(wish, bare, read.words):
        return asked(questions.without_tail(said, language))
    each = [(line.key,) for line in lines] if is_for_a_hand(wish, bare, read.words) else []
    return _Step(
        tuple(
            PlanItem(
                phase=wish.phase,
                instruction=said,
                scope=keys,
                reason=_reason(wish, language),
                edit=edit_of(wish, bare, said, target, keys, read.view, read.words),
            )
            for keys in (each if 1 < len(each) <= _MOST_BY_HAND else [scope])
        ),
        "",
        target,
        clause.start,
        clause.end,
    )


def _wish(clause: Clause, bare: str, target: Target, before: Target, read: Read) -> Wish | None:
    if read.words.single["not_for_us"].search(bare):
        return None
    near = bool(before.panels or before.lines or before.pages)
    told = wish_of(bare, target, read.view, read.words, near=near) if clause.placed else None
    if told is None and read.mentioned(clause.start, clause.end) and read.says(clause.start, clause.end):
        return wish_where(bare, target, read.view, read.words)
    return told


def _said(clause: Clause, read: Read) -> str:
    """The person's own words, without what joined them to the next."""
    said = read.text[clause.start : clause.end].strip(_SPACE)
    return read.words.single["conjunctions"].sub("", said).strip(_SPACE) or said


def _with_new_words(wish: Wish, target: Target) -> Target:
    """Quoted words that no line has are the new ones where the place is named or something is added."""
    if not target.strange or target.new:
        return target
    if target.panels or target.lines or "add" in wish.verbs:
        return replace(target, new=target.strange, strange=())
    return target


def _missing(wish: Wish, target: Target) -> tuple[str, ...]:
    return (*target.missing, *target.strange) if wish.phase is Phase.LETTERING or target.is_empty else target.missing


def _followed(before: Target, now: Target) -> Target:
    """What is spoken of after a clause: its own place, or the earlier one; its people, or the earlier ones."""
    place = before if not (now.pages or now.panels or now.lines or now.scenes) else now
    return replace(place, people=now.people or before.people, new=(), strange=(), missing=(), counted=False)


def _reason(wish: Wish, language: Language) -> str:
    said = wish.why.replace(KNOWN, "").strip()[:80]
    return f"「{said}」から" if language is Language.JA else f"from “{said}”"


def _items(steps: list[_Step], text: str, language: Language) -> tuple[PlanItem, ...]:
    """One item for each phase and scope; a sentence with a single wish stays whole."""
    items: list[PlanItem] = []
    for item in (item for step in steps for item in step.items):
        same = next(
            (n for n, other in enumerate(items) if (other.phase, other.scope) == (item.phase, item.scope)), None
        )
        if same is None:
            items.append(item)
        else:
            items[same] = _both(items[same], item, language)
    if len(items) == 1 and not any(step.question for step in steps):
        return (items[0].model_copy(update={"instruction": text.strip()}),)
    return tuple(items)


def _both(first: PlanItem, second: PlanItem, language: Language) -> PlanItem:
    """Two wishes for the same elements. No single edit says both."""
    joint = "、" if language is Language.JA else ", "
    instruction = f"{first.instruction}{joint}{second.instruction}"[:MAX_SENTENCE]
    return first.model_copy(update={"instruction": instruction, "edit": None})
