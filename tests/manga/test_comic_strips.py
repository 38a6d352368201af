"""The layout that a person wishes for: named in the brief, and unsaid where it is the usual one."""

import pytest
from pydantic import ValidationError

from manga.brief import Settings


def test_a_brief_without_a_layout_reads_as_it_always_did() -> None:
    assert "layout" not in Settings().to_json()
    assert Settings.of(Settings().to_json()).layout == "free"


@pytest.mark.parametrize("layout", ["yonkoma", "strip"])
def test_a_layout_that_was_wished_for_is_kept(layout: str) -> None:
    said = Settings.of({"layout": layout}).to_json()
    assert said["layout"] == layout
    assert Settings.of(said).layout == layout


def test_another_word_is_refused() -> None:
    with pytest.raises(ValidationError, match="layout"):
        Settings.of({"layout": "webtoon"})
