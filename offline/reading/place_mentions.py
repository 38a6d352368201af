"""Finds the places that a told sentence names, each with how surely somebody is there.

Whoever goes to a place, or does something in it, is there (2 and more); what is only talked of, seen from afar or
compared with is not (0). `屋上の扉` is a place on the roof; `病院の庭` is a garden.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from manga.vocabulary.places import places
from offline.reading.story_tables import Lore

Word = tuple[str, int, int]
"""Label, start and end."""
ARRIVES, STANDS, PASSES, TOPIC, NAMED, AFAR = 3.0, 2.5, 2.0, 1.0, 0.4, 0.0
SURE = 2.0
"""From here on somebody is there."""

NEAR_JA = (
    r"(?:の(?:ちかく|近く|そば|前|まえ|裏|うら|中|なか|真ん中|まん中|入り?口|戸口|奥|上|下|かげ|後|うしろ|すみ|隅|端|横"
    r"|となり|片側|曲がり角|縁|ふち|扉|戸|門|方|ほう|深いところ)|口|先|ぎわ|際|ばた|べり)?"
)
AFAR_JA = re.compile(
    NEAR_JA + r"[^、。]{0,8}?(?:が|も|(?<![でに])は|を|まで)[^。]{0,14}?"
    r"(?:見え|見[たるつ]|見て|見下ろ|見上げ|眺め|ながめ|聞こえ|きこえ|聞え|光って|思い|思っ|考え|話し|指[しさ])"
    r"|の?(?:向こう|むこう)(?!へ|に行|にい)|という(?!.{0,6}[でへに])|のよう|みたい|の話|のこと|から(?:運|きい|聞)"
)
ARRIVES_JA = re.compile(
    NEAR_JA + r"(?:へ|に|まで|にも|の方へ)(?!は(?!い)|ちがい)[^。、]{0,12}?"
    r"(?:行[きくっ]|い[きくっ]|来|き(?:ます|まし|た)|着[いき]|つ[いき]|入|はい[りっ]|もど|戻|帰|かえ|のぼ|登|上が|通[っいう]|かよ|出[てたまかる]"
    r"|向か|やっ|飛び|とび|走|かけ|駆け|立[っち]|坐|座|い(?:た|る|ます|まし)|住|すわ|こし|腰|かく|隠|しゃが|集ま"
    r"|あつま|待|寝|倒れ|たおれ|おり)"
)
REPORTED_JA = re.compile(r"[^。]{0,16}と(?:書[いか]|言|いう|いっ|聞|きい|思|おも)")
OUT_OF_JA = re.compile(r"から(?:外へ)?(?:はい|飛び|とび|走り)?出")
STANDS_JA = re.compile(NEAR_JA + r"で(?![すし]|あ[っり]|も(?:ない|なく|よ|い)|は(?:ない|なく|あり))")
PASSES_JA = re.compile(
    NEAR_JA
    + r"を[^、。]{0,4}?(?:のぼ|登|上[がっり]|降|下り|くだ|歩|ある|走|渡|わた|通|とお|かけ|駆|ぬけ|抜|すす|進|出)"
)
BEING_JA = re.compile(
    NEAR_JA + r"に、?(?:[^、。]{0,14}(?:が|も))?、?(?:立って|あ[りっる]|い[たるて]|いま|なら[んび]|並|すわ|坐)"
)
TOPIC_JA = re.compile(NEAR_JA + r"(?:には|では|は|が)")
DOOR_JA = re.compile(r"の(?:扉|戸|ドア|門)(?:は|が|を|の)")
JOINED_JA = re.compile(r"の[^、。はがをにへでと]{0,3}$")
BEFORE_AFAR_JA = re.compile(r"(?:遠く|はるか|遠い|向うに?は?、?|向こうに?は?、?)[^。]{0,4}$")

OTHERS_JA = re.compile(r"(?:(?<![一-龥])人[がは]|だれか|誰か|人々[がは]|(?:もの|者)たち[がは])[^。]{0,16}$")
"""Nameless people go there, not those whom the story follows."""

AFAR_EN = re.compile(
    r"\b(?:saw|sees?|seen|look\w*|star(?:ed|ing)|gaz\w*|watch\w*|heard|colou?r of|like|as|of the world|about"
    r"|thought of|dream\w* of|from|beyond|far|used to|toward)\b[^.,;]{0,24}$",
    re.IGNORECASE,
)
DET_EN = r"(?:the|a|an|his|her|their|its|my|our|that|this|one|some)\s+(?:[\w'’-]+\s+){0,3}"
GO_EN = (
    r"\b(?:went|came?|com(?:es|ing)|r[au]n|walk\w*|enter\w*|return\w*|arriv\w*|reach\w*|cross\w*|climb\w*|hurr\w*"
    r"|flutter\w*|drag\w*|step\w*|stroll\w*|wander\w*|crept|rush\w*|rode|drove|sail\w*|descend\w*|back (?:to|in)|led"
    r"|march\w*|tramp(?:ed|ing)|hasten\w*"
    r"|brought)\b"
)
GOING_EN = re.compile(
    GO_EN + r"(?:(?!\b(?:that|which|who)\b)[^.;]){0,40}?"
    rf"(?:\b(?:to|into|onto|in|up|down|through|along|at|across|over|toward)\s+(?:{DET_EN})?"
    rf"|\b(?:reached|entered|crossed|climbed)\s+(?:{DET_EN})?)$",
    re.IGNORECASE,
)
COMER_EN = re.compile(
    r"\b(?:an?|two|some|some(?:body|one))\s(?:[\w-]+\s){0,3}(?:came|come|comes|coming)\b[^.;]*$", re.IGNORECASE
)
"""A small man came along the road: to where the people of the story are."""
EARLIER_EN = re.compile(r"\bhad\s+(?:\w+\s){0,2}?\w+(?:ed|en|wn|ght)\b[^.;]{0,40}$", re.IGNORECASE)
MET_EN = re.compile(rf"\bhad (?:\w+ )?(?:met|gathered|assembled|collected) (?:in|at) (?:{DET_EN})?$")
"""By ten they had met in the hall: there they are."""
ACROSS_EN = re.compile(r"\b(?:in|at|to|of|from|into) (?:the|an?) (?:\w+ )?\w+ (?:across|opposite) the $")
"""The hall across the road is not on it."""
SUPPOSED_EN = re.compile(r"\b(?:if|unless|imagine|suppose)\b[^.;]*$", re.IGNORECASE)
"""If you shout at a cliff: nobody stands before one."""
PART_EN = re.compile(
    rf"\b(?:stairs?|top|foot|door|edge|middle|end|side|corner|floor|window|steps|back|front) of (?:{DET_EN})?$",
    re.IGNORECASE,
)
VERSE_EN = re.compile(
    r"[a-z’',;:)-] (?:An?|And|As|At|But|By|For|From|In|Into|Is|It|Like|Of|Off|On|Once|Or|Over|Round|Shall|So|That|The"
    r"|Their|Then|This|Through|To|Under|Upon|Was|Were|When|Where|Which|While|With|Whose) [a-z]"
)
VERSES = 2
"""Lines that begin with capitals: nobody goes to the places of a song."""
MIND_EN = re.compile(
    r"\b(?:reason|mind|heart|soul|spirit|fancy|imagination|memory|conscience)\b[^.,;]{0,16}$"
    r"|\b(?:entitled|titled|called)\s[\"“‘'][^.,;]{0,24}$",
    re.IGNORECASE,
)
"""The reason sits upon her throne, and a song is entitled “The Palace”."""
WHERE_EN = re.compile(
    r"\s(?:in|into|through|at|on|to|upon) which (?:I|we|he|she|they|[A-Z][a-z]+)\s"
    r"(?!(?:all )?(?:had|was born|were born|would|could|might|used|spoke|wrote|thought|look|gaz|star|peer|saw))"
)
"""The vault in which we laid it: they are there."""
ON_IT_EN = re.compile(rf"\b(?:roof|walls?|gates?|chimneys?|towers?|turrets?|slates|windows) of (?:{DET_EN})?$")
"""The hail on the roof of the castle is not in it."""
LOOKS_OUT_EN = re.compile(
    r"\b(?:look|gaz|star|peer|glanc)(?:s|ed|ing) out (?:of|at|through|from) (?:the|a|an|his|her|my|our|their) (?:\w+ )?"
    r"windows?\b|\b(?:sat|stood|sitting|standing|sits|stands) (?:at|by|beside|near) (?:the|a|his|her|my|their)"
    r" (?:open )?window\b",
    re.IGNORECASE,
)
"""Whoever looks out of a window is indoors."""
IN_EN = re.compile(
    rf"\b(?:in|at|on|inside|by|near|beside|within|upon|under|along|through|into)\s+(?:{DET_EN})?$", re.IGNORECASE
)
FIRST_EN = re.compile(rf"^(?:{DET_EN})?$", re.IGNORECASE)
OUTSIDE_JA = re.compile(r"の?(?:前|まえ|下|した|そば|ちかく|近く|裏(?!口)|うら|後|うしろ|方)")
HOME_EN = re.compile(r"\b(?:reached|came|went|ran|got|returned|at|walked|back)\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A place word at `start` of the sentence."""

    label: str
    start: int
    end: int
    strength: float


