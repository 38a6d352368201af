"""Weather is drawn where it is, from when it comes on until it ends; not where it is only spoken of."""

import pytest

from manga.brief import Language
from manga.plot import Ground, Plot, Scene, Weather
from offline.reading.lexicon_tables import lore
from offline.reading.time_and_weather import ground_by_beat, ground_of, weather_by_beat
from tests.offline.stories import read_all


@pytest.mark.parametrize(
    ("told", "language"),
    [
        ("In the year that the rain forgot the meadow was brown.", "en"),
        ("There had been no rain since spring.", "en"),
        ("It had not rained for forty days.", "en"),
        ("They prayed for rain every evening.", "en"),
        ("She remembered the snow of her childhood.", "en"),
        ("It looked as if it would rain.", "en"),
        ("He stood in a storm of applause.", "en"),
        ("He hung his raincoat beside the rain barrel.", "en"),
        ("その年は雨が一度も降らず、田は乾いていた。", "ja"),
        ("村人は雨を願って、雨乞いをした。", "ja"),
        ("鞭は雨のように馬を打った。", "ja"),
        ("虎は霧の如く消え失せた。", "ja"),
        ("嵐のような拍手がおこった。", "ja"),
    ],
)
def test_weather_that_is_away_wished_for_or_likened_to_is_not_there(told: str, language: str) -> None:
    assert lore(Language(language)).weather.told(told) is None


@pytest.mark.parametrize(
    ("told", "language", "weather"),
    [
        ("The rain never stopped that week.", "en", Weather.RAIN),
        ("He could hardly see for the rain.", "en", Weather.RAIN),
        ("The snow was falling on the roofs.", "en", Weather.SNOW),
        ("それと一しょに瀑のような雨も、いきなりどうどうと降り出したのです。", "ja", Weather.RAIN),
        ("外は雨がざあざあ降っていた。", "ja", Weather.RAIN),
    ],
)
def test_weather_that_is_there_is_found(told: str, language: str, weather: Weather) -> None:
    assert lore(Language(language)).weather.told(told) is weather


@pytest.mark.parametrize(
    ("told", "language", "ground"),
    [
        ("Snow lay on the roofs.", "en", Ground.SNOWY),
        ("They walked through the deep snow.", "en", Ground.SNOWY),
        ("He jumped over the puddles.", "en", Ground.WET),
        ("The path was strewn with fallen leaves.", "en", Ground.LEAFY),
        ("屋根には雪が積もっていた。", "ja", Ground.SNOWY),
        ("雪を踏んで歩いた。", "ja", Ground.SNOWY),
        ("水たまりをよけて通った。", "ja", Ground.WET),
        ("落ち葉がからからと鳴った。", "ja", Ground.LEAFY),
    ],
)
def test_what_lies_on_the_ground_is_told_and_does_not_fall(told: str, language: str, ground: Ground) -> None:
    weather = lore(Language(language)).weather
    assert weather.ground(told) is ground
    assert weather.told(told) is None


def test_rain_that_is_over_leaves_the_ground_wet() -> None:
    story = (
        "峠\n\n　ある朝、権太は峠の道を歩いていました。雨がどうどうと降っていました。\n"
        "　しばらくして、雨はやみました。「やれやれ」と権太は言いました。\n"
        "　権太は空を見上げました。\n"
    )
    [scene] = read_all(story)[2].scenes
    grounds = ground_by_beat(scene, weather_by_beat(lore(Language.JA), scene))
    assert grounds[-1] is Ground.WET


def test_snow_that_has_fallen_lies_in_the_next_scene() -> None:
    before = scene_of_snow()
    assert ground_of(lore(Language.JA), "太郎は門を出た。", Weather.CLEAR, before, jumped=False) is Ground.SNOWY
    assert ground_of(lore(Language.JA), "太郎は門を出た。", Weather.CLEAR, before, jumped=True) is Ground.DRY
    assert (
        ground_of(lore(Language.JA), "道は落ち葉でいっぱいだった。", Weather.CLEAR, before, jumped=False)
        is Ground.LEAFY
    )


def scene_of_snow() -> Scene:
    story = "村\n\n　朝、太郎は村の道を歩いていました。雪がしんしんと降っていました。「寒い」と太郎は言いました。\n"
    scene = read_all(story)[2].scenes[0]
    assert scene.weather is Weather.SNOW
    return scene


def test_rain_that_comes_on_in_a_scene_falls_from_that_beat_until_it_ends() -> None:
    story = (
        "峠\n\n　ある朝、権太は峠の道を歩いていました。お花もあとから歩いて来ました。\n"
        "　二人が峠に着くと、雨がいきなりどうどうと降り出しました。\n"
        "「ひどい雨だ」と権太は言いました。\n「木の下へ行きましょう」とお花は言いました。\n"
        "　しばらくして、雨はやみました。権太は空を見上げました。\n"
    )
    plot = read_all(story)[2]
    weathers = [by_beat for scene in plot.scenes for by_beat in weather_by_beat(lore(Language.JA), scene)]
    assert (weathers[0], weathers[-1]) == (Weather.CLEAR, Weather.CLEAR)
    assert Weather.RAIN in weathers[1:-1]


def test_rain_that_is_there_from_the_beginning_is_there_in_every_beat() -> None:
    plot: Plot = read_all(
        "The Gate\n\nIt was raining in the village. Nell stood at the gate.\n\n"
        '"Come in," said Tom.\n\n"No," said Nell.\n'
    )[2]
    assert {w for scene in plot.scenes for w in weather_by_beat(lore(Language.EN), scene)} == {Weather.RAIN}
