"""A page's balloons: never over each other, off faces, in order, pointing to their speakers, inside the paper."""

import pickle
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawing.ink.paths import flattened, from_data
from drawing.lettering.beam_search import reads_before
from drawing.lettering.letter_page import Lettered, letter_page
from drawing.lettering.punctuation import letters, lost
from drawing.pages.audit_balloons import covers_a_face, overlapping_pairs, tail_is_right, wants_speaker
from drawing.pages.audit_text import drawn as words_of
from drawing.pages.audit_text import letters_lost, rows
from drawing.pages.scene_graph import BookFacts, body_page
from manga.book import PageGraph
from manga.brief import Language
from manga.errors import UserError
from manga.geometry import area, bounds, inside, overlap_area
from manga.lettering import BalloonKind
from manga.paper import PAPERS, Direction, PaperName
from manga.storyboard import PanelDraft
from tests.drawing.lettering.desk import board, drawn, manner, panel, part

TWO = (("a", 0.3), ("b", 0.7))


def lettered(
    panels: list[PanelDraft], language: Language = Language.JA, *, ink: float = 0.2
) -> tuple[Lettered, PageGraph]:
    direction = Direction.RTL if language is Language.JA else Direction.LTR
    storyboard = board(panels, direction=direction)
    art, _ = drawn(storyboard, ink=ink)
    page = storyboard.pages[0]
    result = letter_page(page, art, manner(language))
    facts = BookFacts("題", None, language.value, direction, PAPERS[PaperName.B5])
    return result, body_page(page, art, result.page, facts, 1)


def usual_page() -> list[PanelDraft]:
    return [
        panel(1, [part(1, "放課後。", kind="narration"), part(2, "蓮くん、ちょっと待って！", who="a")], TWO, 4),
        panel(2, [part(3, "…なんだよ", who="b")], (("b", 0.5),)),
        panel(3, [part(4, "昨日の夜、学校の屋上にいたよね？", who="a")]),
        panel(4),
        panel(
            5, [part(5, "えっ…見てたのか！？", kind="shout", who="b"), part(6, "ドキッ", kind="sfx")], (("b", 0.5),), 4
        ),
    ]


def test_a_usual_page_has_no_fault() -> None:
    result, page = lettered(usual_page())
    assert result.warnings == ()
    assert overlapping_pairs(page) == 0
    assert letters_lost(page) == 0
    assert not any(covers_a_face(balloon, page) for balloon in page.balloons)
    assert all(tail_is_right(balloon, page) for balloon in page.balloons if wants_speaker(balloon))


def test_all_type_keeps_ten_millimetres_inside_the_trim_and_one_size() -> None:
    _, page = lettered(usual_page())
    area_of_text = PAPERS[PaperName.B5].text_area
    assert all(area_of_text.contains(balloon.text.box, 0.01) for balloon in page.balloons)
    assert {balloon.text.size_q for balloon in page.balloons} == {16.55}


def test_type_lies_inside_its_balloon_with_air() -> None:
    _, page = lettered(usual_page())
    for balloon in page.balloons:
        if balloon.kind is not BalloonKind.MONOLOGUE:
            outline = max(flattened(from_data(balloon.outline), 8), key=len)
            assert all(inside(corner, outline) for g in balloon.text.glyphs for corner in g.box.inset(0.2).polygon())


def test_balloons_do_not_enter_a_panel_that_was_read_before() -> None:
    _, page = lettered(usual_page())
    for i, node in enumerate(page.panels):
        for balloon in page.balloons:
            if balloon.panel == node.key:
                shared = [overlap_area(balloon.polygon, earlier.polygon) for earlier in page.panels[:i]]
                assert max(shared, default=0.0) < 0.5


