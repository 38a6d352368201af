"""Finds the subject of a verb in an English sentence, where it is not the one named before it.

`A tarn that lay`, `and the whole family lay`, `there stood a tree`, `I saw the walls rushing`: none of these is the
deed of whoever was named last.
"""

import re

_EDGE = re.compile(
    r"[,;:.!?()—]|--|\b(?:and|but|or|nor|for|so|yet|then|that|when|while|as|where|because|though|although|until|till|if)\b"
)
_DET = r"(?:the|an?|his|her|its|their|my|our|your|this|these|those|no|some|every|each|all|both|many|another|other)"
_NOUNS = re.compile(rf"\s*{_DET}\s+(?:[\w'’-]+\s+){{1,8}}", re.IGNORECASE)
_BARE = re.compile(r"\s*(?:every|any|some|no)(?:thing|body|one)\s+(?:\w+ly\s+)?", re.IGNORECASE)
_WHEN = re.compile(
    r"\b(?:times?|days?|moments?|mornings?|evenings?|nights?|afternoons?|hours?|weeks?|months?|years?|instant|while"
    r"|minutes?|seconds?|spring|summer|autumn|winter|\w+day|way|later|after|afterwards|before|ago|same|more|first|last"
    r"|less|once|long)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
"""The next morning he went: such words stand where a subject could."""
_BODY = re.compile(
    r"\b(?:his|her|their|my|our)\s(?:\w+\s){0,2}(?:hands?|arms?|eyes?|face|lips|head|feet|foot|fingers?|legs?|knees?"
    r"|body|heart|voice|mouth|gaze|glance|figure)\s+(?:\w+ly\s+)?$"
)
"""A hand does what its owner does."""
_ADVERBS = (
    r"(?:\s+(?:\w+ly|had|has|have|was|were|is|are|been|being|never|ever|always|once|still|so|now|then|also|just|would"
    r"|could|all|thus|already|again|soon|long))*\s+"
)
_RELATIVE = re.compile(
    rf"(?P<gap>[\s,]*)\b(?:(?:who|that){_ADVERBS}"
    r"|(?:(?:in|on|of|from|through|under|over|by|at|to|upon|into|with)\s)?which\b(?:,[^,;.]{1,80},)?"
    r"(?:(?!\b(?:and|but|or|when|while|as|until|that)\b)[^,;:.—(]){1,60})$"
)
_IS_ONE = re.compile(r"\s*(?:was|is|were|am|are|be|had been|has been)\b(?! like)[^,;.]*$")
"""Tom was the boy who ran."""
_THERE = re.compile(
    r"(?:^|[,;:.—-]|\b(?:and|but|that|then|when|as|for|which|now|while|so))\s*,?\s*[Tt]here\s+"
    r"(?:(?:was|were|is|are|had been|has been|came|rose|arose|seemed|appeared)\b[^,;.]*|(?:\w+ly\s+)?)$"
)
_SEEN = re.compile(
    r"\b(?:saw|see|sees|seen|seeing|watch(?:ed|es|ing)?|hear[ds]?|hearing|felt|found|finds?|notic(?:ed?|es|ing)"
    rf"|beheld|behold|caught)\s+(?:{_DET}\s+(?:[\w'’-]+\s+){{0,3}})?(?:[A-Z][\w'’-]+\s+)?$"
)
_IS_ASLEEP = re.compile(
    r"(?:^|\b(?:was|were|is|are|am|be|been|seemed|looked|lay|lies|lying|fell|falls?|falling|half|fast|sound|still|and|or"
    r"|already|not)\b|[,;:(—-])\s*(?:\w+ly\s+)?$"
)
"""Elsewhere it is said of the word before it: the Spring asleep."""
_NAMES_SOUND = re.compile(r"(?:scream|shriek|shout|yell|roar|howl|sob|laugh)(?:s|ing|ter)?", re.IGNORECASE)
_NOUN_BEFORE = re.compile(r"(?:['’]s|\b(?:an?|the|that|this|its|no|every))\s(?:[\w-]+\s){0,2}$")
_UTTERS = re.compile(r"\b(?:with|g[ai]v\w+|utter\w*|rais\w+|set up|burst into)\s+[^,;.]{0,24}$")
_ATTRIBUTE = re.compile(r"\b(?:an?|the|his|my|its|their|our|own|every|no)\s$")
_LISTED = re.compile(r"\b(?:an?|the|his|my|its|their|our)\s(?:[\w-]+, )+$")
_LISTED_ON = re.compile(r",? (?:and|or|but) [\w-]+(?:ing|ed)\s[a-z]")
_OF_A_SOUND = re.compile(r"(?: or [\w-]+ing)? (?:sound|noise|voice)s?\b")
_IN_A_WAY = re.compile(r"\b(?:with|of|in|by) $")
_QUALITY = re.compile(r"\w+(?:ing|ed)", re.IGNORECASE)


def own_subject(text: str, low: int, start: int, end: int) -> int | None:
    """Where the words end that the verb at `start`..`end` is said of; None where it is whoever is named before `low`.
    Linear in the distance."""
    between = text[low:start]
    relative = _RELATIVE.search(between)
    if relative:
        head = between[: relative.start()]
        return None if not head.strip(" ,") or _IS_ONE.match(head) else low + relative.start()
    if _THERE.search(between):
        return start
    if text[start:end].lower() == "asleep" and not _IS_ASLEEP.search(between):
        return start
    if _SEEN.search(between) and text[start:end].lower().endswith("ing"):
        return start
    return start if _names_another(between) else None


def is_quality(text: str, start: int, end: int) -> bool:
    """The rushing gust, a hurried murmur, the dragon's shriek: no deed, unless somebody gives the shriek."""
    before, word = text[max(0, start - 60) : start], text[start:end]
    if _NAMES_SOUND.fullmatch(word) and not word.endswith("ing"):
        return bool(_NOUN_BEFORE.search(before)) and not _UTTERS.search(before)
    listed = _LISTED.search(before) and _LISTED_ON.match(text, end)
    hurried = word.endswith("ed") and _IN_A_WAY.search(before)
    describes = _ATTRIBUTE.search(before) or listed or hurried or _OF_A_SOUND.match(text, end)
    return bool(_QUALITY.fullmatch(word) and describes)


def _names_another(between: str) -> bool:
    """Whether a noun of its own stands after the last edge of a clause."""
    edges = list(_EDGE.finditer(between))
    if not edges:
        return False
    rest, before = between[edges[-1].end() :], between[: edges[-1].start()]
    if edges[-1].group() == "and" and not before.strip(" ,"):
        return False
    named = _BARE.fullmatch(rest) or (_NOUNS.fullmatch(rest) and not _WHEN.search(rest))
    return bool(named) and not _BODY.search(rest)
