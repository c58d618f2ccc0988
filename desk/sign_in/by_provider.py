"""Signing in with the OpenID Connect provider: there and back.

Each attempt has a cookie of its own, named after its state: attempts that were left open, or a late answer of another
tab, take nothing from the one that goes on. The provider answers by GET, since `SameSite=Lax` cookies do not come
with a POST from another site.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response as Answer

from desk import guard
from desk.access import PREFIX
from desk.known_routes import known_target
from desk.people.key_file import derived
from desk.people.sessions import Way
from desk.sign_in.beginning import begin, safe_back
from desk.sign_in.parts import parts
from desk.sign_in.provider import Attempt, Provider, ProviderFailed, Told

LOG = logging.getLogger("desk.provider")
VIEWS = Blueprint("sign_in_by_provider", __name__, url_prefix=f"{PREFIX}/sign-in")
COOKIE = "desk-attempt"
SECONDS = 900
"""As long as a slow second factor may take."""
MOST = 12
"""Attempts that a browser keeps: a browser that sends too many cookies is refused by proxies."""
NAMED = 12
"""Signs of the state in the cookie's name."""


@dataclass(frozen=True)
class Begun:
    """The attempt in its cookie."""

    state: str
    back: str
    kept: str
    fresh: bool


@VIEWS.before_request
def _only_with_provider() -> None:
    if parts().provider is None:
        abort(404)


@VIEWS.get("/provider")
@guard.open_to_all
def leave() -> Answer:
    """Go to the provider. The address comes from the configuration: no header of the request is asked."""
    access, provider = guard.access(), _provider()
    fresh = request.args.get("fresh") == "yes"
    begun = Begun(access.token(24), safe_back(request.args.get("back", "")), request.args.get("kept", "")[:64], fresh)
    try:
        address = provider.address(Attempt.of(access.key, begun.state), fresh=fresh, language=guard.words().language)
    except ProviderFailed as failed:
        return _failed(failed)
    answer = redirect(address, 303)
    for name in _oldest_attempts():
        guard.drop_cookie(answer, name)
    value = str(_serializer().dumps([begun.state, begun.back, begun.kept, begun.fresh]))
    guard.set_cookie(answer, _name(begun.state), value, SECONDS)
    return answer


@VIEWS.get("/callback")
@guard.open_to_all
def callback() -> Answer:
    """Come back from the provider."""
    access, provider = guard.access(), _provider()
    begun = _begun(request.args.get("state", ""))
    if begun is None:
        return _failed(ProviderFailed("provider.no_attempt"))
    try:
        told = provider.told(Attempt.of(access.key, begun.state), request.args, fresh=begun.fresh)
        answer = _known(told, begun)
    except ProviderFailed as failed:
        answer = _failed(failed, begun)
    guard.drop_cookie(answer, _name(begun.state))
    return answer


def _known(told: Told, begun: Begun) -> Answer:
    """Begin a session for the person with that identity. An address that the provider knows makes nobody a person."""
    access = guard.access()
    person = access.people.people().by_identity(told.identity)
    if person is not None:
        return begin(person, Way.PROVIDER, told.proved, begun.back, begun.kept)
    access.write("nobody", "refused-unknown")
    if told.groups_left_out:
        LOG.warning("the provider left out somebody's groups for their number; groups grant nothing at the desk")
    return guard.page(
        "sign_in/unknown.html",
        403,
        title=guard.words()("unknown.title"),
        identity=told.identity,
        groups_left_out=told.groups_left_out,
    )


def _failed(failed: ProviderFailed, begun: Begun | None = None) -> Answer:
    """Why nobody was signed in, and how to try again. Somebody who is signed in already stays so."""
    LOG.warning("nobody was signed in: %s", failed)
    words = guard.words()
    query = {"back": begun.back, "kept": begun.kept, "fresh": "yes" if begun.fresh else ""} if begun else {}
    return guard.page(
        "sign_in/failed.html",
        403,
        title=words("provider.title"),
        text=words(failed.reason, **failed.places),
        retry=known_target(f"{PREFIX}/sign-in/provider", **query),
    )


def _begun(state: str) -> Begun | None:
    """The attempt of a state that came back to the browser in which it began."""
    try:
        value = _serializer().loads(request.cookies.get(guard.cookie_name(_name(state)), ""), max_age=SECONDS)
        begun = Begun(str(value[0]), str(value[1]), str(value[2]), bool(value[3]))
    except (BadData, ValueError, TypeError, IndexError):
        return None
    return begun if hmac.compare_digest(begun.state.encode(), state.encode("utf-8", "replace")) else None


def _oldest_attempts() -> list[str]:
    """The cookies of attempts beyond those that a browser should keep, as `drop_cookie` takes them."""
    lead, end = guard.cookie_name(COOKIE + "-"), ""
    if not guard.access().config.is_secure:
        lead, _, port = lead.rpartition("-")
        end = f"-{port}"
    found = list[tuple[float, str]]()
    for name, value in request.cookies.items():
        if name.startswith(lead) and name.endswith(end):
            found.append((_time_of(value), COOKIE + "-" + name[len(lead) : len(name) - len(end)]))
    return [name for _, name in sorted(found)[: max(0, len(found) - MOST + 1)]]


def _time_of(value: str) -> float:
    try:
        _, moment = _serializer().loads(value, return_timestamp=True)
        return float(moment.timestamp())
    except BadData:
        return 0.0


def _name(state: str) -> str:
    safe = hashlib.sha256(state.encode("utf-8", "replace")).hexdigest()[:NAMED]
    return f"{COOKIE}-{safe}"


def _serializer() -> URLSafeTimedSerializer:
    key = derived(guard.access().key, "attempt")
    return URLSafeTimedSerializer(
        key, salt="attempt", signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )


def _provider() -> Provider:
    provider = parts().provider
    assert provider is not None  # noqa: S101 -- `_only_with_provider` refused the rest
    return provider
