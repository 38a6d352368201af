"""The words of previews in the language of whoever looks: a word of the vocabulary in, a person's word out."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from manga.brief import Language
from manga.read_yaml import read_yaml
from manga.vocabulary.poses_and_effects import poses


def said(word: str, language: Language) -> str:
    """`slice_of_life` as people say it; what has no word of its own stays as it is."""
    plain, pose = word.replace("_", " "), poses().entries.get(word)
    if pose is not None:
        return pose.name_in(language.value)
    return _japanese().get(plain, plain) if language is Language.JA else plain


def listed(words: Iterable[str], language: Language) -> str:
    return ("・" if language is Language.JA else ", ").join(said(word, language) for word in words if word)


@cache
def _japanese() -> Mapping[str, str]:
    text = files("drawing.pages").joinpath("preview_words.yaml").read_text(encoding="utf-8")
    return {str(word): str(own) for word, own in read_yaml(text).items()}
