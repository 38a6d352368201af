"""The gate sees a spoiled prompt, a spoiled rule and a prompt that nobody has measured; what is as it was passes."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from evals.answering_models import Absent
from evals.baseline_files import (
    OfflineBaseline,
    figures_of,
    let_through,
    read_prompts,
    take_model,
    write_offline,
)
from evals.eval_runs import CaseScores
from evals.gate import live_gate, offline_gate
from evals.model_recorder import RecordedText, Tape
from manga.storyboard import Shot, StoryboardDraft
from offline import writer
from offline.reading.en import speakers as speakers_en
from offline.writer import OfflineWriter
from prompts.library import Prompt, PromptLibrary, load_prompts
from providers.base import Answer, Ask, Room, TextModel
from providers.model_wrappers import RoutedText
from providers.process_pool import InlineOffload
from providers.question_text import rendered
from tests.evals.told import models, told
from tests.remembering import RememberingOffload

pytestmark = pytest.mark.anyio
MODEL = "obedient"
OFFLOAD = RememberingOffload(InlineOffload())
"""What the rules read does not change here; only prompts do."""
RULE = "6. Every scene opens with its place (role establish, shot establishing or long, background full).\n"


@dataclass(frozen=True)
class Obedient:
    """Writes as the rules do, and opens scenes with their place only when its prompt says so."""

    prompts: PromptLibrary
    inner: TextModel

    @property
    def name(self) -> str:
        return MODEL

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None

    async def answer(self, ask: Ask[Answer]) -> Answer:
        answer: Any = await self.inner.answer(ask)
        system, _ = rendered(ask, self.prompts)
        if isinstance(answer, StoryboardDraft) and not re.search(r"scene opens with its place", system):
            return without_places(answer)  # type: ignore[return-value]
        return answer  # type: ignore[no-any-return]


def without_places(draft: StoryboardDraft) -> StoryboardDraft:
    near = {"shot": Shot.MEDIUM}
    pages = tuple(
        page.model_copy(
            update={
                "panels": tuple(
                    panel.model_copy(update={"direction": panel.direction.model_copy(update=near)})
                    if panel.direction.shot in {Shot.ESTABLISHING, Shot.LONG}
                    else panel
                    for panel in page.panels
                )
            }
        )
        for page in draft.pages
    )
    return StoryboardDraft(pages=pages)


def with_words(library: PromptLibrary, name: str, old: str, new: str) -> PromptLibrary:
    """The library with other words in one prompt, and with that prompt's other hash."""
    prompt = library.get(name)
    assert old in prompt.system + "\n"
    changed = Prompt(
        prompt.head, (prompt.system + "\n").replace(old, new).strip(), prompt.user, "0" * 63 + str(len(new) % 10)
    )
    return PromptLibrary({**library.prompts, name: changed})


async def measured(
    folder: Path, library: PromptLibrary, tape: Tape, model: TextModel | None = None
) -> tuple[CaseScores, ...]:
    """The rules read; the model draws up the storyboard. It answers the same each time, so once stands for three."""
    rules = OfflineWriter(OFFLOAD)
    asked = RoutedText(rules, {"storyboard": RecordedText(model or Obedient(library, rules), tape, library)})
    cases = await told(folder, models(folder, asked, library))
    return tuple(case.model_copy(update={"repeat": repeat}) for case in cases for repeat in range(3))


async def test_a_prompt_that_no_longer_names_a_rule_is_caught_with_a_model_that_obeys_it(tmp_path: Path) -> None:
    library, tape, base = load_prompts(), Tape(tmp_path / "tape"), tmp_path / "baseline"
    take_model(MODEL, await measured(tmp_path / "sound", library, tape), library, base)
    assert read_prompts(base)["storyboard"].measured_by == (MODEL,)
    again = live_gate(await measured(tmp_path / "again", library, replace(tape, records=False)), MODEL, base)
    assert again.exit_code == 0

    spoiled = with_words(library, "storyboard", RULE, "6. Scenes follow each other.\n")
    verdict = live_gate(await measured(tmp_path / "spoiled", spoiled, tape), MODEL, base)
    assert verdict.exit_code == 1
    assert "establishing_shots" in [one.metric for one in verdict.judged if one.bad]


async def test_a_changed_prompt_without_recordings_is_unmeasured_on_replay(tmp_path: Path) -> None:
    library, tape, base = load_prompts(), Tape(tmp_path / "tape"), tmp_path / "baseline"
    take_model(MODEL, await measured(tmp_path / "sound", library, tape), library, base)
    changed = with_words(library, "storyboard", "twenty years", "thirty years")
    cases = await measured(tmp_path / "changed", changed, replace(tape, records=False), Whole(MODEL))
    verdict = live_gate(cases, MODEL, base)
    assert verdict.exit_code == 3
    assert all("storyboard" in line for line in verdict.unmeasured)


class Whole(Absent):
    """A model of which only recordings are there, and which took whole books."""

    def answers(self, prompt_id: str) -> bool:
        return False

    def room(self, prompt_id: str) -> Room | None:
        return None


async def test_rules_do_not_make_a_changed_prompt_green(tmp_path: Path) -> None:
    library, base = load_prompts(), tmp_path / "baseline"
    cases = await told(tmp_path / "run", models(tmp_path), names=["en_mole"])
    write_offline(OfflineBaseline(figures=figures(cases)), base)
    let_through(library, "not recorded yet", base)
    passed = offline_gate(cases, library, base)
    assert passed.exit_code == 0
    assert any("let through unmeasured: not recorded yet" in line for line in passed.lines())

    changed = with_words(library, "storyboard", "twenty years", "thirty years")
    verdict = offline_gate(cases, changed, base)
    assert verdict.exit_code == 3
    assert [line for line in verdict.lines() if line.startswith("UNMEASURED") and "storyboard.md" in line]


async def test_a_prompt_that_loses_a_rule_of_the_craft_fails_without_any_model(tmp_path: Path) -> None:
    base = tmp_path / "baseline"
    let_through(load_prompts(), "not recorded yet", base)
    verdict = offline_gate((), with_words(load_prompts(), "storyboard", RULE, "6. Scenes follow.\n"), base)
    assert verdict.exit_code == 1
    assert [str(fault) for fault in verdict.faults] == [
        "prompts/storyboard.md: no longer names the rule: scenes open with their place"
    ]


class Deaf(speakers_en.EnglishSpeakers):
    """Without the rule that reads "said Jim"."""

    def said_someone(self, place: Any) -> None:
        return None

    someone_said = said_someone


async def test_a_spoiled_rule_of_the_writer_is_caught_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, base = load_prompts(), tmp_path / "baseline"
    monkeypatch.setattr(writer, "read", writer.read.__wrapped__)  # what was read stays as it was while a process lives
    cases = await told(tmp_path / "sound", models(tmp_path), names=["en_mole"])
    write_offline(OfflineBaseline(figures=figures(cases)), base)
    let_through(library, "not recorded yet", base)
    monkeypatch.setattr(speakers_en, "EnglishSpeakers", Deaf)  # the writer takes no rules from outside
    verdict = offline_gate(
        await told(tmp_path / "spoiled", models(tmp_path / "other"), names=["en_mole"]), library, base
    )
    assert verdict.exit_code == 1
    assert ("en_mole", "speaker_sure") in [(slip.case, slip.metric) for slip in verdict.slips]


def figures(cases: tuple[CaseScores, ...]) -> dict[str, dict[str, float]]:
    return {case: dict(told) for case, told in figures_of(cases).items()}
