"""The registry of edits: for every kind of element its fields, by which change, with which type and bounds.

The one list of them: acceptance, overlays and previews all read it. What is not here cannot be changed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args

from pydantic import Field as Bounds
from pydantic import TypeAdapter
from pydantic.fields import FieldInfo

from editing import edit_values as values
from editing.state_as_json import Json
from manga.characters import Look, SpeechStyle
from manga.concept import Culture, Genre, Period
from manga.edits import ChangeType
from manga.element_addresses import ElementKind
from manga.lettering import LetterFace
from manga.paper import Direction, Side
from manga.phases import Phase
from manga.plot import Emotion, Ground, LineKind, TimeOfDay, Weather
from manga.storyboard import Angle, EffectName, Role, Shot
from manga.thing_shapes import Centimetres, InBox, Marks
from manga.vocabulary.register import VOCABULARIES
from manga.vocabulary.things import Grip, View
from manga.vocabulary.vocabulary_entries import word_of
from manga.vocabulary.vocabulary_fields import NamedAs, WordOf

words = values.words


def _several(kind: Any, most: int, least: int = 0) -> Any:
    """The type of a list of so many at most."""
    return Annotated[tuple.__class_getitem__((kind, ...)), Bounds(min_length=least, max_length=most)]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind of element. `layer` is the result it is laid over; `goes_to` are the phases at which it
    may be given, the one with least to do first. A `*` in the name stands for a character's key.

    An `additive` one adds something each time: a second one does not supersede the first.
    """

    name: str
    type: Any
    by: frozenset[ChangeType]
    layer: Phase
    goes_to: tuple[Phase, ...]
    additive: bool = False


def _fields(
    by: str, layer: Phase, types: Mapping[str, Any], *, goes_to: tuple[Phase, ...] = (), additive: bool = False
) -> tuple[Field, ...]:
    changes: frozenset[ChangeType] = frozenset(c for c in get_args(ChangeType) if c in by.split())
    return tuple(Field(name, kind, changes, layer, goes_to or (layer,), additive) for name, kind in types.items())


def _members(kind: type[Look] | type[SpeechStyle], prefix: str, left_out: Iterable[str] = ()) -> dict[str, Any]:
    """The fields of a value as dotted fields, with their own types."""
    fields = (each for each in kind.model_fields.items() if each[0] not in left_out)
    return {f"{prefix}.{name}": _with_words(info) for name, info in fields}


def _with_words(info: FieldInfo) -> Any:
    """A field's type with what says which words of a vocabulary it holds."""
    told = [one for one in info.metadata if isinstance(one, WordOf | NamedAs)]
    return Annotated[(info.annotation, *told)] if told else info.annotation


_WORDING = "text_edit"
_CHOICE = "selection style_adjust"
_CHOSEN_WORD = "text_edit selection style_adjust"
_DRAGGED = "drag_drop"
_BALLOON_PHASES = (Phase.LETTERING, Phase.STORYBOARD)
_TRUE = Literal[True]
_PLACE: Any = Annotated[words(40), Bounds(json_schema_extra=word_of("places"))]
_PART_KIND: Any = Literal.__getitem__((*(kind.value for kind in LineKind), "sfx"))

