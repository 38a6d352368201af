"""Scenes begin where people go elsewhere or time passes, and know their own place, hour, weather and people."""

from pathlib import Path

from manga.brief import Language
from manga.plot import Scene, TimeOfDay, Weather
from manga.vocabulary.places import place_to_draw
from offline.reading.lexicon_tables import lore
from tests.offline.stories import read_all

EXAMPLES = Path(__file__).parents[3] / "examples"
SCHOOL = """手紙

　放課後の教室で、ハルは手紙を読んでいた。
　手紙には、たった一行だけ、屋上で待っていると書いてある。名前はどこにもない。
「だれだろう」と、ハルはつぶやいた。窓の外では、運動部の声が遠くひびいている。

　ハルは階段をのぼった。一段ごとに、胸の音が大きくなっていくようだった。手すりは冷たく、足音だけが上までひびいた。
　上まで来ると、重い扉があった。ハルは息を吸って、それから両手で力いっぱい押してみた。
　扉が開くと、夕方の風が吹きつけた。
　屋上のまん中に、ナツが立っていた。町が、海の向こうまで見えた。
「来てくれたんだね」と、ナツは言った。
「うん、来たよ」と、ハルは答えた。
　二人はならんで、赤い空をしばらく見ていた。何も言わなかった。
　日が暮れると、二人は床に寝ころんで、見えはじめた星をかぞえた。星は、かぞえるたびに増えていった。
「明日、手術なんだ」と、ナツが言った。
「しらなかった」と、ハルは言った。風が、手紙をかさかさと鳴らした。

　次の日、ハルは病院へ行った。雨がふっていた。
　ナツは病室で眠っていた。母親がそばに坐っていた。ハルは黙って花を置いた。
「ありがとう」と、母親が言った。それきり、だれも口をきかなかった。
　雨があがると、空に虹がかかった。

　月曜日の朝。
　教室の入り口に、ナツが立っていた。
「ただいま」と、ナツは言った。
"""


def scenes(story: str) -> tuple[Scene, ...]:
    return read_all(story)[2].scenes


def test_each_scene_has_the_place_of_its_own_words() -> None:
    places = [scene.setting for scene in scenes(SCHOOL)]
    assert list(dict.fromkeys(places)) == ["classroom", "stairs", "rooftop", "hospital"]
    assert places[-1] == "classroom"


def test_the_roof_is_seen_when_its_door_opens() -> None:
    roof = next(scene for scene in scenes(SCHOOL) if scene.setting == "rooftop")
    assert roof.beats[0].told.startswith("扉が開くと")


def test_night_is_not_carried_over_to_the_next_day() -> None:
    hours = {scene.setting: scene.time_of_day for scene in scenes(SCHOOL)}
    assert hours["rooftop"] is TimeOfDay.EVENING
    assert hours["hospital"] is TimeOfDay.DAY
    assert scenes(SCHOOL)[-1].time_of_day is TimeOfDay.MORNING


def test_a_rain_that_is_over_is_not_drawn() -> None:
    story = (
        "狐\n\n　ある日、狐が穴の中にいました。二、三日、雨がふりつづいていました。\n"
        "　雨があがると、狐は川の堤へ出て来ました。水がふえていました。"
    )
    assert [scene.weather for scene in scenes(story)] == [Weather.RAIN, Weather.CLEAR]


def test_by_night_and_by_day_alike_is_no_night() -> None:
    story = "狐\n\n　むかし、狐がいました。夜でも昼でも、村へ出てきて、いたずらをしました。"
    assert scenes(story)[0].time_of_day is TimeOfDay.DAY


def test_where_nothing_is_told_people_say_what_hour_and_weather_it_is() -> None:
    story = "「もしもし、お母さん？」\n「あら、こんな夕方に、どうしたの」\n「雨がひどいの」\n「まあ、たいへん」\n"
    assert [(s.time_of_day, s.weather) for s in scenes(story)] == [(TimeOfDay.EVENING, Weather.RAIN)]


def test_who_steps_out_of_the_house_is_in_another_scene() -> None:
    inside = "The old clerk counted the stamps and put them in their box again. " * 8
    story = f"Stamps\n\nMr. Pym sat in his office. {inside}\n\nOutside it had grown dark. {inside}"
    assert len(scenes(story)) == 2


def test_a_ship_of_the_future_is_no_sea() -> None:
    story = "Spaceship\n\nThe robot stood in the spaceship. Ines lived on the ship, and on the ship she was born."
    assert [scene.setting for scene in scenes(story)] == ["deck"]
    assert place_to_draw("deck", ("future",))[0] == "spaceship"


def test_people_of_the_scene_before_are_not_in_the_next() -> None:
    cast, plot = read_all(SCHOOL)[1:]
    names = {c.key: c.name for c in cast.characters}
    assert "母親" not in [names[key] for key in plot.scenes[-1].present]


def test_the_example_stories_are_where_they_say() -> None:
    key = [(s.setting, s.time_of_day.value) for s in scenes((EXAMPLES / "hoshi_no_kagi.txt").read_text())]
    assert list(dict.fromkeys(key)) == [
        ("classroom", "day"),
        ("stairs", "evening"),
        ("rooftop", "evening"),
        ("rooftop", "day"),
        ("hospital_garden", "night"),
        ("classroom", "morning"),
    ]
    lighthouse = scenes((EXAMPLES / "the_lighthouse_cat.txt").read_text())
    assert {scene.setting for scene in lighthouse} == {"lighthouse_room"}
    assert [scene.time_of_day.value for scene in lighthouse] == ["evening", "night", "morning"]


def test_days_and_years_that_have_passed_open_a_scene() -> None:
    shift = lore(Language.EN).pattern("strong_shift")
    assert shift.match("And some days of bitter grief having elapsed, a change came over my friend.")
    assert shift.match("Many years passed.")
    assert not shift.match("Some days she would not speak to anybody.")


def test_a_stranger_who_comes_along_takes_nobody_elsewhere() -> None:
    found = scenes(
        "The Bridge\n\nTom marched to the bridge. Tom waited on the bridge. The water ran under the bridge.\n\n"
        "It was then that a small man came along the road on the other side. He lifted his hat.\n\n"
        '"Good morning," said the small man. "Go back!" said Tom.\n'
    )
    assert [scene.setting for scene in found] == ["bridge"]
