"""Wishes for the storyboard, through the agent, in both languages: what is out of scope stays, every line is kept."""

from collections import Counter
from typing import Any

import pytest

from manga.errors import WishRefused
from manga.storyboard import Angle, PanelDraft, Role, Shot, Storyboard
from tests.offline.wishes.revising.books import Made, board_with, made, shown

DISTANCES = tuple(shot for shot in Shot if shot is not Shot.INSERT)
NEARER, FARTHER = {"step": 1}, {"step": -1}
SIZED = {"ja": "あと少しで飛ぶ", "en": "please strike"}
QUIET = {"ja": "飛んで、お願い", "en": "please strike"}


def _words(board: Storyboard) -> Counter[str]:
    return Counter(part.key for panel in board.panels() for part in panel.dialogue.parts)


def _wished(book: Made, said: str, *scope: str) -> Storyboard:
    """The new storyboard, after what must hold for every wish."""
    new = board_with(book, (said, scope))
    assert _words(new) == _words(book.board)
    touched = {page.key for page in book.board.pages if page.key in scope or {p.key for p in page.panels} & set(scope)}
    old = {page.key: page for page in book.board.pages}
    assert all(page == old[page.key] for page in new.pages if page.key in old and page.key not in touched)
    assert new == board_with(book, (said, scope))
    return new


def _only(book: Made, said: str, key: str) -> PanelDraft:
    """The panel after a wish about it alone; the others and all frames are as they were."""
    new = _wished(book, said, key)
    assert {k: v for k, v in shown(new).items() if k != key} == {k: v for k, v in shown(book.board).items() if k != key}
    return shown(new)[key]


@pytest.mark.parametrize(
    ("language", "said", "bigger"),
    [
        ("ja", "3ページ2コマ目をもっと大きく", True),
        ("ja", "このコマは小さくしていい", False),
        ("en", "make the third panel on page 2 bigger", True),
        ("en", "a smaller panel here", False),
    ],
)
def test_a_bigger_panel_weighs_more_and_takes_more_of_its_page(language: str, said: str, bigger: bool) -> None:
    book = made(language)
    key = book.panel(SIZED[language]).key
    panel = _only(book, said, key)
    assert (panel.importance > shown(book.board)[key].importance) is bigger
    assert (_area(_wished(book, said, key), key) > _area(book.board, key)) is bigger


def _area(board: Storyboard, key: str) -> float:
    page = next(page for page in board.pages if any(p.key == key for p in page.panels))
    points = page.frame(key).polygon
    shifted = (*points[1:], points[0])
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, shifted, strict=True))) / 2


@pytest.mark.parametrize(
    ("language", "said", "changes"),
    [
        ("ja", "俯瞰で", {"angle": Angle.HIGH}),
        ("ja", "水平な目線で見せて", {"angle": Angle.EYE}),
        ("ja", "真上から見た絵に", {"angle": Angle.BIRD}),
        ("ja", "もっと引きのアングルで", FARTHER),
        ("ja", "もっと寄って", NEARER),
        ("ja", "花子のアップに", {"shot": Shot.CLOSE}),
        ("ja", "ロングショットにして", {"shot": Shot.LONG}),
        ("ja", "あおりで、花子のアップに", {"angle": Angle.LOW, "shot": Shot.CLOSE}),
        ("en", "from above", {"angle": Angle.HIGH}),
        ("en", "a low angle, please", {"angle": Angle.LOW}),
        ("en", "over her shoulder", {"angle": Angle.OVER_SHOULDER}),
        ("en", "pull back a bit", FARTHER),
        ("en", "Move in closer on Nell's face", NEARER),
        ("en", "a wide shot", {"shot": Shot.LONG}),
        ("en", "show her whole body", {"shot": Shot.FULL}),
    ],
)
def test_another_view_changes_no_frame_and_no_word(language: str, said: str, changes: dict[str, Any]) -> None:
    book = made(language)
    old = book.panel(QUIET[language])
    panel = _only(book, said, old.key)
    if step := changes.get("step"):
        changes = {"shot": DISTANCES[DISTANCES.index(old.direction.shot) + step]}
    assert panel == old.model_copy(update={"direction": old.direction.model_copy(update=changes)})
    assert [p.layout for p in _wished(book, said, old.key).pages] == [p.layout for p in book.board.pages]


def test_a_close_up_shows_whom_it_is_of_even_when_they_were_not_there() -> None:
    book = made("ja")
    figures = _only(book, "岩田さんのアップに", book.panel(QUIET["ja"]).key).direction.figures
    assert [figure.character for figure in figures] == ["c02"]


@pytest.mark.parametrize(
    ("language", "said", "before"),
    [
        ("ja", "このコマの前にセリフのない間のコマを入れてほしい", True),
        ("ja", "ここに無音のコマを", False),
        ("en", "add a silent panel after it", False),
        ("en", "a wordless beat before this", True),
    ],
)
def test_a_silent_panel_shows_the_place_alone(language: str, said: str, before: bool) -> None:
    book = made(language)
    key = book.panel(QUIET[language]).key
    panels = list(_wished(book, said, key).panels())
    (new,) = [panel for panel in panels if panel.key not in shown(book.board)]
    assert (new.dialogue.parts, new.direction.figures) == ((), ())
    assert panels.index(new) - [p.key for p in panels].index(key) == (-1 if before else 1)
    assert new.direction.setting == shown(book.board)[key].direction.setting


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "二つのコマをひとつにまとめて"), ("en", "merge these two panels")]
)
def test_merged_panels_keep_the_first_key_and_all_words_and_people(language: str, said: str) -> None:
    book = made(language)
    a, b = book.board.pages[0].panels[1:3]
    new = _wished(book, said, a.key, b.key)
    one = shown(new)[a.key]
    assert b.key not in shown(new)
    assert one.dialogue.parts == (*a.dialogue.parts, *b.dialogue.parts)
    assert set(one.beats) == {*a.beats, *b.beats}
    everyone = {f.character for panel in (a, b) for f in panel.direction.figures}
    assert {figure.character for figure in one.direction.figures} == everyone


