"""Small stories written for these tests, and how they are read."""

import functools

from manga.brief import Settings
from manga.characters import Cast
from manga.concept import Concept
from manga.plot import Line, LineKind, Plot
from offline.writer import write_characters, write_concept, write_plot

BRIDGE = """古い橋

　むかし、ある村に、権太というお百姓がいました。権太の家のとなりには、お花という娘がすんでいました。
　ある朝、権太は川のそばで、小さな狐が泣いているのを見つけました。
「どうした、狐」と権太は言いました。
「橋がこわれて、おっ母のところへ帰れないのです」と、狐は答えました。
　権太は狐を抱いて、川を渡りました。
　その晩、雨が降りました。権太が戸を開けると、お花が立っていました。
「権太さん、川があふれます。逃げましょう」
「よし、村の人を起こそう」
「はい」
　権太は「火の用心」という札のさがった鐘を、カーンと鳴らしました。
　つぎの日、村人たちは山の上から、流された橋を見ました。
「ああ、あの狐が知らせてくれたのだ」と、権太は思いました。
　お花は黙ってうなずきました。
"""
LAMP = """The Lamp

One winter evening the old captain sat in his little house by the sea. His granddaughter Nell stood at the window.

"The lamp is out," said Nell. "No ship can find the harbour."

"Then somebody must climb up," the captain answered, and he reached for his coat.

"You are too old!" cried Nell. "I will go."

She ran along the beach through the wind. At the top of the tower she lit the lamp with trembling hands.

The next morning a ship lay in the harbour. The captain kissed Nell.

"You were brave," he said.
"""


@functools.cache
def read_all(story: str) -> tuple[Concept, Cast, Plot]:
    settings = Settings()
    concept = write_concept({"story": story, "settings": settings})
    cast = write_characters({"story": story, "concept": concept, "settings": settings})
    plot = write_plot({"story": story, "concept": concept, "cast": cast, "settings": settings})
    return concept, cast, plot


def lines_of(plot: Plot) -> list[Line]:
    return [line for beat in plot.beats() for line in beat.lines]


def spoken_by(cast: Cast, plot: Plot) -> list[tuple[str, str]]:
    """Speaker's name and words of everything that is said."""
    names = {c.key: c.name for c in cast.characters}
    return [
        (names.get(line.speaker or "", "-"), line.text)
        for line in lines_of(plot)
        if line.kind is not LineKind.NARRATION
    ]
