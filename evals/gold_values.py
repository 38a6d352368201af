"""The values of a gold file: what a careful reader finds in a story, and what its pictures must show and must not.

Nouns are plain English singulars in lower case ("lantern", "rice field"), in stories of either language.
"""

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from manga.brief import Language
from manga.characters import Age, Kind
from manga.concept import Genre, Period
from manga.plot import TimeOfDay, Weather
from manga.values import Value

Key: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words: TypeAlias = Annotated[str, Field(min_length=1)]
At: TypeAlias = Annotated[tuple[int, int], Field(description="start and end in the body, half open, in code points")]
Noun: TypeAlias = Annotated[str, Field(pattern=r"^[a-z]+([ -][a-z]+)*$")]

DeedOfTwo: TypeAlias = Literal[
    "give", "show", "snatch", "seize", "push", "pull", "strike", "threaten", "stab", "shoot", "bind", "throw",
    "wrestle", "chase", "spy", "embrace", "kiss", "stroke", "carry", "lead", "dance", "lift", "help_up", "feed", "pour",
    "kneel", "bow", "whisper", "point", "meet", "accompany", "visit_sick", "part", "ride", "rescue", "heal",
]  # fmt: skip
DeedOfOne: TypeAlias = Literal[
    "stand", "sit", "lie", "walk", "run", "jump", "climb", "fall", "crawl", "swim", "fly", "row", "drive", "sleep",
    "wake", "eat", "drink", "read", "write", "draw", "play_music", "sing", "play", "cook", "cut", "wash", "sweep",
    "sew", "dig", "build", "mend", "plant", "gather", "work", "open", "close", "light", "burn", "break", "look_at",
    "look_into", "look_back", "look_up", "search", "find", "listen", "peep", "reach", "catch", "put", "wear", "undress",
    "knock", "hide", "wait", "pray", "weep", "laugh", "shout", "talk", "think", "tremble", "die", "appear", "vanish",
    "transform", "leave", "arrive", "flow", "break_out",
]  # fmt: skip
Deed: TypeAlias = DeedOfTwo | DeedOfOne
"""What a body can be seen to do. `talk` is for events that are nothing but talk; `flow` and `break_out` are for water,
fire and the like."""

NeverKind: TypeAlias = Literal["simile", "talk", "denial", "wish", "memory", "name", "idiom"]
"""Why a word of the text is no picture: a likeness; only spoken of; said not to be; wished or planned; remembered in a
word and not told as a scene; part of a name or trade; a way of speaking."""


class Thing(Value):
    """A key thing: without it an event cannot be told, or somebody acts on it. Neither a person nor a place.

    Things that merely stand about are not listed.
    """

    key: Key
    name: Words = Field(description="as the story names it most often")
    words: tuple[Words, ...] = Field(default=(), description="other words by which the text names it")
    nouns: tuple[Noun, ...] = Field(min_length=1, description="a drawing called so shows it; the closest first")
    unique: bool = Field(default=True, description="there is one of it in the story, not several of a kind")
    anchor: Words = Field(description="words in which it is first really there")
    at: At


class Held(Value):
    """A stretch of the text through which somebody is told to have a thing in the hand (paw, beak, mouth)."""

    who: Key
    thing: Key
    anchor: Words = Field(description="words in which it is taken up, or first told to be in the hand")
    at: At
    until: Words | None = Field(default=None, description="words in which it leaves the hand; null: with the scene")
    until_at: At | None = None


class Never(Value):
    """Words that must become neither a picture nor, where `sound`, a drawn sound."""

    kind: NeverKind
    anchor: Words = Field(description="the words, long enough to be found once")
    at: At
    nouns: tuple[Noun, ...] = Field(default=(), description="a drawing called so shows it; empty: only a sound")
    person: Key | None = Field(default=None, description="of the cast, where it is somebody who is not there")
    sound: bool = Field(default=False, description="it could be mistaken for a sound")


Role: TypeAlias = Literal["main", "supporting", "minor", "mentioned"]
QuoteKind: TypeAlias = Literal["speech", "thought", "song", "cry", "letter", "sfx", "sign", "term"]
Way: TypeAlias = Literal[
    "first_person", "many_speakers", "no_dialogue", "dialogue_only", "letters", "flashback", "animals"
]

