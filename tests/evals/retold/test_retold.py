"""A study from sheets to figures: readers learn nothing but pictures, a yes needs its words, the figures can fall."""

import io
import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from rich.console import Console

from drawing.pages.page_files import graph_bytes
from evals.commands import WRONG_USE, main
from evals.gold_values import Scene
from evals.read_gold import Event, Gold, Person
from evals.retold.questions import EventQuestion, JudgeSheet, judge_sheet, other_story
from evals.retold.scoring import (
    Found,
    JudgedRetelling,
    by_story,
    in_order,
    judged,
    plain,
    table,
    weigh,
    write_questions,
)
from evals.retold.sheets import lay_out
from evals.retold.study import ORDERS, ReadingSet, Study, StudyWrong, judged_file, read_study, set_folder, shuffled
from manga.brief import Language
from manga.concept import Genre
from tests.drawing.pages.made import book

DEEDS = ("digs a ditch", "opens the gate", "drops a cup", "rows a boat", "feeds a horse",
         "burns a letter", "climbs a wall", "hides a key", "sells a coat", "breaks a chair")  # fmt: skip
OTHERS = ("wins a race", "paints a door", "loses a ring", "bakes a loaf", "catches a fish",
          "mends a roof", "rings a bell", "buries a box", "leaves a train", "cuts a rope")  # fmt: skip
TOLD = "First a man DIGS  a ditch. Then he drops a cup, and at last\nsomebody breaks a chair."


def gold_of(deeds: tuple[str, ...], who: str) -> Gold:
    events = tuple(
        Event(key=f"e{n}", what=f"{who} {deed}", anchor="x", at=(n, n + 1), weight=3 if n <= 2 else 1)
        for n, deed in enumerate(deeds, 1)
    )
    return Gold(
        title=who,
        language=Language.EN,
        genres=(Genre.COMEDY,),
        cast=(Person(key="who", name=who, role="main", gender="male"),),
        scenes=(Scene(anchor="x", at=(0, 1), place="here"),),
        events=events,
    )


GOLDS: Mapping[str, Gold] = {"own": gold_of(DEEDS, "Dunn"), "other": gold_of(OTHERS, "Finch")}


def answered(retelling: str, answer: Callable[[EventQuestion], tuple[str, str]]) -> Found:
    sheet = judge_sheet("a", retelling, GOLDS["own"], GOLDS["other"])
    told = [q.model_copy(update=dict(zip(("answer", "quote"), answer(q), strict=True))) for q in sheet.questions]
    return weigh(sheet.model_copy(update={"questions": tuple(told)}), GOLDS["own"])


def honest(question: EventQuestion) -> tuple[str, str]:
    deed = question.event.split(" ", 1)[1]
    return ("yes", deed) if deed in plain(TOLD) else ("no", "")


def test_an_honest_judge_finds_what_is_told_and_no_more() -> None:
    found = answered(TOLD, honest)
    assert (found.events, found.greatest, found.false_alarms, found.unbacked) == (0.3, 0.5, 0.0, 0)
    assert found.in_order == 1.0


def test_a_judge_who_says_yes_to_everything_has_nothing_over_his_false_alarms() -> None:
    found = answered(TOLD, lambda _: ("yes", "a man digs a ditch"))
    assert (found.events, found.false_alarms, found.over_chance, found.in_order) == (1.0, 1.0, 0.0, 0.5)


def test_a_yes_without_words_of_the_retelling_does_not_count() -> None:
    for quote in ("", "a", "the", "he sails away"):
        found = answered(TOLD, lambda _, quote=quote: ("yes", quote))  # type: ignore[misc]
        assert (found.events, found.false_alarms, found.unbacked) == (0.0, 0.0, 20)


def test_a_retelling_backwards_is_found_and_out_of_order() -> None:
    found = answered("Somebody breaks a chair, drops a cup, digs a ditch.", honest)
    assert (found.events, found.in_order) == (0.3, 0.0)


@pytest.mark.parametrize(
    ("places", "share"), [([], None), ([3], None), ([1, 5, 9], 1.0), ([9, 5, 1], 0.0), ([4, 4], 0.5)]
)
def test_order_is_the_share_of_pairs(places: list[int], share: float | None) -> None:
    assert in_order(places) == share


def test_pages_in_any_order_give_half() -> None:
    rolled = Random(1)
    shares = [in_order(rolled.sample(range(100), 6)) or 0.0 for _ in range(600)]
    assert sum(shares) / len(shares) == pytest.approx(0.5, abs=0.03)


