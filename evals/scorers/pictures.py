"""Scores what pictures show of events and places, by what their artist says that it drew; and what they must not.

An event is whole in a picture when doer, deed, patient, things and place are all drawn in one panel whose text holds
the words in which it happens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from evals.gold_in_text import Reference
from evals.gold_values import Never
from evals.metric_bounds import Example, Metric, Score, share
from evals.picture_words import any_noun, picture_words, place_nouns, shows
from evals.read_gold import Event
from evals.scorer_input import Sample
from evals.told_story import Pictured, Telling
from manga.artwork import DrawnFigure

METRICS = (
    Metric("events_pictured", "artwork", "parts of events (doer, deed, patient, things, place) in their best picture"),
    Metric("events_whole", "artwork", "events that are wholly in one picture"),
    Metric("great_pictured", "artwork", "parts of the greatest moments in their best picture"),
    Metric("great_whole", "artwork", "greatest moments that are wholly in one picture"),
    Metric("great_moments", "artwork", "greatest moments with doer, patient, things and contact, the doer not small"),
    Metric("place_right", "artwork", "pictures with a place whose place is a right one"),
    Metric("never_pictured", "artwork", "similes, talk and denials that became a picture or a sound, a story", "told"),
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Of one event in one picture, each from 0 to 1. A part that the event has not is not there."""

    shares: dict[str, float]

    @property
    def mean(self) -> float:
        return fmean(self.shares.values()) if self.shares else 0.0

    @property
    def whole(self) -> bool:
        return bool(self.shares) and min(self.shares.values()) >= 1

    @property
    def lacking(self) -> str:
        return ", ".join(name for name, part in self.shares.items() if part < 1)


