"""`python -m evals letters` counts what is found in real pictures, and fails where that is too little or too much."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from evals.commands import GOOD, SLIPPED, WRONG_USE, main
from evals.letters.commands import LetterCount, LettersFound, measured

ALONE = LetterCount(100)
GOOD_ENOUGH = LettersFound(replace(ALONE, found=2), {("sign", "Latin"): LetterCount(100, 90, 90)})


def asked(monkeypatch: pytest.MonkeyPatch, found: LettersFound) -> int:
    async def drawn(_: object) -> object:
        return [("a panel", Image.new("L", (64, 64), 255))]

    monkeypatch.setattr("evals.letters.commands._drawn", drawn)
    monkeypatch.setattr("evals.letters.commands.measured", lambda _: found)
    return main(["letters"])


def test_each_bound_can_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked(monkeypatch, GOOD_ENOUGH) == GOOD
    assert asked(monkeypatch, replace(GOOD_ENOUGH, letterless=replace(ALONE, found=3))) == SLIPPED
    assert asked(monkeypatch, replace(GOOD_ENOUGH, lettered={("sign", "Latin"): LetterCount(100, 89)})) == SLIPPED


def test_letters_are_painted_in_and_found_and_a_bare_picture_is_not_flagged() -> None:
    found = measured([("grey", Image.new("L", (320, 240), 200))])
    assert (found.letterless, found.flagged) == (LetterCount(1), ())
    assert found.lettered == {("balloon", "Latin"): LetterCount(1, 1, 1)}


def test_a_story_that_nobody_has_and_an_empty_folder_are_no_success(tmp_path: Path) -> None:
    assert main(["letters", "--stories", "nobody"]) == WRONG_USE
    assert main(["letters", "--stories", "--pictures", str(tmp_path)]) == WRONG_USE
