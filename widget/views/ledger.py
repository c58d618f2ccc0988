"""The public face of the ledger: its signed head, its key, its proofs."""

from __future__ import annotations

import base64
from importlib.resources import files

from flask import Blueprint, Response, jsonify, request

from widget.consent.input import NUMBER
from widget.errors import Refusal, Wrong
from widget.ledger.merkle import ProofPath, consistency_path, inclusion_path
from widget.store.queries import Reading
from widget.views.openapi import openapi
from widget.views.shared import asked_language, page, service, words_in

VIEWS = Blueprint("ledger", __name__)
VERIFY_SCRIPT = (files("widget") / "static" / "verify.js").read_text("utf-8")


@VIEWS.get("/log/checkpoint")
def checkpoint() -> Response:
    """The signed head now, as a C2SP checkpoint."""
    return Response(service().checkpoint(), mimetype="text/plain")


@VIEWS.get("/log/key")
def key() -> Response:
    """The public key, as a C2SP vkey."""
    return Response(f"{service().keys.verifier}\n", mimetype="text/plain")


@VIEWS.get("/log/keys")
def keys() -> Response:
    """The public key, and after it every change of the signing key, the first one first: each signed by both keys."""
    return Response(str(service().keys.public), mimetype="text/plain")


@VIEWS.get("/log/proof/inclusion")
def inclusion() -> Response:
    """That event `seq` (from 1) is in the tree of size `size`, or of its size now: RFC 6962 section 2.1.1."""
    with service().store.reading() as reading:
        size = _number("size", reading.size())
        seq = _number("seq")
        if not 1 <= seq <= size <= reading.size():
            raise Refusal(400, [Wrong("seq", "range")])
        return _proof(
            reading, inclusion_path(seq - 1, size), seq=seq, size=size, root=_text(reading.signed_part(size).root)
        )


@VIEWS.get("/log/proof/consistency")
def consistency() -> Response:
    """That the tree of size `to`, or of its size now, continues the one of size `from`: RFC 6962 section 2.1.2."""
    with service().store.reading() as reading:
        new = _number("to", reading.size())
        old = _number("from")
        if not 1 <= old <= new <= reading.size():
            raise Refusal(400, [Wrong("from", "range")])
        roots = {"from_root": _text(reading.signed_part(old).root), "to_root": _text(reading.signed_part(new).root)}
        return _proof(reading, consistency_path(old, new), **{"from": old, "to": new}, **roots)


@VIEWS.get("/openapi.json")
def description() -> Response:
    """The description of this API, as OpenAPI 3.1."""
    return jsonify(openapi(service().manifest.site.base_url))


@VIEWS.get("/log/verify")
def verify_page() -> Response:
    """A page that checks a receipt's file in the browser, without sending it anywhere."""
    words = words_in(asked_language())
    public = service().keys.public
    earlier = [f"{key} {last}" for key, last in public.earlier()]
    title = words("endpoint.verify.title")
    return page(
        "verify.html",
        title,
        words.language,
        key=str(public.current),
        earlier=earlier,
        address="/log/verify.js",
    )


@VIEWS.get("/log/verify.js")
def verify_script() -> Response:
    """The script of that page."""
    return Response(VERIFY_SCRIPT, mimetype="text/javascript")


def _proof(reading: Reading, path: ProofPath, **facts: object) -> Response:
    return jsonify(**facts, proof=[_text(node) for node in reading.proof(path)])


def _number(name: str, default: int | None = None) -> int:
    text = request.args.get(name)
    if text is None and default is not None:
        return default
    if text is None or not NUMBER.fullmatch(text):
        raise Refusal(400, [Wrong(name, "range")])
    return int(text)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
