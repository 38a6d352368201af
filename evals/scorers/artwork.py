"""Scores the pictures as far as data tells: were all drawn as directed, with everybody and everything in them?"""

from collections.abc import Iterator

from evals.metric_bounds import Example, Metric, Score, share
from evals.scorer_input import Sample

METRICS = (
    Metric("placeholders", "artwork", "panels without a picture of their own", "lower", goal=0.0, tolerance=0.0),
    Metric("as_directed", "artwork", "pictures drawn at the first prompt", goal=0.95),
    Metric(
        "missing_things",
        "artwork",
        "panels with something that was not drawn",
        "lower",
        goal=0.1,
        tolerance=0.03,
        enough=True,
    ),
    Metric("figures_drawn", "artwork", "directed people whose place in the picture is known", goal=0.98),
    Metric("faces_known", "artwork", "of these, people turned to us whose face is known", goal=0.9),
)


def pictures(sample: Sample) -> Iterator[Score | None]:
    """One picture a panel, and how it was got."""
    art, panels = sample.art or {}, sample.storyboard.panels() if sample.storyboard else ()
    lost = [p.key for p in panels if p.key not in art or art[p.key].status != "drawn"]
    blank = (Example("a picture", art[key].made.reason if key in art else "nothing", element=key) for key in lost)
    yield share("placeholders", len(lost), len(panels), "panels have no picture", blank)
    straight = sum(picture.made.level == 0 for picture in art.values())
    yield share("as_directed", straight, len(art), "pictures are as directed")
    short = [(key, picture.made.missing) for key, picture in sorted(art.items()) if picture.made.missing]
    absent = (Example(", ".join(things), "not drawn", element=key) for key, things in short)
    yield share("missing_things", len(short), len(art), "pictures lack something", absent)


def people(sample: Sample) -> Iterator[Score | None]:
    """Balloons and tails hang on where people are."""
    if sample.art is None or sample.storyboard is None:
        return
    wanted, there, facing, faces = 0, 0, 0, 0
    missed: list[Example] = []
    for panel in sample.storyboard.panels():
        anchors = {a.character: a for a in sample.art[panel.key].figures} if panel.key in sample.art else {}
        for figure in panel.direction.figures:
            wanted += 1
            found = anchors.get(figure.character)
            if found is None:
                missed.append(Example(figure.character, "not in the picture", element=panel.key))
                continue
            there += 1
            facing += figure.facing != "back"
            faces += figure.facing != "back" and found.face is not None
    yield share("figures_drawn", there, wanted, "people are where we know", missed)
    yield share("faces_known", faces, facing, "faces are known")


SCORERS = (pictures, people)
