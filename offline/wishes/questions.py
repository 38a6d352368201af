"""Questions back, in the language of the sentence. Parts in, one question out."""

from collections.abc import Iterable

from manga.brief import Language
from manga.feedback import MAX_QUESTION, BookView
from manga.phases import PHASES

_LONGEST_QUOTE = 60


def not_placed(said: str, language: Language) -> str:
    phases = ", ".join(PHASES)
    if not said.strip():
        return (
            f"何をどう変えればよいですか（{phases}）。"
            if language is Language.JA
            else f"Which phase is it about: {phases}?"
        )
    if language is Language.JA:
        ways = "ページとコマ、人物、セリフ、または工程"
        return f"「{_short(said)}」は、何をどう変えればよいですか。{ways}（{phases}）で教えてください。"
    return (
        f"What should be different about “{_short(said)}”? "
        f"Name a page and panel, a person, a line in quotes, or a phase: {phases}."
    )


def not_there(missing: Iterable[str], view: BookView, language: Language) -> str:
    pages = len(view.pages)
    if language is Language.JA:
        what = "".join(f"「{_short(part)}」" for part in missing)
        return f"{what}が見つかりません。この本は{pages}ページです。どこのことですか。"
    what = ", ".join(f"“{_short(part)}”" for part in missing)
    return f"I cannot find {what}; the book has {pages} pages. Which place do you mean?"


def who(said: str, view: BookView, language: Language) -> str:
    names = [person.name for person in view.people[:8]]
    if language is Language.JA:
        return f"「{_short(said)}」は誰のことですか。{'、'.join(names)}" + ("がいます。" if names else "")
    return f"Who is meant by “{_short(said)}”? " + (f"There are {', '.join(names)}." if names else "")


def where(said: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」は、どこのことですか。ページとコマ、場面、またはセリフを教えてください。"
    return f"Where is “{_short(said)}” meant? Name a page and panel, a scene or a line in quotes."


def which(said: str, lines: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」は、どのセリフのことですか。{lines}"
    return f"Which line is meant by “{_short(said)}”: {lines}?"


def without_tail(said: str, language: Language) -> str:
    if language is Language.JA:
        return f"「{_short(said)}」：しっぽのない文字はナレーションかモノローグです。どちらにしますか。"
    return f"“{_short(said)}”: words without a tail are a narration or a monologue. Which of the two is it to be?"


def joined(questions: Iterable[str], language: Language) -> str:
    """One question of at most `MAX_QUESTION` characters."""
    text = ("" if language is Language.JA else " ").join(dict.fromkeys(questions))
    return text if len(text) <= MAX_QUESTION else text[: MAX_QUESTION - 1] + "…"


def _short(said: str) -> str:
    said = " ".join(said.split()).strip("「」")
    return said if len(said) <= _LONGEST_QUOTE else said[: _LONGEST_QUOTE - 1] + "…"
