"""Two short stories invented for these tests, their results without any wish, and the agents with the real writer."""

from collections.abc import Coroutine
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from agents.characters import make_cast
from agents.concept import make_concept
from agents.picture_wishes import ToDraw, redirected
from agents.plot.agent import make_plot
from agents.storyboard.agent import make_storyboard
from manga.brief import Settings
from manga.characters import Cast, Look
from manga.concept import Concept
from manga.plot import Plot
from manga.proposed_changes import LetteringChanges
from manga.revision import Revision, Wish
from manga.storyboard import PanelDraft, Storyboard
from offline.writer import OfflineWriter
from providers.base import Ask
from providers.process_pool import InlineOffload

KITE = """凧の手紙

　町はずれの工場に、花子という娘がいました。花子は毎日、古い凧をなおしていました。
「花子さん、もう日が暮れるぞ」と岩田さんは言いました。
「あと少しで飛ぶんです」と花子は答えました。
　岩田さんはため息をついて、戸をバタンとしめました。

　朝が来ると、花子は丘にのぼりました。風が強く吹いていました。
「飛んで、お願い、遠くまで飛んで」と花子は叫びました。
　凧は高く上がって、雲の中に消えました。
　花子は走って、凧を追いかけました。

　その晩、花子は家で手紙を読みました。
「ありがとう、凧はとどいたよ」と花子は読みました。
　花子は涙をふいて、笑いました。
「ああ、よかったな。今日はもう休みなさい」と岩田さんは言いました。
"""
CLOCK = """The Borrowed Clock

In a small shop by the harbour lived a woman called Nell. Nell mended clocks that nobody wanted.

"This one is broken for good," said Mr. Oakes.

"Well, nothing is broken for good. You only have to listen," said Nell. "Every day."

Mr. Oakes shook his head and left the shop.

The next morning Nell carried the clock up the hill. It was cold in the wood.

"Strike, please strike once," whispered Nell.

The clock struck, and the birds flew up from the grass.

That night Mr. Oakes sat in his kitchen. Mr. Oakes heard the clock through the wall.

"She was right," said Mr. Oakes.

"You heard it," said Nell, and she laughed.
"""
R = TypeVar("R")
STORIES = {"ja": KITE, "en": CLOCK}
SETTINGS = Settings(seed=5)
WRITER = OfflineWriter(InlineOffload())


def at_once(work: Coroutine[Any, Any, R]) -> R:
    """What a coroutine that waits for nothing answers, inside an event loop or outside."""
    try:
        work.send(None)
    except StopIteration as done:
        answer: R = done.value
        return answer
    raise AssertionError("it waits for something")


@dataclass(frozen=True)
class Made:
    """A book as far as the storyboard, without any wish."""

    story: str
    concept: Concept
    cast: Cast
    plot: Plot
    board: Storyboard

    def who(self, name: str) -> str:
        return next(c.key for c in self.cast.characters if c.name == name)

    def panel(self, words: str) -> PanelDraft:
        """The panel in which these words are lettered."""
        return next(p for p in self.board.panels() if any(words in part.text for part in p.dialogue.parts))

    def part(self, words: str) -> str:
        return next(part.key for part in self.panel(words).dialogue.parts if words in part.text)

    def page_of(self, panel: str) -> str:
        return next(page.key for page in self.board.pages if any(p.key == panel for p in page.panels))


@cache
def made(language: str) -> Made:
    return at_once(_made(STORIES[language]))


async def _made(story: str) -> Made:
    concept = await make_concept(story=story, settings=SETTINGS, text=WRITER)
    cast = await make_cast(story=story, concept=concept, settings=SETTINGS, text=WRITER)
    plot = await make_plot(story=story, concept=concept, cast=cast, settings=SETTINGS, text=WRITER)
    board = await make_storyboard(plot=plot, cast=cast, concept=concept, settings=SETTINGS, text=WRITER)
    return Made(story, concept, cast, plot, board)


def concept_with(book: Made, *wishes: Wish, settings: Settings = SETTINGS) -> Concept:
    revision = Revision(wishes, book.concept)
    return at_once(make_concept(story=book.story, settings=settings, text=WRITER, revision=revision))


def cast_with(book: Made, *wishes: Wish) -> Cast:
    revision = Revision(wishes, book.cast)
    return at_once(make_cast(story=book.story, concept=book.concept, settings=SETTINGS, text=WRITER, revision=revision))


def look_with(book: Made, name: str, *wishes: str) -> Look:
    """The look of one person after wishes about that person alone; the others are as they were."""
    key = book.who(name)
    cast = cast_with(book, *((said, (key,)) for said in wishes))
    others = [c for c in cast.characters if c.key != key]
    assert others == [c for c in book.cast.characters if c.key != key]
    person = cast.get(key)
    assert person is not None
    return person.look


def plot_with(book: Made, *wishes: Wish) -> Plot:
    how = {"settings": SETTINGS, "text": WRITER, "revision": Revision(wishes, book.plot)}
    return at_once(make_plot(story=book.story, concept=book.concept, cast=book.cast, **how))  # type: ignore[arg-type]


def board_with(book: Made, *wishes: Wish) -> Storyboard:
    made_from: dict[str, Any] = {"plot": book.plot, "cast": book.cast, "concept": book.concept, "settings": SETTINGS}
    return at_once(make_storyboard(**made_from, text=WRITER, revision=Revision(wishes, book.board)))


def drawing_with(book: Made, *wishes: Wish) -> ToDraw:
    return at_once(redirected(storyboard=book.board, cast=book.cast, text=WRITER, revision=Revision(wishes)))


def letters_with(book: Made, *wishes: Wish) -> LetteringChanges:
    parts = {panel.key: panel.dialogue for panel in book.board.panels()}
    ask = Ask("lettering", {"parts": parts, "cast": book.cast}, LetteringChanges, Revision(wishes))
    answer: LetteringChanges = at_once(WRITER.answer(ask))
    return answer


def shown(board: Storyboard) -> dict[str, PanelDraft]:
    return {panel.key: panel for panel in board.panels()}