def sightings(tables: Lore, sentence: str) -> tuple[Sighting, ...]:
    """In the order of the sentence. Of several places that somebody goes to, only the last is where they are then."""
    read = read_ja if tables.name.endswith("ja") else read_en
    real = tables.real(sentence)
    found = [sighting for sighting in read(list(words(tables, real)), real) if sighting.label]
    last = max((i for i, s in enumerate(found) if s.strength >= SURE), default=-1)
    return tuple(
        replace(s, strength=TOPIC) if i < last and s.strength >= SURE and s.label != found[last].label else s
        for i, s in enumerate(found)
    )


def read_en(found: list[Word], sentence: str) -> Iterator[Sighting]:
    sung = len(VERSE_EN.findall(sentence)) >= VERSES
    if LOOKS_OUT_EN.search(sentence) and not sung:
        yield Sighting("room", 0, 0, PASSES)
    for label, start, end in found:
        yield Sighting(label, start, end, AFAR if sung else strength_en(sentence, start, end))


def read_ja(found: list[Word], sentence: str) -> Iterator[Sighting]:
    """The garden of the hospital is a garden; the castle's front is no castle."""
    owners = {
        a
        for (_, a, end), (_, start, _) in pairwise(found)
        if start >= end and JOINED_JA.match(sentence[end - (sentence[end - 1] == "の") : start])
    }
    for label, start, end in found:
        strength = NAMED if start in owners else strength_ja(sentence, start, end)
        yield Sighting(outdoors(label, sentence, start, end), start, end, strength)


