"""Prompt files are checked when they are loaded."""

import pytest

from manga.errors import NotFound, SetupIncomplete
from prompts.library import library_of, load_prompts, parse_prompt

GOOD = """---
id: plot
version: 2
purpose: Cut the story.
inputs: [text, cast]
output: Plot
---
## system
You cut stories. {"json": "stays"} and $$5 stays.

## user
$text

$cast
"""


def test_the_projects_own_prompts_load() -> None:
    library = load_prompts()
    assert {"artwork", "feedback"} <= set(library.prompts)
    assert all(prompt.id == key and len(prompt.hash) == 64 for key, prompt in library.prompts.items())


def test_rendering_fills_in_the_inputs_and_leaves_braces_alone() -> None:
    rendered = parse_prompt("plot.md", GOOD).render({"text": "$x {y}", "cast": "ごん"})
    assert rendered.user == "$x {y}\n\nごん"
    assert rendered.system == 'You cut stories. {"json": "stays"} and $5 stays.'
    assert rendered.prompt_id == "plot"


def test_the_hash_follows_the_content_and_not_the_line_ends() -> None:
    first = parse_prompt("plot.md", GOOD)
    assert first.hash == parse_prompt("plot.md", GOOD.replace("\n", "\r\n")).hash
    assert first.hash != parse_prompt("plot.md", GOOD.replace("cut", "trim")).hash


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("inputs: [text, cast]", "inputs: [text]", "uses cast without declaring"),
        ("inputs: [text, cast]", "inputs: [text, cast, mood]", "declares mood and never uses"),
        ("output: Plot", "output: Plot\ncolour: red", "colour"),
        ("version: 2", "version: none", "version"),
        ("purpose: Cut the story.\n", "", "purpose"),
        ("$$5", "$5", "stands alone"),
        ("## user", "## person", "needs `## system`"),
        ("---\nid", "id", "front matter"),
        ("id: plot", "id: [", "not YAML"),
    ],
)
def test_a_file_that_breaks_the_rules_is_named_with_its_fault(old: str, new: str, fault: str) -> None:
    with pytest.raises(SetupIncomplete, match=r"plot\.md") as caught:
        parse_prompt("plot.md", GOOD.replace(old, new, 1))
    assert fault in caught.value.message


def test_a_recipe_knows_all_words_that_made_a_result() -> None:
    part = GOOD.replace("id: plot", "id: plot_part")
    library = library_of([("plot.md", GOOD), ("plot_part.md", part), ("poem.md", GOOD.replace("id: plot", "id: poem"))])
    changed = library_of([("plot.md", GOOD), ("plot_part.md", part.replace("cut", "trim"))])
    every, none = (lambda key: True), (lambda key: False)
    assert library.hash_of("plot", none) == library.get("plot").hash == changed.hash_of("plot", none)
    assert library.hash_of("plot", every) != changed.hash_of("plot", every)
    assert library.hash_of("poem", every) == library.get("poem").hash
    assert library.hash_of("song", every) == ""


def test_a_file_bears_its_prompts_name() -> None:
    with pytest.raises(SetupIncomplete, match="its id is plot"):
        library_of([("story.md", GOOD)])


def test_missing_and_unknown_inputs_are_refused() -> None:
    prompt = parse_prompt("plot.md", GOOD)
    with pytest.raises(KeyError, match="cast"):
        prompt.render({"text": ""})
    with pytest.raises(ValueError, match="mood"):
        prompt.render({"text": "", "cast": "", "mood": ""})


def test_a_prompt_that_is_not_there_is_not_found() -> None:
    library = library_of([("plot.md", GOOD)])
    assert library.find("poem") is None
    with pytest.raises(NotFound):
        library.get("poem")
