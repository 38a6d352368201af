"""Makes the four buckets of Google Cloud Storage as `storage.buckets` has them, or brings them up to it."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from storage.buckets import prefix_of, resources
from storage.gcs import new_client, own_credentials
from storage.gcs_calls import Calls
from storage.settings import StorageSettings

if TYPE_CHECKING:
    from google.cloud.storage import Client


async def make_buckets(
    settings: StorageSettings, project: str, location: str, origins: Sequence[str] = (), calls: Calls | None = None
) -> dict[str, bool]:
    """Those that `MANGA_BLOBS` names, by name: whether each is new. Where one is that is not ours nothing is changed.

    Location and project are for new buckets. Raises `SetupIncomplete`, `StorageFailed`.
    """
    wanted = resources(prefix_of(settings.blobs or ""), origins)
    client, calls = new_client(own_credentials()), calls or Calls()
    made: dict[str, bool] = {}
    for resource in wanted:
        made[resource["name"]] = await calls.run(resource["name"], partial(_make, client, resource, project, location))
    return made


def _make(client: "Client", resource: dict[str, Any], project: str, location: str) -> bool:
    """Blocks. Raises Google's errors."""
    address, query = f"{client.api_endpoint}/storage/v1/b", {"project": project}
    answer = client._http.post(address, params=query, json=resource | {"location": location}, timeout=60)
    if answer.status_code != 409:
        return _good(answer)
    rest = {name: value for name, value in resource.items() if name not in ("name", "storageClass")}
    # What is left out stays as it was, so pages that may not read any more are taken out by name.
    answer = client._http.patch(f"{address}/{resource['name']}", json={"cors": []} | rest, timeout=60)
    return not _good(answer)


def _good(answer: Any) -> bool:
    from google.api_core.exceptions import from_http_response

    if not answer.ok:
        raise from_http_response(answer)  # type: ignore[no-untyped-call]
    return True
