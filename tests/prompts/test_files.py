"""Every prompt file is held to the same rules, whoever wrote it: what a model is asked, and what it is never asked."""

import importlib
import pkgutil
import re

import pytest

import manga
import providers.base
from manga.values import Value
from manga.vocabulary.register import closed_list
from prompts.library import Prompt, load_prompts

PROMPTS = load_prompts().prompts
TEXT = sorted(name for name, prompt in PROMPTS.items() if prompt.head.output != "Picture")
LEAST, MOST = 400, 12_000
"""Characters of the system part: less says nothing about the craft, more is not read to its end."""
MOST_RULES = 30

GEOMETRY = re.compile(
    r"\b(coordinates?|polygons?|pixels?|millimet\w+|mm|centimet\w+|bounding box\w*|x and y)\b", re.IGNORECASE
)
REFUSED = re.compile(r"\b(never|no|not|code|nor)\b", re.IGNORECASE)
LEFT_OVER = re.compile(
    r"\bTODO\b|\bFIXME\b|\bXXX\b|\bTBD\b|lorem ipsum|\{\{|\}\}|<[a-z_ ]+>|\[your |\?\?\?", re.IGNORECASE
)
RULE = re.compile(r"^(\d+)\. ", re.MULTILINE)


def _prompt(name: str) -> Prompt:
    return PROMPTS[name]


def _types() -> dict[str, type[Value]]:
    """Every value of a manga by its name."""
    modules = [importlib.import_module(f"manga.{found.name}") for found in pkgutil.iter_modules(manga.__path__)]
    return {
        name: kind
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Value)
    }


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_a_prompt_answers_in_a_type_that_there_is(name: str) -> None:
    assert _prompt(name).head.output in {*_types(), providers.base.Picture.__name__}


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_a_prompt_says_its_purpose_in_one_sentence(name: str) -> None:
    purpose = _prompt(name).head.purpose
    assert purpose[0].isupper()
    assert purpose.endswith(".")
    assert len(purpose) < 160


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_a_prompt_is_neither_empty_words_nor_a_book(name: str) -> None:
    assert LEAST <= len(_prompt(name).system) <= MOST


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_rules_are_counted_without_a_gap(name: str) -> None:
    numbers = [int(number) for number in RULE.findall(_prompt(name).system)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) <= MOST_RULES


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_nothing_unfinished_is_left_in_a_prompt(name: str) -> None:
    prompt = _prompt(name)
    assert LEFT_OVER.findall(f"{prompt.head.purpose}\n{prompt.system}\n{prompt.user}") == []


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_a_prompt_is_english_with_a_few_words_of_the_trade(name: str) -> None:
    words = _prompt(name).system
    assert sum(char.isascii() for char in words) / len(words) > 0.97
    assert all(len(line) < 1600 for line in words.splitlines())


@pytest.mark.parametrize("name", sorted(PROMPTS))
def test_every_input_stands_in_the_user_part_where_the_data_is(name: str) -> None:
    prompt = _prompt(name)
    assert all(f"${name}" in prompt.user for name in prompt.head.inputs)
    assert "$" not in prompt.system


@pytest.mark.parametrize("name", TEXT)
def test_geometry_is_codes_own(name: str) -> None:
    """A sentence that names it says that the model gives none."""
    sentences = re.split(r"(?<=[.;:])\s+", _prompt(name).system)
    asked = [sentence for sentence in sentences if GEOMETRY.search(sentence) and not REFUSED.search(sentence)]
    assert asked == []


@pytest.mark.parametrize("name", TEXT)
def test_what_people_wrote_is_called_data(name: str) -> None:
    clause = [line for line in _prompt(name).system.splitlines() if re.search(r"\b(are|is) data\b", line)]
    assert clause
    assert any("instruction" in line.lower() for line in clause)


@pytest.mark.parametrize("name", TEXT)
def test_a_prompt_says_which_languages_it_serves(name: str) -> None:
    system = _prompt(name).system
    assert "Japanese" in system
    assert "English" in system


@pytest.mark.parametrize("name", TEXT)
def test_a_prompt_that_is_asked_twice_says_what_faults_are(name: str) -> None:
    prompt = _prompt(name)
    assert ("faults" in prompt.head.inputs) == ("`faults`" in prompt.system)


def _vocabularies(schema: object) -> set[str]:
    """The vocabularies of which a JSON schema asks words."""
    if isinstance(schema, list):
        return set().union(*map(_vocabularies, schema))
    if not isinstance(schema, dict):
        return set()
    own = {schema["vocabulary"]} if isinstance(schema.get("vocabulary"), str) else set()
    return own.union(*map(_vocabularies, schema.values()))


@pytest.mark.parametrize("name", TEXT)
def test_a_prompt_that_asks_for_a_word_of_a_vocabulary_lists_it(name: str) -> None:
    asked = _vocabularies(_types()[_prompt(name).head.output].model_json_schema())
    assert [vocabulary for vocabulary in asked if closed_list(vocabulary) not in _prompt(name).system] == []


def test_plots_are_asked_for_places() -> None:
    assert "places" in _vocabularies(_types()["PlotDraft"].model_json_schema())
