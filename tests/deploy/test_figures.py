"""Sections 7 to 9 of the contract, as figures."""

from inspect import signature
from ipaddress import ip_network
from typing import Any

import pytest

from storage.bucket_layout import BUCKETS
from storage.bucket_layout import resources as wanted_buckets
from storage.database import new_pool
from tests.deploy.files import ROOT, cloud_run, container, resource, resources
from works.composition import RUNS_CONNECTIONS


def annotations(name: str) -> dict[str, str]:
    found: dict[str, str] = cloud_run(name)["spec"]["template"]["metadata"]["annotations"]
    return found


@pytest.mark.parametrize("name", ["api", "worker"])
def test_instances_have_8_processors_and_32_gib_that_never_sleep(name: str) -> None:
    assert container(name)["resources"]["limits"] == {"cpu": "8", "memory": "32Gi"}
    assert annotations(name)["run.googleapis.com/execution-environment"] == "gen2"
    assert annotations(name)["run.googleapis.com/cpu-throttling"] == "false"


def test_the_api_serves_50_at_once_for_600_s_on_1_to_50_instances() -> None:
    spec = cloud_run("api")["spec"]["template"]["spec"]
    assert (spec["containerConcurrency"], spec["timeoutSeconds"]) == (50, 600)
    found = annotations("api")
    assert found["run.googleapis.com/startup-cpu-boost"] == "true"
    assert (found["autoscaling.knative.dev/minScale"], found["autoscaling.knative.dev/maxScale"]) == ("1", "50")
    assert found["run.googleapis.com/scaling-cpu-target"] == "0.80"


@pytest.mark.parametrize("name", ["api", "worker", "gateway"])
def test_services_stand_in_the_network(name: str) -> None:
    network, subnetwork = (
        resource("google_compute_network", "mangaka"),
        resource("google_compute_subnetwork", "service"),
    )
    interface = annotations(name)["run.googleapis.com/network-interfaces"]
    assert f'"network": "{network["name"]}"' in interface
    assert f'"subnetwork": "{subnetwork["name"]}"' in interface


def test_services_redis_and_the_database_have_ranges_of_their_own_in_10_0() -> None:
    ranges = [ip_network(resource("google_compute_subnetwork", "service")["ip_cidr_range"])]
    for name in ("redis", "database"):
        found = resource("google_compute_global_address", name)
        ranges.append(ip_network(f"{found['address']}/{found['prefix_length']}"))
    assert all(part.subnet_of(ip_network("10.0.0.0/16")) for part in ranges)  # type: ignore[arg-type]
    assert not any(one.overlaps(other) for one in ranges for other in ranges if one is not other)
    # Cloud Run takes up to four addresses an instance while a new revision comes in.
    assert ranges[0].num_addresses >= 4 * (50 + 50 + 50)


def test_redis_is_version_7_with_4_gb_a_password_and_tls() -> None:
    redis = resource("google_redis_instance", "mangaka")
    assert redis["redis_version"].startswith("REDIS_7")
    assert redis["memory_size_gb"] == 4
    assert redis["auth_enabled"] is True
    assert redis["transit_encryption_mode"] == "SERVER_AUTHENTICATION"


def test_the_database_is_reached_from_inside_only_with_tls_and_is_backed_up() -> None:
    settings = resource("google_sql_database_instance", "mangaka")["settings"]
    assert settings["ip_configuration"]["ipv4_enabled"] is False
    assert settings["ip_configuration"]["ssl_mode"] == "ENCRYPTED_ONLY"
    assert settings["backup_configuration"]["point_in_time_recovery_enabled"] is True


def test_the_database_has_connections_for_every_instance() -> None:
    replica = signature(new_pool).parameters["max_size"].default + RUNS_CONNECTIONS + 1  # its pulse
    worker = replica + 4 + 1  # jobs, and who listens for them
    wanted = f"{replica} x replicas + {worker} x workers + 20"
    assert wanted in (ROOT / "docs/operation.md").read_text(encoding="utf-8")
    flags = resource("google_sql_database_instance", "mangaka")["settings"]["database_flags"]
    assert {flag["name"]: int(flag["value"]) for flag in flags}["max_connections"] >= 50 * replica + 20 * worker + 20


def as_terraform(bucket: dict[str, Any]) -> dict[str, Any]:
    """A bucket of the JSON API in Terraform's words."""
    found: dict[str, Any] = {
        "name": bucket["name"],
        "location": "${var.region}",
        "storage_class": bucket["storageClass"],
        "uniform_bucket_level_access": bucket["iamConfiguration"]["uniformBucketLevelAccess"]["enabled"],
        "public_access_prevention": bucket["iamConfiguration"]["publicAccessPrevention"],
        "soft_delete_policy": {
            "retention_duration_seconds": int(bucket["softDeletePolicy"]["retentionDurationSeconds"])
        },
    }
    if rules := bucket["lifecycle"]["rule"]:
        found["lifecycle_rule"] = [
            {"action": {key.replace("storageClass", "storage_class"): value for key, value in rule["action"].items()}}
            | {"condition": rule["condition"]}
            for rule in rules
        ]
    return found


def test_the_buckets_are_those_of_the_code() -> None:
    found = [content for kind, _, content in resources() if kind == "google_storage_bucket"]
    without_pages = [{key: value for key, value in bucket.items() if key != "cors"} for bucket in found]
    assert without_pages == [as_terraform(bucket) for bucket in wanted_buckets("${var.prefix}")]
    assert len(found) == len(BUCKETS) == 4


def test_pages_of_other_origins_read_what_the_code_says() -> None:
    wanted = wanted_buckets("x", ["o"])[0]["cors"][0]
    for kind, name, content in resources():
        if kind == "google_storage_bucket" and "cors" in content:
            (rule,) = content["cors"]
            assert rule["method"] == wanted["method"], name
            assert rule["response_header"] == wanted["responseHeader"], name
            assert rule["max_age_seconds"] == wanted["maxAgeSeconds"], name


def test_the_cdn_keeps_pictures_for_a_day_and_gives_them_for_signed_links_only() -> None:
    bucket = resource("google_compute_backend_bucket", "pictures")
    assert bucket["bucket_name"] == "${google_storage_bucket.images.name}"
    assert bucket["cdn_policy"]["default_ttl"] == 86_400
    key = resource("google_compute_backend_bucket_signed_url_key", "pictures")
    named = {entry["name"]: entry.get("value") for entry in container("api")["env"]}
    assert key["name"] == named["MANGA_CDN_KEY_NAME"]
