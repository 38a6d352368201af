"""Stages figures: a framed panel, its shot and the cast in; figures with place, facing, face and pose out.

Within a scene people keep their sides (the 180° line). Where two speak in one panel, the first to speak stands on the
side that is read first, so that balloons and heads do not cross; then the camera has moved, and sides are new."""

import re
from collections.abc import Sequence

from manga.brief import Language
from manga.characters import Cast, Character
from manga.paper import Direction
from manga.plot import DOUBT, Beat, Emotion, Scene
from manga.storyboard import FigureDirection, Pose, Role, Shot
from offline.directing.added_panels import KEY_EVENT
from offline.directing.camera_shots import AFAR, MOST_FIGURES, Wide, known
from offline.directing.deeds_at_somebody import deed_of_two
from offline.directing.deeds_to_show import STRONG, last_acts, strong_doers
from offline.directing.faces_and_poses import DOWN, expression_of, held, pose_for, pose_of
from offline.directing.lasting_feelings import Moods
from offline.directing.panel_reactions import is_grave, looks_on, stirred, voices
from offline.directing.panel_roles import Frame
from offline.directing.positions_in_panels import (
    AT,
    depth_of,
    facing_alone,
    facing_at,
    in_turn,
    placed_between,
    turns_of,
)
from offline.directing.posture import Bodies, at_table
from offline.directing.told_thoughts import teller_of
from offline.directing.views_from_behind import Pairs, Views, readers
from offline.directing.who_is_present import (
    Entrances,
    company_of,
    entrances,
    gathered,
    met_in,
    muses,
    narrates,
    others_act,
    partner_of,
    shown_until,
    talking_near,
    tells_of_all,
    told_of,
    with_company,
)
from offline.reading.lexicon_tables import lore

_SOFT = frozenset({Emotion.JOY, Emotion.TENDERNESS, Emotion.SADNESS, Emotion.SHAME})
_SENTENCE = re.compile(r"[^。.!?！？]+[。.!?！？]*")
FEW_LETTERS = {Language.JA: 24, Language.EN: 60}
"""With more words somebody's first view is no entrance."""
_ROLES = frozenset({Role.TALK, Role.ACT, Role.HOOK, Role.PAYOFF, Role.SPLASH})
_ALONE = 0.62
"""A single figure stands a little to its own side; the balloon takes the other."""
MOST_ALONE = 2
"""So often whoever tells the story is seen alone; then what he tells of is."""
APART = 5
"""Panels in which a picture without anybody is not followed by another, where what the words tell matters."""
MOST_TOGETHER = 1
"""So often the same people are seen together again; then the one who speaks is seen alone."""


def startled(frame: Frame, cast: Cast, language: Language) -> frozenset[str]:
    """Whoever is named last before the word, else the first who is there; those who speak of it, where they speak."""
    found: set[str] = set()
    for beat in dict.fromkeys(moment.beat for moment in frame.moments):
        if beat.emotion in _SOFT:
            continue
        for sentence in _SENTENCE.findall(beat.told):
            match = lore(language).pattern("start").search(sentence)
            if match:
                who = _named_before(sentence[: match.start()], cast) or next(iter(beat.present), "")
                found |= {who} if _has_the_word(who, beat, frame) else set()
    return frozenset(found - {""})


def feels(beat: Beat, cast: Cast, language: Language) -> frozenset[str]:
    """Those of whom the words for the beat's feeling are said; nobody where no name tells."""
    found: set[str] = set()
    for row in (row for label, row in lore(language).table("emotions").rows if label == beat.emotion):
        for sentence in _SENTENCE.findall(beat.told):
            found |= {_named_before(sentence[: match.start()], cast) for match in row.finditer(sentence)}
    return frozenset(found & set(beat.present))


def _has_the_word(who: str, beat: Beat, frame: Frame) -> bool:
    """A beat of several panels: the start belongs to the cry, if there is one."""
    own = {line.key for line in beat.lines if line.speaker == who}
    return not own or any(moment.line is not None and moment.line.key in own for moment in frame.moments)


def _named_before(words: str, cast: Cast) -> str:
    """The one whose name stands nearest."""
    places = [
        (words.rfind(name), len(name), character.key)
        for character in cast.characters
        for name in (character.name, *character.aliases)
        if name in words
    ]
    return max(places)[2] if places else ""


def is_entrance(frame: Frame, sheet: Character | None, language: Language) -> bool:
    """Main characters enter, with few words, in a panel that tells something."""
    main = sheet is not None and sheet.role in ("protagonist", "main")
    few = sum(moment.letters for moment in frame.moments) <= FEW_LETTERS[language]
    return main and few and frame.role in _ROLES