def test_a_tail_stops_short_of_the_mouth_and_off_the_face() -> None:
    _, page = lettered(usual_page())
    tails = [balloon for balloon in page.balloons if balloon.tail_tip and balloon.aims_at]
    assert len(tails) == 4
    for balloon in tails:
        node = next(p for p in page.panels if p.key == balloon.panel)
        figure = next(f for f in node.figures if f.character == balloon.speaker)
        assert balloon.tail_tip
        assert balloon.aims_at
        assert figure.head
        assert figure.face
        gap = hypot(balloon.tail_tip[0] - balloon.aims_at[0], balloon.tail_tip[1] - balloon.aims_at[1])
        assert gap >= 0.3 * figure.head.height
        assert not inside(balloon.tail_tip, figure.face.inset(-0.05 * figure.head.height).polygon())


def test_the_order_of_speaking_is_the_order_of_reading() -> None:
    parts = [part(1, "だれかいるのか？", who="b"), part(2, "いないよ、だれも", who="a")]
    for language in Language:
        _, page = lettered([panel(1, parts, TWO, 4), panel(2), panel(3)], language)
        first, second = (bounds(balloon.polygon) for balloon in page.balloons)
        assert reads_before(first, second, rtl=language is Language.JA)


def test_a_doubtful_or_absent_speaker_is_not_pointed_at() -> None:
    parts = [part(1, "だれだ？", who="a", confidence=0.4), part(2, "ここだよ", who="c")]
    _, page = lettered([panel(1, parts, TWO, 4), panel(2), panel(3)])
    assert [b.kind for b in page.balloons] == [BalloonKind.OFF_PANEL] * 2
    assert all(b.tail_tip is None for b in page.balloons)


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        ("speech", "speech"),
        ("shout", "shout"),
        ("whisper", "whisper"),
        ("thought", "thought"),
        ("monologue", "monologue"),
        ("narration", "caption"),
        ("song", "wavering"),
        ("telephone", "telephone"),
        ("sign", "caption"),
    ],
)
def test_each_way_of_speaking_has_its_balloon(kind: str, shape: str) -> None:
    _, page = lettered(
        [panel(1, [part(1, "ごん、お前だったのか", kind=kind, who="a")], importance=4), panel(2), panel(3)]
    )
    (balloon,) = page.balloons
    assert balloon.kind == shape
    assert (balloon.outline == "") is (shape == "monologue")
    assert (balloon.tail_tip is None) is (shape in {"monologue", "caption"})


def test_a_sound_is_drawn_off_balloons_and_stays_with_its_panel() -> None:
    result, page = lettered(usual_page())
    (sound,) = result.page.sfx
    node = next(p for p in page.panels if p.key == sound.panel)
    outside = 1 - overlap_area(node.polygon, sound.polygon) / area(sound.polygon)
    assert outside <= 0.15
    assert all(overlap_area(balloon.polygon, sound.polygon) == 0 for balloon in page.balloons)
    assert sound.style == "black"
    assert lettered(usual_page(), ink=0.7)[0].page.sfx[0].style == "white"


def test_the_same_page_is_lettered_the_same() -> None:
    assert lettered(usual_page())[0] == lettered(usual_page())[0]


def test_english_pages_read_from_the_left_without_faults() -> None:
    texts = ["Will you buy my hair?", "I buy hair. Take yer hat off and let's have a sight at the looks of it."]
    parts = [part(i, text, who="ab"[i - 1]) for i, text in enumerate(texts, 1)]
    _, page = lettered(
        [panel(1, parts, TWO, 4), panel(2, [part(3, "Twenty dollars.", who="a")]), panel(3)], Language.EN
    )
    assert overlapping_pairs(page) == 0
    assert letters_lost(page) == 0
    assert not any(glyph.vertical for balloon in page.balloons for glyph in balloon.text.glyphs)
    assert words_of(page.balloons[2].text) == "TWENTYDOLLARS."


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_balloons_never_overlap_whatever_a_page_holds(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 6), "panels")
    texts = st.text(alphabet="あいうかき漢字、。！？", min_size=1, max_size=40)
    number = 0
    panels = []
    for i in range(1, count + 1):
        parts = []
        for text in data.draw(st.lists(texts, max_size=3), f"texts {i}"):
            number += 1
            kind = data.draw(st.sampled_from(["speech", "shout", "thought", "narration", "monologue"]))
            parts.append(part(number, text, kind=kind, who=data.draw(st.sampled_from(["a", "b", None]))))
        panels.append(panel(i, parts, TWO, data.draw(st.integers(1, 5))))
    _, page = lettered(panels)
    assert overlapping_pairs(page) == 0
    assert letters_lost(page) == 0
    assert len(page.balloons) == number


