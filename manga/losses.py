"""What somebody said and the book does not show as it was said: cut, shortened, replaced, refused, not drawn; and why.

A phase's result keeps what only its making knows; what can be seen by holding two results against each other (a beat on
no page, a thing in no picture) is worked out when it is asked for, so that it is never out of date.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any, Final, Self, TypeAlias

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, model_validator
from pydantic.json_schema import SkipJsonSchema

from manga.phases import Phase
from manga.values import Value, on_one_line

LONGEST_SAID = 200
_SOFT = 0.6
"""From this share of the room on a text ends between two words rather than within one."""
_ENDS = frozenset(" \u3000\n、。，．,.;:!?！？…")
_NO_WORDS: Final = frozenset({"key", "span", "ruby", "number", "losses", "beats_shown"})
"""Fields of an answer that hold keys, or what code counts."""


class LossKind(StrEnum):
    """What became of it."""

    CUT = "cut"
    SHORTENED = "shortened"
    REPLACED = "replaced"
    REFUSED = "refused"
    NOT_DRAWN = "not_drawn"
    FLAWED = "flawed"


class Reason(StrEnum):
    """Why. The sentences for people are `REASONS`."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NEAREST = "nearest"
    UNKNOWN_WORD = "unknown_word"
    NOT_IN_CAST = "not_in_cast"
    EDITOR = "editor"
    NEEDED = "needed"
    NOT_SAID = "not_said"
    NO_ROOM = "no_room"
    ABRIDGED = "abridged"
    FAITHFUL = "faithful"
    PLAN_BROKEN = "plan_broken"
    PANELS_COUNTED = "panels_counted"
    OTHER_PAGE = "other_page"
    AS_SCENE = "as_scene"
    OWN_WORDS = "own_words"
    CLAUSE = "clause"
    NOT_SHOWN = "not_shown"
    NOT_DIRECTED = "not_directed"
    CANNOT_DRAW = "cannot_draw"
    NOT_SEEN = "not_seen"
    OUT_OF_SCOPE = "out_of_scope"
    PERSON = "person"
    UNKNOWN_KEY = "unknown_key"
    CHANGED_SINCE = "changed_since"
    LETTERER = "letterer"
    RULE = "rule"
    NO_SHAPE = "no_shape"
    BAD_SHAPE = "bad_shape"
    NO_ANSWER = "no_answer"
    LOOKED_AT = "looked_at"
    IS_SOMEBODY = "is_somebody"


REASONS: Final[dict[Reason, tuple[str, str]]] = {
    Reason.TOO_LONG: ("longer than there is room for", "長すぎる"),
    Reason.TOO_MANY: ("more than there is room for", "数が多すぎる"),
    Reason.NEAREST: ("the nearest that the artist knows", "絵にできるものの中で最も近い"),
    Reason.UNKNOWN_WORD: ("a word that the artist does not know", "絵にできない言葉"),
    Reason.NOT_IN_CAST: ("nobody of the cast", "登場人物にいない"),
    Reason.EDITOR: ("the editor would leave it out of a short book", "短い本では省くと編集者が決めた"),
    Reason.NEEDED: ("another moment of the book counts on it", "ほかの場面に必要"),
    Reason.NOT_SAID: ("no caption or balloon says it", "どのナレーションにもせりふにもない"),
    Reason.NO_ROOM: ("the book has no room for it", "本に入りきらない"),
    Reason.ABRIDGED: ("a long speech in brief", "長いせりふの要約"),
    Reason.FAITHFUL: ("a faithful book leaves nothing out", "原作どおりの本では何も省かない"),
    Reason.PLAN_BROKEN: ("the page plan broke its rules twice", "ページ割りが二度とも規則に合わない"),
    Reason.PANELS_COUNTED: ("pictures are limited: it shares a panel", "絵の数が限られているため、同じコマに入る"),
    Reason.OTHER_PAGE: ("another page shows it", "ほかのページに出る"),
    Reason.AS_SCENE: ("the plot's scene says so", "プロットの場面に合わせた"),
    Reason.OWN_WORDS: ("the story's own words stand", "原文の言葉のままにする"),
    Reason.CLAUSE: ("no text ends within a clause", "文の途中では切らない"),
    Reason.NOT_SHOWN: ("no panel of the storyboard shows it", "ネームのどのコマにもない"),
    Reason.NOT_DIRECTED: ("no panel is directed to show it", "どのコマにも指定がない"),
    Reason.CANNOT_DRAW: ("the artist cannot draw it", "絵にできない"),
    Reason.NOT_SEEN: ("directed, and not seen in the picture", "指定したが、絵に見えない"),
    Reason.OUT_OF_SCOPE: ("not asked for", "頼まれていない"),
    Reason.PERSON: ("a person has set it", "人が決めたもの"),
    Reason.UNKNOWN_KEY: ("there is nothing of this key", "そのキーのものはない"),
    Reason.CHANGED_SINCE: ("it has changed since", "そのあとで変わった"),
    Reason.LETTERER: ("fewer words, to be read in a breath", "一息で読めるように短くした"),
    Reason.RULE: ("against the rules of lettering", "写植の規則に合わない"),
    Reason.NO_SHAPE: ("the model gave it no shape", "モデルが形を描かなかった"),
    Reason.BAD_SHAPE: ("its shape breaks the limits of what is drawn", "形が描ける範囲を越えている"),
    Reason.NO_ANSWER: ("the model could not be asked for its shape", "形をモデルに尋ねられなかった"),
    Reason.LOOKED_AT: ("a model that looked at the picture says so", "絵を見たモデルの指摘"),
    Reason.IS_SOMEBODY: ("somebody who is there is this thing", "そこにいる登場人物そのもの"),
}
"""In English and in Japanese."""


