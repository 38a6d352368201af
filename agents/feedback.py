"""Asks a model what a person's sentence wants: wishes, each for one phase and its elements, or a question back.

The model only proposes. Keys that the book does not have are asked about, edits come from a closed set of fields, and
nothing that could not be placed is dropped without a question.
"""

import re
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from math import ceil

from agents.split_questions import fits
from manga.brief import Language
from manga.errors import ContentBlocked
from manga.feedback import MAX_QUESTION, MAX_SENTENCE, BookView, LineView, PageView, Plan, PlanItem, WishedEdit
from manga.phases import PHASES, Phase
from manga.plot import LineKind
from providers.base import Ask, Fact, TextModel

PROMPT = "feedback"
MAX_ITEMS = 12
MAX_WORDS = 200
LEAST_PIECES = 5
HEARD = 0.4
"""Of the pairs of letters of a clause, so many are in what was understood."""
_CLAUSE = re.compile(r"[。．！？!?;；\n、,]+|\.\s|\band\b")
LINE_LETTERS = (48, 30, 15, 6)
"""So much of a line is told, or less where a question does not hold it: people name it by its beginning. Half of it in
Japanese, where a letter says as much as two."""
CUT_LETTERS = 2
"""Times as many of a moment that is cut: nothing else tells what it is."""
LEAST_SEEN = 30
"""Fewer letters than these say nothing of a picture."""
FAR_LETTERS = 15
"""Of a line that is on no page which the sentence names by its number, nor beside one: it tells which line it is."""
FARTHEST_MM = 100
_ON_PAGES = (Phase.STORYBOARD, Phase.ARTWORK, Phase.LETTERING)
_EVERYWHERE = re.compile(r"全|すべて|みんな|どの|\b(?:all|every|whole|entire|everywhere|each|book)\b", re.IGNORECASE)
_WHOLE = (Phase.CONCEPT, Phase.FINISHING)
_KINDS = frozenset({"sfx", *LineKind})
_PAGE = re.compile(r"\bpage (\d{1,3})\b|(\d{1,3})(?:ページ|頁)", re.IGNORECASE)
_SEVERAL_PAGES = re.compile(
    r"\bpages\b|\bpage \d+ ?(?:to|till|until|through|-|–)|(?:ページ|頁)(?:から|まで|以)|[〜～]", re.IGNORECASE
)


async def parse_feedback(*, text: str, book: BookView, model: TextModel) -> Plan:
    """The plan of one sentence or several. Always with an item or a question. Raises ProviderError."""
    sentence = text[:MAX_SENTENCE].strip()
    if not sentence:
        return Plan(question=_say(book, sentence, "nothing"))

    def ask(letters: int) -> Ask[Plan]:
        told = Fact(book, book_told(book, letters, near_pages(sentence, book)))
        return Ask(PROMPT, {"sentence": sentence, "asked_at": book.phase, "book": told}, Plan)

    asks = map(ask, LINE_LETTERS)
    try:
        proposed = await model.answer(next((one for one in asks if fits(model, one)), ask(LINE_LETTERS[-1])))
    except ContentBlocked:
        return Plan(question=_say(book, sentence, "blocked"))
    return checked(proposed, book, sentence)


def near_pages(sentence: str, book: BookView) -> Collection[str]:
    """Keys of the pages that a sentence names by their numbers, and of those beside them. All, where it names none, or
    names several at once."""
    named = {int(one[1] or one[2]) for one in _PAGE.finditer(sentence)}
    far = named and not _SEVERAL_PAGES.search(sentence)
    return [page.key for page in book.pages if not far or min(abs(page.number - one) for one in named) < 2]


def book_told(book: BookView, letters: int = LINE_LETTERS[0], near: Collection[str] | None = None) -> dict[str, object]:
    """The book as a question tells it: what is on what, so that addresses are counted and nothing is said twice. Of
    pages that are not `near` (None: all are) it tells less."""
    halved = 2 if book.language is Language.JA else 1
    far, letters = ceil(min(letters, FAR_LETTERS) / halved), ceil(letters / halved)
    return {
        "language": book.language,
        "title": book.title,
        "people": [{"key": one.key, "name": one.name, "called": one.aliases[:3]} for one in book.people],
        "scenes": {scene.key: scene.place or scene.heading for scene in book.scenes},
        **({"things": {thing.key: thing.word for thing in book.things}} if book.things else {}),
        "pages": {
            page.key: _page_told(page, book, letters if near is None or page.key in near else far)
            for page in book.pages
        },
        **(
            {"left_out": {one.key: f"{one.scene}: {one.words[: CUT_LETTERS * letters]}" for one in book.left_out}}
            if book.left_out
            else {}
        ),
        **({} if book.pages else {"lines": [_line_told(line, letters) for line in book.lines]}),
    }


