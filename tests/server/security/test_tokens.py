"""Tokens: only those that are signed for us, now, for this purpose, by a key that the issuer shows."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
import jwt
import pytest
from jwt.algorithms import RSAAlgorithm
from pydantic import SecretStr

from manga.errors import SetupIncomplete
from server.security.identity import Principal, Role, Unauthorized
from server.security.jwks import FRESH_S, PAUSE_S, STALE_S, Jwks, KeysUnreachable, fetch_keys, keys_of
from server.security.tokens import Rules, Secret, Tokens, new_token
from server.serve import identify_by, read_settings, tokens_by
from server.settings import ServerSettings
from tests.security.issuer import AUDIENCE, ISSUER, Issuer, issuing, rsa_key
from tests.security.tokens import TOKENS, Sent

pytestmark = pytest.mark.anyio

RULES = Rules(ISSUER, AUDIENCE)
SECRET = "a-secret-for-trying-of-32-bytes!"


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with issuing() as found:
        yield found


@pytest.fixture(scope="module")
def ours(issuer: Issuer) -> Tokens:
    async def fetch(url: str) -> bytes:
        return json.dumps(issuer.document()).encode()

    return Tokens(Jwks("https://issuer.test/keys", fetch), RULES)


@pytest.mark.parametrize("sent", TOKENS, ids=lambda sent: sent.name)
async def test_a_token_comes_in_only_when_it_is_good(ours: Tokens, issuer: Issuer, sent: Sent) -> None:
    token = sent.make(issuer)
    if sent.good:
        assert await ours.principal(token) == Principal("studio-1", "ann", Role.EDITOR)
        return
    with pytest.raises(Unauthorized) as refused:
        await ours.principal(token)
    assert len(token) < 20 or token[:20] not in str(refused.value)


@pytest.mark.parametrize("role", list(Role))
async def test_claims_that_settings_name_tell_tenant_and_role(issuer: Issuer, role: Role) -> None:
    rules = Rules(ISSUER, AUDIENCE, "org", "https://mangaka/role")
    tokens = Tokens(Jwks(issuer.url), rules)
    claims = issuer.claims(**{"org": "Studio.2", "https://mangaka/role": role.name.lower()})
    assert await tokens.principal(issuer.token(claims)) == Principal("Studio.2", "ann", role)


@dataclass
class Provider:
    """Keys of an issuer that comes and goes, and a clock."""

    issuer: Issuer
    away: bool = False
    asked: int = 0
    at: float = 0.0
    jwks: Jwks = field(init=False)

    def __post_init__(self) -> None:
        self.jwks = Jwks("https://issuer.test/keys", self.fetch, lambda: self.at)

    async def fetch(self, url: str) -> bytes:
        self.asked += 1
        if self.away:
            raise httpx.ConnectError("away")
        return json.dumps(self.issuer.document()).encode()


async def settled(provider: Provider) -> None:
    """What is fetched in the background has come."""
    if provider.jwks._fetching is not None:
        await provider.jwks._fetching


async def test_keys_are_fetched_once_in_five_minutes(issuer: Issuer) -> None:
    provider = Provider(issuer)
    for at in (0.0, 1.0, FRESH_S - 1):
        provider.at = at
        await provider.jwks.find("r1", "RS256")
    assert provider.asked == 1
    provider.at = FRESH_S
    await provider.jwks.find("r1", "RS256")
    await settled(provider)
    assert provider.asked == 2


async def test_an_unknown_key_is_looked_for_again_but_not_by_every_token(issuer: Issuer) -> None:
    provider = Provider(issuer)
    await provider.jwks.find("r1", "RS256")
    for _ in range(50):
        with pytest.raises(Unauthorized):
            await provider.jwks.find("of nobody", "RS256")
    assert provider.asked == 1
    provider.at = PAUSE_S
    for _ in range(50):
        with pytest.raises(Unauthorized):
            await provider.jwks.find("of nobody", "RS256")
    assert provider.asked == 2


async def test_a_new_key_is_found_and_a_withdrawn_one_is_not(issuer: Issuer) -> None:
    rotating = Issuer(rsa=issuer.rsa, ec=issuer.ec)
    provider = Provider(rotating)
    tokens = Tokens(provider.jwks, RULES)
    old = rotating.token()
    await tokens.principal(old)
    rotating.rsa, provider.at = rsa_key(), FRESH_S
    await tokens.principal(old)  # answered with what is known, while the keys are fetched
    await settled(provider)
    with pytest.raises(Unauthorized):
        await tokens.principal(old)
    await tokens.principal(rotating.token())


async def test_keys_stay_good_for_a_day_while_their_server_is_away(issuer: Issuer) -> None:
    provider = Provider(issuer)
    await provider.jwks.find("r1", "RS256")
    provider.away = True
    for at in (FRESH_S, 3600.0, STALE_S - 1):
        provider.at = at
        await provider.jwks.find("r1", "RS256")
        await settled(provider)
    provider.at = STALE_S
    with pytest.raises(KeysUnreachable) as refused:
        await provider.jwks.find("r1", "RS256")
    assert refused.value.http_status == 503


async def test_a_service_that_never_had_keys_says_that_it_cannot_know(issuer: Issuer) -> None:
    provider = Provider(issuer, away=True)
    with pytest.raises(KeysUnreachable):
        await provider.jwks.find("r1", "RS256")
    provider.away, provider.at = False, PAUSE_S
    await provider.jwks.find("r1", "RS256")


async def test_an_answer_that_is_none_takes_no_key_away(issuer: Issuer) -> None:
    with issuing() as real:
        at = 0.0
        jwks = Jwks(real.url, clock=lambda: at)
        await jwks.find("r1", "RS256")
        for answer in ((500, b""), (302, b""), (200, b"<html>"), (200, b'{"keys": []}'), (200, b" " * 300_000)):
            real.answer, at = answer, at + FRESH_S
            await jwks.find("r1", "RS256")
            assert jwks._fetching is not None
            await jwks._fetching
        assert real.asked == 6


async def test_too_long_a_document_is_not_read(issuer: Issuer) -> None:
    with issuing() as real:
        real.answer = (200, b"[" * 1_000_000)
        with pytest.raises(ValueError, match="too long"):
            await fetch_keys(real.url)


def test_only_public_keys_for_signatures_of_the_usual_length_count(issuer: Issuer) -> None:
    good = issuer.document()["keys"][0]
    private = json.loads(RSAAlgorithm.to_jwk(issuer.rsa)) | {"kid": "private"}
    short = RSAAlgorithm.to_jwk(rsa_key(1024).public_key(), as_dict=True) | {"kid": "short"}
    secret = {"kty": "oct", "k": "c2VjcmV0", "kid": "secret"}
    others = [good | {"kid": "enc", "use": "enc"}, good | {"kid": "pss", "alg": "PS256"}, good | {"kid": 7}, {}, None]
    document = {"keys": [private, short, secret, *others, good]}
    assert set(keys_of(document)) == {"r1"}


async def test_a_secret_is_for_trying(issuer: Issuer) -> None:
    settings = ServerSettings(jwt_secret=SecretStr(SECRET))
    tokens = tokens_by(settings)
    who = Principal("mine", "me", Role.VIEWER)
    good = new_token(SECRET.encode(), tokens.rules, who, seconds=60)
    assert await tokens.principal(good) == who
    named = jwt.encode(jwt.decode(good, options={"verify_signature": False}), SECRET, headers={"kid": "../../x"})
    for token in (named, issuer.token(), new_token(b"another" * 8, tokens.rules, who, seconds=60)):
        with pytest.raises(Unauthorized):
            await tokens.principal(token)


def test_no_secret_is_in_any_repr() -> None:
    settings = ServerSettings(jwt_secret=SecretStr(SECRET), link_secret=SecretStr(SECRET))
    assert SECRET not in repr(settings)
    assert SECRET not in repr(Tokens(Secret(SECRET.encode()), RULES))


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"jwt_secret": "short"}, "MANGA_JWT_SECRET"),
        ({"link_secret": "short"}, "MANGA_LINK_SECRET"),
        ({"jwks_url": "http://issuer.test/keys"}, "MANGA_JWKS_URL"),
        ({"jwks_url": "file:///etc/passwd"}, "MANGA_JWKS_URL"),
        ({"cors_origins": "*"}, "MANGA_CORS_ORIGINS"),
        ({"cors_origins": "https://a.test/path"}, "MANGA_CORS_ORIGINS"),
    ],
)
def test_settings_that_would_be_open_doors_are_refused(told: dict[str, object], named: str) -> None:
    with pytest.raises(SetupIncomplete, match=named):
        read_settings(told)


@pytest.mark.parametrize(
    "told",
    [
        {"host": "0.0.0.0"},
        {"host": "192.168.1.4"},
        {"host": "::"},
        {"jwks_url": "https://issuer.test/keys"},
        {"jwks_url": "https://issuer.test/keys", "jwt_issuer": ISSUER},
        {"jwks_url": "https://i.test/keys", "jwt_issuer": "i", "jwt_audience": "a", "jwt_secret": SECRET},
    ],
)
def test_a_service_that_cannot_know_who_comes_does_not_start(told: dict[str, object]) -> None:
    with pytest.raises(SetupIncomplete):
        identify_by(read_settings(told))
