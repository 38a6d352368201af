"""Thoughts that sentences report, and narrators' own voices."""

from manga.brief import Language
from manga.plot import Deed, LineKind
from manga.values import Span
from offline.directing.told_thoughts import Inward, inward
from offline.directing.who_is_present import company_of
from tests.offline.storyboard_plots import Teller, scene


def heard(text: str, *, teller: str = "", thinks: str = "", language: Language = Language.JA) -> Inward | None:
    book = Teller()
    line = book.line(text)
    deeds = (Deed(who=thinks, action="think", span=Span(start=line.span.start, end=line.span.end)),) if thinks else ()
    return inward(line, book.beat(line, deeds=deeds), teller, language)


def words(text: str, found: Inward | None) -> str:
    return text[found.start : found.end] if found else ""


def test_a_reported_thought_is_thought_by_whoever_thinks_it() -> None:
    text = "ごんは、うなぎは兵十のおっ母が食べたかったのだと思いました。"
    found = heard(text, thinks="c01")
    assert found is not None
    assert (found.kind, found.who) == (LineKind.THOUGHT, "c01")
    assert words(text, found) == "うなぎは兵十のおっ母が食べたかったのだ"


def test_an_english_thought_loses_the_words_that_name_the_thinker() -> None:
    text = "The light came again, It knows my name, I thought, and I ran."
    assert words(text, heard(text, thinks="c01", language=Language.EN)) == "It knows my name,"


def test_what_a_narrator_feels_is_monologue_and_what_happens_is_told() -> None:
    felt = heard("I was afraid of the dark water.", teller="c01", language=Language.EN)
    assert felt is not None
    assert (felt.kind, felt.who) == (LineKind.MONOLOGUE, "c01")
    assert heard("The door opened.", teller="c01", language=Language.EN) is None
    assert heard("He was afraid of the dark water.", language=Language.EN) is None


def test_company_is_told_of_beside_a_beat_and_has_to_do_with_somebody_in_it() -> None:
    book = Teller()
    told = (
        ("一人が来た。", ("c01",)),
        ("犬がほえた。", ("c02",)),
        ("日が暮れた。", ()),
        ("犬と帰った。", ("c02", "c01")),
        ("月が出た。", ("c03",)),
    )
    beats = [book.beat(book.line(text), present=who) for text, who in told]
    company = company_of(scene(1, *beats))
    assert company[beats[1].key] == ("c01",)
    assert company[beats[2].key] == ()
    assert company[beats[4].key] == ()


def test_as_soon_as_something_has_happened_is_no_thought() -> None:
    assert heard("松の枝が、烈しくざわざわ揺れたと思うと、白蛇が一匹、下りて来ました。", thinks="c01") is None
    assert heard("もう会えないと思うと、ごんは悲しくなりました。", thinks="c01") is not None


def test_a_word_that_only_ends_in_a_quoting_particle_quotes_nothing() -> None:
    for word in ("ちょっと", "じっと", "ずっと"):
        assert heard(f"女の子は、ふたを開け、{word}考えていました。", thinks="c01") is None