def _page_told(page: PageView, book: BookView, letters: int) -> list[dict[str, object]]:
    """Its panels; a scene is told with the first of those that follow each other in it."""
    told = [_panel_told(key, book, letters) for key in page.panels]
    goes_on = [n > 0 and one.get("scene") == told[n - 1].get("scene") for n, one in enumerate(told)]
    return [
        {name: value for name, value in one.items() if not (same and name == "scene")}
        for one, same in zip(told, goes_on, strict=True)
    ]


def _panel_told(key: str, book: BookView, letters: int) -> dict[str, object]:
    panel = next(panel for panel in book.panels if panel.key == key)
    lines = [_line_told(line, letters) for line in book.lines if line.panel == key]
    least = LEAST_SEEN if book.language is not Language.JA else LEAST_SEEN // 2
    seen = panel.seen[: LEAST_SEEN + 10 if letters > LEAST_SEEN else LEAST_SEEN] if letters >= least else ""
    things = panel.things if letters > LINE_LETTERS[-1] else ()
    found = {
        "key": key,
        "scene": panel.scene,
        "people": panel.people,
        "seen": seen,
        "things": things,
        "lines": lines,
    }
    return {name: value for name, value in found.items() if value}


def _line_told(line: LineView, letters: int) -> str:
    """`l0009.1 c01: words`, `l0010.1 whisper c01: words`: a third of what it is as an object."""
    kind = "" if line.speaker and line.kind == LineKind.SPEECH else str(line.kind)
    said = " ".join(filter(None, (kind, line.speaker)))
    return f"{line.key} {said}: {line.text[:letters]}"


def checked(proposed: Plan, book: BookView, sentence: str) -> Plan:
    """The plan with only what the book has. What is left out is asked about."""
    items: list[PlanItem] = []
    questions = [proposed.question] if proposed.question else []
    for item in proposed.items[:MAX_ITEMS]:
        known = _known_scope(item, book)
        if lost := [key for key in item.scope if item.phase not in _WHOLE and not _meant(key, item.phase, book)]:
            questions.append(_say(book, sentence, "keys", f"{', '.join(lost)[:80]} ({item.instruction[:80]})"))
        if known or not lost:
            edit = item.edit if item.edit and _is_open(item.edit, known, book) else None
            items.append(item.model_copy(update={"scope": known, "edit": edit}))
    if len(proposed.items) > MAX_ITEMS:
        questions.append(_say(book, sentence, "many", str(MAX_ITEMS)))
    if not items and not questions:
        questions.append(_say(book, sentence, "nothing"))
    return Plan(items=tuple(items), question=_clipped(questions))


def is_placeless(sentence: str, plan: Plan) -> bool:
    """Whether a sentence says what should be otherwise, but not where: nothing of it could be placed, or it is about
    pictures, panels or letters of the whole book without saying so."""
    if _EVERYWHERE.search(sentence):
        return False
    return all(item.phase in _ON_PAGES and not item.scope for item in plan.items)


def unheard(sentence: str, plan: Plan) -> tuple[str, ...]:
    """The clauses of a sentence that no item and no question of its plan speaks of: told to the person, who knows
    whether they were wishes. Models keep a person's own words: hardly a letter in common says that one was dropped."""
    said = [*(item.instruction for item in plan.items), *(item.reason for item in plan.items), plan.question]
    heard = {piece for words in said for piece in _pieces(words)}
    clauses = (clause.strip() for clause in _CLAUSE.split(sentence[:MAX_SENTENCE]))
    return tuple(
        clause[:MAX_WORDS]
        for clause in clauses
        if len(own := _pieces(clause)) >= LEAST_PIECES and len(own & heard) < HEARD * len(own)
    )


def _pieces(words: str) -> set[str]:
    """Every two letters that follow each other."""
    letters = [letter for letter in words.casefold() if letter.isalnum()]
    return {a + b for a, b in pairwise(letters)}


def _known_scope(item: PlanItem, book: BookView) -> tuple[str, ...]:
    """The keys that the book has and that this phase can be about."""
    if item.phase in _WHOLE:
        return ()
    if item.edit and item.phase is Phase.PLOT and item.edit.change_data == {"shown": True}:
        back = (one for one in book.left_out if item.edit.element_key == one.key)
        if known := tuple(one.key for one in back if {one.key, one.scene} & {*item.scope}):
            return known
    return tuple(dict.fromkeys(known for key in item.scope for known in _meant(key, item.phase, book)))


