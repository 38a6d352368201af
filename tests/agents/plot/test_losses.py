"""What of a drafted plot is not in the plot as it was said: each thing is told, with its reason."""

import pytest

from manga.brief import Settings
from manga.losses import Loss, LossKind, Reason
from manga.plot import Plot
from manga.plot_draft import ChangedPlot, ChangeDraft, DeedDraft, PlotDraft
from manga.revision import Revision
from tests.agents.plot_drafts import SHORT, DraftModel, beat, made, said, scene

pytestmark = pytest.mark.anyio

FIRST = beat("ごんは川へ")
SECOND = beat("「やあ」とごん", said("やあ"))
LAST = beat("兵十は帰り")


async def plotted(*beats: object, settings: Settings | None = None, **of_scene: object) -> Plot:
    draft = PlotDraft(scenes=(scene(*beats, **of_scene),))  # type: ignore[arg-type] # a test's own beats
    return await made(DraftModel(lambda ask: PlotDraft.of(draft.to_json())), SHORT, settings or Settings())


def told(plot: Plot) -> list[tuple[LossKind, str, str, str, str, Reason]]:
    return [(loss.kind, loss.element, loss.what, loss.said, loss.instead, loss.reason) for loss in plot.losses]


async def test_a_draft_that_is_used_as_it_is_loses_nothing() -> None:
    plot = await plotted(FIRST, SECOND, LAST)
    assert plot.losses == ()
    assert "losses" not in plot.to_json()


async def test_who_is_nobody_of_the_cast_is_refused_by_name() -> None:
    strange = FIRST.model_copy(
        update={
            "present": ("c01", "c09"),
            "deeds": (DeedDraft(who="c08", action="dig", thing="spade"),),
            "changes": (ChangeDraft(who="c07", aspect="holds", to="eel"),),
        }
    )
    assert told(await plotted(strange, SECOND, LAST)) == [
        (LossKind.REFUSED, "b0001", "present", "c09", "", Reason.NOT_IN_CAST),
        (LossKind.REFUSED, "b0001", "deed", "c08: dig spade", "", Reason.NOT_IN_CAST),
        (LossKind.REFUSED, "b0001", "change", "c07: holds eel", "", Reason.NOT_IN_CAST),
    ]


async def test_words_that_become_the_nearest_of_the_register_are_told_with_what_stands_instead() -> None:
    dressed = LAST.model_copy(
        update={
            "changes": (
                ChangeDraft(who="c01", aspect="hat", to="straw hat"),
                ChangeDraft(who="c01", aspect="costume", to="zzyzx"),
            )
        }
    )
    plot = await plotted(FIRST, SECOND, dressed, setting="an old village")
    assert told(plot) == [
        (LossKind.REPLACED, "s01", "setting", "an old village", "village", Reason.NEAREST),
        (LossKind.REPLACED, "b0003", "hat", "straw hat", "straw", Reason.NEAREST),
        (LossKind.REFUSED, "b0003", "costume", "zzyzx", "", Reason.UNKNOWN_WORD),
    ]


async def test_texts_that_run_too_long_end_with_a_word_and_are_told() -> None:
    long = " ".join(["a basket of chestnuts"] * 5)
    beats = [
        {"evidence": "ごんは川へ", "props": [long]},
        {"evidence": "「やあ」とごん", "lines": [{"text": "やあ", "speaker": "c01"}]},
        {"evidence": "兵十は帰り"},
    ]
    draft = {"scenes": [{"place": "村", "setting": "village", "beats": beats}]}
    plot = await made(DraftModel(lambda ask: PlotDraft.of(draft)), SHORT)
    assert told(plot) == [
        (LossKind.SHORTENED, "b0001", "props", long, "a basket of chestnuts a basket of", Reason.TOO_LONG)
    ]
    assert plot.beats()[0].props == ("a basket of chestnuts a basket of",)


async def test_what_the_editor_would_cut_is_told_and_a_faithful_book_refuses_to() -> None:
    cut = FIRST.model_copy(update={"cut": True})
    adapted = await plotted(cut, SECOND, LAST, settings=Settings(fidelity="adapted"))
    assert told(adapted) == [(LossKind.CUT, "b0001", "beat", "ごんは川へ行きました。", "", Reason.EDITOR)]
    faithful = await plotted(cut, SECOND, LAST)
    assert [loss[0] for loss in told(faithful)] == [LossKind.REFUSED]
    assert faithful.cuts == ()


async def test_a_revision_keeps_what_was_told_of_scenes_that_stay() -> None:
    before = await plotted(FIRST.model_copy(update={"present": ("c09",)}), SECOND, LAST)
    longer = DraftModel(lambda ask: ChangedPlot(pages=2))
    again = await made(longer, SHORT, revision=Revision((("長く", ("s01",)),), before))
    assert len(again.pages) == 2
    assert again.losses == before.losses


async def test_an_answer_that_is_asked_for_again_does_not_come_with_what_was_lost_of_it() -> None:
    """It is no field of the answer's schema."""
    assert "losses" not in PlotDraft.model_json_schema()["properties"]
    wrong = {"scenes": [{"place": "村" * 200, "setting": "village", "beats": [{"evidence": "どこにもない"}]}]}
    model = DraftModel(lambda ask: PlotDraft.of(wrong))
    with pytest.raises(Exception, match="not in the text"):
        await made(model, SHORT)
    assert isinstance(PlotDraft.of(wrong).losses[0], Loss)
    assert model.asks[1].revision.previous == PlotDraft.of(wrong).model_copy(update={"losses": ()})
