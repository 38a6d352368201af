"""Books with one fault each in how they flow and how they fill their pages: the gate, and who makes the book."""

from collections.abc import Callable

from drawing.ink.paths import poly, to_data, union
from drawing.layout.spreads import fold_of
from manga.artwork import Breakout, FigureAnchors
from manga.book import PageGraph
from manga.geometry import Rect, bounds
from manga.lettering import Balloon, BalloonKind, Sfx
from manga.values import Span
from tests.drawing.pages.made import BOXES, SILENT, balloon, book, each, page, run, short_of, with_balloon, with_panel

Book = tuple[PageGraph, ...]
AT = 3
"""The page that is spoilt."""


def on_third(change: Callable[[PageGraph], PageGraph]) -> Book:
    return tuple(change(graph) if graph.number == AT else graph for graph in book())


def _shifted(b: Balloon, x: float, y: float, kind: BalloonKind = BalloonKind.MONOLOGUE) -> Balloon:
    """The same words elsewhere, without a tail; a monologue without a border."""
    old = bounds(b.polygon)
    dx, dy = x - old.centre[0], y - old.centre[1]
    glyphs = tuple(
        g.model_copy(update={"at": (g.at[0] + dx, g.at[1] + dy), "box": g.box.moved(dx, dy)}) for g in b.text.glyphs
    )
    text = b.text.model_copy(update={"glyphs": glyphs, "box": b.text.box.moved(dx, dy)})
    body = old.moved(dx, dy).polygon()
    outline = "" if kind is BalloonKind.MONOLOGUE else to_data(poly(body))
    return b.model_copy(
        update={"kind": kind, "text": text, "polygon": body, "outline": outline, "tail_tip": None, "speaker": None}
    )


def _placed(places: dict[int, tuple[float, float]]) -> Callable[[PageGraph], PageGraph]:
    def change(graph: PageGraph) -> PageGraph:
        for at, (x, y) in places.items():
            graph = with_balloon(graph, at, lambda b, x=x, y=y: _shifted(b, x, y))  # type: ignore[misc]
        return graph

    return change


def _crossing_ways() -> Book:
    return on_third(_placed({0: (150, 32), 1: (150, 150), 2: (60, 34), 3: (90, 85)}))


def _back_up() -> Book:
    return on_third(_placed({1: (60, 130), 2: (140, 100)}))


def _weak_ends() -> Book:
    return each(book(), lambda graph: with_panel(graph, 4, role="talk", importance=1))


def _one_distance() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        for at in (1, 2):
            graph = with_panel(graph, at, shot="medium")
        return graph

    return on_third(change)


def _nobody_feels_it() -> Book:
    return on_third(lambda graph: with_panel(graph, 2, importance=5))


def _cut_alike() -> Book:
    first, second, _, *others = book()
    return (first, second, page(4).model_copy(update={"number": AT}), *others)


def _narrow_tiers() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        for at in (1, 4):
            box = bounds(graph.panels[at].polygon)
            thin = Rect(x=box.x, y=box.y, width=box.width - 5, height=box.height)
            graph = with_panel(graph, at, polygon=thin.polygon())
        return graph

    return each(book(), change)


def _tiny_panel() -> Book:
    return on_third(lambda graph: with_panel(graph, 1, polygon=Rect(x=47.6, y=48.5, width=20, height=40).polygon()))


def _no_picture_left() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        whole = bounds(graph.panels[0].polygon).inset(2).polygon()
        filled: dict[str, object] = {"kind": BalloonKind.CAPTION, "tail_tip": None, "speaker": None}
        filled |= {"polygon": whole, "outline": to_data(poly(whole))}
        graph = with_panel(graph, 0, figures=())
        return with_balloon(graph, 0, lambda b: b.model_copy(update=filled))

    return (book()[0], *each(book()[1:4], change), *book()[4:])


def _three_in_a_narrow_panel() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        *before, own, last = graph.balloons
        box = bounds(graph.panels[3].polygon)
        more = []
        for i in range(2):
            text = run("あ", box.x + 14 - 8 * i, box.y + 4, 900 + i)
            body = text.box.inset(-1).polygon()
            update = {"key": f"l{900 + i:04}.1", "text": text, "polygon": body, "outline": to_data(poly(body))}
            more.append(own.model_copy(update=update | {"speaker": None, "tail_tip": None}))
        found = (*before, own, *more, last)
        numbered = tuple(b.model_copy(update={"order": n}) for n, b in enumerate(found))
        return graph.model_copy(update={"balloons": numbered})

    return (book()[0], *each(book()[1:4], change), *book()[4:])


def _in_the_margin() -> Book:
    return on_third(lambda graph: with_balloon(graph, 3, lambda b: _shifted(b, 12, 200)))


def _out_of_its_border() -> Book:
    def change(b: Balloon) -> Balloon:
        boxed = _shifted(b, *bounds(b.polygon).centre, kind=BalloonKind.CAPTION)
        aside = _shifted(b, bounds(b.polygon).centre[0] - 9, bounds(b.polygon).centre[1])
        return boxed.model_copy(update={"text": aside.text})

    return on_third(lambda graph: with_balloon(graph, 1, change))


def _long_columns() -> Book:
    def change(b: Balloon) -> Balloon:
        return balloon(32, b.order, BOXES[2], column=12)

    return on_third(lambda graph: with_balloon(graph, 1, change))


def _captioned(graph: PageGraph, count: int) -> PageGraph:
    for at in range(count):
        graph = with_balloon(graph, at, lambda b: _shifted(b, *bounds(b.polygon).centre, kind=BalloonKind.CAPTION))
    return graph


