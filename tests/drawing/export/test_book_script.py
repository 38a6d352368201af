"""The script: every line with its speaker, and no word that means anything to Markdown or HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drawing.export.book_script import Manuscript, escaped, script
from drawing.pages.scene_graph import BookFacts
from manga.paper import PAPERS, Direction, PaperName
from tests.graph.told import CAST, plot_of, storyboard_of

HOSTILE = [
    "# a heading", "[x](javascript:alert(1))", "![x](http://e/x.png)", "<script>alert(1)</script>", "* item", "1. item",
    "`code`", "---", "> quoted", "&lt;", "a | b", "http://e.example", "\n\n# two", "\u202eabc", "~~~", "a\\", "**b**",
]  # fmt: skip


WRITTEN = ["**A**: {}", "> {}", "# {}", "- **A**{}"]
OWN = {"p", "strong", "blockquote", "h1", "ul", "li"}


def rendered(text: str, written: str) -> str:
    return str(MarkdownIt("commonmark").render(written.format(escaped(text))))


def tags(html: str) -> list[str]:
    return re.findall(r"<(/?\w+)", html)


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_strangers_words_stay_words(text: str, written: str) -> None:
    assert tags(rendered(text, written)) == tags(rendered("word", written))


@given(st.text(max_size=60), st.sampled_from(WRITTEN))
def test_no_text_breaks_out_of_its_line(text: str, written: str) -> None:
    assert {tag.strip("/") for tag in tags(rendered(text, written))} <= OWN
    assert "\n" not in escaped(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=60))
def test_what_is_read_is_what_was_written(text: str) -> None:
    shown = html.unescape(re.sub(r"<.*?>", "", rendered(text, "> x {}"))).split()
    assert " ".join(shown) == " ".join(f"x {text}".split())


def test_plain_words_are_not_strewn_with_backslashes() -> None:
    for plain in ("Well... no (not yet): wait - I'm here!", "ねえ！（小声で）……帰ろう。", "at 7.30 + 5"):
        assert escaped(plain) == plain


@pytest.mark.parametrize(("language", "words"), [("ja", "バスト・目の高さ・会話"), ("en", "bust, eye, talk")])
def test_directions_are_told_in_the_words_of_the_book(language: str, words: str) -> None:
    facts = BookFacts("狐の話", None, language, Direction.RTL, PAPERS[PaperName.B5])
    text = script(Manuscript(facts, storyboard_of(1), CAST, plot_of(1)))
    assert words in text
    assert "ごん（平静・立つ）" in text if language == "ja" else "ごん (neutral, stand)" in text