_CONCEPT = (
    *_fields(_WORDING, Phase.CONCEPT, {
        "title": words(120), "logline": words(400, empty=True), "theme": words(200, empty=True),
        "target_readers": words(80, empty=True), "mood": words(80, empty=True), "world.place": words(200, empty=True),
    }),
    *_fields("text_edit style_adjust", Phase.CONCEPT, {"art_style": words(80, empty=True)}),
    *_fields(_CHOICE, Phase.CONCEPT, {
        "genres": _several(Genre, 4, 1), "world.period": Period, "world.culture": Culture,
        "direction": Direction, "start_side": Side,
    }),
)  # fmt: skip
_CHARACTER = (
    *_fields(_WORDING, Phase.CHARACTERS, {
        "name": words(80), "age_text": words(80, empty=True), "personality": words(200, empty=True),
        "description": words(1200), "costume": words(300, empty=True),
        "other.description": words(1200), "other.costume": words(300, empty=True),
        "aliases": _several(words(80), 12),
        "speech.first_person": words(40, empty=True),
        "speech.endings": _several(words(20), 12),
    }),
    *_fields(_CHOICE, Phase.CHARACTERS, {
        "role": Literal["protagonist", "main", "supporting", "minor"],
        **_members(SpeechStyle, "speech", ("first_person", "endings")),
        **_members(Look, "look", ("seed", "marks")),
        "look.marks": _several(words(40), 6),
        **_members(Look, "other.look", ("seed", "marks")),
        "other.look.marks": _several(words(40), 6),
    }),
    *_fields(_CHOICE, Phase.CHARACTERS, {"same_as": values.Name}, additive=True),
)  # fmt: skip
_SCENE = (
    *_fields(_WORDING, Phase.PLOT, {
        "heading": words(120, empty=True), "place": words(120), "what_happens": words(600, empty=True),
    }),
    *_fields(_CHOSEN_WORD, Phase.PLOT, {"setting": _PLACE}),
    *_fields(_CHOICE, Phase.PLOT, {
        "time_of_day": TimeOfDay, "weather": Weather, "ground": Ground, "emotion": Emotion, "flashback": bool,
        "importance": Annotated[int, Bounds(ge=1, le=5)],
    }),
    *_fields(_DRAGGED, Phase.PLOT, {"position": values.BeforeScene}),
)  # fmt: skip
_LINE = (
    *_fields(_WORDING, Phase.PLOT, {"text": values.LineText}),
    *_fields(_CHOSEN_WORD, Phase.PLOT, {"speaker": values.Name | None, "kind": LineKind}),
    *_fields(_CHOICE, Phase.PLOT, {"whole": _TRUE}),
)
_THING = (
    *_fields(_WORDING, Phase.PLOT, {"marks": Marks}),
    *_fields(_CHOICE, Phase.PLOT, {"cm": Centimetres, "grip": Grip, "view": View, "grip_x": InBox, "grip_y": InBox}),
    *_fields(_DRAGGED, Phase.PLOT, {"delete": _TRUE}),
)
_BOOK = (
    *_fields(_DRAGGED, Phase.STORYBOARD, {"insert_page": values.NewPage}, additive=True),
    *_fields(_WORDING, Phase.STORYBOARD, {
        "lines": _several(values.Row, 600, 1),
    }, additive=True),
)  # fmt: skip
_PAGE = (
    *_fields(_DRAGGED, Phase.STORYBOARD, {"position": values.BeforePage, "delete": _TRUE}),
    *_fields(_DRAGGED, Phase.STORYBOARD, {"insert_panel": values.NewPanel}, additive=True),
)
_PANEL = (
    *_fields(_CHOSEN_WORD, Phase.STORYBOARD, {
        "seen": words(400, empty=True), "place": words(120, empty=True), "setting": _PLACE,
        "lighting": words(80, empty=True), "props": _several(words(40), 6),
    }),
    *_fields(_CHOICE, Phase.STORYBOARD, {
        "shot": Shot, "angle": Angle, "background": Literal["full", "partial", "none", "dark"],
        "time_of_day": TimeOfDay, "weather": Weather, "ground": Ground, "emotion": Emotion, "fixed_camera": bool,
        "flashback": bool, "in_frame": bool,
        "effects": _several(EffectName, 3), "role": Role,
        "importance": Annotated[int, Bounds(ge=1, le=5)],
    }),
    *_fields(_CHOSEN_WORD, Phase.PLOT, {"changes": _several(values.NewChange, 8)}),
    *_fields(_CHOICE, Phase.PLOT, {"shown": _TRUE}),
    *_fields("selection style_adjust drag_drop", Phase.STORYBOARD, {
        f"figures.*.{name}": kind for name, kind in values.FIGURE_FIELDS.items()
    }),
    *_fields(_DRAGGED, Phase.STORYBOARD, {"position": values.BeforePanel, "delete": _TRUE}),
    *_fields(_DRAGGED, Phase.STORYBOARD, {"split": values.Split, "merge": values.Name, "border": values.Border},
             additive=True),
    *_fields(_WORDING, Phase.STORYBOARD, {"strip_title": words(60, empty=True)}),
    *_fields("text_edit drag_drop", Phase.STORYBOARD,
             {"insert_line": values.NewLine, "insert_sound": values.NewSound}, additive=True),
    *_fields("drag_drop selection", Phase.ARTWORK, {"picture": values.Picture | None},
             goes_to=(Phase.ARTWORK, Phase.STORYBOARD)),
    *_fields(_CHOICE, Phase.ARTWORK, {"take": Annotated[int, Bounds(ge=0, le=99)]}),
)  # fmt: skip
_TEXT = (
    *_fields(_WORDING, Phase.STORYBOARD, {"text": values.LineText, "ruby": values.Rubies}, goes_to=_BALLOON_PHASES),
    *_fields(_CHOSEN_WORD, Phase.STORYBOARD, {"kind": _PART_KIND}),
    *_fields("drag_drop text_edit", Phase.STORYBOARD, {"panel": values.ToPanel, "delete": _TRUE}),
    *_fields(_DRAGGED, Phase.LETTERING, {"move": values.Move, "at": values.At}),
)
_BALLOON = (
    *_TEXT,
    *_fields(_CHOSEN_WORD, Phase.STORYBOARD, {"speaker": values.Name | None, "off_panel": bool}),
    *_fields("selection drag_drop", Phase.STORYBOARD, {"place": values.Place}, goes_to=_BALLOON_PHASES),
    *_fields("drag_drop style_adjust", Phase.LETTERING, {"scale": Annotated[float, Bounds(ge=0.6, le=1.6)]}),
    *_fields(_DRAGGED, Phase.LETTERING, {"tail": values.Tip, "tail_at": values.At}),
    *_fields(_CHOICE, Phase.LETTERING, {"runs": values.Runs, "face": LetterFace}),
)
_SOUND = (
    *_TEXT,
    *_fields("drag_drop style_adjust", Phase.LETTERING, {
        "scale": Annotated[float, Bounds(ge=0.3, le=3.0)], "turn_deg": Annotated[float, Bounds(ge=-180, le=180)],
    }),
    *_fields(_CHOICE, Phase.LETTERING, {"ink": values.Ink}),
)  # fmt: skip

