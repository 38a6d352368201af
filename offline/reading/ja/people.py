"""Makes the people of a Japanese story from the evidence, and finds where they are named."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

from offline.lexicon import pattern, table, words
from offline.reading.ja.aliases import Group, is_common, is_full_name, name_fully
from offline.reading.ja.evidence_for_people import Evidence, bare, gather, may_be_name
from offline.reading.ja.name_links import name_by_part, said_to_be
from offline.reading.ja.noun_phrases import (
    SPELT_OUT,
    Phrase,
    animacy,
    is_listed_name,
    is_name,
    is_surname,
    noun_phrases,
)
from offline.reading.ja.speech_habits import KIN, KIN_NAMES
from offline.reading.same_people import Places, introduced, join
from offline.reading.story_reading import Mention, Person, Quote, masked

HONORIFIC = r"(?:さん|ちゃん|くん|君|さま|様|先生|先輩)"
CALLS = re.compile(
    rf"(?<=[。、！？…\u3000])(?:ねえ、|なあ、|おい、)?"
    rf"([ァ-ヴー]{{2,6}}|[一-龥々]{{2,3}}|お[一-龥]{{1,2}}|[一-龥々ァ-ヴーぁ-ん]{{1,5}}{HONORIFIC})(?=[。、！？…\u3000])"
)
MOST = 6
TWICE = 2
COUNTED = re.compile(r"^(?:一人|ひとり|もひとり|もう一方|二人|ふたり|三人|はじめ|他|残り)の")
HIDDEN = re.compile(
    r"((?:戸|扉|壁|襖|障子|箱|井戸|穴|闇|暗闇|林|森|藪|電話)の?(?:中|むこう|向こう|向う|奥|外|底))(?:で|から)は?、?"
    r"[^。「]{0,24}(?:声|云|言|いい|いって|叫|さけ|どな|よ[びん])"
)
TOLD_TO_BE = re.compile(r"(?:だった|でした|である|だ|です|でございま(?:す|した))(?:。|\n|$)")
"""戸があいた。ガンモ船長だった。"""
BOTH_OF = re.compile(r"と([はがも])")
"""虎と蛇とは: the second of two who do something."""
TOPIC = re.compile(r"[^、。\n]は(?:[、ぁ-ん一-龥ァ-ヴ])")
SPREAD, SHORT = 2, 2000
"""Of the quarters of a story: who tells it does not say I in one place only."""
ANYBODY = re.compile(r"少年|少女|男の子|女の子|青年|老人|老婆|若者|娘|婦人|紳士|大?男|女")
"""Who may be told of so before he has a name."""
GIVES_NAME = re.compile(
    r"(?:わたくし|わたし|私|ぼく|僕|おれ|俺|わし)は、?(?:[^。、]{1,20}[、の])?([^。、「」]{1,8}?)(?:とい[うい]|と申|です。|だ。)"
)
BEFORE_IT, BEHIND_IT = 300, 60
ELDERS = re.compile(r"(?:^|[ お])(?:(とう|にい|じい)|かあ|ねえ|ばあ)(?:さん|さま|ちゃん)")
"""おとうさん is no おとう, who would be a girl."""
MANY = re.compile(r"双子$|夫婦$|兄弟$|姉妹$|一家$|群衆$|観客$")


def calls(text: str, quotes: list[Quote]) -> Counter[str]:
    """How often each name is called; a common word is none, whatever is called after it."""
    said = "".join(f"。{text[q.start : q.end]}。" for q in quotes)
    return Counter(match.group(1) for match in CALLS.finditer(said) if may_be_called(match.group(1)))


def may_be_called(name: str) -> bool:
    if KIN.fullmatch(name):
        return pattern("reader_ja", "kin").match(name) is not None
    if not may_be_name(name):
        return False
    plain = bare_call(name)
    if plain != name:
        return bool(plain) and plain not in words("reader_ja", "stop")
    return is_name(name) or bool(SPELT_OUT.fullmatch(name)) or (name.startswith("お") and not animacy(name))


def bare_call(name: str) -> str:
    return re.sub(rf"{HONORIFIC}$", "", name)


def called_only(text: str, quotes: list[Quote]) -> list[Group]:
    """A talk without a word of narration: those who are called by name, and named twice at least."""
    said = "".join(f"。{text[q.start : q.end]}。" for q in quotes)
    groups: dict[str, Group] = {}
    for name, times in calls(text, quotes).most_common(MOST * 2):
        if said.count(bare_call(name)) < TWICE or is_thing(name, times):
            continue
        home = groups.setdefault(bare_call(name), Group(name, text.find(name)))
        relative = pattern("reader_ja", "kin").match(name)
        home.add(
            *([name] if name != home.name else []), *([] if bare_call(name) == name or relative else [bare_call(name)])
        )
    return list(groups.values())[:MOST]


def is_thing(name: str, times: int) -> bool:
    """お砂糖 is listed once beside others, お絹 is called again; so is エリ, which may be a collar."""
    return bare_call(name) == name and not is_name(name) and times < TWICE and not KIN.fullmatch(name)


def unnamed(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> list[Group]:
    """Who is called twice and never told of, the most called first."""
    known = [name for group in groups for name in group.names]
    found: dict[str, Group] = {}
    total: Counter[str] = Counter()
    for name, times in calls(text, quotes).items():
        plain = bare_call(name)
        strange = plain not in blotted and not any(plain in other or other in plain for other in known)
        if strange and not pattern("reader_ja", "kin").match(name) and plain not in words("reader_ja", "titles"):
            total[plain] += times
            found.setdefault(plain, Group(plain, text.find(name))).add(*([name] if name != plain else []))
    return [found[name] for name, times in total.most_common() if times >= TWICE]


@dataclass(frozen=True, slots=True)
class People:
    """Everyone, who answers to which name, where they are named, and how often quotes stand beside a name."""

    persons: tuple[Person, ...]
    by_name: dict[str, str]
    mentions: tuple[Mention, ...]
    particles: dict[int, str]
    tagged: dict[str, int]


def find_people(text: str, quotes: list[Quote]) -> People:
    blotted = masked(text, quotes)
    phrases = noun_phrases(blotted)
    found = gather(text, blotted, phrases, quotes)
    groups = merge(found)
    groups = groups or called_only(text, quotes)
    places = places_of(blotted, phrases, groups)
    join(groups, said_to_be(text, blotted, groups), differ)
    join(groups, called_himself(text, quotes, groups, places), lambda *_: False)
    join(groups, links(groups, places), lambda one, other: differ(one, other) or places.apart(one, other))
    name_fully(text, blotted, quotes, groups)
    name_by_part(blotted, groups)
    join(groups, looked_like(groups), differ)
    narrator = find_narrator(text, phrases)
    if narrator:
        narrator = replace(narrator, aliases=own_names(text, blotted, quotes, groups))
    by_name = {alias: group.name for group in groups for alias in group.names}
    mentions, particles = locate(blotted, phrases, by_name, {g.name: g.first for g in groups})
    persons = [as_person(g) for g in groups]
    for match in HIDDEN.finditer(blotted):
        voice = f"{match.group(1)}の声"
        mentions.append(Mention(match.start(1), match.end(1), voice, "subject"))
        particles[match.start(1)] = "は"
        if all(p.name != voice for p in persons):
            persons.append(Person(voice, (match.group(1),), "neutral", True, match.start(), unseen=True))
    if narrator:
        persons.append(narrator)
        by_name |= dict.fromkeys(narrator.aliases, narrator.name)
        for phrase in phrases:
            if phrase.text in words("reader_ja", "first_person"):
                mentions.append(Mention(phrase.start, phrase.end, narrator.name, role_of(phrase.particle)))
                particles[phrase.start] = phrase.particle
    tagged = {g.name: sum(found[n].tagged for n in g.names if n in found) for g in groups}
    ordered = tuple(sorted(mentions, key=lambda m: m.start))
    return People(tuple(persons), by_name, ordered, particles, tagged)


def merge(found: dict[str, Evidence]) -> list[Group]:
    """Candidates by weight; honorifics, counted forms and longer forms of a name go to one group."""
    names = [name for name in found if found[name].is_person(name)]
    names = names or [n for n in found if found[n].subjects and (animacy(n) or found[n].proper)][:4]
    names.sort(key=lambda name: (-found[name].score(name), found[name].first))
    groups: list[Group] = []
    for name in names:
        home = next((g for g in groups if same_person(name, g)), None)
        if home is None:
            groups.append(Group(name, found[name].first))
        else:
            home.aliases.append(name)
            home.first = min(home.first, found[name].first)
    return groups


def same_person(name: str, group: Group) -> bool:
    if COUNTED.sub("", group.name) == COUNTED.sub("", name):
        return True
    if len(parts(name)) > 1 and parts(name) == parts(group.name):
        return True
    if any(is_full_name(name, own) or is_full_name(own, name) for own in group.names):
        return True
    plain, other = core(name), core(group.name)
    if plain == other:
        return True
    if described(name, group.name) or described(group.name, name):
        return True
    long_enough = len(plain) >= 2 and len(other) >= 2 and "の" not in name + group.name
    return long_enough and (other.startswith(plain) or plain.startswith(other))


def described(longer: str, shorter: str) -> bool:
    """片目眇の老人 is 老人; but 日出夫の父 is not 父, because 日出夫 is someone else."""
    owner, _, noun = longer.rpartition("の")
    return bool(owner) and noun == shorter and noun not in words("reader_ja", "companions") and animacy(owner) == 0


def core(name: str) -> str:
    return pattern("reader_ja", "honorific").sub("", name) or name


def parts(name: str) -> frozenset[str]:
    """弥助の家内 and 弥助の奥さん differ, 弥助さんの家内 and 弥助の家内 do not."""
    plain = re.sub(r"の(?:家内|おかみさん|奥さん|女房|妻)$", "の妻", name)
    return frozenset(re.sub(r"お|さん|さま|様|ちゃん", "", part) for part in plain.split("の") if part)


def places_of(blotted: str, phrases: list[Phrase], groups: list[Group]) -> Places:
    by_name = {alias: group.name for group in groups for alias in group.names}
    return Places(blotted, locate(blotted, phrases, by_name, {})[0])


def links(groups: list[Group], places: Places) -> Iterator[tuple[Group, Group]]:
    """母 and お母さん, 睦田老人 and 睦田, 少年 and レン who is named next."""
    for at, one in enumerate(groups):
        for other in groups[:at]:
            if (kin_root(one.name) is not None and kin_root(one.name) == kin_root(other.name)) or is_longer(
                one.name, other.name
            ):
                yield one, other
            elif is_longer(other.name, one.name):
                yield other, one
    known = [g for g in groups if any(is_name(n) or SPELT_OUT.fullmatch(n) for n in g.names) and not animacy(g.name)]
    yield from introduced([g for g in groups if ANYBODY.fullmatch(g.name)], known, places, may_be)


def looked_like(groups: list[Group]) -> Iterator[tuple[Group, Group]]:
    """番頭さん, and the 番頭さん of a cold voice (冷たい声の), is 番頭の留吉."""
    for one, other in permutations(groups, 2):
        plain = core(one.name)
        if any(plain == core(name) or described(plain, core(name)) for name in other.aliases):
            yield one, other


def called_himself(
    text: str, quotes: list[Quote], groups: list[Group], places: Places
) -> Iterator[tuple[Group, Group]]:
    """「おれは鉄冠子という仙人だ」 is said by the only one near by of whom no name is known: the 老人."""
    for quote in quotes:
        said = GIVES_NAME.search(text, quote.start, quote.end)
        bearer = next((g for g in groups if said and said[1] in g.names and not animacy(g.name)), None)
        if bearer is None or min(places.of.get(bearer.name, [quote.start])) < quote.start:
            continue
        near = range(quote.start - BEFORE_IT, quote.end + BEHIND_IT)
        told = [g for g in groups if ANYBODY.fullmatch(g.name) and any(at in near for at in places.of.get(g.name, ()))]
        if len(told) == 1:
            yield told[0], bearer


def kin_root(name: str) -> int | None:
    """Father, mother and so on of somebody who is not named."""
    return next((n for n, root in enumerate(KIN_NAMES) if root.fullmatch(name)), None)


def is_longer(name: str, known: str) -> bool:
    """とおりツェねずみ and 昨夜貫一, where a word of the clause stands before the name; 睦田老人 is 睦田."""
    before = name.removesuffix(known) if name != known and name.endswith(known) else ""
    cut_badly = (
        len(known) > 1
        and before
        and not animacy(before)
        and ((is_name(known) and not is_surname(before)) or bool(re.search("[ぁ-ん]$", before) and len(before) > 1))
    )
    rest = name.removeprefix(known) if name.startswith(known) else ""
    return bool(cut_badly) or (len(known) > 1 and is_listed_name(known) and rest in words("reader_ja", "animate"))


def may_be(word: Group, name: Group) -> bool:
    """Whether the one who is called by a word for anybody may have the name: no 女 is 太郎."""
    return gender_of(word.names) in ("neutral", gender_of(name.names))


def differ(one: Group, other: Group) -> bool:
    plural = pattern("reader_ja", "plural")
    sexes = {gender_of(one.names), gender_of(other.names)} - {"neutral"}
    many = bool(plural.search(one.name)) != bool(plural.search(other.name))
    return many or len(sexes) > 1


def as_person(group: Group) -> Person:
    plural = pattern("reader_ja", "plural").search(group.name) or MANY.search(group.name)
    many = bool(plural) and group.name not in ("子供", "友達")
    return Person(group.name, tuple(dict.fromkeys(group.aliases)), gender_of(group.names), many, group.first)


def gender_of(names: list[str]) -> Literal["female", "male", "neutral"]:
    if any(name.endswith("双子") for name in names):
        return "neutral"
    joined = " ".join(names)
    kin = ELDERS.search(joined)
    known = ("male" if kin[1] else "female") if kin else table("reader_ja", "given_names").first(joined)
    if known == "female" or re.search(r"奥(?:さん|さま|様|方)|細君|妻君|夫人|令嬢", joined):
        return "female"
    if known == "male" or re.search(
        r"(?<!女)の子(?<=男の子)|息子|坊や|王子|じい(?:さん|ちゃん)|祖父|父さん|兄さん"
        r"|(?:^| )[ァ-ヴー]{1,3}[タトゴジオイ](?:さん|くん)?(?= |$)",
        joined,
    ):
        return "male"
    if re.search(
        r"娘|姉|妹|母|婆|おばあ|ばあさ|女|姫|妃|嬢|奥さん|家内|おかみ|妻|婦人|夫人|魔女|尼"
        r"|[子美恵香江代奈絵乃菜]$|[子美恵香江奈絵乃代]さん|ちゃん"
        r"|(?:^| )[ァ-ヴー]{1,3}[ミナリエカコヨサホノラマ](?:さん|先生)?(?= |$)"
        r"|(?:^| )[ァ-ヴ]?[マサミユア]キ(?:さん)?(?= |$)",
        joined,
    ):
        return "female"
    if re.search(
        r"父|爺|おじい|男|兄|弟|王|君|くん|太郎|[一二三郎夫雄助吉平十作蔵衛]$|紳士|侍|坊|主人|旦那|息子|若者|老人|百姓|漁師|猟師|将|大王|浪人|和尚|僧|[平造蔵介太郎]$|按摩|番頭|番人|料理長|機関士|隊長|船長|少年|探偵",
        joined,
    ):
        return "male"
    return "neutral"


def find_narrator(text: str, phrases: list[Phrase]) -> Person | None:
    """Someone who says 私 all through the story, not in a frame around it only."""
    plural = pattern("reader_ja", "plural")
    forms = [p for p in phrases if plural.sub("", p.text) in words("reader_ja", "first_person")]
    if (
        len(forms) < 3
        or len(forms) * 1500 < len(text)
        or len({p.start * 4 // len(text) for p in forms}) < (SPREAD if len(text) < SHORT else SPREAD + 1)
    ):
        return None
    used = [plural.sub("", p.text) for p in forms]
    name = max(dict.fromkeys(used), key=used.count)
    gender: Literal["male", "neutral"] = "male" if name in ("僕", "俺", "ぼく", "おれ") else "neutral"
    return Person(name, (), gender, False, forms[0].start, narrator=True)


def own_names(text: str, blotted: str, quotes: list[Quote], groups: list[Group]) -> tuple[str, ...]:
    """Others call somebody カズオ whom the story never tells of: that is who tells it."""
    found = [group for group in unnamed(text, blotted, quotes, groups) if is_listed_name(group.name)]
    return tuple(found[0].names) if found else ()


def locate(
    blotted: str, phrases: list[Phrase], by_name: dict[str, str], first: dict[str, int]
) -> tuple[list[Mention], dict[int, str]]:
    """Where everyone is named, and the particle after each name. A kinship word or a bare title names somebody only
    after that person has been met under another name."""
    longest = sorted((n for n in by_name if len(n) >= 2 and not is_common(n)), key=len, reverse=True)
    mentions, particles = [], {}
    for phrase in phrases:
        name = bare(phrase.text)
        start = phrase.end - len(name)
        single = pattern("reader_ja", "plural").sub("", name)
        known = (
            by_name.get(name) or by_name.get(single) or next((by_name[n] for n in longest if name.endswith(n)), None)
        )
        part = part_of(name)
        cut = next((n for n in longest if len(name) > 1 and n.startswith(name) and blotted.startswith(n, start)), name)
        known = known or by_name.get(part) or by_name.get(cut)  # a rare name that the dictionary cuts short
        end = start + len(cut)
        early = known and known not in (name, part) and is_common(part or name) and start < first.get(known, 0)
        if known and not early:
            particle = "が" if not phrase.particle and TOLD_TO_BE.match(blotted, end) else phrase.particle
            second = BOTH_OF.match(blotted, end) if blotted[start - 1 : start] == "と" else None
            particle = second[1] if second else particle
            mentions.append(Mention(start, end, known, role_of(particle)))
            particles[start] = particle
    return mentions, particles


def part_of(name: str) -> str:
    """連絡船の船長 is the 船長, 久世の家内 is not everybody's 家内."""
    owner, _, part = name.rpartition("の")
    return part if owner and not animacy(owner) else ""


def role_of(particle: str) -> Literal["subject", "object", "owner", "other"]:
    if particle in ("は", "が", "も"):
        return "subject"
    if particle == "の":
        return "owner"
    return "object" if particle in ("を", "に", "と", "へ") else "other"
