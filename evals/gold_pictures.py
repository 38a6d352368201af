"""What the pictures of a story must show and must not: the part of a gold file that is compared with what was drawn.

Nouns are plain English singulars in lower case ("lantern", "rice field"), in stories of every language, because
renderers name what they draw in English. Every place in the text is an anchor, the story's own words, with its offsets.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

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