def outdoors(label: str, sentence: str, start: int, end: int) -> str:
    """The castle's front is no castle: before or behind a building people are out of doors."""
    out = OUTSIDE_JA.match(sentence, end - (end - start > 1 and sentence[end - 1] == "の"))
    front = places().entries[label].front
    return front if out and front is not None else label


def words(tables: Lore, sentence: str) -> Iterator[Word]:
    """Place words; of two that overlap the one that begins first, then the earlier row."""
    every = [
        (match.start(), rank, match.end(), label)
        for rank, (label, row) in enumerate(tables.places("told").rows)
        for match in row.finditer(sentence)
    ]
    last = 0
    for start, _, end, label in sorted(every):
        if start >= last:
            yield label, start, end
            last = end


def strength_ja(sentence: str, start: int, end: int) -> float:
    """`end` may already hold the particle; then the word before it is looked at again."""
    stop = end - 1 if sentence[end - 1] in "のにへはをがで、と" and end - start > 1 else end
    rest = sentence[stop:]
    if BEFORE_AFAR_JA.search(sentence[:start]) or AFAR_JA.match(rest):
        return AFAR
    if OTHERS_JA.search(sentence[:start]) or REPORTED_JA.match(rest):
        return NAMED
    for pattern, strength in (
        (ARRIVES_JA, ARRIVES),
        (OUT_OF_JA, TOPIC),
        (DOOR_JA, NAMED),
        (STANDS_JA, STANDS),
        (PASSES_JA, PASSES),
        (BEING_JA, PASSES),
    ):
        if pattern.match(rest):
            return strength
    clause = re.split(r"[、。]", sentence[:start])[-1]
    return TOPIC if TOPIC_JA.match(rest) and len(clause) <= 6 else NAMED


def strength_en(sentence: str, start: int, end: int) -> float:
    before = sentence[:start]
    there = any(row.search(before) for row in (MET_EN, PART_EN)) or WHERE_EN.match(sentence, end)
    across = ACROSS_EN.search(before)
    if there and not across:
        return STANDS
    if across or SUPPOSED_EN.search(before) or EARLIER_EN.search(before) or ON_IT_EN.search(before):
        return AFAR if SUPPOSED_EN.search(before) else NAMED
    if GOING_EN.search(before) or (sentence[start:end].lower() == "home" and HOME_EN.search(before)):
        return TOPIC if COMER_EN.search(before) else ARRIVES
    if AFAR_EN.search(before) or MIND_EN.search(before):
        return AFAR
    if IN_EN.search(before):
        return PASSES
    return TOPIC if FIRST_EN.match(before) else NAMED
