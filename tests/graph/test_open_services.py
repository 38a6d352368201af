"""Which limits stand behind the ports: those of the settings for models that cost something, none for our own."""

from pathlib import Path

import pytest
from redis.asyncio import Redis

from calls.money import Tariff
from graph.open_services import open_services
from providers.settings import ModelSettings
from storage.base import Api, Unlimited
from storage.provider_allowance import LocalAllowance, RedisAllowance
from storage.settings import StorageSettings

pytestmark = pytest.mark.anyio


def models(**chosen: object) -> ModelSettings:
    return ModelSettings.model_validate({"google_api_key": None} | chosen)


async def test_offline_models_have_no_limits_and_no_prices(tmp_path: Path, redis_client: Redis) -> None:
    async with open_services(StorageSettings(home=tmp_path), redis=redis_client, models=models()) as services:
        assert isinstance(services.allowance, Unlimited)
        assert services.tariff == Tariff()
        assert not services.tariff.paid


async def test_paid_models_count_in_redis_by_the_limits_of_the_settings(tmp_path: Path, redis_client: Redis) -> None:
    chosen = models(google_api_key="k", images_a_day=7, text_a_day=9, calls_at_once=3)
    async with open_services(StorageSettings(home=tmp_path), redis=redis_client, models=chosen) as services:
        assert isinstance(services.allowance, RedisAllowance)
        assert [(await services.allowance.standing(api)).limit for api in Api] == [9, 7]
        assert services.models.calls_at_once == 3
        assert services.tariff.picture_usd == pytest.approx(0.0504)
        assert services.tariff.draws_sheets
        assert services.lettered
        assert services.tariff.words("plot").known


async def test_without_redis_paid_models_are_counted_in_the_process(tmp_path: Path) -> None:
    async with open_services(StorageSettings(home=tmp_path), models=models(google_api_key="k")) as services:
        assert isinstance(services.allowance, LocalAllowance)


async def test_a_paid_image_model_beside_an_offline_writer_is_limited_too(tmp_path: Path) -> None:
    chosen = models(google_api_key="k", text_model="offline", text_models={"plot": "openai:gpt-5"}, openai_api_key="k")
    async with open_services(StorageSettings(home=tmp_path), models=chosen) as services:
        assert services.tariff.paid_pictures
        assert not services.tariff.paid_words("concept")
        assert services.tariff.paid_words("plot")
        assert not services.tariff.words("plot").known
        assert isinstance(services.allowance, LocalAllowance)