class SceneSides:
    """Remembers, scene by scene, who stands on the side that is read first."""

    def __init__(self, cast: Cast, direction: Direction, language: Language) -> None:
        self._cast = cast
        self._rtl = direction is Direction.RTL
        self._scene = self._setting = ""
        self._recent: list[str] = []
        self._place: dict[str, float] = {}
        """From 0 (read first) to 1."""
        self._turns: list[str] = []
        """Who speaks in the scene, by first words."""
        self._moved: set[str] = set()  # who has changed sides since the place was last seen from afar
        self._bodies = Bodies()
        self._teller = teller_of(cast)
        self._last: tuple[str, ...] = ()
        self._met: set[str] = set()
        self._shown: set[str] = set()
        self._together, self._empty = 0, False
        self.startled: frozenset[str] = frozenset()
        self._reacting: tuple[str, ...] = ()
        self._partners: tuple[str, ...] = ()
        self._hearers: tuple[str, ...] = ()  # who is seen while voices from outside speak on, but for the first panel
        self._peopled = APART  # panels since one without anybody
        self._pictured: set[tuple[str, str]] = set()  # beats, and who has been seen in them
        self._musing = 0  # for how many panels whoever tells the story has been seen, and nobody else
        self._language = language
        self._pairs, self._views, self._moods = Pairs(cast, language), Views(cast), Moods(cast)
        self._company: dict[str, tuple[str, ...]] = {}  # of each beat: who is told of just before and after it
        self._talking: dict[str, frozenset[str]] = {}  # of each beat: who says something in it or beside it
        self._together_once: set[tuple[str, str]] = set()
        self._entrances = Entrances()
        self._known, self._presented = set[str](), set[str]()  # the latter: who has been seen from near

    @property
    def shoulder(self) -> bool:
        """Whether the last panel looks past somebody's shoulder."""
        return self._pairs.shoulder

    def speakers(self, frame: Frame) -> tuple[str, ...]:
        """Those who are surely speaking, in the order of their balloons."""
        parts = [part for moment in frame.moments if moment.purpose == "spoken" for part in moment.parts]
        return known([part.speaker for part in parts if part.speaker and part.confidence >= DOUBT], self._cast)

    def begin(self, frame: Frame) -> None:
        """Take note of the scene and of what is done before anything is asked."""
        self._enter(frame.lead.scene)
        self.startled = startled(frame, self._cast, self._language)
        here = {key for moment in frame.moments for key in (*moment.beat.present, *voices(moment))}
        self._bodies.begin(stirred=stirred(frame), entered=bool(self._met) and bool(here - self._met))
        self._met |= here
        self._known |= here
        self._reacting = self._onlookers(frame) if looks_on(frame) else readers(frame, self._last)
        self._partners = partner_of(frame, self._recent)
        heard = any(moment.purpose == "spoken" and moment.parts for moment in frame.moments)
        there = [key for key in self._last if key in frame.lead.scene.present]
        self._hearers = known(there, self._cast)[:2] if heard and self._empty else ()
        for moment in frame.moments:
            self._recent = [*(k for k in self._recent if k not in moment.beat.present), *moment.beat.present][-6:]
        self._bodies.do(frame.deeds, grave=is_grave(frame, self._language), seated=at_table(frame, self._language))

    def enters(self, frame: Frame, people: Sequence[str]) -> bool:
        """Whether somebody who matters is seen from near for the first time, alone."""
        new = people[0] if len(people) == 1 and people[0] not in self._presented else ""
        return is_entrance(frame, self._cast.get(new), self._language)

    def turned(self, frame: Frame, people: Sequence[str]) -> bool:
        """Whether two who speak here change sides to be read in turn, or one has who is now seen with more people."""
        places = [self._place[key] for key in self.speakers(frame) if key in self._place]
        return places != sorted(places) or (len(people) > 2 and not self._moved.isdisjoint(people))

    def wide(self, frame: Frame, people: Sequence[str]) -> Wide:
        """Whether somebody lies, who needs room, or falls in this very panel, which may be a face, too."""
        deeds = last_acts(frame.deeds)
        falling = [key for key in people if key in deeds and pose_for(deeds[key].action) in DOWN]
        if falling and falling[0] == people[0]:
            return "falls"
        lying = set(people) & set(self._bodies.lying)
        helpless = lying & set(self._bodies.helpless)
        return "lies" if falling or helpless or 0 < len(lying) < len(people) else ""

    def people(self, frame: Frame, follow: int) -> tuple[str, ...]:
        """Who may be seen: speakers, then the one who acts, then others. Long speeches show who listens, too."""
        if frame.thing or frame.role in (Role.BREATHER, Role.INSERT):
            return ()
        speakers = self.speakers(frame)
        if self._reacting:
            return self._reacting
        deed = deed_of_two(frame)
        if deed is not None and (two := known([deed.who, deed.whom], self._cast)) == (deed.who, deed.whom):
            return known([*two, *speakers], self._cast)
        owed = told_of(frame, self._pictured)
        if speakers and self._alone_with_words(frame, speakers, follow) and set(owed) <= set(speakers):
            return speakers
        lead = frame.lead
        doers = last_acts(frame.deeds)
        if frame.role is Role.AFTERBEAT and not lead.beat.present:
            return known(self._last, self._cast)
        others = (
            [key for moment in frame.moments for key in moment.beat.present] if lead.beat.present or speakers else []
        )
        fallen = self._bodies.helpless if strong_doers(frame.deeds) or lead.beat.importance >= KEY_EVENT else ()
        listeners = [key for key in lead.scene.present if key in self._place] if follow % 2 == 1 else []
        company = with_company(frame, follow, self._company, self._met)
        here = [*speakers, *doers, *self._partners, *lead.beat.present, *others, *fallen, *listeners, *company]
        stay = [*dict.fromkeys((*reversed(self._recent), *lead.scene.present))]
        crowd = tells_of_all(frame, self._language)
        around = [key for key in stay if key in lead.scene.present]
        seen = self._last[:1] == (self._teller,)
        shown = self._peopled < APART or not lead.beat.props
        here += [*owed, *gathered(frame, around, crowd=crowd, place_shown=shown, peopled=self._peopled)]
        here += [self._teller] if narrates(frame, place_shown=self._empty or not seen) else []
        there = known([key for key in here if key in speakers or self._there(key, frame, crowd=crowd)], self._cast)
        again = there == (self._teller,) and self._musing >= MOST_ALONE
        return () if again and muses(frame) and self._teller not in owed else there or self._hearers

    def _there(self, key: str, frame: Frame, *, crowd: bool = False) -> bool:
        """Whether somebody has been seen in the scene, or has come by the end of the panel."""
        return self._entrances.there(key, shown_until(frame), seen=key in self._shown, crowd=crowd)

    def _alone_with_words(self, frame: Frame, speakers: Sequence[str], follow: int) -> bool:
        """Whether only those who speak are seen: every other time in a long speech, and in a long talk; never last."""
        if follow and follow % 2 == 0:
            return True
        if len(speakers) > 1 or frame.role is Role.AFTERBEAT:
            return False
        if frame.role is Role.REACT and self._over_the_helpless(frame, speakers[0]):
            return True
        return self._together >= MOST_TOGETHER and not strong_doers(frame.deeds)

    def _over_the_helpless(self, frame: Frame, speaker: str) -> bool:
        """Words to somebody who cannot answer: the face of the one who speaks is all."""
        others = {key for moment in frame.moments for key in moment.beat.present} - {speaker}
        return others <= set(self._bodies.helpless)

    def _onlookers(self, frame: Frame) -> tuple[str, ...]:
        """Whose face answers a key event: somebody who is there and did not do it."""
        beat = frame.lead.beat
        busy = {deed.who for deed in beat.deeds} | {line.speaker for line in beat.lines}
        others = [key for key in (*beat.present, *reversed(self._recent), *self._place) if key not in busy]
        awake = [key for key in others if key in frame.lead.scene.present and key not in self._bodies.helpless]
        there = [key for key in awake if self._there(key, frame)]
        return known(there, self._cast)[:1]

    def figures(self, frame: Frame, shot: Shot, follow: int) -> tuple[FigureDirection, ...]:
        """The figures of one panel; every sure speaker is among them."""
        speakers = self.speakers(frame)
        two = 2 * (deed_of_two(frame) is not None)
        most = max(MOST_FIGURES[shot], len(speakers) + two)
        those = self.people(frame, follow)[: min(most, 4)]
        keys = self._pairs.joined(those, frame, shot, speakers, self._listening(frame))
        self._empty = not keys
        self._peopled = self._peopled + 1 if keys else 0
        self._pictured |= {(moment.beat.key, key) for moment in frame.moments for key in keys}
        self._musing = self._musing + 1 if keys == (self._teller,) else 0
        self._shown |= set(keys)
        self._presented |= set(keys) if shot not in AFAR else set()
        self._moved -= set(keys) if shot in AFAR else set()
        self._together = self._together + 1 if len(keys) > 1 and set(keys) <= set(self._last[: len(keys)]) else 0
        self._last = tuple(dict.fromkeys([*keys, *self._last]))[:3]
        if len(keys) == 1:
            found = [self._alone(keys[0], frame, shot)]
        else:
            ordered = enumerate(self._ordered(keys, len(speakers)))
            places = {key: self._x(AT[len(keys)][place]) for place, key in ordered}
            found = [self._figure(key, x, keys.index(key), frame, shot) for key, x in places.items()]
        staged = self._pairs.staged(found, frame, shot, speakers)
        return self._moods.kept(self._views.seen(staged, frame, shot), frame)

    def _listening(self, frame: Frame) -> list[str]:
        """Those on their feet who have been seen in the scene and are there, who was seen last first."""
        there = self._shown & {*frame.lead.scene.present} & self._talking[frame.lead.beat.key]
        return [k for k in self._last if k in there and self._bodies.rest(k) is None and self._there(k, frame)]

    def _enter(self, scene: Scene) -> None:
        """People keep their sides as long as the place is the same, unless the first to speak would have to change."""
        if scene.key != self._scene:
            same = scene.setting == self._setting
            self._scene, self._setting = scene.key, scene.setting
            self._turns = turns_of(scene)
            kept = {key: side for key, side in self._place.items() if same and key in scene.present}
            first = [kept[key] for key in self._turns[:2] if key in kept]
            self._place = kept if first == sorted(first) else {}
            self._recent, self._last = [], ()
            self._bodies, self._met, self._shown = Bodies(), set(), set()
            self._moods.enter(scene)
            self._company, self._talking = company_of(scene, self._together_once), talking_near(scene)
            self._together_once |= met_in(scene)
            self._entrances = entrances(scene, self._cast, self._known, self._language)

    def _ordered(self, keys: Sequence[str], speaking: int) -> list[str]:
        """From the side that is read first. Sides are kept unless two speak here the other way round."""
        kept = sorted(keys, key=lambda key: (self._place.get(key, 0.5), self._turn(key)))
        ordered, turned = in_turn(kept, keys[:speaking])
        self._moved |= set(turned)
        self._place = placed_between(ordered, self._place, turned=[ordered.index(key) for key in turned])
        return ordered

    def _turn(self, key: str) -> int:
        """Who is new stands as those will speak, so that nobody changes sides for it later."""
        return self._turns.index(key) if key in self._turns else len(self._turns)

    def _x(self, place: float) -> float:
        return place if self._rtl else round(1 - place, 3)

    def _alone(self, key: str, frame: Frame, shot: Shot) -> FigureDirection:
        silent = not any(moment.parts for moment in frame.moments)
        if key not in self._place:
            taken = any(place <= 0.5 for place in self._place.values())
            self._place[key] = max([0.9, *self._place.values()]) + 0.1 if taken else 0.0
        first = self._stands_first(key)
        x = 0.5 if silent or shot is Shot.ESTABLISHING else self._x(_ALONE if first else 1 - _ALONE)
        figure = self._figure(key, x, 0, frame, shot)
        return figure.model_copy(
            update={"facing": facing_alone(figure.pose, frame.role, shot, first=first, rtl=self._rtl)}
        )

    def _stands_first(self, key: str) -> bool:
        """Whether somebody stands on the side that is read first of whom he was last seen with."""
        partner = next((other for other in self._last if other != key and other in self._place), None)
        return self._place[key] <= 0.5 if partner is None else self._place[key] < self._place[partner]

    def _figure(self, key: str, x: float, number: int, frame: Frame, shot: Shot) -> FigureDirection:
        """`number` is the person's place among those who matter: 0 acts."""
        spoken = next((moment for moment in frame.moments if moment.speaker == key), None)
        line, beat = (spoken.line, spoken.beat) if spoken else (None, frame.lead.beat)
        deed = last_acts(frame.deeds).get(key)
        if deed is None or pose_for(deed.action) not in DOWN:
            self._bodies.seen_from(key, shot)
        pose = pose_of(deed, self._bodies.rest(key), frame, shot, number, emotion=beat.emotion)
        idle = line is None and deed is None and not looks_on(frame)
        aside = key not in (feels(beat, self._cast, self._language) or {key})
        aside = aside or (idle and others_act(frame, self.speakers(frame)))
        face = expression_of(beat, line, frame, number, deed, starts=key in self.startled, aside=aside)
        return FigureDirection(
            character=key,
            x=x,
            depth=depth_of(number, shot, strong=deed is not None and deed.action in STRONG and number == 0),
            facing=facing_at(x),
            expression=face if line is not None else self._bodies.face(key, acting=deed is not None) or face,
            pose=pose,
            holds=held(deed, pose)
            or (self._bodies.climbed.get(key, "") if pose is Pose.CLIMB else "")
            or ("book" if pose is Pose.WRITE and "book" in beat.props else ""),
        )
