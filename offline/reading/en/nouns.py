"""English text in, the nouns for living beings of the story out: the old witch, his brother, the heron."""

import re
from collections.abc import Iterator

from offline.lexicon import load, words
from offline.reading.en.names import VERB_AFTER, NameCandidate, animate

FABLE = 1500
"""Characters of a story so short that whoever is named in it once may matter."""


def find_nouns(blotted: str) -> list[NameCandidate]:
    """Words for living beings that act or speak; whatever speaks right beside a quote is one."""
    said = load("reader_en")["said"]
    talking = frozenset(talkers(blotted, said))
    alive = animate() | talking
    adjectives = "|".join(sorted(words("reader_en", "adjectives")))
    pattern = re.compile(
        rf"\b([Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Oo]ur|[Tt]wo)\s((?:(?:{adjectives})\s)*)([A-Za-z]+)\b(?!-)",
        re.IGNORECASE,
    )
    found: dict[str, NameCandidate] = {}
    forms: dict[str, dict[str, int]] = {}
    for match in pattern.finditer(blotted):
        noun = match.group(3).lower()
        if noun not in alive or (match.group(1).lower() in ("a", "an") and is_kind_only(blotted, match.end())):
            continue
        key = f"{match.group(2).strip()} {noun}".lower() if noun == "wind" else noun
        entry = found.setdefault(key, NameCandidate(key, match.start(), False, plural=is_plural(noun)))
        form = f"{match.group(2).strip()} {match.group(3)}".strip()
        forms.setdefault(key, {})[form] = forms.get(key, {}).get(form, 0) + 1
        after, before = blotted[match.end() : match.end() + 40], blotted[max(0, match.start() - 14) : match.start()]
        speaks = re.match(rf"[^.;\n]{{0,30}}?\b(?:{said})\b", after) or re.search(rf"\b(?:{said})\s$", before)
        entry.count += 1
        entry.score += 0.3 + 3 * bool(speaks) + bool(VERB_AFTER.match(after)) + match.group(3)[0].isupper()
    told_in_few_words = len(blotted) < FABLE
    least = 3.3 if any(c.score >= 3.3 for c in found.values()) and not told_in_few_words else 1.3
    return [named_noun(c, forms[key]) for key, c in found.items() if c.score >= least]


def talkers(blotted: str, said: str) -> Iterator[str]:
    """“Why?” asked the heron; “Why?” the otter asked."""
    to_end = r"(?=[,.;:\n]|\s(?:and|as|who|with|to|from|in|over|at)\b)"
    after = rf"(?:[”\"’]|＿,)\s?(?:(?:{said})\s(?:the|an?|his|her|my)\s(?:[a-z]+\s){{0,2}}?([a-z]+){to_end}"
    before = rf"|[Tt]he\s(?:[a-z]+\s){{0,2}}?([a-z]+)\s(?:would\s|had\s)?(?:[a-z]+ly\s)?(?:{said})\b)"
    for match in re.finditer(after + before, blotted):
        noun = match.group(1) or match.group(2)
        if noun not in words("reader_en", "no_one") and not noun.endswith("ly"):
            yield noun


def is_plural(noun: str) -> bool:
    single = noun[:-1] if noun.endswith("s") else ""
    return noun in words("reader_en", "plural") or (bool(single) and noun not in animate())


def is_kind_only(blotted: str, end: int) -> bool:
    """`a man of honour`, `like a child`: no one in the story."""
    return bool(re.match(r"\s+of\b", blotted[end : end + 4]))


def named_noun(candidate: NameCandidate, forms: dict[str, int]) -> NameCandidate:
    """The form used most, a capitalised one before all."""
    best = max(
        forms, key=lambda form: (form[-1 - len(form.split()[-1]) :].strip()[:1].isupper(), forms[form], -len(form))
    )
    candidate.aliases = [f"the {form}" for form in forms if form != best] + [candidate.name]
    candidate.name = f"the {best}"
    return candidate