WHAT_JA: Final = {
    "beat": "場面の一こま", "line": "せりふ", "caption": "ナレーション", "sound": "音", "prop": "小物",
    "props": "小物", "holds": "手に持つ物", "figure": "人物", "figures": "人物", "present": "居合わせる人",
    "deed": "動作", "change": "変化", "setting": "場所", "place": "場所", "weather": "天気", "ground": "地面",
    "time_of_day": "時刻", "costume": "服", "hat": "帽子", "hair": "髪型", "outfit": "服", "panel": "コマ",
    "panels": "コマ数", "plan": "ページ割り", "side": "立ち位置", "kind": "話し方", "reading": "読み",
    "seen": "絵の説明", "hook": "引き", "passage": "省いた箇所", "cut": "省略", "character": "人物", "beast": "動物",
    "shape": "物の形", "needs": "必要な場面", "teller": "語り手", "captions": "ナレーション",
}  # fmt: skip
"""What `Loss.what` is called in Japanese; what is not here is called by its own word."""


def _brief(text: Any) -> Any:
    return f"{text[: LONGEST_SAID - 1]}…" if isinstance(text, str) and len(text) > LONGEST_SAID else text


Words: TypeAlias = Annotated[str, BeforeValidator(_brief), Field(max_length=LONGEST_SAID)]


class Loss(Value):
    """One thing. `element` is the key of the beat, line, panel, part, page, scene or person that it is about, `what`
    names the kind of thing (`beat`, `line`, `prop`, `place` …), `instead` what stands in its place."""

    kind: LossKind
    phase: Phase
    element: str = Field(default="", max_length=40)
    what: str = Field(default="", max_length=40)
    said: Words = ""
    instead: Words = ""
    reason: Reason


def told(loss: Loss, *, japanese: bool = False) -> str:
    """A sentence for people, on one line, with nothing that a screen obeys."""
    why, said, instead = REASONS[loss.reason][japanese], on_one_line(loss.said), on_one_line(loss.instead)
    what = (WHAT_JA.get(loss.what, loss.what) if japanese else loss.what).replace("_", " ")
    if japanese:
        return f"{what}「{said}」{f'→「{instead}」' if instead else ''}：{why}"
    return f'{what} "{said}"{f" → “{instead}”" if instead else ""}: {why}'.lstrip()


def shortened(text: Any, most: int) -> Any:
    """At most so many letters of a text, to the end of a word where one ends late enough. What is no text stays."""
    if not isinstance(text, str) or len(text) <= most:
        return text
    end = next((at for at in range(most, int(most * _SOFT), -1) if text[at] in _ENDS), most)
    return text[:end].rstrip()


Path: TypeAlias = tuple[str | int, ...]
"""How a value lies within an answer: `("scenes", 2, "beats", 0, "sound")`."""


class AnswerWithLosses(Value):
    """An answer of a model, with what reading it has lost: texts cut, words replaced by the nearest, rows too many."""

    losses: SkipJsonSchema[tuple[Loss, ...]] = Field(default=(), exclude_if=lambda losses: not losses)

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        raw = cls.completed(data)
        value = handler(raw)
        if not isinstance(data, dict):
            return value
        found = tuple(value.loss_of(path, said, read) for path, said, read in lost_in_reading(data, value))
        return value.model_copy(update={"losses": (*value.losses, *found)}) if found else value

    @classmethod
    def completed(cls, data: Any) -> Any:
        """The answer with what code sets anyway; a class that has such fields says how."""
        return data

    def as_asked(self) -> dict[str, Any]:
        """Plain JSON by the schema that the model answers by, without defaults: what it is shown as its own answer."""
        return self.model_dump(mode="json", exclude={"losses"}, exclude_defaults=True)

    def loss_of(self, path: Path, said: str, read: str | None) -> Loss:
        """A loss at a place of the answer, under the phase that asked. Each class says it."""
        raise NotImplementedError


def lost_in_reading(said: Any, read: Any, path: Path = ()) -> Iterator[tuple[Path, str, str | None]]:
    """Every text of plain JSON that its value does not have as it was said: the place, the text, what is read instead
    (None: nothing). Keys, and what code counts, are no words."""
    if isinstance(read, Value) and isinstance(said, dict):
        for name in (name for name in said if name not in _NO_WORDS):
            yield from lost_in_reading(said[name], getattr(read, name, None), (*path, name))
    elif isinstance(said, list | tuple) and isinstance(read, tuple):
        for at, one in enumerate(said):
            if at < len(read):
                yield from lost_in_reading(one, read[at], (*path, at))
            else:
                yield (*path, at), _shown(one), None
    elif isinstance(said, str) and isinstance(read, str) and said != str(read):
        yield path, said, str(read)


def _shown(one: Any) -> str:
    """What was said of a row: itself, or its own words."""
    if isinstance(one, dict):
        return " ".join(str(value) for value in one.values() if isinstance(value, str))
    return str(one)


def read_loss(phase: Phase, element: str, path: Path, said: str, read: str | None) -> Loss:
    """What became of words in reading: cut where nothing is left, shortened where their beginning is, else replaced."""
    what = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if read is None:
        kind, reason = LossKind.CUT, Reason.TOO_MANY
    elif said.startswith(read):
        kind, reason = LossKind.SHORTENED, Reason.TOO_LONG
    else:
        kind, reason = LossKind.REPLACED, Reason.NEAREST
    return Loss(kind=kind, phase=phase, element=element, what=what, said=said, instead=read or "", reason=reason)
