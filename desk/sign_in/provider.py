"""The OpenID Connect provider: where people are sent, and what comes back. Knows nothing of Flask.

Authlib speaks the protocol: code flow with PKCE, state and nonce, and the checks of the ID token. Here is only what
it leaves to the application. Tokens are read once and never kept.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from desk.access import PREFIX, Clock
from desk.config import Config
from desk.people.key_file import derived
from desk.people.person import Identity
from desk.people.sessions import LEEWAY, RECENT
from widget.config import LOOPBACK

LOG = logging.getLogger("desk.provider")
SECONDS = 10
KEPT = timedelta(hours=1)
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures with a public key alone: never `none`, never one with the shared secret."""
NOTABLE = timedelta(seconds=2)
"""A token is some tenths of a second old when it comes; more is a difference between two clocks."""


class ProviderFailed(Exception):
    """Nobody was signed in. `reason` is a key of the desk's words, `detail` is for the log and names nobody."""

    def __init__(self, reason: str, detail: str = "", **places: object) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.places = places


@dataclass(frozen=True)
class Told:
    """The provider's answer: who, when they last proved it, and whether their groups were left out for their number."""

    identity: Identity
    proved: datetime | None
    groups_left_out: bool


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in. Nonce and verifier are made from the state with the desk's key, and are kept nowhere."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, key: bytes, state: str) -> Attempt:
        """The attempt of a state."""
        return cls(state, _made(key, "nonce", state), _made(key, "verifier", state))


