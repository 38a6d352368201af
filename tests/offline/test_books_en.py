"""Whoever lives in a book only, and whose words are told of before they are said."""

from tests.offline.stories import lines_of, read_all

TRIST = """The Guest

I came to the house at dusk. "Come in," said Roderick, and I sat down beside him. "You are late," said Roderick.

The book I took up was the "Mad Trist" of Sir Launcelot Canning. I had arrived at that portion of the story where
Ethelred, the hero of it, stood before the door. I read aloud for an hour, and I did not look up.

At last I paused, and I looked at Roderick. He had turned his chair to the door. His head had dropped upon his breast,
and he rocked from side to side. I resumed the narrative of Sir Launcelot. And Ethelred lifted his shield, and Ethelred
laughed.

I rushed to the chair in which Roderick sat. I bent over him, and drank in the meaning of his words.

"Do you not hear it? I have heard it for many days!"
"""


def _named(keys: tuple[str, ...]) -> set[str]:
    _, cast, _ = read_all(TRIST)
    return {sheet.name for sheet in cast.characters if sheet.key in keys}


def test_whoever_a_book_tells_of_is_in_nobodys_room() -> None:
    _, _, plot = read_all(TRIST)
    assert {name for beat in plot.beats() for name in _named(beat.present)} == {"I", "Roderick"}


def test_he_is_not_somebody_whom_the_book_tells_of() -> None:
    _, _, plot = read_all(TRIST)
    there = next(beat.present for beat in plot.beats() if "rocked" in beat.told)
    assert "Roderick" in _named(there)


def test_words_that_are_told_of_before_they_are_said_are_his_whose_words_they_are() -> None:
    _, _, plot = read_all(TRIST)
    line = next(line for line in lines_of(plot) if line.text.startswith("Do you not hear"))
    assert _named((line.speaker or "",)) == {"Roderick"}


def test_whoever_is_named_as_crying_it_says_it_though_another_was_called_before() -> None:
    story = (
        "The Gift\n\nThe door opened. “Good evening,” said Jim. “Good evening,” said Della.\n\n"
        "And Della looked up with dim eyes and said: “My hair grows so fast, Jim!”\n\n"
        "And then Della leaped up like a little cat and cried, “Oh, oh!”\n\n“What is it?” said Jim.\n"
    )
    _, cast, plot = read_all(story)
    line = next(line for line in lines_of(plot) if line.text == "Oh, oh!")
    assert next(sheet.name for sheet in cast.characters if sheet.key == line.speaker) == "Della"
