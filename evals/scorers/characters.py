"""Scores the cast beside the annotated one: who is there, who is too many, and what the story tells of them."""

from collections.abc import Callable, Iterator
from typing import Final

from evals.align_texts import linked
from evals.metric_bounds import Example, Metric, Score, share
from evals.read_gold import Person
from evals.scorer_input import Sample
from manga.characters import Character, Kind

METRICS = (
    Metric("cast_recall", "characters", "main and supporting people who are in the cast", goal=0.90),
    Metric("cast_recall_all", "characters", "the same with minor people"),
    Metric("cast_precision", "characters", "people of the cast whom the story has", goal=0.85),
    Metric("cast_doubles", "characters", "people who are in the cast twice", "lower", goal=0.0),
    Metric("gender_right", "characters", "of people whose gender the story tells", goal=0.9),
    Metric("age_right", "characters", "of people whose age the story tells"),
    Metric("kind_right", "characters", "human, or which animal", goal=0.9),
    Metric("leads_right", "characters", "the protagonist is a main person of the annotation", goal=1.0),
)
_NEEDED: Final = frozenset({"main", "supporting"})


def who_is_there(sample: Sample) -> Iterator[Score | None]:
    """Recall, precision and doubles."""
    if sample.reference is None:
        return
    people = sample.reference.cast
    links = linked(sample.cast, people)
    found = frozenset[str]().union(*links.values())
    needed = [person for person in people if person.role in _NEEDED]
    wider = [person for person in people if person.role != "mentioned"]
    yield share(
        "cast_recall",
        sum(person.key in found for person in needed),
        len(needed),
        "main and supporting people found",
        (
            Example(wanted=f"{person.name} ({person.role})", got="nobody")
            for person in needed
            if person.key not in found
        ),
    )
    yield share("cast_recall_all", sum(p.key in found for p in wider), len(wider), "people found")
    strangers = [told for told in sample.cast.characters if not links[told.key]]
    told = len(sample.cast.characters)
    wrong = (Example(wanted="nobody", got=f"{one.name} ({one.role})", element=one.key) for one in strangers)
    yield share("cast_precision", told - len(strangers), told, "of the cast are in the story", wrong)
    alone = [next(iter(keys)) for keys in links.values() if len(keys) == 1]
    doubles = len(alone) - len(set(alone))
    yield share("cast_doubles", doubles, told, "are there twice")


_Read = Callable[[Character], object]
_TRAITS: Final[tuple[tuple[str, Callable[[Person], object | None], _Read], ...]] = (
    ("gender_right", lambda person: person.gender, lambda told: told.look.gender),
    ("age_right", lambda person: person.age, lambda told: told.look.age),
    ("kind_right", lambda person: person.kind if person.kind is not Kind.BEAST else None, lambda told: told.look.kind),
)


def traits(sample: Sample) -> Iterator[Score | None]:
    """Gender, age and kind of those who are surely one annotated person."""
    if sample.reference is None:
        return
    people = {person.key: person for person in sample.reference.cast}
    links = linked(sample.cast, sample.reference.cast)
    pairs = [(people[next(iter(links[c.key]))], c) for c in sample.cast.characters if len(links[c.key]) == 1]
    for metric, wanted, told in _TRAITS:
        known = [(person, one) for person, one in pairs if wanted(person) is not None]
        wrong = [(person, one) for person, one in known if wanted(person) != told(one)]
        examples = (
            Example(f"{person.name}: {wanted(person)}", str(told(one)), element=one.key) for person, one in wrong
        )
        yield share(metric, len(known) - len(wrong), len(known), "told as the story has it", examples)


def leads(sample: Sample) -> Iterator[Score | None]:
    """Is the book about the right person?"""
    if sample.reference is None:
        return
    main = {person.key for person in sample.reference.cast if person.role == "main"}
    links = linked(sample.cast, sample.reference.cast)
    first = next((c for c in sample.cast.characters if c.role == "protagonist"), None)
    if first is not None and main:
        right = bool(links[first.key] & main)
        yield Score("leads_right", float(right), f"{first.name} leads")


SCORERS = (who_is_there, traits, leads)
