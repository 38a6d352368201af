"""Folder names: readable where that is harmless, harmless always."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from works.delivery.folder_names import MAX_BYTES, folder_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("ごん狐", "ごん狐"),
        ("注文の多い料理店", "注文の多い料理店"),
        ("The Gift of the Magi", "the-gift-of-the-magi"),
        ("Alice's Adventures", "alices-adventures"),
        ("Ｒｅ：ゼロ", "ｒｅ-ゼロ"),
        ("前編／後編", "前編-後編"),
        ("../../etc/passwd", "etc-passwd"),
        (".", "manga"),
        ("..", "manga"),
        ("...", "manga"),
        ("", "manga"),
        ("   ", "manga"),
        ("💥🔥", "manga"),
        ("-rf *", "rf"),
        ("CON", "con-manga"),
        ("com1", "com1-manga"),
        ("a\x00b\nc\x1b[31m", "a-b-c-31m"),
        ("\u202egnp.exe", "gnp-exe"),
        ("C:\\Windows", "c-windows"),
        ("é", "é"),
        ("Z̸̧̛͎a̵l̴go", "z̸̧a̵l̴go"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("$(rm -rf ~)", "rm-rf"),
    ],
)
def test_a_title_gives_this_folder_name(title: str, name: str) -> None:
    assert folder_name(title) == name


@given(st.text(max_size=400))
def test_any_title_gives_a_harmless_name(title: str) -> None:
    name = folder_name(title)

    assert name
    assert name not in (".", "..")
    assert not name.startswith(("-", "."))
    assert not set(name) & set('/\\:*?"<>|\0\n')
    assert len(name.encode()) <= MAX_BYTES + len("-manga")
    assert name.isprintable()


def test_a_long_title_is_shortened() -> None:
    assert len(folder_name("狐" * 500).encode()) <= MAX_BYTES
