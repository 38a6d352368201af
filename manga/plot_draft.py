"""What a model answers about the plot: no places in the text, but words of it, which code finds there.

Descriptions are read by models. Descriptive words that run too long are cut, and that is told: no call is worth
repeating for them.
"""

from functools import partial
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema

from manga.brief import MAX_PAGES
from manga.characters import Character, SpeechStyle
from manga.continuity import Aspect
from manga.losses import AnswerWithLosses, Loss, Path, read_loss, shortened
from manga.phases import Phase
from manga.plot import Emotion, Ground, LineKind, TimeOfDay, Weather
from manga.values import Share, Value
from manga.vocabulary.vocabulary_entries import word_of

MOST_SCENES = 200
MOST_BEATS = 400
"""Of one scene."""


Word: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=20)), Field(max_length=20)]
Phrase: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=40)), Field(max_length=40)]
Words: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=60)), Field(max_length=60)]
Place: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=120)), Field(max_length=120)]
Hook: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=200)), Field(max_length=200)]
Summary: TypeAlias = Annotated[str, BeforeValidator(partial(shortened, most=600)), Field(max_length=600)]
Unchanged = SkipJsonSchema[None]
"""Nobody need say null of what stays as it is: schemas are half as long without."""


class Person(Value):
    """One of the cast as a story needs it: who is meant by which words, and who talks how.

    `looks` is one line: what somebody is, how old, of which sex. Empty: not told.
    """

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    age_text: str = ""
    personality: str = ""
    speech: SpeechStyle = SpeechStyle()
    looks: str = ""

    @classmethod
    def from_sheet(cls, sheet: Character, looks: str = "") -> "Person":
        own = {name: getattr(sheet, name) for name in cls.model_fields if name != "looks"}
        return cls(**own, looks=looks)

    def without_voice(self) -> "Person":
        """For whom the lines are assigned already."""
        return self.model_copy(update={"aliases": (), "speech": SpeechStyle()})


class LineDraft(Value):
    """One utterance."""

    text: str = Field(min_length=1, max_length=8000, description="letter for letter, without its quotation marks")
    kind: LineKind = LineKind.SPEECH
    speaker: str | None = Field(default=None, description="key of the cast; null when nobody can be named")
    confidence: Share = Field(default=1.0, description="how sure the speaker is")
    addressee: str | None = Field(default=None, description="key of the cast")
    brief: tuple[Annotated[str, Field(max_length=600)], ...] = Field(
        default=(), max_length=4, description="of a long line what is said when room is short, letter for letter"
    )


class DeedDraft(Value):
    """Something that one character does."""

    who: str = Field(description="key of the cast")
    action: Words = Field(description="one plain English verb")
    thing: Phrase = Field(default="", description="what is held while doing it")


class ChangeDraft(Value):
    """From this beat on somebody looks otherwise, or has something in hand."""

    who: str = Field(description="key of the cast")
    aspect: Aspect
    to: Phrase = ""
    words: Words = ""


class BeatDraft(Value):
    """One moment. It reaches from its evidence to the next beat's."""

    evidence: str = Field(
        min_length=1, max_length=400, description="the words it begins with, letter for letter, 10 to 60 characters"
    )
    lines: tuple[LineDraft, ...] = Field(default=(), max_length=60, description="what is said in it, in order")
    present: tuple[str, ...] = Field(default=(), max_length=30, description="keys of those who are seen")
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = Field(default=2, ge=1, le=5)
    action: Words = Field(default="", description="one plain English verb: run, cry, shoot, kneel")
    deeds: tuple[DeedDraft, ...] = Field(default=(), max_length=12)
    changes: tuple[ChangeDraft, ...] = Field(default=(), max_length=12)
    props: tuple[Phrase, ...] = Field(default=(), max_length=12)
    sound: Word = Field(default="", description="a sound that the story names here")
    reveal: bool = False
    hook: Hook = Field(default="", description="what it leaves open; empty for most")
    cut: bool = Field(default=False, description="an editor would leave it out")
    needs: tuple[Annotated[str, Field(max_length=400)], ...] = Field(
        default=(), max_length=4, description="first words of the evidence of what it makes no sense without"
    )
    captions: tuple[Annotated[str, Field(max_length=400)], ...] = Field(
        default=(), max_length=6, description="of its narration what only words can tell, letter for letter"
    )
    time_of_day: TimeOfDay | Unchanged = Field(default=None, description="where the hour changes within the scene")
    weather: Weather | Unchanged = None
    ground: Ground | Unchanged = None
    place: Place = Field(default="", description="of a beat that alone shows another place than its scene")
    setting: Phrase = Field(default="", description="its nearest place", json_schema_extra=word_of("places"))
    flashback: bool = Field(default=False, description="a memory, for this beat alone")