def test_words_are_the_same_in_any_width_case_and_marks() -> None:
    assert plain("ＡＢＣ “Don’t”\n now") == 'abc "don\'t" now'


def test_a_judge_sees_two_stories_alike() -> None:
    sheet = judge_sheet("a", TOLD, GOLDS["own"], GOLDS["other"])
    first = [question.event.split()[0] for question in sheet.questions]
    assert sorted(first) == ["Dunn"] * 10 + ["Finch"] * 10
    assert 2 < sum(one != other for one, other in pairwise(first)) < 19
    assert sheet.people == ("Dunn: male", "Finch: male")
    assert other_story("own", GOLDS.items(), 0) == "other"


def test_a_story_without_another_of_its_language_has_no_decoys() -> None:
    with pytest.raises(ValueError, match="no other story"):
        other_story("own", [("own", GOLDS["own"])], 0)


def test_shuffled_pages_keep_no_page_before_its_next() -> None:
    for seed in range(20):
        mixed = shuffled(range(1, 9), str(seed))
        assert sorted(mixed) == list(range(1, 9))
        assert not any(other == one + 1 for one, other in pairwise(mixed))
    assert shuffled((1, 2, 3), "s") != (1, 2, 3)
    with pytest.raises(StudyWrong, match="longer"):
        shuffled((1, 2), "s")


# --- a study in its folder


def drawn(place: Path, pages: int = 5) -> Path:
    """A book of plain pages: grey, each a little darker."""
    folder = place / "book" / "a-telling-title" / "pages"
    folder.mkdir(parents=True)
    for graph in book(pages):
        (folder / f"{graph.number:03}.json").write_bytes(graph_bytes(graph))
        Image.new("L", (364, 514), 200 - 20 * graph.number).save(folder / f"{graph.number:03}.png")
    return place / "book"


def test_a_reader_gets_pictures_and_a_question_and_nothing_that_tells_which_set_it_is(tmp_path: Path) -> None:
    sets = lay_out("own", "other", drawn(tmp_path), tmp_path / "study", pages_a_sheet=2)
    listed = [sorted(file.name for file in set_folder(tmp_path / "study", one).iterdir()) for one in sets]
    assert listed == [["QUESTION.md", "sheet_01.png", "sheet_02.png", "sheet_03.png"]] * 2
    questions = {(set_folder(tmp_path / "study", one) / "QUESTION.md").read_bytes() for one in sets}
    assert len(questions) == 1
    text = questions.pop().decode()
    assert "星" not in text
    assert "own" not in text.split()
    for one in sets:
        assert one.order not in one.id
        with Image.open(set_folder(tmp_path / "study", one) / "sheet_01.png") as sheet:
            assert (sheet.mode, sheet.info) == ("L", {})


def test_sheets_of_a_book_read_leftwards_begin_at_the_right(tmp_path: Path) -> None:
    told, mixed = lay_out("own", "other", drawn(tmp_path), tmp_path / "study", pages_a_sheet=2)
    with Image.open(set_folder(tmp_path / "study", told) / "sheet_01.png") as sheet:
        width = sheet.width
        assert (sheet.getpixel((width - 100, 44)), sheet.getpixel((100, 44))) == (180, 160)
    assert (told.order, mixed.order) == ORDERS
    assert told.pages == (1, 2, 3, 4, 5)
    assert mixed.pages != told.pages


def test_a_study_grows_by_stories_and_takes_none_twice(tmp_path: Path) -> None:
    books, study = drawn(tmp_path), tmp_path / "study"
    lay_out("own", "other", books, study, seed=3)
    lay_out("other", "own", books, study)
    assert (read_study(study).seed, len(read_study(study).sets)) == (3, 4)
    with pytest.raises(StudyWrong, match="has sheets of own"):
        lay_out("own", "other", books, study)


def test_figures_come_from_readers_and_judges_and_fall_where_pages_are_shuffled(tmp_path: Path) -> None:
    study = study_of(tmp_path, {"told": TOLD, "shuffled": "Somebody breaks a chair; a man digs a ditch."})
    for file in write_questions(tmp_path, study, GOLDS):
        fill_in(file)
    assert write_questions(tmp_path, study, GOLDS) == []
    found = judged(tmp_path, study, GOLDS)
    assert [by_story(found, order, "events found") for order in ORDERS] == [{"own": 0.3}, {"own": 0.2}]
    assert [by_story(found, order, "told in order (chance .5)") for order in ORDERS] == [{"own": 1.0}, {"own": 0.0}]
    out = io.StringIO()
    Console(file=out, width=120).print(table(found))
    assert "0.30 (1 story)" in out.getvalue()