def _shrunk_type() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        for at in range(4):
            graph = with_balloon(
                graph,
                at,
                lambda b: b.model_copy(update={"text": b.text.model_copy(update={"size_q": 15.0})}),
            )
        return graph

    return on_third(change)


def talkative() -> Book:
    """A page of four long speeches."""

    def change(graph: PageGraph) -> PageGraph:
        boxes = [BOXES[i] for i in (0, 2, 3, 4)]
        numbers = [AT * 10 + i for i in (0, 2, 3, 4)]
        made = tuple(
            balloon(number, order, box, "あいうえおかきくけこ" * 4 + "さし", column=10)
            for order, (number, box) in enumerate(zip(numbers, boxes, strict=True))
        )
        for at, b in zip((0, 2, 3, 4), made, strict=True):
            graph = with_panel(graph, at, spans=(b.text.span,))
        return graph.model_copy(update={"balloons": made})

    return on_third(change)


def _tail_like_a_spear() -> Book:
    """The tail of the widest panel's balloon goes all the way to the mouth."""

    def change(graph: PageGraph) -> PageGraph:
        old = graph.balloons[1]
        mouth = old.aims_at or (0.0, 0.0)
        tip = short_of(bounds(old.polygon).centre, mouth, 13)
        return with_balloon(graph, 1, lambda b: b.model_copy(update={"outline": _pointed(b, tip), "tail_tip": tip}))

    return on_third(change)


def _pointed(b: Balloon, tip: tuple[float, float]) -> str:
    body = bounds(b.polygon)
    tail = poly(((body.x + 4, body.bottom - 6), (body.x + 8, body.bottom - 3), tip))
    return to_data(union(poly(b.polygon), tail))


def _figure_over_words() -> Book:
    """A figure of the third panel stands before its border, and over the balloon above."""

    def change(graph: PageGraph) -> PageGraph:
        words = bounds(graph.balloons[0].polygon).polygon()
        return with_panel(graph, 2, breakout=Breakout(character="c01", outlines=(words,)))

    return on_third(change)


def _sound_in_the_fold() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        fold = fold_of(graph.trim, graph.side)
        shape = Rect(x=fold - 3, y=20, width=6, height=6).polygon()
        sound = Sfx(
            key="l0900.1", panel=graph.panels[0].key, text="ド", outline=to_data(poly(shape)), polygon=shape,
            span=Span(start=9000, end=9001),
        )  # fmt: skip
        return graph.model_copy(update={"sfx": (sound,), "spread": "first"})

    return on_third(change)


def _with_second(graph: PageGraph, dx: float) -> PageGraph:
    """Somebody else beside the one who is seen in the silent panel."""
    first = graph.panels[SILENT].figures[0]
    head, body = Rect(x=0, y=first.body.y, width=8, height=9), first.body
    at = body.centre[0] + dx
    second = FigureAnchors(
        character="c02", body=Rect(x=at - 4, y=body.y, width=8, height=20), head=head.moved(at - 4, 0), face=None
    )
    return with_panel(graph, SILENT, figures=(first, second))


def _sides_changed() -> Book:
    places = {AT: 18.0, AT + 1: -18.0}
    return tuple(_with_second(graph, places[graph.number]) if graph.number in places else graph for graph in book())


def _looks_away() -> Book:
    def change(graph: PageGraph) -> PageGraph:
        found = _with_second(graph, 18.0)
        speaker = found.panels[SILENT + 1].figures[0]
        mouth = speaker.mouth or (0.0, 0.0)
        return with_panel(
            found, SILENT + 1, figures=(speaker.model_copy(update={"mouth": (mouth[0] - 1.0, mouth[1])}),)
        )

    return on_third(change)


def _tall_hats() -> Book:
    """Heads that reach up to where the words are; faces stay free."""

    def change(graph: PageGraph) -> PageGraph:
        covered = {b.panel: bounds(b.polygon) for b in graph.balloons}
        for at, panel in enumerate(graph.panels):
            head = covered.get(panel.key, panel.figures[0].head)
            graph = with_panel(graph, at, figures=(panel.figures[0].model_copy(update={"head": head}),))
        return graph

    return each(book(), change)


OTHER_FAULTS: dict[str, tuple[str, Callable[[], Book]]] = {
    "a way of the eye that crosses itself": ("gaze_crossings", _crossing_ways),
    "words that lead back up": ("backtracks", _back_up),
    "pages that end on trifles": ("hooks", _weak_ends),
    "words on hats": ("heads_covered", _tall_hats),
    "three panels from one distance": ("equal_shots", _one_distance),
    "a great moment that nobody feels": ("unanswered_moments", _nobody_feels_it),
    "neighbours that are cut alike": ("equal_layouts", _cut_alike),
    "columns further apart than tiers": ("gutter_ratio", _narrow_tiers),
    "a panel too small to read": ("panel_share", _tiny_panel),
    "balloons that leave no picture": ("balloon_area", _no_picture_left),
    "three balloons in a narrow panel": ("balloons_a_panel", _three_in_a_narrow_panel),
    "type in the margin": ("type_outside", _in_the_margin),
    "type out of its border": ("text_overflow", _out_of_its_border),
    "columns of twelve": ("long_columns", _long_columns),
    "a page of captions": ("captions", lambda: on_third(lambda graph: _captioned(graph, 4))),
    "a book of captions": ("caption_letters", lambda: each(book(), lambda graph: _captioned(graph, 3))),
    "type that shrinks to fit": ("one_size", _shrunk_type),
    "a figure over words": ("breakouts", _figure_over_words),
    "a sound in the fold": ("in_the_fold", _sound_in_the_fold),
    "a tail like a spear": ("far_tails", _tail_like_a_spear),
    "two who change sides": ("sides_kept", _sides_changed),
    "a speaker who looks away": ("eyes_met", _looks_away),
}
