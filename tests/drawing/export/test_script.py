"""The script: every line with its speaker, and no word that means anything to Markdown or HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drawing.export.script import escaped

HOSTILE = [
    "# a heading", "[x](javascript:alert(1))", "![x](http://e/x.png)", "<script>alert(1)</script>", "* item", "1. item",
    "`code`", "---", "> quoted", "&lt;", "a | b", "http://e.example", "\n\n# two", "\u202eabc", "~~~", "a\\", "**b**",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_strangers_words_stay_words(text: str) -> None:
    html = MarkdownIt("commonmark").render(f"**A**: {escaped(text)}")
    assert set(re.findall(r"<(/?\w+)", html)) == {"p", "/p", "strong", "/strong"}


@given(st.text(max_size=60))
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    html = MarkdownIt("commonmark").render(f"**A**: {escaped(text)}")
    assert set(re.findall(r"<(/?\w+)", html)) == {"p", "/p", "strong", "/strong"}
    assert "\n" not in escaped(text)