def _meant(key: str, phase: Phase, book: BookView) -> tuple[str, ...]:
    """What a key names in a phase: itself, the panels of a page, a scene or a line where pictures or letters are meant,
    the scene of a panel or a line where the plot is. Empty: nothing."""
    if key in _keys_of(phase, book):
        return (key,)
    on_page = {page.key: set(page.panels) for page in book.pages}
    of_line = {line.panel for line in book.lines if key in (line.key, line.line)}
    panels = [p for p in book.panels if p.key in on_page.get(key, of_line) or key in (p.key, p.scene)]
    if phase is Phase.PLOT and (cut := [one.scene for one in book.left_out if one.key == key]):
        return tuple(cut)
    if phase in (Phase.ARTWORK, Phase.LETTERING):
        return tuple(panel.key for panel in panels)
    return tuple(dict.fromkeys(panel.scene for panel in panels)) if phase is Phase.PLOT else ()


def _keys_of(phase: Phase, book: BookView) -> frozenset[str]:
    people = {person.key for person in book.people}
    scenes = {scene.key for scene in book.scenes}
    panels = {panel.key for panel in book.panels}
    lines = {key for line in book.lines for key in (line.key, line.line)}
    by_phase = {
        Phase.CHARACTERS: people,
        Phase.PLOT: scenes | {thing.key for thing in book.things},
        Phase.STORYBOARD: {page.key for page in book.pages} | panels | scenes | lines,
        Phase.ARTWORK: panels,
        Phase.LETTERING: lines | panels,
    }
    return frozenset(by_phase.get(phase, set()))


def _is_open(edit: WishedEdit, scope: Iterable[str], book: BookView) -> bool:
    """Whether a sentence may lead to this edit: one element of the item, known fields, plausible values."""
    people = frozenset(person.key for person in book.people)
    scenes = frozenset(scene.key for scene in book.scenes) | {""}
    fields: dict[Phase, dict[str, Callable[[object], bool]]] = {
        Phase.CONCEPT: {"title": lambda value: _is_text(value, 120)},
        Phase.CHARACTERS: {"name": lambda value: _is_text(value, 80)},
        Phase.STORYBOARD: {
            "text": lambda value: _is_text(value, MAX_WORDS),
            "ruby": lambda value: value == [],
            "speaker": lambda value: isinstance(value, str) and value in people,
            "kind": lambda value: isinstance(value, str) and value in _KINDS,
            "off_panel": lambda value: isinstance(value, bool),
            "border": _is_border,
        },
        Phase.PLOT: {
            "position": lambda value: isinstance(value, dict) and value.get("before") in scenes,
            "shown": lambda value: value is True,
        },
        Phase.LETTERING: {
            "runs": lambda value: value in ("auto", "vertical", "level"),
            "ink": lambda value: value in ("auto", "black", "white"),
            "tail_at": lambda value: isinstance(value, dict) and value.keys() == {"x", "y"} and _are_shares(value),
        },
    }
    allowed = fields.get(edit.phase, {})
    there = edit.element_key == edit.phase.value if edit.phase in _WHOLE else edit.element_key in scope
    return (
        there
        and bool(edit.change_data)
        and all(name in allowed and allowed[name](value) for name, value in edit.change_data.items())
    )


def _is_border(value: object) -> bool:
    """A side of the panel and how far it goes; `editing` judges whether it can."""
    return (
        isinstance(value, dict)
        and value.keys() == {"side", "by_mm"}
        and value["side"] in ("top", "right", "bottom", "left")
        and isinstance(value["by_mm"], int | float)
        and abs(value["by_mm"]) <= FARTHEST_MM
    )


def _are_shares(value: dict[object, object]) -> bool:
    return all(isinstance(share, int | float) and 0 <= share <= 1 for share in value.values())


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= longest


_SAID = {
    "nothing": (
        f"What should be different, and in which phase: {', '.join(PHASES)}?",
        f"何をどう変えればよいですか（工程: {', '.join(PHASES)}）。",
    ),
    "blocked": (
        "This sentence was refused by the model. Please say it in other words.",
        "この文はモデルに拒まれました。別の言い方で教えてください。",
    ),
    "keys": ("The book has no {}. Which place is meant?", "{} はこの本にありません。どこのことですか。"),
    "many": (
        "Only the first {} wishes were taken. What else should be different?",
        "最初の{}件だけを受け取りました。ほかに何を変えますか。",
    ),
}


def _say(book: BookView, sentence: str, what: str, about: str = "") -> str:
    """In the language of the sentence; in the book's where there is none."""
    english, japanese = _SAID[what]
    spoken = re.search(r"[ぁ-んァ-ヶ一-龥]", sentence) or (not sentence and book.language.value == "ja")
    return (japanese if spoken else english).replace("{}", about)


def _clipped(questions: list[str]) -> str:
    whole = " ".join(dict.fromkeys(questions))
    return whole if len(whole) <= MAX_QUESTION else whole[: MAX_QUESTION - 1] + "…"