SPOKEN: Final = frozenset({"speech", "thought", "song", "cry", "letter"})
"""Kinds that somebody utters; the others have no speaker."""


class Person(Value):
    """Somebody of the cast. Aliases and looks stand in the story word for word."""

    key: Key
    name: Words = Field(description="as the story names them most often; a description where it gives no name")
    aliases: tuple[Words, ...] = Field(default=(), description="other names, titles, kinship words; not pronouns")
    role: Role = Field(description="mentioned: talked of, never there")
    kind: Kind | None = Field(default=Kind.HUMAN, description="null: none of these")
    gender: Literal["female", "male"] | None = Field(default=None, description="null: the story does not tell")
    age: Age | None = Field(default=None, description="null: the story does not tell")
    looks: tuple[Words, ...] = Field(default=(), description="what can be seen of them, in the story's words")
    group: bool = Field(default=False, description="several who act and speak as one")
    species: Noun | None = Field(default=None, description="what they are, where they are not human: badger, robot")


class Event(Value):
    """Something a retelling must not lose. `at` is its anchor, the words in which it happens."""

    key: Annotated[str, Field(pattern=r"^e\d{1,2}$")]
    what: Words = Field(description="in the story's language")
    anchor: Words
    at: At
    weight: int = Field(ge=1, le=3, description="3: without it the story falls apart")
    who: tuple[Key, ...] = Field(default=(), description="who is seen in it")
    doer: tuple[Key, ...] = Field(default=(), description="who of them does the deed")
    deed: Deed | None = Field(default=None, description="what they do; null: not annotated")
    patient: tuple[Key, ...] = Field(default=(), description="to whom or with whom they do it")
    things: tuple[Key, ...] = Field(default=(), description="key things that a picture of it must show")
    great: bool = Field(default=False, description="one of the three to five greatest moments of the story")


class Quote(Value):
    """Words in quotation marks, the marks outside. A quote split by "said X" is two."""

    at: At
    kind: QuoteKind
    by: tuple[Key, ...] = Field(default=(), description="who speaks; empty for sfx, sign and term")
    match: Literal["all", "any"] = Field(default="all", description="any: the story leaves open who of them it is")
    text: Words


class Scene(Value):
    """What happens in one place at one time. It lasts until the next one begins."""

    anchor: Words = Field(description="its first words")
    at: At
    place: Words = Field(description="in the story's language")
    time: TimeOfDay | None = Field(default=None, description="null: the story does not tell")
    weather: Weather | None = Field(default=None, description="null: the story does not tell")
    flashback: bool = False
    who: tuple[Key, ...] = Field(default=(), description="who is there")
    heard: tuple[Key, ...] = Field(default=(), description="who of them is only heard and must not be seen")
    settings: tuple[Noun, ...] = Field(default=(), description="a drawing of one of these places shows it")
    inside: bool | None = Field(default=None, description="null: neither, or it goes to and fro")
    teller: Key | None = Field(default=None, description="who tells it: I, or the writer of a letter")


class Gold(Value):
    """One story's annotations: the content of one file in `stories/gold`."""

    title: Words
    language: Language
    genres: tuple[Genre, ...] = Field(min_length=1, max_length=4, description="the first leads")
    period: Period | None = Field(default=None, description="null: the story does not tell")
    ways: tuple[Way, ...] = Field(default=(), description="what is uncommon in the telling")
    cast: tuple[Person, ...] = Field(min_length=1)
    scenes: tuple[Scene, ...] = Field(min_length=1)
    events: tuple[Event, ...] = Field(min_length=10, max_length=30)
    quotes: tuple[Quote, ...] = ()
    unmarked: tuple[Quote, ...] = Field(default=(), description="thoughts and calls without quotation marks")
    things: tuple[Thing, ...] = Field(default=(), description="key things; empty: not annotated")
    held: tuple[Held, ...] = ()
    never: tuple[Never, ...] = Field(default=(), description="words that must not become pictures or sounds")

    def spoken(self) -> tuple[Quote, ...]:
        """The quotes that somebody utters."""
        return tuple(quote for quote in self.quotes if quote.kind in SPOKEN)

    def person(self, key: str) -> Person:
        """Raises KeyError for a key that is not in the cast."""
        found = {person.key: person for person in self.cast}
        return found[key]
