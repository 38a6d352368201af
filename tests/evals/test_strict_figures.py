"""Strict figures: a book made of the gold reaches their best, and a book that is dealt anew falls."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from evals.all_scorers import METRICS as ALL
from evals.chance_book import other_story, panels_exchanged, people_exchanged
from evals.gold_in_text import Reference, reference_of
from evals.gold_values import (
    Held,
    Never,
    Thing,
)
from evals.measured_stories import OPEN
from evals.metric_bounds import Score
from evals.perfect_book import perfect
from evals.picture_words import any_noun, picture_words, same_noun, shows, singular
from evals.read_gold import Event, Person, Quote, Scene, load, names
from evals.scorer_input import Sample
from evals.scorers import plot, storyboard
from evals.scorers.strict_measures import METRICS, measures
from evals.strict_figures import annotated, cells, rows, values
from evals.told_story import best_pairs, one_to_one
from manga.artwork import Drawn, DrawnFigure, PanelArt
from manga.brief import Language
from manga.characters import Cast
from manga.story_source import Source, read_source

TEXT = "The hen sat in the yard. “Take the lamp,” said the cat. He gave her the lamp. Then he ran as fast as a train."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def event(key: str, words: str, **told: object) -> Event:
    return Event.of({"key": key, "what": words, "anchor": words, "at": at(words), "weight": 3, **told})


GOLD = Reference(
    title="The Lamp",
    language=Language.EN,
    cast=(
        Person(key="hen", name="the hen", role="main"),
        Person(key="cat", name="the cat", role="main"),
        Person(key="dog", name="the dog", role="mentioned"),
    ),
    quotes=(Quote(at=at("Take the lamp,"), kind="speech", by=("cat",), text="Take the lamp,"),),
    scenes=(
        Scene(anchor="The hen", at=at("The hen"), place="yard", who=("hen", "cat"), settings=("yard", "garden")),
    ),
    events=(
        event("e1", "He gave her", who=("cat", "hen"), doer=("cat",), deed="give", patient=("hen",), things=("lamp",),
              great=True),
        event("e2", "he ran", who=("cat",), doer=("cat",), deed="run"),
    ),
    things=(Thing(key="lamp", name="lamp", nouns=("lamp",), anchor="the lamp,", at=at("the lamp,")),),
    held=(
        Held(who="cat", thing="lamp", anchor="the lamp,", at=at("the lamp,"), until="her the lamp",
             until_at=at("her the lamp")),
    ),
    never=(
        Never(kind="simile", anchor="fast as a train", at=at("fast as a train"), nouns=("train",)),
        Never(kind="talk", anchor="Then he", at=at("Then he"), person="dog"),
    ),
)  # fmt: skip
BEST = perfect(Source(language=Language.EN, text=TEXT), GOLD)


def panel_of(words: str) -> str:
    """The panel whose text begins with the words' place."""
    beats = BEST.beats()
    return next(key for key, beat in beats.items() if beat.span.start <= at(words)[0] < beat.span.end)


def redrawn(key: str, change: Callable[[Drawn], Drawn]) -> Sample:
    art: dict[str, PanelArt] = dict(BEST.art or {})
    drawn = art[key].drawn
    assert drawn is not None
    art[key] = art[key].model_copy(update={"drawn": change(drawn)})
    return replace(BEST, art=art)


def with_figures(drawn: Drawn, *figures: DrawnFigure) -> Drawn:
    return drawn.model_copy(update={"figures": figures})


def test_a_book_made_of_its_gold_is_without_fault() -> None:
    found = values(BEST)
    assert {name: value for name, value in found.items() if value not in {0, 1}} == {}
    assert found["events_whole"] == found["speakers_one_to_one"] == found["told_in_hand"] == 1
    assert found["false_presence"] == found["untold_in_hand"] == found["never_pictured"] == 0
    assert found.keys() == {metric.name for metric in METRICS}


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda d: d.model_copy(update={"place": "kitchen"}), "place"),
        (lambda d: d.model_copy(update={"place": "", "inside": None}), "place"),
        (lambda d: with_figures(d, *d.figures[:1]), "patient"),
        (lambda d: with_figures(d, *(f.model_copy(update={"deed": "stand"}) for f in d.figures)), "deed"),
        (lambda d: with_figures(d, *(f.model_copy(update={"holds": ()}) for f in d.figures)).model_copy(
            update={"things": ()}), "things"),
        (lambda d: with_figures(d, *d.figures[1:]), "doer, deed, things"),
    ],
)  # fmt: skip
def test_an_event_lacks_what_its_picture_does_not_show(change: Callable[[Drawn], Drawn], lost: str) -> None:
    key = panel_of("He gave her")
    scores = {score.metric: score for score in measures(redrawn(key, change)) if score}
    assert scores["events_whole"].value == 0.5
    assert scores["great_whole"].value == 0.0
    assert scores["great_whole"].examples[0].got == f"lacks {lost}"
    assert 0 < scores["great_pictured"].value < 1


