"""Small stories with telephones for these tests, and what is read and drawn of them."""

from functools import cache

from evals.gold import STORIES
from manga.brief import Settings
from manga.storyboard import PanelDraft
from offline.directing.storyboard import draft_storyboard
from offline.directing.telephone.calls import calls_in
from offline.directing.telephone.ends import Call
from tests.offline.stories import read_all

DENWA = (STORIES / "ja_denwa.txt").read_text(encoding="utf-8")
SUPPER = """「もしもし、お母さん？　カレーって、どうやるの」
「あら、ユキ。めずらしい。お父さん、お父さん、ユキが料理するって」
「なに。火事か」
「ちがうよ。いま、目の前に、じゃがいもが四つあるの」
「まあ、ユキ、えらいわねえ。お父さんも、何か言ってやって」
「ユキ、指を切るなよ」
「切らないよ、お父さん。玉ねぎも切った。それで、お母さん、次はどうするの」
「お鍋に油をひいて、お肉を入れて。色が変わったら、野菜も入れるのよ」
「わかった。やってみるね、お母さん」
「ユキ、火に気をつけてね」
「うん。お母さん、いいにおいがしてきたよ」
「お父さんにも食べさせたいわね、ユキ」
「こんど作りに行くよ、お母さん」
"""
PROSE = """　会社からもどった健二は、台所で鍋に水を入れた。妻の美里は居間で本を読んでいた。
　そのとき、電話が鳴った。健二は受話器を取った。
「もしもし」と健二は言った。
「健二か。おれだ、隆だ」
「隆。どうした、こんな夜中に」
「金を貸してくれ。たのむ」と隆は言った。
　健二は受話器を置いた。
「だれからだったの」と美里がきいた。
「隆だよ」と健二は答えた。
"""
NAMED = """　健二は台所にいた。棚の上に古い電話があった。妻の美里が入ってきた。
「あの電話、捨てましょうよ」と美里は言った。
「もったいないよ」と健二は答えた。
"""
ENGLISH = """Tom was in the kitchen. His sister Anna sat at the table and read.

The telephone rang. Tom picked up the receiver.

"Hello?" said Tom.

"Tom, it is Mr. Brown," said Mr. Brown. "Your dog is in my garden."

"I will come at once," said Tom. He hung up.

"Who was it?" asked Anna.

"Mr. Brown," said Tom.
"""
SPARE_KEY = """Martha stood in her kitchen and peeled potatoes. The soup was on the stove. Her brother George sat in his
armchair by the fireplace that evening and read a book.

Martha dried her hands and telephoned George.

"Hello?" said George.

"George, it's me," said Martha. "I have locked the cat in the pantry, and the key is gone."

"Gone where?" George asked.

"If I knew that, I would not be calling you. Have you still got the spare one?"

"I have it here," said George.

Martha hung up. She went to the pantry door and knocked.

"He is coming," said Martha.

Half an hour later George stood on the doorstep with the key in his hand.

"Here I am," said George.
"""


@cache
def calls(story: str) -> tuple[Call, ...]:
    concept, cast, plot = read_all(story)
    found = calls_in(plot, cast, concept.language, concept.world.period)
    return tuple(call for scene in plot.scenes for call in found.get(scene.key, ()))


@cache
def panels(story: str) -> tuple[PanelDraft, ...]:
    concept, cast, plot = read_all(story)
    return tuple(p for page in draft_storyboard(plot, cast, concept, Settings()).pages for p in page.panels)


def named(story: str, *keys: str | None) -> set[str]:
    _, cast, _ = read_all(story)
    return {sheet.name for sheet in cast.characters if sheet.key in keys}


def words(story: str, start: int, stop: int) -> str:
    _, _, plot = read_all(story)
    lines = (line for beat in plot.beats() for line in beat.lines)
    return "".join(line.text for line in lines if start <= line.span.start < stop)
