"""Family names that are written like animals: 白鳥先生 has no beak, 熊谷 no claws, and 鹿島さん no antlers."""

import re

from providers.offline.phrases_ja import tokenizer

_TITLE = re.compile(r"(?:先生|さん|くん|君|氏|様|さま|ちゃん|教授|校長|部長|課長|社長|夫人|殿)$")


def is_family_name(name: str) -> bool:
    """Whether the dictionary knows `name`, with a title or without one, as a family name of two characters or more.

    One character (熊さん, 猪) is more often the animal of a tale.
    """
    called = _TITLE.sub("", name)
    if len(called) < 2:
        return False
    # The dictionary tells a name from a noun by what follows, and knows さん best.
    asked = f"{called}さん" if called != name else called
    first = tokenizer().tokenize(asked)[0]
    return bool(first.surface() == called and first.part_of_speech()[1:4] == ("固有名詞", "人名", "姓"))
