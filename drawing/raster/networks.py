"""Networks that look at a picture: weights that a library brings, run by ONNX Runtime. Of the library nothing else is
used, and where it is not installed there is no network."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

_ERRORS_ONLY: Final = 3
"""Warnings of the runtime are about how weights were written."""


def weights_in(library: str, file: str) -> bytes | None:
    """A file of an installed library, which is not imported."""
    found = find_spec(library)
    folders = found.submodule_search_locations or () if found else ()
    path = next((path for folder in folders if (path := Path(folder) / file).is_file()), None)
    return None if path is None else path.read_bytes()


def network_of(weights: bytes) -> Any:
    """One thread: a process of the pool has one core. What memory a size of pictures takes is not remembered: that took
    180 MB more and no less time. The runtime has a thread as soon as it is imported, which is not there in processes
    that are forked later: it is imported here."""
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = _ERRORS_ONLY
    return onnxruntime.InferenceSession(weights, options, providers=("CPUExecutionProvider",))


def answers(network: Any, grey: Any) -> list[Any]:
    """What it makes of one picture: pixels of any scale, rows by columns, as its three colours."""
    (named,) = network.get_inputs()
    answered: list[Any] = network.run(None, {named.name: np.stack((grey,) * 3)[None].astype(np.float32)})
    return answered