def test_two_stories_have_an_interval_and_a_share_ends_at_nothing_and_all() -> None:
    def read(story: str, share: float) -> JudgedRetelling:
        told = ReadingSet(id=story, story=story, beside="other", order="told", pages=(1,))
        return JudgedRetelling(told, Found(story, share, share, 0.0, None, 0))

    out = io.StringIO()
    Console(file=out, width=120).print(table([read("a", 0.0), read("b", 0.4)]))
    rows = {line.split("│")[1].strip(): line.split("│")[2:5] for line in out.getvalue().splitlines() if "│" in line}
    assert rows["events found"][0].strip().startswith("0.20 (0.00 .. ")
    assert rows["found over false alarms"][0].strip().startswith("0.20 (-")
    assert [cell.strip() for cell in rows["told in order (chance .5)"]] == ["-", "-", "-"]


def test_what_is_missing_or_was_changed_is_told(tmp_path: Path) -> None:
    study = study_of(tmp_path, {})
    with pytest.raises(StudyWrong, match="no reader has answered"):
        write_questions(tmp_path, study, GOLDS)
    study = study_of(tmp_path, {"told": TOLD})
    with pytest.raises(StudyWrong, match="not judged"):
        judged(tmp_path, study, GOLDS)
    (file,) = write_questions(tmp_path, study, GOLDS)
    with pytest.raises(StudyWrong, match="no answer to 1, 2"):
        judged(tmp_path, study, GOLDS)
    fill_in(file)
    right = file.read_text()
    for wrong, fault in (
        (right.replace("digs", "digged"), "other questions|another retelling"),
        ("{", "cannot be read"),
    ):
        file.write_text(wrong)
        with pytest.raises(StudyWrong, match=fault):
            judged(tmp_path, study, GOLDS)
    file.write_text(right.replace('"retelling": "First', '"retelling": "At first'))
    with pytest.raises(StudyWrong, match="another retelling"):
        judged(tmp_path, study, GOLDS)


def test_a_second_reader_counts_as_half(tmp_path: Path) -> None:
    study = study_of(tmp_path, {"told": TOLD})
    place = set_folder(tmp_path, study.sets[0])
    (place / "retelling_2.md").write_text("Nothing that I could tell.")
    for file in write_questions(tmp_path, study, GOLDS):
        fill_in(file)
    assert by_story(judged(tmp_path, study, GOLDS), "told", "events found") == {"own": 0.15}


def study_of(place: Path, told: Mapping[str, str]) -> Study:
    sets = tuple(
        ReadingSet(id=f"id{order}", story="own", beside="other", order=order, pages=(1, 2, 3)) for order in ORDERS
    )
    for one in sets:
        set_folder(place, one).mkdir(parents=True, exist_ok=True)
        if one.order in told:
            (set_folder(place, one) / "retelling.txt").write_text(told[one.order])
    return Study(seed=0, sets=sets)


def fill_in(file: Path) -> None:
    """As an honest judge."""
    sheet = JudgeSheet.of(json.loads(file.read_text()))
    retelling = plain(sheet.retelling)
    for_each = []
    for question in sheet.questions:
        deed = question.event.split(" ", 1)[1]
        told = deed in retelling
        for_each.append(question.model_copy(update={"answer": "yes" if told else "no", "quote": deed if told else ""}))
    file.write_text(sheet.model_copy(update={"questions": tuple(for_each)}).model_dump_json(indent=1))


def test_the_command_goes_from_a_book_to_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study = tmp_path / "study"
    assert main(["retold", "sheets", "en_mole", str(drawn(tmp_path)), "--out", str(study)]) == 0
    for one in read_study(study).sets:
        (set_folder(study, one) / "retelling.txt").write_text("A mole digs a ditch.")
    assert main(["retold", "questions", str(study)]) == 0
    for one in read_study(study).sets:
        file = judged_file(study, f"{one.id}_retelling")
        sheet = json.loads(file.read_text())
        for question in sheet["questions"]:
            digs = "dig a ditch" in question["event"]
            question.update(answer="yes" if digs else "no", quote="digs a ditch" if digs else "")
        file.write_text(json.dumps(sheet))
    assert main(["retold", "score", str(study)]) == 0
    assert "found 0.09" in capsys.readouterr().out


@pytest.mark.parametrize(
    "wrong", [["sheets", "nobody", "x", "--out", "y"], ["questions", "nowhere"], ["score", "nowhere"]]
)
def test_wrong_use_is_told(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["retold", *wrong]) == WRONG_USE
    assert "evals: " in capsys.readouterr().err
    assert judged_file(Path("s"), "a") == Path("s/judge/a.json")
