"""What an error says on one line of the terminal."""

from cli.output import error_line
from manga.errors import ContentBlocked, ProviderFault


def test_a_passage_that_is_refused_is_named_by_its_first_words() -> None:
    line = error_line(ContentBlocked("The text is refused.", remedy="Change it.", element="One evening a fox\nmet"))
    assert line == "mangaka: The text is refused. (It begins: One evening a fox met …) Change it."


def test_what_the_message_names_already_is_not_said_twice() -> None:
    told = "The text is refused. (In part 2 of 3 of the story: One evening a fox met a hare)"
    assert error_line(ContentBlocked(told, remedy="Change it.", element="One evening a fox met")).count("evening") == 1


def test_an_element_of_another_error_is_for_programs() -> None:
    assert "b0001" not in error_line(ProviderFault("No answer.", element="b0001"))