def test_a_page_that_cannot_hold_its_words_shrinks_all_of_them_and_says_so() -> None:
    crowd = [panel(i, [part(10 * i + j, "ながいながいはなし" * 6, who="a") for j in range(5)]) for i in range(1, 5)]
    result, page = lettered(crowd)
    assert overlapping_pairs(page) == 0
    assert letters_lost(page) == 0
    assert len(page.balloons) == 20
    assert len(result.warnings) == 1
    assert len({balloon.text.size_q for balloon in page.balloons}) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [(Language.JA, "ながい" * 600), (Language.EN, "long words " * 600), (Language.JA, "ー" * 30000)],
)
def test_a_page_whose_words_fit_in_no_size_is_refused_with_a_remedy(language: Language, text: str) -> None:
    with pytest.raises(UserError, match="more words than it can hold") as refused:
        lettered([panel(1, [part(1, text, who="a")])], language)
    assert refused.value.element == "g001"
    assert "another page" in refused.value.remedy
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301
    assert again.remedy == refused.value.remedy, "it comes out of the process pool"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(
    "text",
    [
        "<svg onload=alert(1)>",
        "</script>&amp;'\"",
        "\x00\x07\x1b[31mred",
        "か\u3099き\u3099 e\u0301",
        "\U0001f98a\U0002000b狐",
        "\u202eうら\u202c",
        "ー" * 120,
        "a" * 200,
        "…" * 60,
        "「" * 12,
        "!" * 40,
        "\u200b",
    ],
)
@pytest.mark.parametrize("kind", ["speech", "sfx"])
def test_hostile_words_never_break_a_page(language: Language, text: str, kind: str) -> None:
    result, page = lettered([panel(1, [part(1, text, kind=kind, who="a")]), panel(2), panel(3)], language)
    for balloon in page.balloons:
        assert letters(words_of(balloon.text)) == letters(text) or lost(text, words_of(balloon.text)) == 0
    paths = [b.outline for b in result.page.balloons] + [s.outline for s in result.page.sfx]
    assert all(set(path) <= set("MLCQZ0123456789.-e ,") for path in paths)


def test_a_caption_keeps_inside_its_panel() -> None:
    _, page = lettered(usual_page())
    (caption,) = [b for b in page.balloons if b.kind is BalloonKind.CAPTION]
    node = next(p for p in page.panels if p.key == caption.panel)
    assert overlap_area(caption.polygon, node.polygon) >= 0.999 * area(caption.polygon)


def test_a_source_line_break_inside_a_phrase_is_not_lettered() -> None:
    _, page = lettered([panel(1, [part(1, "靴の泥\nを落してください", kind="sign")], importance=4), panel(2), panel(3)])
    assert not any(row.startswith("を") for row in rows(page.balloons[0].text))


def test_balloon_polygons_hold_their_letters_even_when_tight() -> None:
    _, page = lettered(usual_page())
    for balloon in page.balloons:
        box = bounds(balloon.polygon)
        assert all(box.contains(glyph.box, 0.2) for glyph in balloon.text.glyphs)


def test_type_of_strips_is_of_the_lesser_size_and_can_be_read() -> None:
    own = manner()
    assert own.size_on("yonkoma") == own.size_on("strip") < own.size_on("free") == own.size_mm
    assert own.size_on("strip") * 4 >= 14