def events(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Each in its best picture."""
    known = [event for event in reference.events if event.deed is not None]
    if telling.pictures is None or not known:
        return
    best = {event.key: _best(event, telling, reference) for event in known}
    for name, chosen in (("events", known), ("great", [event for event in known if event.great])):
        if not chosen:
            continue
        missed = tuple(
            Example(f"{event.what} ({event.deed})", f"lacks {best[event.key].lacking}", event.at)
            for event in chosen
            if not best[event.key].whole
        )
        whole = len(chosen) - len(missed)
        mean = fmean(best[event.key].mean for event in chosen)
        yield Score(f"{name}_pictured", mean, f"mean over {len(chosen)} events", len(chosen), missed[:8])
        yield share(f"{name}_whole", whole, len(chosen), "events are whole in a picture", missed)


def _best(event: Event, telling: Telling, reference: Reference) -> Parts:
    """In no picture every part is missing."""
    found = [
        parts_of(event, picture, telling, reference)
        for picture in telling.pictures or ()
        if picture.covers(event.at[0])
    ]
    nothing = Parts({"picture": 0.0})
    return max(found, key=lambda parts: (parts.whole, parts.mean), default=nothing)


def parts_of(event: Event, picture: Pictured, telling: Telling, reference: Reference) -> Parts:
    """What of an event a picture shows."""
    doers, patients = (_figures(keys, picture, telling) for keys in (event.doer, event.patient))
    shares: dict[str, float] = {}
    if event.doer:
        shares["doer"] = len(doers) / len(event.doer)
        shares["deed"] = float(any(_does(event, doer, patients, picture, reference) for doer in doers))
    if event.patient:
        shares["patient"] = len(patients) / len(event.patient)
    if event.things:
        seen = [any_noun(picture.words, reference.thing(key).nouns) for key in event.things]
        shares["things"] = sum(seen) / len(seen)
    settings = [noun for scene in reference.scenes_of(*event.at) for noun in scene.settings]
    if settings:
        shares["place"] = float(any_noun(place_nouns(picture.drawn.place), settings))
    return Parts(shares)


def _figures(keys: Sequence[str], picture: Pictured, telling: Telling) -> list[DrawnFigure]:
    characters = (telling.character(key) for key in keys)
    found = (picture.figure(character) for character in characters if character)
    return [figure for figure in found if figure is not None]


def _does(
    event: Event, doer: DrawnFigure, patients: Sequence[DrawnFigure], picture: Pictured, reference: Reference
) -> bool:
    if event.deed == "talk":
        return doer.character in picture.speaking
    if not shows(str(event.deed), doer.deed, doer.face):
        return False
    if event.patient and event.deed in picture_words().hands_on:
        touching = any(one.character in doer.touches or doer.character in one.touches for one in patients)
        return touching or _by_line(event, (doer, *patients), reference)
    return True


def _by_line(event: Event, both: Sequence[DrawnFigure], reference: Reference) -> bool:
    """Whether a thing of the event is between two: a rope by which somebody is pulled out is in a hand of theirs."""
    nouns = [noun for key in event.things for noun in reference.thing(key).nouns]
    return event.deed in picture_words().by_line and any_noun((word for one in both for word in one.holds), nouns)


def great_moments(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Wholly in one picture, wherever that is: who does it, large enough, to whom, with what."""
    chosen = [event for event in reference.events if event.great and event.deed is not None]
    if telling.pictures is None or not chosen:
        return
    missed = [
        Example(f"{event.what} ({event.deed})", "in no picture as a great moment", event.at)
        for event in chosen
        if not any(_is_great(event, p, telling, reference) for p in telling.pictures if p.covers(event.at[0]))
    ]
    yield share("great_moments", len(chosen) - len(missed), len(chosen), "great moments are shown", missed)


def _is_great(event: Event, picture: Pictured, telling: Telling, reference: Reference) -> bool:
    shares = {
        name: part for name, part in parts_of(event, picture, telling, reference).shares.items() if name != "place"
    }
    doers = (figure.character for figure in _figures(event.doer, picture, telling))
    return Parts(shares).whole and not any(doer in picture.small for doer in doers)


def places(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Of every picture whose drawn place has a name, in scenes of which somebody said what may be drawn."""
    if telling.pictures is None:
        return
    of, wrong = 0, list[Example]()
    for picture in telling.pictures:
        scenes = [scene for span in picture.spans for scene in reference.scenes_of(*span)]
        nouns, settings = place_nouns(picture.drawn.place), [noun for scene in scenes for noun in scene.settings]
        if not nouns or not settings or not all(scene.settings for scene in scenes):
            continue
        of += 1
        if not any_noun(nouns, settings):
            wrong.append(Example(", ".join(settings), picture.drawn.place, picture.spans[0], picture.key))
    yield share("place_right", of - len(wrong), of, "places are right", wrong)


def never(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Each mark once, however many pictures show it."""
    if telling.pictures is None or not reference.never:
        return
    found = [(mark, picture) for mark in reference.never if (picture := _shown(mark, telling)) is not None]
    examples = tuple(
        Example(f"no picture of {mark.kind}: {mark.anchor}", ", ".join(mark.nouns) or mark.person or "sound", mark.at,
                picture.key)
        for mark, picture in found
    )  # fmt: skip
    said = f"{len(found)} of {len(reference.never)} marks became pictures or sounds"
    yield Score("never_pictured", len(found), said, 1, examples[:8])


def _shown(mark: Never, telling: Telling) -> Pictured | None:
    """The first picture around those words that shows what it must not."""
    around = (picture for picture in telling.pictures or () if picture.meets(*mark.at))
    return next((picture for picture in around if _offends(mark, picture, telling)), None)


def _offends(mark: Never, picture: Pictured, telling: Telling) -> bool:
    drawn = (*picture.words, *place_nouns(picture.drawn.place))
    person = telling.character(mark.person) if mark.person else None
    return (
        any_noun(drawn, mark.nouns)
        or (person is not None and picture.figure(person) is not None)
        or (mark.sound and any(sound in mark.anchor for sound in picture.sounds))
    )


MEASURES = (events, great_moments, places, never)