REGISTRY: Mapping[ElementKind, tuple[Field, ...]] = {
    "concept": _CONCEPT,
    "character": _CHARACTER,
    "scene": _SCENE,
    "line": _LINE,
    "thing": _THING,
    "storyboard": _BOOK,
    "page": _PAGE,
    "panel": _PANEL,
    "balloon": _BALLOON,
    "sfx": _SOUND,
}


LASTING = frozenset({"at", "tail_at"})
"""What a move and a tail become when they are accepted: nothing that is offered."""


def find_field(kind: ElementKind, name: str) -> Field | None:
    """The field of this name; `figures.c01.pose` is found under `figures.*.pose`."""
    plain = pattern_of(name)
    return next((field for field in REGISTRY[kind] if field.name == plain), None)


def pattern_of(name: str) -> str:
    """A field's name in the registry."""
    first, dot, rest = name.partition(".")
    return f"figures.*.{rest.partition('.')[2]}" if first == "figures" and dot else name


@cache
def adapter(kind: ElementKind, name: str) -> TypeAdapter[Any]:
    """Checks values of a field, by the field's name in the registry."""
    field = find_field(kind, name)
    if field is None:
        raise KeyError(name)
    return TypeAdapter(field.type)


def described(kind: ElementKind, phase: Phase) -> Json:
    """What may be changed in elements of this kind when a person stands at a phase: field -> changes and schema."""
    return {field.name: _described(kind, field) for field in _open(kind, phase)}


def changes_of(kind: ElementKind, phase: Phase) -> list[str]:
    """The change types that such an element takes at a phase."""
    allowed = {change for field in _open(kind, phase) for change in field.by}
    return [change for change in get_args(ChangeType) if change in allowed]


def _open(kind: ElementKind, phase: Phase) -> Iterator[Field]:
    """Fields whose results are there already at a phase."""
    for field in REGISTRY[kind]:
        if field.name not in LASTING and any(goal.number <= phase.number for goal in field.goes_to):
            yield field


@cache
def _described(kind: ElementKind, field: Field) -> Json:
    changes = [change for change in get_args(ChangeType) if change in field.by]
    schema = adapter(kind, field.name).json_schema()
    if "vocabulary" in schema:
        schema["words"] = VOCABULARIES[schema["vocabulary"]]().shown()
    return {"changes": changes, "schema": schema}