class SceneDraft(Value):
    """What happens in one place at one time."""

    key: Word = Field(default="", description="as the scene is called in `previous`; empty for a new one")
    place: Place
    setting: Phrase = Field(description="the nearest place of the list", json_schema_extra=word_of("places"))
    time_of_day: TimeOfDay = TimeOfDay.DAY
    weather: Weather = Weather.CLEAR
    ground: Ground = Ground.DRY
    what_happens: Summary = ""
    emotion: Emotion = Emotion.NEUTRAL
    importance: int = Field(default=3, ge=1, le=5)
    flashback: bool = False
    goes_on: bool = Field(default=False, description="the first scene of a part that goes on from the part before")
    beats: tuple[BeatDraft, ...] = Field(min_length=1, max_length=MOST_BEATS)


class ChangedLine(Value):
    """What is otherwise about a line. None: as it is. Its words are the story's."""

    key: str
    speaker: str | Unchanged = Field(default=None, description="key of the cast")
    kind: LineKind | Unchanged = None


class ChangedBeat(Value):
    """What is otherwise about a beat. None: as it is. `deeds`, `changes`, `props` are all that there are then."""

    key: str
    cut: bool | Unchanged = Field(default=None, description="true takes it out of the book, false brings it back")
    importance: Annotated[int, Field(ge=1, le=5)] | Unchanged = None
    present: Annotated[tuple[str, ...], Field(max_length=30)] | Unchanged = None
    emotion: Emotion | Unchanged = None
    action: Words | Unchanged = None
    deeds: Annotated[tuple[DeedDraft, ...], Field(max_length=12)] | Unchanged = None
    changes: Annotated[tuple[ChangeDraft, ...], Field(max_length=12)] | Unchanged = None
    props: Annotated[tuple[Phrase, ...], Field(max_length=12)] | Unchanged = None
    sound: Word | Unchanged = None
    reveal: bool | Unchanged = None
    lines: tuple[ChangedLine, ...] = Field(default=(), max_length=60)


class ChangedScene(Value):
    """What is otherwise about a scene. None: as it is."""

    key: str
    cut: bool | Unchanged = Field(
        default=None, description="true takes all of it out of the book, false brings it back"
    )
    after: str | Unchanged = Field(default=None, description="the scene that it comes after now; empty: it comes first")
    place: Place | Unchanged = None
    setting: Phrase | Unchanged = Field(
        default=None, description="the nearest place of the list", json_schema_extra=word_of("places")
    )
    time_of_day: TimeOfDay | Unchanged = None
    weather: Weather | Unchanged = None
    ground: Ground | Unchanged = None
    what_happens: Summary | Unchanged = None
    emotion: Emotion | Unchanged = None
    importance: Annotated[int, Field(ge=1, le=5)] | Unchanged = None
    flashback: bool | Unchanged = None
    room: Literal["more", "less"] | Unchanged = Field(default=None, description="more or fewer panels of its moments")
    beats: tuple[ChangedBeat, ...] = Field(default=(), max_length=MOST_BEATS)


class ChangedPlot(Value):
    """What a model answers to a wish about a plot. `anew` are scenes whose beats come, go apart or together: they are
    broken down again. What is not named stays."""

    scenes: tuple[ChangedScene, ...] = Field(default=(), max_length=MOST_SCENES)
    anew: tuple[str, ...] = Field(default=(), max_length=MOST_SCENES)
    pages: int = Field(default=0, ge=0, le=MAX_PAGES, description="the length that the wish names, else 0")


class BookShare(Value):
    """What a story, or a part of it, gets of the book: pages, panels, letters of spoken words, and the share of its
    moments that can stay."""

    pages: float
    panels: int
    letters: int
    stays: float


class PlotDraft(AnswerWithLosses):
    """Scenes in the order of the text. `pages` is what the author has asked for; 0 when nothing was said."""

    scenes: tuple[SceneDraft, ...] = Field(min_length=1, max_length=MOST_SCENES)
    pages: int = Field(default=0, ge=0, le=MAX_PAGES, description="the length that the author's wishes name, else 0")
    teller: str | None = Field(default=None, description="key of whoever of the cast tells the story as I")

    def beats(self) -> tuple[BeatDraft, ...]:
        return tuple(beat for scene in self.scenes for beat in scene.beats)

    def loss_of(self, path: Path, said: str, read: str | None) -> Loss:
        """The element is the place of the scene and of the beat in it, `1.12`, counted from 0."""
        return read_loss(
            Phase.PLOT, ".".join(str(step) for step in path[1:4:2] if isinstance(step, int)), path, said, read
        )
