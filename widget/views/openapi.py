"""The description of the endpoint's API, as an OpenAPI 3.1 document. A test holds it and the routes together. Pure."""

from __future__ import annotations

from typing import Any

from widget.consent.closing import Closing
from widget.consent.input import LONGEST, MOST_DECISIONS, REACHED_BY, REQUEST_ID, WHO
from widget.consent.report_input import LONGEST_BY
from widget.consent.seen import AMBIGUOUS, NONE
from widget.ledger.events import TO_ACT_ON, Done, Kind, State
from widget.mail.message import Why
from widget.manifest import ActingFor
from widget.people.addresses import LONGEST as LONGEST_EMAIL
from widget.people.notes import LONGEST as LONGEST_NOTE

Json = dict[str, Any]

IDENT = {"type": "string", "pattern": "^[a-z0-9-]+$", "maxLength": LONGEST["notice"]}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
NUMBER = {"type": "integer", "minimum": 1, "maximum": 999999999}
TEXT = {"type": "string"}
TIME = {"type": "string", "format": "date-time"}
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


def openapi(base_url: str) -> Json:
    """The document, with the address at which this endpoint answers."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Noticeboard consents",
            "version": "1",
            "summary": "Records consent against the exact words that were read, and proves what was recorded.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base_url}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "receipt": {"type": "http", "scheme": "bearer", "description": "The token of a receipt."},
                "system": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key from `consents key add`; `--may` says what for.",
                },
            },
            "schemas": _schemas(),
            "responses": {
                "Problem": _content("What is wrong (RFC 9457).", "application/problem+json", _ref("Problem")),
                "ProblemPage": _content("What is wrong, and other ways, as a page.", "text/html", TEXT),
            },
        },
    }


def _paths() -> Json:
    token, notice = _in_path("token"), _in_path("notice")
    language = _in_query("language", {"type": "string"})
    version = _in_query("version", NUMBER)
    child = _in_query("for", {"type": "string", "enum": list(ActingFor)}, "For whom one answers.")
    back = _in_query("return_to", {"type": "string"}, "The name of a destination of the site, to go back to.")
    idempotency = {
        "name": "Idempotency-Key",
        "in": "header",
        "schema": {"type": "string", "minLength": 22, "maxLength": 255, "pattern": "^[A-Za-z0-9_-]+$"},
        "description": "Makes a retry the same act, whose answer has the token: so it must be one that nobody can guess, a "
        "random UUID (version 4) or at least 22 characters. UUIDs of other versions are refused.",
    }
    receipt = {
        code: _content(said, JSON, _ref("Receipt"))
        for code, said in (("200", "It was so already."), ("201", "Recorded."))
    }
    seen = _content("The receipt.", JSON, _ref("Receipt"))
    seen["content"]["application/ld+json"] = {"schema": _ref("Record")}
    who = {name: {"type": "string", "maxLength": LONGEST.get(name, LONGEST_EMAIL)} for name in WHO}
    see = {"303": {"description": "Recorded: see the receipt.", "headers": {"Location": {"schema": TEXT}}}}
    proof = _content("The proof.", JSON, _ref("Proof"))
    return {
        "/consent/{notice}": {
            "get": _page(
                "The statements of a version as choices, none chosen.", [notice, version, language, child, back]
            ),
            "post": _form(
                "Record an answer.",
                [notice, back],
                _ref("AnswerForm"),
                see
                | {
                    "200": _content(
                        "Not recorded: the form came without a `request_id`. The page has it again, with one.",
                        "text/html",
                        TEXT,
                    )
                },
            ),
        },
        "/receipt/{token}": {"get": _page("What was given or withdrawn.", [token, back])},
        "/receipt/{token}/file": {
            "get": _does(
                "The receipt as a file that can be checked without us.",
                [token],
                {
                    "200": _content("ISO/IEC TS 27560 in DPV.", "application/ld+json", _ref("Record")),
                    "default": _see("ProblemPage"),
                },
            )
        },
        "/receipt/{token}/withdraw": {
            "post": _form("Withdraw one consent.", [token], _object({"consent": IDENT, **who}, ["consent"]), see)
        },
        "/receipt/{token}/renew": {
            "get": _page("The words that came in place of those agreed to.", [token]),
            "post": _form("Answer changed words.", [token], _ref("AnswerForm"), see),
        },
        "/receipt/{token}/mail": {
            "post": _form(
                "Mail the receipt to an address.",
                [token],
                {"type": "object", "required": ["email"], "properties": {"email": TEXT}},
                see,
            )
        },
        "/receipt/{token}/end": {
            "post": _form(
                "End the token. The next one is mailed, if an address was confirmed.",
                [token],
                {"type": "object"},
                {"200": _content("The token is ended.", "text/html", TEXT)},
            )
        },
        "/withdraw": {
            "get": _page("The form for those who have no receipt.", [_in_query("notice", IDENT), language]),
            "post": _form(
                "Ask to withdraw without a receipt. The answer is the same whether or not anything is known.",
                [language],
                _ref("WithdrawalRequest"),
                see,
            ),
        },
        "/withdraw/{request_id}": {
            "get": _page("A request: its reference, and by when the service must act.", [_in_path("request_id")]),
        },
        "/withdraw/agreed": {
            "get": _page("The form for a link to everything agreed to with an address.", [language]),
            "post": _form(
                "Have one link mailed. The answer is the same whether or not anything is known.",
                [language],
                {"type": "object", "required": ["email"], "properties": {"email": TEXT, "request_id": TEXT}},
                see,
            ),
        },
        "/withdraw/agreed/sent": {"get": _page("Where to look for the link.", [language])},
        "/report": {
            "get": _page("The form for a problem with a page.", [_in_query("notice", IDENT), version, language]),
            "post": _form("Report a problem with a page.", [language], _ref("ProblemReport"), see),
        },
        "/report/{report}": {"get": _page("That a report came, and when.", [_in_path("report")])},
        "/confirm/{token}": {
            "get": _page("What a mailed link would do.", [token]),
            "post": _form(
                "Do it. A link works until it expires, for the answers that have the address it was mailed to.",
                [token],
                {"type": "object"},
                {"200": _content("Done.", "text/html", TEXT)},
            ),
        },
        "/api/consents": {
            "post": _json(
                "Record an answer. With the token of an earlier receipt the events join it.",
                [idempotency],
                _ref("Answer"),
                receipt,
                [{}, {"receipt": []}],
            )
        },
        "/api/receipts": {
            "get": _does(
                "The receipt of the token alone, with its events and what proves them.",
                [],
                {"200": seen, "default": _see("Problem")},
                [{"receipt": []}],
            )
        },
        "/api/receipts/{reference}": {
            "get": _does(
                "A receipt with its events and what proves them.",
                [_in_path("reference")],
                {"200": seen, "default": _see("Problem")},
                [{"receipt": []}],
            )
        },
        "/api/receipts/{reference}/withdrawals": {
            "post": _json("Withdraw consents.", [_in_path("reference")], _ref("Withdrawal"), receipt, [{"receipt": []}])
        },
        "/api/notices/{notice}": {
            "get": _does(
                "What the script needs to offer a notice's choices.",
                [notice, version, language, child],
                {
                    "200": _content("The choices.", JSON, _ref("Notice")),
                    "304": {"description": "Not changed."},
                    "default": _see("Problem"),
                },
            )
        },
        "/api/events": {
            "get": _does(
                "The events after a number, in order; with `wait`, up to that many seconds for the next one.",
                [
                    _in_query("after", {"type": "integer", "minimum": 0, "maximum": 10**15}),
                    _in_query("wait", {"type": "integer", "minimum": 0, "maximum": 10**4}, "Seconds; 30 at most."),
                ],
                {"200": _content("The events.", JSON, _ref("Feed")), "default": _see("Problem")},
                [{"system": []}],
            )
        },
        "/api/withdrawals": {
            "get": _does(
                "Withdrawals and requests that nobody has acted on, and letters that reached nobody, without names and "
                "addresses. 500 of each at a time: while `more` is true, go on after `next`; letters go back in time, before "
                "`earlier_letters`.",
                [
                    _in_query("after", {"type": "integer", "minimum": 0, "maximum": 10**15}),
                    _in_query("most", {"type": "integer", "minimum": 0, "maximum": 500}, "Of each; 0 is 500."),
                    _in_query("letters_before", {"type": "integer", "minimum": 0, "maximum": 10**15}),
                    _in_query("notice", IDENT, "About this notice, or about none, which may be any."),
                    _in_query("service", TEXT, "The same by the name of a service, in any language."),
                    _in_query(
                        "acted",
                        {"type": "string", "enum": ["yes", "no"]},
                        "Also those that were acted on, and closed letters.",
                    ),
                    language,
                ],
                {"200": _content("What is to be done.", JSON, _ref("Withdrawals")), "default": _see("Problem")},
                [{"system": []}],
            )
        },
        "/api/withdrawals/{seq}": {
            "get": _does(
                "One withdrawal or request, also where somebody has acted on it.",
                [{"name": "seq", "in": "path", "required": True, "schema": NUMBER}, language],
                {"200": _content("What is to be done.", JSON, _ref("ToActOn")), "default": _see("Problem")},
                [{"system": []}],
            )
        },
        "/api/withdrawals/{seq}/acted": {
            "post": _json(
                "Record what was done about a withdrawal or a request. The same report again is the same entry. 409 with "
                "`acted` where somebody else reported before: with `beside`, the report stands beside theirs.",
                [{"name": "seq", "in": "path", "required": True, "schema": NUMBER}],
                _ref("Report"),
                {
                    code: _content(said, JSON, _ref("Reported"))
                    for code, said in (("200", "It was recorded before."), ("201", "Recorded."))
                },
                [{"system": []}],
            )
        },
        "/api/letters/{number}/closed": {
            "post": _json(
                "Note that somebody dealt with a letter that reached nobody: it leaves the list. The same again changes "
                "nothing; 409 with `closed` where somebody noted something else.",
                [{"name": "number", "in": "path", "required": True, "schema": NUMBER}],
                _ref("Closing"),
                {
                    code: _content(said, JSON, _ref("LetterClosed"))
                    for code, said in (("200", "It was noted before."), ("201", "Noted."))
                },
                [{"system": []}],
            )
        },
        "/api/status": {
            "post": _json(
                "Where one consent stands.",
                [],
                _ref("StatusQuestion"),
                {"200": _content("Where it stands.", JSON, _ref("Status"))},
                [{"system": []}],
            )
        },
        "/log/checkpoint": {"get": _text("The ledger's signed head: a C2SP checkpoint.")},
        "/log/keys": {
            "get": _text(
                "The public key, and how the log came to it: C2SP checkpoints that state each change of the key."
            )
        },
        "/log/key": {"get": _text("The ledger's public key: a C2SP vkey.")},
        "/log/proof/inclusion": {
            "get": _does(
                "That an event is in the ledger (RFC 6962).",
                [_in_query("seq", NUMBER, required=True), _in_query("size", NUMBER)],
                {"200": proof, "default": _see("Problem")},
            )
        },
        "/log/proof/consistency": {
            "get": _does(
                "That the ledger only grew (RFC 6962).",
                [_in_query("from", NUMBER, required=True), _in_query("to", NUMBER)],
                {"200": proof, "default": _see("Problem")},
            )
        },
        "/log/verify": {"get": _page("Checks a receipt's file in the browser.", [language])},
        "/log/verify.js": {"get": _text("The script of that page.", "text/javascript")},
        "/openapi.json": {
            "get": _does("This document.", [], {"200": _content("OpenAPI 3.1.", JSON, {"type": "object"})})
        },
        "/healthz": {"get": _text("The process answers.")},
        "/livez": {"get": _text("The same.")},
        "/readyz": {"get": _text("The database takes events, keys can be kept and the manifest is good.")},
        "/mailz": {"get": _text("Letters go out.")},
        "/metrics": {"get": _text("For Prometheus.")},
    }


def _schemas() -> Json:
    decision = {"type": "string", "enum": ["given", "refused"]}
    email = {"type": ["string", "null"], "maxLength": LONGEST_EMAIL}
    acting_for = {"type": ["string", "null"], "enum": [*ActingFor, None]}
    longest = {"email": LONGEST_EMAIL} | LONGEST
    texts = {name: {"type": "string", "maxLength": most} for name, most in longest.items()}
    proofs = {name: {"type": "array", "items": TEXT} for name in ("leaves", "proof")} | {
        "checkpoint": TEXT,
        "signature": TEXT,
    }
    event = {
        "seq": NUMBER,
        "event_id": {"type": "string", "format": "uuid"},
        "kind": {"type": "string", "enum": [str(kind) for kind in Kind]},
        "consent": {"type": ["string", "null"]},
        "at": TIME,
    }
    nullable = {"type": ["string", "null"]}
    full = event | {
        "state": {
            "type": ["string", "null"],
            "enum": [*(str(state) for state in State), str(Kind.WITHDRAWAL_REQUESTED), NONE, None],
            "description": "What results, and all that a system acts on. `kind` says what somebody did: a late form of "
            "kind `given` may change nothing. `none` is about everything of a subject that was erased.",
        },
        "v": NUMBER,
        "version": {"type": ["integer", "null"]},
        "happened": TIME,
        **dict.fromkeys(
            (
                "notice",
                "language",
                "digest",
                "subject",
                "prior",
                "channel",
                "recorded_by",
                "acting_for",
                "detail_commit",
                "code",
            ),
            nullable,
        ),
    }
    full |= {"reference": nullable | {"description": "The receipt's."}}
    case = {"case": nullable | {"description": "The service's own case, for a key that may see `cases`."}}
    day = {"type": "string", "format": "date"}
    to_act_on = {
        "seq": NUMBER,
        "kind": {"type": "string", "enum": [str(kind) for kind in TO_ACT_ON]},
        "version": {"type": ["integer", "null"]},
        **dict.fromkeys(("notice", "language", "consent", "acting_for", "channel", "reference"), nullable),
        "title": nullable | {"description": "The notice's."},
        "label": nullable | {"description": "The topic of the consent; its statement where it has none."},
        "said_in": nullable | {"description": "The language of title and label."},
        "service": TEXT,
        "request": nullable | {"description": "The reference of a request without a receipt."},
        "happened": TIME,
        "at": TIME,
        "deadline": day
        | {
            "description": "The last day to act. Of a withdrawal: `act_within` of site.yml after the person acted, a month at "
            "most. Of a request: a month (UK GDPR article 12(3))."
        },
        "overdue": {"type": "boolean"},
        "told": nullable | {"description": "When the service's letter was handed to the mail server."},
        "acted": {"anyOf": [_ref("Acted"), {"type": "null"}]},
    }
    letter = {
        "id": NUMBER,
        "seq": NUMBER,
        "letter": TEXT,
        "notice": nullable,
        "reference": nullable,
        "owed": TIME,
        "why": {"type": "string", "enum": [str(code) for code in Why]},
        "deadline": day,
        "closed": {"anyOf": [_ref("Closed"), {"type": "null"}]},
    }
    acted = {
        "seq": {"type": ["integer", "null"]},
        "code": {"type": ["string", "null"], "enum": [*(str(code) for code in Done), None]},
        "by": TEXT,
        "happened": TIME,
    }
    done = {"type": "string", "enum": [str(code) for code in Done]}
    closing = {"type": "string", "enum": [str(code) for code in Closing]}
    by = {"type": "string", "minLength": 1, "maxLength": LONGEST_BY, "description": "A staff id, no name."}
    reported = {
        "seq": NUMBER,
        "event_id": {"type": "string", "format": "uuid"},
        "kind": {"const": str(Kind.ACTED)},
        "about": NUMBER,
        "code": done,
        "happened": TIME,
        "at": TIME,
    }
    renewal = {
        "version": NUMBER,
        "digest": DIGEST,
        "language": TEXT,
        "url": TEXT,
        "statement": TEXT,
        "lapses": nullable,
    }
    state = {"type": "string", "enum": [str(state) for state in State]}
    receipt = {
        "reference": TEXT,
        "token": TEXT,
        "manage_url": TEXT,
        "acting_for": {"type": "string", "enum": list(ActingFor)},
        "state": {"type": "object", "additionalProperties": state},
        "statements": {
            "type": "object",
            "additionalProperties": TEXT,
            "description": "The words that were answered, as far as they are published.",
        },
        "ambiguous": {
            "type": "array",
            "items": IDENT,
            "description": "The consents that another answer under the same confirmed address contradicts: a question "
            "by address gets `ambiguous`, which is no consent.",
        },
        "renewal": {"type": "object", "additionalProperties": _object(renewal, list(renewal))},
        "events": {"type": "array", "items": _object(event, list(event))},
        **proofs,
    }
    status = {
        "notice": IDENT,
        "consent": IDENT,
        "acting_for": TEXT,
        "state": {"type": "string", "enum": [*(str(state) for state in State), NONE, AMBIGUOUS]},
        "valid": {"type": "boolean"},
        "since": nullable,
        "version": {"type": ["integer", "null"]},
        "digest": nullable,
        "seq": {"type": ["integer", "null"]},
        "renewal_due": {"type": "boolean"},
        "withdrawal_requested": {"type": ["integer", "null"]},
        "scope": TEXT,
    }
    notice = {
        "notice": IDENT,
        "version": NUMBER,
        "language": TEXT,
        "title": TEXT,
        "digest": DIGEST,
        "url": TEXT,
        "consents": {
            "type": "array",
            "items": {"type": "object", "required": ["id", "statement", "effect", "if_refused"]},
        },
        "form": {
            "type": "object",
            "required": ["acting_for", "asked", "fields"],
            "description": "What to ask: for oneself, or with `for=child` what can be answered for a child.",
        },
        "words": {"type": "object", "additionalProperties": TEXT},
    }
    wrong = {"field": TEXT, "code": TEXT, "detail": TEXT}
    problem = {
        "type": TEXT,
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": TEXT,
        "errors": {"type": "array", "items": _object(wrong, list(wrong))},
    }
    said = {"version": NUMBER, "digest": DIGEST, "language": {"type": "string", "pattern": "^[a-z]{2,3}$"}}
    return {
        "Answer": _object(
            {
                "notice": IDENT,
                **said,
                "decisions": {
                    "type": "object",
                    "additionalProperties": decision,
                    "minProperties": 1,
                    "maxProperties": MOST_DECISIONS,
                },
                **dict.fromkeys(REACHED_BY, nullable),
                "email": email,
                "acting_for": acting_for,
                "request_id": {
                    "type": "string",
                    "pattern": REQUEST_ID.pattern,
                    "description": "Of one view of a form: the same answer from it is the same act, another answer joins "
                    "the receipt of the first. An Idempotency-Key goes before it.",
                },
            },
            ["notice", "version", "digest", "language", "decisions"],
        ),
        "AnswerForm": {
            "type": "object",
            "properties": said | {key: {"type": "string"} for key in (*REACHED_BY, "acting_for", "request_id")},
            "patternProperties": {"^decision\\.[a-z0-9-]+$": decision},
            "required": ["version", "digest", "language"],
        },
        "Withdrawal": _object(
            {
                "consents": {"type": "array", "items": IDENT, "minItems": 1, "maxItems": MOST_DECISIONS},
                **{name: {"type": ["string", "null"], "maxLength": LONGEST.get(name, LONGEST_EMAIL)} for name in WHO},
            },
            ["consents"],
        ),
        "WithdrawalRequest": _object(
            {**texts, "acting_for": {"type": "string", "enum": ["", *ActingFor]}, "request_id": {"type": "string"}}, []
        ),
        "ProblemReport": _object(
            {
                "problem": {"type": "string", "minLength": 1, "maxLength": LONGEST["problem"]},
                "email": {"type": "string", "maxLength": LONGEST_EMAIL},
                "notice": {"type": "string"},
                "version": {"type": "string"},
                "request_id": {"type": "string"},
            },
            ["problem"],
        ),
        "Receipt": _object(receipt, list(receipt)),
        "Record": {"type": "object", "properties": proofs, "required": ["@context", "@type", *proofs]},
        "Notice": _object(notice, list(notice)),
        "Event": _object(full | case, list(full)),
        "Acted": _object(acted, list(acted)),
        "ToActOn": _object(to_act_on | case, list(to_act_on)),
        "Closing": _object({"how": closing, "by": by}, ["how", "by"]),
        "Closed": _object({"how": closing, "by": TEXT, "at": TIME}, ["how", "by", "at"]),
        "LetterClosed": _object({"letter": NUMBER, "closed": _ref("Closed")}, ["letter", "closed"]),
        "Withdrawals": _object(
            {
                "withdrawals": {"type": "array", "items": _ref("ToActOn")},
                "undelivered": {"type": "array", "items": _object(letter | case, list(letter))},
                "next": {"type": "integer", "minimum": 0},
                "more": {"type": "boolean"},
                "earlier_letters": {"type": ["integer", "null"]},
            },
            ["withdrawals", "undelivered", "next", "more", "earlier_letters"],
        ),
        "Report": _object(
            {
                "code": done,
                "note": {"type": ["string", "null"], "maxLength": LONGEST_NOTE},
                "by": by,
                "happened": {"type": ["string", "null"], "format": "date-time", "description": "Now if left out."},
                "beside": {"type": "boolean", "description": "That others reported before is known."},
            },
            ["code", "by"],
        ),
        "Reported": _object(reported, list(reported)),
        "Feed": _object(
            {"events": {"type": "array", "items": _ref("Event")}, "next": {"type": "integer", "minimum": 0}},
            ["events", "next"],
        ),
        "StatusQuestion": _object(
            {
                "notice": IDENT,
                "consent": IDENT,
                "reference": TEXT,
                "email": TEXT,
                "acting_for": {"type": "string", "enum": list(ActingFor)},
            },
            ["notice", "consent"],
        )
        | {"oneOf": [{"required": ["reference"]}, {"required": ["email"]}]},
        "Status": _object(status, list(status)),
        "Proof": {"type": "object", "properties": {"proof": {"type": "array", "items": TEXT}}, "required": ["proof"]},
        "Problem": _object(problem | {"acted": _ref("Acted"), "closed": _ref("Closed")}, list(problem)),
    }


def _does(summary: str, parameters: list[Json], responses: Json, security: list[Json] | None = None) -> Json:
    return {"summary": summary, "parameters": parameters, "responses": responses, "security": security or []}


def _page(summary: str, parameters: list[Json]) -> Json:
    return _does(summary, parameters, {"200": _content("The page.", "text/html", TEXT), "default": _see("ProblemPage")})


def _form(summary: str, parameters: list[Json], schema: Json, responses: Json) -> Json:
    does = _does(summary, parameters, responses | {"default": _see("ProblemPage")})
    return does | {"requestBody": {"required": True, "content": {FORM: {"schema": schema}}}}


def _json(summary: str, parameters: list[Json], schema: Json, responses: Json, security: list[Json]) -> Json:
    does = _does(summary, parameters, responses | {"default": _see("Problem")}, security)
    return does | {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


def _text(summary: str, kind: str = "text/plain") -> Json:
    return _does(summary, [], {"200": _content(summary, kind, TEXT), "default": _see("Problem")})


def _content(description: str, kind: str, schema: Json) -> Json:
    return {"description": description, "content": {kind: {"schema": schema}}}


def _object(properties: Json, required: list[str]) -> Json:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _in_path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _in_query(name: str, schema: Json, description: str = "", *, required: bool = False) -> Json:
    asked = {"name": name, "in": "query", "required": required, "schema": schema}
    return asked | ({"description": description} if description else {})


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _see(name: str) -> Json:
    return {"$ref": f"#/components/responses/{name}"}
