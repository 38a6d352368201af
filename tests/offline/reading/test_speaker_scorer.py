"""One scorer of speakers for both languages."""

import itertools

import pytest

from benchmarks.heard_talks import listen
from manga.story_source import read_source
from offline.reading.speaker_chain import NOBODY
from offline.reading.speaker_scorer import Exchange, weighed
from tests.offline.stories import read_all, spoken_by

HARBOUR = """　港で、船長と料理人の安吉が荷を待っていた。
「遅いな、安吉」
　船長が時計を見た。
「潮が引きますよ」
「引けば、明日か」
「明日です」
　安吉は鍋のふたをとった。
"""
WRIT = """Jem Pardoe swept the stage. A stranger in a black coat came in and shut the door.

"Softly, my lad," said the stranger.

"Who are you?" Jem asked.

"My name is Lusk, and this is a writ."

"On a Saturday night?"

Jem put down his broom. Lusk sat down. Lusk smiled at Jem.
"""


@pytest.mark.parametrize("text", [HARBOUR, WRIT])
def test_three_lines_score_what_their_signs_say(text: str) -> None:
    conversation, _ = listen(read_source(text))
    conversation.chances()
    lines = conversation.lines
    exchange = Exchange(conversation.listener, lines)
    for at, line in enumerate(lines):
        rows = [tuple(lines[number].signs) if number >= 0 else (NOBODY,) for number in (at - 2, at - 1)]
        found = exchange.scores(at, rows[0], rows[1], tuple(line.signs))
        places = itertools.product(*(enumerate(row) for row in (*rows, tuple(line.signs))))
        for (i, older), (j, before), (k, state) in places:
            assert found[i, j, k] == pytest.approx(weighed(exchange.signs_of(at, older, before, state)))


def test_whoever_gives_a_name_has_it() -> None:
    said = {words: name for name, words in spoken_by(*read_all(WRIT)[1:])}
    assert said["My name is Lusk, and this is a writ."] == "Lusk"
    assert said["On a Saturday night?"] != "Lusk"
