"""English relatives by name: my brother is Jory, my grandfather is Pa Lund."""

import re
from typing import Final

from offline.reading.en.names import NameCandidate

_MEN: Final = frozenset(
    ["grandfather", "father", "brother", "uncle", "nephew", "son", "husband", "dad", "grandson", "cousin"]
)
_WOMEN: Final = frozenset(
    ["grandmother", "mother", "sister", "aunt", "niece", "daughter", "wife", "mum", "mom", "granddaughter", "cousin"]
)
_CALLED_SO: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("Pa", "Pop", "Papa", "Pappy"), ("father", "dad", "grandfather")),
    **dict.fromkeys(("Grandpa", "Grandad", "Granddad", "Gramps"), ("grandfather",)),
    **dict.fromkeys(("Ma", "Mama", "Mamma"), ("mother", "mum", "mom", "grandmother")),
    **dict.fromkeys(("Grandma", "Gran", "Granny", "Nan", "Nana"), ("grandmother",)),
    **dict.fromkeys(("Aunt", "Auntie", "Aunty"), ("aunt",)),
    "Uncle": ("uncle",),
}
_NEAR: Final = 700
"""Characters between a relative and the name that he is called by next."""
_HE_OR_SHE: Final = re.compile(r"\b(?:(he|his|him)|(she|her))\b")


def by_kin(people: list[NameCandidate], blotted: str) -> list[NameCandidate]:
    """A nameless relative, and the name that follows him for the first time, are one."""
    kept = list(people)
    for kin in (c for c in people if not c.proper and not c.plural):
        noun = kin.name.split()[-1]
        if noun not in _MEN | _WOMEN:
            continue
        named = [c for c in kept if c.proper and c.first > kin.first]
        bearer = next((c for c in named if _is_told_next(noun, c, blotted) or _is_called_so(kin, c, kept)), None)
        if bearer is not None:
            bearer.take_in(kin)
            kept.remove(kin)
    _shorten(kept, blotted)
    return kept


def _shorten(people: list[NameCandidate], blotted: str) -> None:
    """Pa Lund is Pa, when nobody else is called so."""
    for word in _CALLED_SO:
        called = [c for c in people if c.proper and word in {n.split()[0] for n in c.names}]
        if len(called) == 1 and word not in called[0].names and re.search(rf"\b{word}\b(?! [A-Z])", blotted):
            called[0].aliases.append(word)


def one_child(people: list[NameCandidate]) -> list[NameCandidate]:
    """The child is the little boy, when there is one boy or one girl."""
    child = next((c for c in people if c.name.lower().endswith("child")), None)
    young = [c for c in people if re.search(r"\b(?:boy|girl)$", c.name.lower())]
    if child is None or len(young) != 1:
        return people
    young[0].take_in(child)
    return [c for c in people if c is not child]


def _is_told_next(noun: str, bearer: NameCandidate, blotted: str) -> bool:
    """`said my brother. Jory was seven`: the name begins the next sentence, which says what he is."""
    before = blotted[max(0, bearer.first - 60) : bearer.first]
    after = blotted[bearer.first + len(bearer.name) : bearer.first + 240].partition("\n")[0]
    if not re.search(rf"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur) (?:\w+ ){{0,2}}{noun}\.\s+$", before):
        return False
    if not re.match(r" (?:was|had|is|has)\b", after):
        return False
    said = _HE_OR_SHE.search(after)
    return said is None or noun in (_MEN if said.group(1) else _WOMEN)


def _is_called_so(kin: NameCandidate, bearer: NameCandidate, people: list[NameCandidate]) -> bool:
    """`my grandfather`, and soon after `said Pa Lund`, with no other relative whom one calls so told of before."""
    nouns = _CALLED_SO.get(bearer.name.split()[0], ())
    if kin.name.split()[-1] not in nouns or bearer.first - kin.first > _NEAR:
        return False
    rivals = (c for c in people if c is not kin and not c.proper and c.name.split()[-1] in nouns)
    return not any(rival.first < bearer.first for rival in rivals)
