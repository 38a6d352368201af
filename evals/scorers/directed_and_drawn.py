"""Scores what of a direction is really in the picture: deeds, things and places, and who only stands by.

A deed is directed where a figure's pose is no mere standing and the view shows bodies. Nothing of the gold is needed.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from drawing.art.acts import acts
from drawing.art.things.find_drawing import thing_of
from evals.metric_bounds import Example, Metric, Score, one_share
from evals.picture_words import any_noun, picture_words, shows, singular
from evals.scorer_input import Sample
from manga.artwork import Drawn, DrawnFigure, PanelArt
from manga.storyboard import PanelDraft, Pose, SceneDirection, Shot
from manga.vocabulary.places import places

METRICS = (
    Metric("deeds_drawn", "artwork", "directed deeds that the body is seen to do, from medium shots out", goal=0.9),
    Metric("things_drawn", "artwork", "directed things that are seen, in hands or beside people", goal=0.9),
    Metric("places_drawn", "artwork", "directed places of which something is seen", goal=0.9),
    Metric(
        "stands_by", "artwork", "people seen to the hips who merely stand where the plot has a deed of theirs", "lower",
        goal=0.15,
    ),
)  # fmt: skip
TO_THE_HIPS: Final = frozenset({Shot.MEDIUM, Shot.FULL, Shot.LONG, Shot.ESTABLISHING})
_STANDS: Final = frozenset({Pose.STAND, Pose.RELAXED})
_IDLE: Final = frozenset({"", "stand", "relaxed", "lean"})
_FACES: Final = frozenset({Shot.CLOSE, Shot.EXTREME_CLOSE})


def deeds(sample: Sample) -> Iterator[Score]:
    """Each figure of each picture that shows bodies."""
    of, missed = 0, list[Example]()
    for panel, art in _pictures(sample):
        for figure in panel.direction.figures if panel.direction.shot in TO_THE_HIPS else ():
            if figure.pose in _STANDS:
                continue
            of += 1
            drawn = _figure(art, figure.character)
            closer = (act.name for act in acts() if figure.pose in act.of)
            if drawn is None or not (drawn.deed in {figure.pose, *closer} or shows(figure.pose, drawn.deed, "")):
                missed.append(Example(figure.pose, drawn.deed if drawn else "nobody", element=panel.key))
    yield from one_share("deeds_drawn", of - len(missed), of, "directed deeds are drawn", missed)


def things(sample: Sample) -> Iterator[Score]:
    """What hands hold, in every view that shows hands; what a panel has besides, in every view that shows a place."""
    period = sample.concept.world.period if sample.concept else "modern"
    of, missed = 0, list[Example]()
    for panel, art in _pictures(sample):
        drawn = art.drawn or Drawn()
        held = (word for figure in drawn.figures for word in figure.holds)
        words = (*drawn.things, *drawn.parts, drawn.weather, *held)
        for told in dict.fromkeys(_told(panel.direction)):
            of += 1
            name = thing_of(told, period)
            if not any_noun(words, (told, *([name] if name else []))) and not _part_of_place(told, drawn.place):
                missed.append(Example(told, ", ".join(words) or "nothing", element=panel.key))
    yield from one_share("things_drawn", of - len(missed), of, "directed things are drawn", missed)


def _told(direction: SceneDirection) -> Iterator[str]:
    if direction.shot in _FACES:
        return
    yield from (figure.holds for figure in direction.figures if figure.holds)
    if direction.shot is not Shot.BUST:
        yield from direction.props


def _part_of_place(word: str, place: str) -> bool:
    """The snow of a mountain, the bed of a ward: the place itself is that, or has it."""
    entry = places().find(place) if place else None
    near = places().find(word)
    has = place in picture_words().scenery.get(singular(word), ())
    return has or (entry is not None and (word in entry.has or near is entry))


def places_(sample: Sample) -> Iterator[Score]:
    """In pictures whose direction names a place and leaves it in view."""
    of, missed = 0, list[Example]()
    for panel, art in _pictures(sample):
        direction = panel.direction
        if not direction.setting or direction.background not in {"full", "partial"} or direction.shot in _FACES:
            continue
        of += 1
        unknown = any(word.startswith("setting: ") for word in art.made.missing)
        if unknown or art.drawn is None or not art.drawn.place:
            got = art.drawn.place if art.drawn else ""
            missed.append(Example(direction.setting, got or "no place", element=panel.key))
    yield from one_share("places_drawn", of - len(missed), of, "directed places are drawn", missed)


def idle(sample: Sample) -> Iterator[Score]:
    """Everybody seen to the hips, of whom a beat of the picture tells something that a body does."""
    beats, still = sample.beats(), picture_words().still
    of, stands = 0, list[Example]()
    for panel, art in _pictures(sample):
        if panel.direction.shot not in TO_THE_HIPS:
            continue
        own = [deed for key in panel.beats if key in beats for deed in beats[key].deeds]
        for figure in panel.direction.figures:
            done = [deed.action for deed in own if deed.who == figure.character and deed.action not in still]
            drawn = _figure(art, figure.character)
            if not done or drawn is None:
                continue
            of += 1
            if drawn.deed in _IDLE:
                got = f"{drawn.deed or 'unseen'} (directed: {figure.pose})"
                stands.append(Example(", ".join(done), got, element=panel.key))
    yield from one_share("stands_by", len(stands), of, "people with a deed merely stand", stands)


def _pictures(sample: Sample) -> Iterator[tuple[PanelDraft, PanelArt]]:
    art: Mapping[str, PanelArt] = sample.art or {}
    for panel in sample.storyboard.panels() if sample.storyboard else ():
        if panel.key in art and art[panel.key].drawn is not None:
            yield panel, art[panel.key]


def _figure(art: PanelArt, character: str) -> DrawnFigure | None:
    return next((one for one in art.drawn.figures if one.character == character), None) if art.drawn else None


SCORERS = (deeds, things, places_, idle)
