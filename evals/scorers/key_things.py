"""Scores key things: are they seen at all, and are they in the hands in which the story tells them?"""

from collections.abc import Iterator

from evals.gold_in_text import Reference
from evals.gold_values import Held
from evals.metric_bounds import Example, Metric, Score, share
from evals.picture_words import any_noun, is_named, is_tool_of
from evals.scorer_input import Sample
from evals.told_story import Pictured, Telling

METRICS = (
    Metric("things_seen", "artwork", "key things that are drawn once they are there"),
    Metric("told_in_hand", "artwork", "hands in pictures that hold what the story tells that they hold"),
    Metric("untold_in_hand", "artwork", "things drawn in hands that the story does not put there", "lower"),
)
END = 10**9


def seen(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """In any picture that tells of the text behind their first words."""
    if telling.pictures is None or not reference.things:
        return
    lost = [
        thing
        for thing in reference.things
        if not any(
            any_noun(picture.words, thing.nouns)
            for picture in telling.pictures
            if any(end > thing.at[0] for _, end in picture.spans)
        )
    ]
    missed = (Example(thing.name, "in no picture", thing.at) for thing in lost)
    of = len(reference.things)
    yield share("things_seen", of - len(lost), of, "key things are drawn", missed)


def in_hand(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Where a hand of the holder is seen in a picture that wholly lies between taking and leaving."""
    if telling.pictures is None or not reference.held:
        return
    of, missed = 0, list[Example]()
    for held in reference.held:
        character, nouns = telling.character(held.who), reference.thing(held.thing).nouns
        for picture in telling.pictures:
            figure = picture.figure(character) if character else None
            if figure is None or figure.character not in picture.hands or not _while(held, picture, reference):
                continue
            of += 1
            if not any_noun(figure.holds, nouns):
                got = ", ".join(figure.holds) or "nothing"
                missed.append(Example(f"{held.who} holds {held.thing}", got, picture.spans[0], picture.key))
    yield share("told_in_hand", of - len(missed), of, "hands hold what is told", missed)


def _while(held: Held, picture: Pictured, reference: Reference) -> bool:
    return picture.lies_in(held.at[0], until(held, reference))


def until(held: Held, reference: Reference) -> int:
    """Where a stretch ends: before the words in which it leaves the hand, or with its scene."""
    return held.until_at[0] if held.until_at else reference.scene_end(held.at[0]) or END


def untold(sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Every thing in every hand of which the gold says where it is: told is what somebody holds while the picture
    lasts, or needs in an event of it. Who holds what is no key thing and is named in the scene, nobody has said."""
    if telling.pictures is None or not reference.things:
        return
    of, wrong = 0, list[Example]()
    for picture in telling.pictures:
        for figure in picture.drawn.figures:
            person = telling.people.get(figure.character)
            for word in figure.holds:
                told = _told(word, person, picture, reference)
                if not told and (is_tool_of(word, figure.deed) or _is_open(word, picture, sample, reference)):
                    continue
                of += 1
                if not told:
                    wrong.append(Example("not in this hand", f"{person}: {word}", picture.spans[0], picture.key))
    yield share("untold_in_hand", len(wrong), of, "things are in hands where none is told", wrong)


def _told(word: str, person: str | None, picture: Pictured, reference: Reference) -> bool:
    """Words in which a thing leaves a hand still have it there."""
    held = (
        one.thing
        for one in reference.held
        if one.who == person
        and picture.meets(one.at[0], one.until_at[1] if one.until_at else until(one, reference))
    )  # fmt: skip
    needed = (
        key
        for event in reference.events
        if person in (*event.doer, *event.patient) and picture.covers(event.at[0])
        for key in event.things
    )  # fmt: skip
    return any(any_noun((word,), reference.thing(key).nouns) for key in (*held, *needed))


def _is_open(word: str, picture: Pictured, sample: Sample, reference: Reference) -> bool:
    """Whether it is no key thing, and one that the scene names up to the picture's end."""
    if any(any_noun((word,), thing.nouns) for thing in reference.things):
        return False
    start, end = picture.spans[0][0], picture.spans[-1][1]
    scene = reference.scenes_of(start, end)[:1]
    told = sample.source.text[min(start, scene[0].at[0] if scene else start) : end]
    return is_named(word, told, sample.source.language)


MEASURES = (seen, in_hand, untold)