@pytest.mark.parametrize(("language", "said"), [("ja", "二つに分けて"), ("en", "Split this panel in two")])
def test_a_panel_in_two_parts_shares_its_words(language: str, said: str) -> None:
    book = made(language)
    key = book.panel("あと少しで飛ぶ" if language == "ja" else "She was right").key
    new = _wished(book, said, key)
    page = next(page for page in new.pages if any(p.key == key for p in page.panels))
    at = [p.key for p in page.panels].index(key)
    first, second = page.panels[at : at + 2]
    assert second.key not in shown(book.board)
    assert (*first.dialogue.parts, *second.dialogue.parts) == shown(book.board)[key].dialogue.parts
    assert first.dialogue.parts
    assert second.dialogue.parts


@pytest.mark.parametrize(("language", "said"), [("ja", "このコマはいらない"), ("en", "delete this panel")])
def test_the_words_of_a_panel_that_goes_are_said_beside_it(language: str, said: str) -> None:
    book = made(language)
    key = book.board.pages[0].panels[1].key
    assert key not in shown(_wished(book, said, key))


@pytest.mark.parametrize(
    ("language", "said"), [("ja", "この二コマの順番を入れ替えて"), ("en", "swap these two panels")]
)
def test_exchanged_panels_are_read_in_the_other_order(language: str, said: str) -> None:
    book = made(language)
    keys = [panel.key for panel in book.board.pages[0].panels]
    new = _wished(book, said, keys[1], keys[2])
    assert [panel.key for panel in new.pages[0].panels] == [keys[0], keys[2], keys[1], *keys[3:]]
    assert shown(new) == shown(book.board)


@pytest.mark.parametrize(("language", "said"), [("ja", "大ゴマに"), ("en", "make it a splash")])
def test_a_splash_is_the_largest_of_its_page(language: str, said: str) -> None:
    book = made(language)
    key = book.panel(QUIET[language]).key
    new = _wished(book, said, key)
    assert (shown(new)[key].role, shown(new)[key].importance) == (Role.SPLASH, 5)
    page = next(page for page in new.pages if any(p.key == key for p in page.panels))
    assert max(page.panels, key=lambda panel: _area(new, panel.key)).key == key


@pytest.mark.parametrize(("language", "said"), [("ja", "一枚絵に"), ("en", "Turn page 2 into a single splash.")])
def test_a_whole_page_becomes_one_picture(language: str, said: str) -> None:
    book = made(language)
    new = _wished(book, said, "g002")
    assert [panel.role for panel in new.pages[1].panels] == [Role.SPLASH]


@pytest.mark.parametrize(("language", "said"), [("ja", "コマ割りが窮屈"), ("en", "this page is too crowded")])
def test_a_crowded_page_gives_half_of_its_panels_to_a_new_one(language: str, said: str) -> None:
    book = made(language)
    new = board_with(book, (said, ("g001",)))
    assert [page.number for page in new.pages] == [1, 2, 3]
    assert [page.key for page in new.pages][::2] == ["g001", "g002"]
    assert [panel.key for panel in new.panels()] == [panel.key for panel in book.board.panels()]


@pytest.mark.parametrize(
    ("language", "said"),
    [("ja", "同じ大きさばかりなのでメリハリをつけて"), ("en", "the panels are all the same size, vary them")],
)
def test_panels_of_one_size_are_varied(language: str, said: str) -> None:
    book = made(language)
    weights = [panel.importance for panel in _wished(book, said, "g001").pages[0].panels]
    assert (max(weights), min(weights)) == (5, 1)


@pytest.mark.parametrize(
    ("language", "said", "scope"),
    [
        ("ja", "逆さまに回転させて", ("b0003",)),
        ("ja", "もっと大きく", ("b0099",)),
        ("ja", "二つをまとめて", ("b0001", "b0003")),
        ("ja", "余白を広く", ("g001",)),
        ("ja", "無音のコマを入れて", ()),
        ("en", "move it to page 2", ("b0001",)),
        ("en", "turn it upside down", ("b0001",)),
        ("en", "swap it", ("b0001",)),
    ],
)
def test_what_no_rule_can_do_is_refused(language: str, said: str, scope: tuple[str, ...]) -> None:
    with pytest.raises(WishRefused) as refused:
        board_with(made(language), (said, scope))
    assert refused.value.phase == "storyboard"


def test_wishes_about_different_pages_may_come_in_any_order() -> None:
    book = made("ja")
    one, other = ("俯瞰で", ("b0003",)), ("大ゴマに", ("b0006",))
    assert board_with(book, one, other) == board_with(book, other, one)
