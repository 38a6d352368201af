"""Stories told for tests of the evaluation, in this process."""

from collections.abc import Iterable
from pathlib import Path

from evals.answering_models import Models
from evals.eval_runs import CaseScores, Plan, keep_scores
from evals.measured_stories import Subject, subjects
from evals.raw_answers import Store
from evals.run_jobs import Done, StoryJob, told_by
from manga.phases import Phase
from offline.artist import OfflineArtist
from offline.writer import OfflineWriter
from prompts.library import PromptLibrary, load_prompts
from providers.base import TextModel
from providers.process_pool import InlineOffload
from storage.object_store import FolderBlobs

NAMES = ("ja_mizuyari", "en_mole")


def stories(names: Iterable[str] = NAMES) -> tuple[Subject, ...]:
    """Two short ones, one of each language."""
    return tuple(subject for name in names for subject in subjects(name))


def models(home: Path, text: TextModel | None = None, prompts: PromptLibrary | None = None) -> Models:
    """The rules, or a model that reads prompts."""
    offload = InlineOffload()
    return Models(
        text=text or OfflineWriter(offload),
        images=OfflineArtist(offload),
        blobs=FolderBlobs(home / "blobs"),
        offload=offload,
        prompts=prompts or load_prompts(),
        reads_prompts=text is not None,
    )


async def told(
    folder: Path, by: Models, *, names: Iterable[str] = NAMES, repeats: int = 1, until: Phase = Phase.STORYBOARD
) -> tuple[CaseScores, ...]:
    """A whole run of these stories."""
    jobs = [StoryJob(subject, until, repeat) for subject in stories(names) for repeat in range(repeats)]
    done: list[Done] = [await told_by(job, by, Store(folder)) for job in jobs]
    return keep_scores(folder, Plan(), jobs, done)
