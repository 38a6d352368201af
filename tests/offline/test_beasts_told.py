"""Beasts of a Japanese story: called shortly, doing something together, gone, and only likened to."""

from manga.brief import Settings
from manga.plot import Plot
from manga.storyboard import StoryboardDraft
from offline.directing.storyboard import draft_storyboard
from tests.offline.stories import read_all

ROCK = """岩の上

　むかし、権太という若者が、山の岩の上に坐っていました。
　すると、どこから来たか、虎が一匹、岩の上に躍り上って、一声高く吼えました。
　つづいて、大きな白蛇が一匹、崖の上から下りて来ました。白蛇は舌を吐いて、権太を睨みました。
「だれだ」と権太は言いました。
　虎と蛇とは、しばらく睨み合っていましたが、やがて一時に権太に飛びかかりました。
　権太は目をつぶりました。
　そのとき、虎と蛇とは霧の如く、夜風と共に消え失せました。
　権太はほっと息をつきました。権太は空を見上げました。
「あの虎や白蛇と同じように、みな夢だったのだ」と権太は言いました。
　権太は虎や白蛇のような雲を見上げました。
"""


def told(words: str) -> tuple[set[str], dict[str, str]]:
    """Who is seen in the beat that tells the words, and who does what."""
    _, cast, plot = read_all(ROCK)
    names = {c.key: c.name for c in cast.characters}
    beat = next(beat for beat in plot.beats() if words in beat.told)
    return {names[key] for key in beat.present}, {names[deed.who]: deed.action for deed in beat.deeds}


def drafted() -> tuple[StoryboardDraft, Plot, dict[str, str]]:
    concept, cast, plot = read_all(ROCK)
    names = {c.key: c.name for c in cast.characters}
    return draft_storyboard(plot, cast, concept, Settings()), plot, names


def test_nobody_is_there_whom_something_is_only_like() -> None:
    assert told("のような雲")[0].isdisjoint({"虎", "白蛇"})


def test_a_beast_that_roars_has_the_face_for_it() -> None:
    draft, _, names = drafted()
    figures = [f for page in draft.pages for panel in page.panels for f in panel.direction.figures]
    assert any(names[f.character] == "虎" and f.expression.value == "shout" for f in figures)


def test_who_has_vanished_is_seen_no_more() -> None:
    draft, plot, names = drafted()
    order = [beat.key for beat in plot.beats()]
    gone = next(i for i, beat in enumerate(plot.beats()) if "消え失せ" in beat.told)
    after = [
        names[figure.character]
        for page in draft.pages
        for panel in page.panels
        if order.index(panel.beats[0]) > gone
        for figure in panel.direction.figures
    ]
    assert after
    assert set(after) == {"権太"}
