"""Scores people of the gold one to one: who speaks, who is drawn as two, and who is drawn where nobody is."""

from collections.abc import Iterator

from evals.align_texts import linked
from evals.gold_in_text import Reference
from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample
from evals.told_story import Pictured, Telling, said

METRICS = (
    Metric(
        "speakers_one_to_one", "artwork",
        "utterances whose speaker is right, a person of the gold being one of the cast",
    ),
    Metric("people_twice", "artwork", "people of the gold whom two or more of the drawn are", "told"),
    Metric("false_presence", "artwork", "drawn figures who are nobody of the gold, or not there", "lower"),
)  # fmt: skip


def speakers(sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """One voice, one person."""
    found = said(sample, reference)
    wrong = [
        (quote, line)
        for quote, line in found
        if line is None or line.speaker is None or telling.people.get(line.speaker) not in quote.by
    ]
    examples = (
        Example(f"{', '.join(quote.by)}: {quote.text}", "no line" if line is None else str(line.speaker), quote.at)
        for quote, line in wrong
    )
    yield share("speakers_one_to_one", len(found) - len(wrong), len(found), "speakers are right", examples)


def doubles(sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """By names alone: whoever bears one of her names, or is paired with her, is her."""
    if telling.pictures is None:
        return
    drawn = {figure.character for picture in telling.pictures for figure in picture.drawn.figures}
    links = linked(sample.cast, reference.cast)
    who: dict[str, set[str]] = {}
    for key in sorted(drawn):
        alone = next(iter(links[key])) if len(links.get(key, ())) == 1 else None
        if person := telling.people.get(key, alone):
            who.setdefault(person, set()).add(key)
    twice = {person: keys for person, keys in who.items() if len(keys) > 1}
    examples = (Example(f"{person}, once", ", ".join(sorted(keys))) for person, keys in sorted(twice.items()))
    yield share("people_twice", len(twice), len(who), "people are drawn as two or more", examples)


def presence(_sample: Sample, reference: Reference, telling: Telling) -> Iterator[Score | None]:
    """Every figure in every picture."""
    if telling.pictures is None or not reference.scenes:
        return
    of, false = 0, list[Example]()
    for picture in telling.pictures:
        there = _there(picture, reference)
        for figure in picture.drawn.figures:
            of += 1
            person = telling.people.get(figure.character)
            if person not in there:
                at = picture.spans[0] if picture.spans else None
                false.append(Example(", ".join(sorted(there)) or "nobody", person or "a stranger", at, picture.key))
    yield share("false_presence", len(false), of, "figures should not be there", false)


def _there(picture: Pictured, reference: Reference) -> frozenset[str]:
    """Who may be seen in it."""
    scenes = (scene for span in picture.spans for scene in reference.scenes_of(*span))
    return frozenset(key for scene in scenes for key in set(scene.who) - set(scene.heard))


MEASURES = (speakers, doubles, presence)