def test_a_stranger_and_one_who_is_elsewhere_are_false() -> None:
    stranger = DrawnFigure(character="c09")
    elsewhere = DrawnFigure(character="c03")
    book = redrawn(panel_of("he ran"), lambda d: with_figures(d, *d.figures, stranger, elsewhere))
    scores = {score.metric: score for score in measures(book) if score}
    assert [example.got for example in scores["false_presence"].examples] == ["a stranger", "dog"]


def test_somebody_who_is_only_talked_of_and_a_likeness_are_no_pictures() -> None:
    train = redrawn(panel_of("fast as a train"), lambda d: d.model_copy(update={"things": ("steam train",)}))
    dog = redrawn(panel_of("Then he"), lambda d: with_figures(d, DrawnFigure(character="c03")))
    assert values(train)["never_pictured"] == values(dog)["never_pictured"] == 1


def test_a_thing_that_is_put_into_a_hand_and_one_that_is_not() -> None:
    key = panel_of("the lamp,")
    cat = DrawnFigure(character="c02", deed="stand", holds=("umbrella",))
    found = values(redrawn(key, lambda d: with_figures(d, cat)))
    assert (found["told_in_hand"], found["untold_in_hand"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("words", "holder", "deed", "thing", "untold"),
    [
        ("he ran", "c02", "run", "lamp", 1.0),  # he gave it away
        ("her the lamp", "c02", "give", "lamp", 0.0),  # it leaves his hand in these words
        ("fast as a train", "c02", "run", "train", None),  # no key thing, and the scene has the word
        ("he ran", "c02", "run", "train", 1.0),  # not yet
        ("he ran", "c02", "write", "pencil", None),  # nobody writes without
        ("he ran", "c02", "run", "pencil", 1.0),
    ],
)
def test_a_hand_is_judged_by_what_the_gold_says_of_its_thing(
    words: str, holder: str, deed: str, thing: str, untold: float | None
) -> None:
    book, key = BEST, panel_of(words)
    bare = {k: one.model_copy(update={"drawn": with_figures(one.drawn)}) for k, one in (book.art or {}).items()
            if one.drawn is not None}  # fmt: skip
    figure = DrawnFigure(character=holder, deed=deed, holds=(thing,))
    bare[key] = bare[key].model_copy(update={"drawn": with_figures(bare[key].drawn or Drawn(), figure)})
    assert values(replace(book, art=bare)).get("untold_in_hand") == untold


@pytest.mark.parametrize(("thing", "whole"), [("rope", 1), ("lamp", 0)])
def test_somebody_is_pulled_out_by_the_rope_of_the_event(thing: str, whole: float) -> None:
    rope = Thing(key="rope", name="rope", nouns=("rope",), anchor="the lamp,", at=at("the lamp,"))
    pulls = GOLD.events[0].model_copy(update={"deed": "rescue", "things": ("rope",)})
    gold = replace(GOLD, events=(pulls, GOLD.events[1]), things=(*GOLD.things, rope), held=())
    book, key = replace(BEST, reference=gold), panel_of("He gave her")
    cat, hen = DrawnFigure(character="c02", deed="pull"), DrawnFigure(character="c01", holds=(thing,))
    art = dict(book.art or {})
    drawn = (art[key].drawn or Drawn()).model_copy(update={"figures": (cat, hen), "things": ("rope",)})
    art[key] = art[key].model_copy(update={"drawn": drawn})
    assert values(replace(book, art=art))["great_moments"] == whole


def test_one_person_who_is_drawn_as_two_is_told_and_only_one_of_them_is_there() -> None:
    cat = BEST.cast.characters[1]
    cast = Cast(characters=(*BEST.cast.characters, cat.model_copy(update={"key": "c09"})))
    book = redrawn(panel_of("he ran"), lambda d: with_figures(d, *d.figures, DrawnFigure(character="c09")))
    scores = {score.metric: score for score in measures(replace(book, cast=cast)) if score}
    assert scores["people_twice"].value == 0.5
    assert [example.got for example in scores["false_presence"].examples] == ["a stranger"]
    assert values(replace(BEST, cast=cast))["people_twice"] == 0


def test_whoever_says_i_is_the_one_who_tells() -> None:
    scene = GOLD.scenes[0].model_copy(update={"teller": "hen"})
    told = BEST.cast.characters[0].model_copy(update={"name": "I", "aliases": ()})
    cast = Cast(characters=(told, *BEST.cast.characters[1:]))
    assert one_to_one(replace(BEST, cast=cast), replace(GOLD, scenes=(scene,)))[told.key] == "hen"
    assert told.key not in one_to_one(replace(BEST, cast=cast), GOLD)


def test_an_artist_who_does_not_tell_gives_no_figures_of_pictures() -> None:
    silent = {key: art.model_copy(update={"drawn": None}) for key, art in (BEST.art or {}).items()}
    assert values(replace(BEST, art=silent)).keys() == {"speakers_one_to_one"}
    (row,) = [row for row in rows([replace(BEST, art=silent)]) if row.metric.name == "things_seen"]
    assert cells(row)[1] == "no data"


@pytest.fixture(scope="module")
def ideal() -> tuple[Sample, ...]:
    """Perfect books of every story that may be looked at."""
    stories = (*(load(name) for name in names()), *(load(name, OPEN) for name in names(OPEN)))
    sources = [(story, read_source(story.raw)) for story in stories]
    return annotated([perfect(source, reference_of(story, source)) for story, source in sources])


def _opened(books: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """Those of the open pool: enough to tell chance by."""
    return books[-len(names(OPEN)) :]


def test_perfect_books_reach_the_best_of_every_figure(ideal: tuple[Sample, ...]) -> None:
    best = {metric.name: 1.0 if metric.better == "higher" else 0.0 for metric in METRICS}
    short = {
        (book.source.title, name): value
        for book in ideal
        for name, value in values(book).items()
        if abs(value - best[name]) > 0.02
    }
    assert short == {}


def test_figures_that_judge_tell_perfect_from_chance(ideal: tuple[Sample, ...]) -> None:
    table = {row.metric.name: row for row in rows(_opened(ideal))}
    judging = {metric.name for metric in METRICS if metric.better != "told"}
    assert judging
    assert {name: f"{table[name].margin:.2f}" for name in judging if not table[name].judges} == {}


def read(sample: Sample) -> Iterator[Score | None]:
    """What older figures say of how a story was read."""
    for scorer in (plot.utterances, plot.speakers, plot.scenes, storyboard.words, storyboard.events):
        yield from scorer(sample)


def test_of_older_figures_those_compared_with_gold_tell_perfect_from_chance(ideal: tuple[Sample, ...]) -> None:
    table = {row.metric.name: row for row in rows(_opened(ideal), tuple(ALL.values()), read)}
    lost = {name for name, row in table.items() if row.metric.better != "told" and not row.judges}
    assert lost <= {"speaker_miscalibrated", "unmarked_found", "dialogue_fidelity", "invented_texts", "speaker_sure"}
    assert table.keys() >= {
        "quotes_found", "quote_coverage", "speaker_accuracy", "speaker_sure_right", "scene_f1", "time_right",
        "event_people_seen",
    }  # fmt: skip


def test_chance_changes_what_it_says_and_nothing_else(ideal: tuple[Sample, ...]) -> None:
    book, other = ideal[0], ideal[1]
    assert book.reference is not None
    anew = people_exchanged(book, 1)
    assert sorted(one.name for one in anew.cast.characters) == sorted(one.name for one in book.cast.characters)
    assert (anew.plot, anew.storyboard, anew.art) == (book.plot, book.storyboard, book.art)
    dealt = panels_exchanged(book, 1)
    assert book.storyboard is not None
    assert dealt.storyboard is not None
    assert sorted(p.beats for p in dealt.storyboard.panels()) == sorted(p.beats for p in book.storyboard.panels())
    foreign = other_story(other, book.source, book.reference)
    ends = [beat.span.end for beat in (foreign.plot.beats() if foreign.plot else ())]
    assert max(ends) <= len(book.source.text) + len(ends)


def test_pairs_are_the_best_and_nobody_is_in_two() -> None:
    assert best_pairs([[5, 4], [4, 0]]) == ((0, 1), (1, 0))
    assert best_pairs([[2, 0, 0], [3, 2, 0]]) == ((0, 0), (1, 1))
    assert best_pairs([[0, 0]]) == ()
    assert best_pairs([]) == ()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("lantern", "paper lantern", True), ("mushrooms", "mushroom", True), ("cherries", "cherry", True),
        ("desk lamp", "street lamp", False), ("lamp", "lamb", False), ("boat", "boathouse", False),
    ],
)  # fmt: skip
def test_nouns_are_one_by_their_head_and_never_by_their_spelling(first: str, second: str, same: bool) -> None:
    assert same_noun(first, second) is same


def test_words_of_the_table_stand_for_their_meaning() -> None:
    assert shows("embrace", "hug", "")
    assert shows("weep", "stand", "cry")
    assert not shows("throw", "stand", "neutral")
    assert any_noun(("hat",), ("straw hat",))
    assert singular("glass") == "glass"
    words = picture_words()
    assert set(words.hands_on) - set(words.deeds) <= {"kiss", "bind", "heal"}
