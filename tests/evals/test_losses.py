"""The measure of what is lost without a word: nothing, while the product tells all; and it falls when it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_jsonable_python

import agents.lettering_proposals
import agents.plot.locate_scenes
import agents.storyboard.page_batch
import evals.losses
import manga.losses
from agents.storyboard.page_batch import PagesDesk
from evals.answering_models import RECORDINGS
from evals.losses import Counted, counted
from evals.taped_questions import taped
from manga.brief import Settings
from manga.characters import Cast
from manga.plot import Plot
from manga.storyboard import DialogueLayout
from manga.storyboard_plan import BookPlan, PageTask, PlannedPage
from tests.agents.plot_drafts import CAST, SHORT
from tests.agents.storyboard_models import told
from tests.agents.test_concept import ANSWER as CONCEPT
from tests.gemini.storyboards import ANSWERS

pytestmark = pytest.mark.anyio
Question = tuple[str, dict[str, Any], dict[str, Any]]

SHEET = {"key": "c01", "name": "ごん", "look": {"hat": "a straw hat"}, "description": "A fox."}
PLOT: dict[str, Any] = {
    "teller": "c09",
    "scenes": [
        {
            "place": "村",
            "setting": "an old village",
            "beats": [
                {
                    "evidence": "ごんは川へ",
                    "present": ["c01", "c09"],
                    "deeds": [{"who": "c08", "action": "dig"}, {"who": "c01", "action": "walk"}],
                    "changes": [{"who": "c01", "aspect": "hat", "to": "straw hat"}],
                    "props": ["a basket of chestnuts " * 3, "net"],
                    "sound": "ざあざあ",
                    "cut": True,
                },
                {"evidence": "「やあ」とごん", "lines": [{"text": "やあ", "speaker": "c01"}, {"text": "……"}]},
                {
                    "evidence": "兵十は帰り",
                    "needs": ["「やあ」とごん", "どこにもない言葉"],
                    "captions": ["兵十は帰りました", "兵十は泣きました"],
                },
            ],
        }
    ],
}


def plot_question(fidelity: str) -> Question:
    cast = [{"key": one.key, "name": one.name} for one in CAST.characters]
    settings = Settings(fidelity=fidelity).to_json()
    return "plot", {"story": SHORT, "concept": CONCEPT.to_json(), "cast": cast, "settings": settings}, PLOT


def pages_question() -> Question:
    """Three pages of too many panels, of which the first says, shows and places what no code takes as it is."""
    given = told(pages=3, max_images=9)
    settings = Settings(fidelity="adapted", max_images=9)
    tasks = tuple(
        PageTask(number=page.number, beats=page.beats, weights=(3, 2, 2), lines=_lines(given.plot, page.beats))
        for page in given.plot.pages
    )
    plan = BookPlan(pages=tuple(PlannedPage(number=t.number, beats=t.beats, weights=t.weights) for t in tasks))
    desk = PagesDesk(given.plot, given.cast, given.concept, settings, plan, tasks)
    inputs = to_jsonable_python(desk.batch([1, 2, 3]).inputs())
    answer = json.loads(json.dumps(ANSWERS["storyboard_pages"](inputs)))
    first = answer["pages"][0]
    panel = first["panels"][0]
    panel["direction"] |= {
        "place": "somewhere else",
        "weather": "snow",
        "props": list("abcdefgh"),
        "seen": "word " * 99,
    }
    first["panels"] = [panel, *({**one, "direction": {**one["direction"], "seen": f"look {n}"}}
                                for n, one in enumerate(first["panels"][1:] * 3))][:9]  # fmt: skip
    parts = first["panels"][-1]["dialogue"]["parts"]
    parts.append({"key": "l0001.1", "line": "l0001", "kind": "narration", "text": "quite other words"})
    return "storyboard_pages", inputs, answer


def _lines(plot: Plot, beats: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line.key for beat in plot.beats() if beat.key in beats for line in beat.lines)


def letters_question() -> Question:
    part = {"key": "l0001.1", "line": "l0001", "kind": "speech", "text": "兵十だな！", "span": {"start": 0, "end": 5}}
    inputs = {
        "parts": {"b0001": DialogueLayout.of({"parts": [part]}).to_json()}, "seen": {"b0001": "", "b0002": ""},
        "concept": CONCEPT.to_json(), "settings": Settings().to_json(),
    }  # fmt: skip
    answer = {
        "changes": [
            {"key": "l0001.1", "kind": "sign", "text": "兵十！", "readings": [{"word": "兵十", "reading": "Hyoju"}]},
            {"key": "l0007.1", "kind": "shout"},
        ],
        "sounds": [{"panel": "b0001", "text": "ドキッ"}, {"panel": "b0002", "text": "ガタッ"}],
    }
    return "lettering_proposal", inputs, answer


def cast_question() -> Question:
    inputs = {"story": SHORT, "concept": CONCEPT.to_json(), "settings": Settings().to_json()}
    return "characters", inputs, {"characters": [SHEET]}


def plan_question() -> Question:
    beats = [{"key": f"b{n:04d}", "told": "", "lines": [8]} for n in range(1, 9)]
    pages = [{"number": 1, "beats": [beat["key"] for beat in beats]}]
    inputs = {
        "outline": {"scenes": [{"key": "s01", "beats": beats}], "pages": pages}, "cast": Cast(characters=()).to_json(),
        "limits": {"pages": 4, "panels": 4},
    }  # fmt: skip
    answer = {
        "pages": [
            {"number": 1, "beats": [b["key"] for b in beats[:4]], "weights": [3, 2, 2, 1], "hook": "what? " * 60},
            {"number": 2, "beats": [b["key"] for b in beats[4:]], "weights": [3, 2, 2]},
        ],
        "sides": [{"scene": "s01", "read_first": ["c09"]}],
    }
    return "storyboard_plan", inputs, answer


def shapes_question() -> Question:
    words = ("astrolabe", "dulcitone", "zorb")
    inputs = {"things": [{"key": f"t{n:02}", "word": word} for n, word in enumerate(words, 1)], "world": {}}
    answer = {
        "things": [
            {"key": "t01", "cm": 20, "marks": [{"path": "O 50 50 40 40"}]},
            {"key": "t02", "cm": 20, "marks": [{"path": "M 0 0 S 5 5 9 9"}]},
        ]
    }
    return "thing_shapes", inputs, answer


QUESTIONS = (
    plot_question("adapted"), plot_question("faithful"), pages_question(), letters_question(), cast_question(),
    plan_question(), shapes_question(),
)  # fmt: skip


async def of(question: Question) -> Counted:
    found = await counted(*question)
    assert found is not None
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question[0])
async def test_everything_that_an_answer_names_is_used_or_listed(question: Question) -> None:
    found = await of(question)
    assert found.unexplained == ()
    assert found.losses
    assert found.named > len(found.losses) / 2


@pytest.mark.parametrize(
    ("question", "module", "name"),
    [
        (plot_question("adapted"), agents.plot.locate_scenes, "refused_loss"),
        (pages_question(), agents.storyboard.page_batch, "lost_to_limit"),
        (pages_question(), agents.storyboard.page_batch, "lost_to_scenes"),
        (pages_question(), agents.storyboard.page_batch, "lost_words"),
        (letters_question(), agents.lettering_proposals, "refused"),
        (cast_question(), manga.losses, "lost_in_reading"),
        (plan_question(), manga.losses, "lost_in_reading"),
        (shapes_question(), evals.losses, "loss_of"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
async def test_the_figure_falls_when_one_kind_of_loss_is_no_longer_told(
    question: Question, module: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def says_something_else(*told: Any) -> Any:
        return manga.losses.Loss(
            kind="refused", phase="plot", element="b9999", what="nothing", said="~", reason=manga.losses.Reason.RULE
        )

    one = name in {"refused", "refused_loss", "loss_of"}
    monkeypatch.setattr(module, name, says_something_else if one else lambda *told: ())
    assert (await of(question)).unexplained


async def test_what_is_told_of_another_element_explains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = agents.lettering_proposals.refused

    def of_another(*told: Any) -> manga.losses.Loss:
        return refused(*told).model_copy(update={"element": "b0099"})

    monkeypatch.setattr(agents.lettering_proposals, "refused", of_another)
    lost = (await of(letters_question())).unexplained
    assert "sound" in {named.what for named in lost}


async def test_a_desk_and_a_folder_of_recordings_are_read_alike(tmp_path: Path) -> None:
    prompt, inputs, answer = cast_question()
    text = f"The data:\n```json\n{json.dumps({'prompt_id': prompt, **inputs})}\n```"
    (tmp_path / "tape").mkdir()
    kept = {"question": {"rendered": [prompt, "rules", text]}, "answer": answer}
    (tmp_path / "tape" / "characters-1.json").write_text(json.dumps(kept))
    for name, data in (("questions", {"contents": [{"parts": [{"text": text}]}]}), ("answers", answer)):
        (tmp_path / "desk" / name).mkdir(parents=True)
        (tmp_path / "desk" / name / "001.json").write_text(json.dumps(data))
    assert [*taped(tmp_path / "tape")] == [*taped(tmp_path / "desk")] == [(prompt, inputs, answer)]


async def test_a_prompt_whose_answer_names_nothing_that_is_shown_is_not_counted() -> None:
    assert await counted("finishing", {}, {"notes": []}) is None


async def test_no_taped_answer_loses_anything_without_a_word() -> None:
    """Of every answer that a model has given to our prompts: `evals/recordings`."""
    tapes = [*taped(RECORDINGS)]
    assert tapes
    lost = [
        (prompt, found.unexplained) for prompt, *told in tapes if (found := await counted(prompt, *told)) is not None
    ]
    assert [one for one in lost if one[1]] == []
