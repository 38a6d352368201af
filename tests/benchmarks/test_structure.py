"""The figures of the structure count what they say."""

from benchmarks.structure import Module, circles, doubled, only_siblings, speaks_langgraph, uses, where_rows

FIRST = Module("graph/a.py", "from graph import b\nfrom langgraph.graph import START\n\nclass Shown: ...\n")
SECOND = Module("graph/b.py", "def later():\n    from graph.a import Shown\n\nclass Shown: ...\nclass _Own: ...\n")
THIRD = Module("works/c.py", "import graph.a\n\nclass Shown: ...\n")


def test_two_modules_that_import_each_other_are_a_circle() -> None:
    assert circles(uses((FIRST, SECOND, THIRD))) == [("graph.a", "graph.b")]


def test_a_module_that_only_its_sibling_imports_is_named() -> None:
    assert only_siblings(uses((FIRST, SECOND, THIRD))) == ["graph.b"]


def test_a_class_is_doubled_on_its_own_floor_alone() -> None:
    assert doubled((FIRST, SECOND, THIRD)) == ["graph.Shown"]
    assert doubled((FIRST, THIRD)) == []


def test_a_file_speaks_langgraph_by_its_imports() -> None:
    assert speaks_langgraph(FIRST)
    assert not speaks_langgraph(SECOND)


def test_rows_of_the_table_are_counted_without_its_head() -> None:
    table = "## Where do I change…\n\n| what | here |\n|---|---|\n| a | b |\n| c | d |\n\n## Else\n| x | y |\n"
    assert where_rows(table) == 2