class Provider:
    """The configured provider. Its description and keys are read when they are needed, and kept for an hour."""

    def __init__(self, config: Config, clock: Clock) -> None:
        self.config = config
        self.clock = clock
        self.issuer = config.issuer or ""
        self.callback = f"{config.address}{PREFIX}/sign-in/callback"
        self._described: tuple[datetime, dict[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    def address(self, attempt: Attempt, *, fresh: bool, language: str) -> str:
        """Where somebody is sent to sign in. With `fresh` the provider is asked to have them prove it anew."""
        more: dict[str, str] = {"nonce": attempt.nonce, "ui_locales": language}
        if fresh:
            more |= {"prompt": "login", "max_age": str(int(RECENT.total_seconds()))}
        with self._client() as client:
            endpoint = self._endpoint("authorization_endpoint")
            address, _ = client.create_authorization_url(
                endpoint, state=attempt.state, code_verifier=attempt.verifier, **more
            )
        return str(address)

    def told(self, attempt: Attempt, answer: Mapping[str, str], *, fresh: bool) -> Told:
        """Read the answer that came to the callback; `ProviderFailed` for everything that proves nothing."""
        if "error" in answer:
            raise ProviderFailed("provider.refused", _plain(answer["error"]))
        if not hmac.compare_digest(answer.get("state", "").encode(), attempt.state.encode()) or not answer.get("code"):
            raise ProviderFailed("provider.no_attempt")
        self._check_answer(answer)
        token = self._exchanged(answer["code"], attempt.verifier)
        claims = self._claims(token, attempt.nonce)
        proved = _proved(claims)
        if fresh:
            self._check_fresh(proved)
        subject = claims.get(self.config.subject_claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isprintable():
            raise ProviderFailed("provider.no_subject", f"the claim {self.config.subject_claim} is missing")
        return Told(Identity(self.issuer, subject), proved, _groups_left_out(claims))

    def end_session(self, back: str) -> str | None:
        """Where somebody can end their session with the provider too; None where it has no such page."""
        try:
            endpoint = self._description().get("end_session_endpoint")
        except ProviderFailed:
            return None
        if not isinstance(endpoint, str) or not _is_safe(endpoint):
            return None
        query = urlencode({"client_id": self.config.client_id or "", "post_logout_redirect_uri": back})
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{query}"

    def _client(self) -> Any:
        methods = self._description().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        return OAuth2Session(
            self.config.client_id,
            self.config.client_secret,
            scope="openid",
            redirect_uri=self.callback,
            code_challenge_method="S256",
            token_endpoint_auth_method=method,
            default_timeout=SECONDS,
        )

    def _exchanged(self, code: str, verifier: str) -> Mapping[str, Any]:
        try:
            with self._client() as client:
                endpoint = self._endpoint("token_endpoint")
                return dict(
                    client.fetch_token(endpoint, code=code, code_verifier=verifier, grant_type="authorization_code")
                )
        except AuthlibBaseError as error:
            raise ProviderFailed("provider.no_token", _plain(str(error.error))) from error
        except (requests.RequestException, ValueError) as error:
            raise ProviderFailed("provider.away", type(error).__name__) from error

    def _claims(self, token: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        text = token.get("id_token")
        if not isinstance(text, str):
            raise ProviderFailed("provider.no_token", "there is no ID token")
        read = self._verified(text)
        self._check_issuer(read.claims)
        self._note_skew(read.claims)
        params = {"nonce": nonce, "client_id": self.config.client_id, "access_token": token.get("access_token")}
        options = {"aud": {"essential": True, "value": self.config.client_id}}
        claims = CodeIDToken(read.claims, read.header, options, params)
        try:
            claims.validate(int(self.clock().timestamp()), int(LEEWAY.total_seconds()))
        except JoseError as error:
            raise self._refused(error, read.claims) from error
        return claims

    def _verified(self, text: str) -> jwt.Token:
        """The token, its signature checked; keys are fetched again once where its key is a new one."""
        for again in (False, True):
            try:
                return jwt.decode(text, self._key_set(again=again), algorithms=list(ALGORITHMS))
            except InvalidKeyIdError as error:
                if again:
                    raise ProviderFailed("provider.bad_token", type(error).__name__) from error
            except (JoseError, ValueError) as error:
                raise ProviderFailed("provider.bad_token", type(error).__name__) from error
        raise AssertionError("unreachable")

    def _check_answer(self, answer: Mapping[str, str]) -> None:
        """Whether this provider gave the answer, where it says that it names itself in each (RFC 9207)."""
        always = self._description().get("authorization_response_iss_parameter_supported") is True
        if answer.get("iss", None if always else self.issuer) != self.issuer:
            raise ProviderFailed("provider.other_issuer", "the answer names another issuer, or none")

    def _check_issuer(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self.issuer:
            raise ProviderFailed("provider.other_issuer", "the ID token is from another issuer")

    def _note_skew(self, claims: Mapping[str, Any]) -> None:
        """Log a difference between the clocks, also where it is small enough to go on."""
        issued = claims.get("iat")
        if isinstance(issued, int | float):
            ahead = timedelta(seconds=issued) - (self.clock() - datetime.fromtimestamp(0, UTC))
            if abs(ahead) > NOTABLE:
                LOG.warning("the provider's clock and this one differ by about %d seconds", ahead.total_seconds())

    def _refused(self, error: JoseError, claims: Mapping[str, Any]) -> ProviderFailed:
        issued, expires, now = claims.get("iat"), claims.get("exp"), self.clock().timestamp()
        leeway = LEEWAY.total_seconds()
        early = isinstance(issued, int | float) and issued > now + leeway
        late = isinstance(expires, int | float) and expires < now - leeway
        if early or late:
            return ProviderFailed("provider.clocks", f"the token is from {issued}, it is {int(now)} here")
        return ProviderFailed("provider.bad_token", _plain(str(error)))

    def _check_fresh(self, proved: datetime | None) -> None:
        """Whether the provider says that somebody proved who they are lately. Having asked for it proves nothing."""
        if proved is None:
            raise ProviderFailed("provider.no_auth_time", "the ID token has no auth_time")
        now = self.clock()
        if not proved - LEEWAY <= now < proved + RECENT:
            raise ProviderFailed(
                "provider.not_fresh", f"auth_time is {int((now - proved).total_seconds())} seconds ago"
            )

    def _endpoint(self, name: str) -> str:
        endpoint = self._description().get(name)
        if not isinstance(endpoint, str) or not _is_safe(endpoint):
            raise ProviderFailed("provider.away", f"its description has no {name} with https")
        return endpoint

    def _description(self) -> dict[str, Any]:
        """The provider's description of itself.

        Two requests may fetch it at once: waiting for one another would be slower.
        """
        described = self._described
        if described is None or self.clock() >= described[0] + KEPT:
            found = _fetched(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise ProviderFailed("provider.other_issuer", "its description names another issuer")
            described = self._described = (self.clock(), found)
        return described[1]

    def _key_set(self, *, again: bool) -> KeySet:
        kept = self._keys
        if again or kept is None or self.clock() >= kept[0] + KEPT:
            said = _fetched(self._endpoint("jwks_uri"))
            try:
                keys = KeySet.import_key_set(said)  # type: ignore[arg-type]
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise ProviderFailed("provider.away", "its keys cannot be read") from error
            kept = self._keys = (self.clock(), keys)
        return kept[1]


def _fetched(address: str) -> dict[str, Any]:
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False, headers={"Accept": "application/json"})
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderFailed("provider.away", f"{type(error).__name__} with {address}") from error
    if not isinstance(found, dict):
        raise ProviderFailed("provider.away", f"{address} has no description")
    return found


def _proved(claims: Mapping[str, Any]) -> datetime | None:
    moment = claims.get("auth_time")
    if isinstance(moment, bool) or not isinstance(moment, int | float) or not 0 < moment < 1e11:
        return None
    return datetime.fromtimestamp(moment, UTC)


def _groups_left_out(claims: Mapping[str, Any]) -> bool:
    """Whether the provider left the groups out: Entra does for more than 200. Groups never grant anything here."""
    names = claims.get("_claim_names")
    return (isinstance(names, dict) and "groups" in names) or bool(claims.get("hasgroups"))


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _made(key: bytes, purpose: str, state: str) -> str:
    return hmac.new(derived(key, purpose), state.encode(), hashlib.sha256).hexdigest()


def _plain(text: str) -> str:
    """An error code as it may go to the log: signs of RFC 6749, 4.1.2.1, and short."""
    return "".join(sign for sign in text if " " <= sign <= "~" and sign not in '"\\')[:200]
