"""Which names and words for people of an English story may be one person's, and of which sex their bearers are."""

import re
from collections.abc import Callable

from offline.lexicon import load, words
from offline.reading.en.names import Gender, NameCandidate
from offline.reading.en.words_for_somebody import noun_of
from offline.reading.same_people import Places

WOMAN = re.compile(r"(?:Mrs|Mme|Miss|Madame|Lady|Queen|Princess|Aunt|Grandma)\b")
MAN = re.compile(r"(?:Mr|Sir|Lord|King|Prince|Uncle|Grandpa)\b")


def may_be_called(noun: NameCandidate, name: NameCandidate) -> bool:
    """Whether he who is called by a word for anybody may be he who has the name: no boy is Mr. Crewe."""
    word = noun_of(noun)
    young = word in ("boy", "girl", "child") and any(title_of(n) for n in name.names)
    known = word in words("reader_en", "anybody") and title_of(name.name) != name.name and name.gender is not None
    either = word in ("child", "stranger")
    return known and not young and not name.plural and (either or noun.gender == name.gender)


def unlike(one: NameCandidate, other: NameCandidate) -> bool:
    sexes = {head_gender(one), head_gender(other)} - {None}
    return len(sexes) > 1 or one.plural != other.plural


def differ(places: Places) -> Callable[[NameCandidate, NameCandidate], bool]:
    return lambda one, other: places.apart(one, other) or unlike(one, other)


def same_person(one: NameCandidate, other: NameCandidate) -> bool:
    return one.proper and any(same_name(name, other.name) for name in one.names)


def same_name(one: str, other: str) -> bool:
    a, b = plain(one), plain(other)
    titles = title_of(one), title_of(other)
    wife = sum(bool(WOMAN.match(t)) for t in titles) == 1
    if (all(titles) and titles[0][:3] != titles[1][:3]) or (
        (wife and by_given(a) == "male") or (wife and by_given(b) == "male")
    ):
        return False
    if set(a.split()) <= set(b.split()) or set(b.split()) <= set(a.split()):
        return True
    single = " " not in a + b and min(len(a), len(b)) >= 4
    return single and (a.startswith(b) or b.startswith(a))


def title_of(name: str) -> str:
    match = re.match(rf"(?:{load('reader_en')['title']})\b", name)
    return match.group() if match else ""


def plain(name: str) -> str:
    return re.sub(rf"^(?:{load('reader_en')['title']})\.? ", "", name)


def head_gender(person: NameCandidate) -> Gender | None:
    """What the noun or the title says, whatever pronouns stand near by."""
    last = noun_of(person)
    if last in words("reader_en", "female") or any(WOMAN.match(name) for name in person.names):
        return "female"
    man = last in words("reader_en", "male") or any(MAN.match(name) for name in person.names)
    return "male" if man else by_given_name(person) if person.proper else None


def by_given_name(person: NameCandidate) -> Gender | None:
    return by_given(" ".join(person.names))


def by_given(names: str) -> Gender | None:
    parts = set(names.split())
    woman, man = parts & words("reader_en", "given_female"), parts & words("reader_en", "given_male")
    return None if bool(woman) == bool(man) else "female" if woman else "male"
