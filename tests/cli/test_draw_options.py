"""Stories are read in the encodings that people have, and in no other."""

import io
from pathlib import Path

import pytest

from cli.draw_options import decode, read_story
from manga.brief import MAX_CHARACTERS
from manga.errors import BriefRejected, NotFound

JA = (
    "これは、私が小さいときに、村の茂平というおじいさんからきいたお話です。\n"
    "「ごん、お前だったのか。」と兵十は言いました。"
)


@pytest.mark.parametrize(
    ("encoding", "known_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp932", "cp932"),
        ("shift_jis", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
        ("utf-16", "utf-16"),
    ],
)
def test_japanese_is_read_in_this_encoding(encoding: str, known_as: str) -> None:
    assert decode(JA.encode(encoding), "story") == (JA, known_as)


@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_a_single_japanese_sentence_is_enough(encoding: str) -> None:
    assert decode("むかし、狐がいた。".encode(encoding), "story")[0] == "むかし、狐がいた。"


@pytest.mark.parametrize(
    "data",
    [
        "“Curly quotes” – and a café.".encode("cp1252"),
        "Ein schöner Tag für Müßiggänger.".encode("latin-1"),
        JA.encode("utf-8")[:-1],
        JA.encode("utf-8") + b"\xff\xfe",
        "Привет, мир".encode("koi8-r"),
        "너구리와 여우".encode("euc_kr"),
    ],
)
def test_an_encoding_that_leaves_doubt_is_refused(data: bytes) -> None:
    with pytest.raises(BriefRejected, match="neither UTF-8"):
        decode(data, "story")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"%PDF-1.7\n\x00\x01", bytes(range(256)), b"\x7fELF\x02\x01\x01\x00"],
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(BriefRejected, match="not a text file"):
        decode(data, "story")


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf", b"---\n***\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(data)
    with pytest.raises(BriefRejected):
        read_story(str(file))


def test_the_limit_is_in_characters(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text("狐" * MAX_CHARACTERS, encoding="utf-8")
    assert len(read_story(str(file)).text) == MAX_CHARACTERS

    file.write_text("狐" * (MAX_CHARACTERS + 1), encoding="utf-8")
    with pytest.raises(BriefRejected, match="100,001 characters"):
        read_story(str(file))


def test_a_huge_file_is_not_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    with file.open("wb") as handle:
        handle.write(b"fox ")
        handle.truncate(4_000_000_000)
    with pytest.raises(BriefRejected, match="longer than"):
        read_story(str(file))


def test_line_ends_become_plain(tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_bytes(b"one\r\ntwo\rthree\n")
    assert read_story(str(file)).text == "one\ntwo\nthree\n"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BriefRejected, match="is a folder"):
        read_story(str(tmp_path))


@pytest.mark.parametrize("path", ["missing.txt", "no/such/folder/story.txt"])
def test_a_missing_file_is_not_found(tmp_path: Path, path: str) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_story(str(tmp_path / path))


@pytest.mark.parametrize("path", ["a\0b", "x" * 5000])
def test_an_impossible_path_is_refused(path: str) -> None:
    with pytest.raises(BriefRejected):
        read_story(path)


def test_a_story_comes_from_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(JA.encode("euc_jp"))))
    story = read_story("-")
    assert story.text == JA
    assert story.name == ""
