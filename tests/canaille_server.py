"""Runs Canaille, an OpenID Connect provider, on this machine. Its own Python runs this file: nothing here is the desk's.

The one argument is JSON: host (127.0.0.1 or localhost), port, client (id, secret, callback, after signing out) and users (name, password, address).
"""

from __future__ import annotations

import json
import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

asked = json.loads(sys.argv[1])
host = f"{asked['host']}:{asked['port']}"
app = create_app(
    {
        "SECRET_KEY": "a secret of the tests",
        "SERVER_NAME": host,
        "PREFERRED_URL_SCHEME": "http",
        "TRUSTED_HOSTS": None,
        "CANAILLE": {
            "DATABASE": "memory",
            "JAVASCRIPT": False,
            "HTMX": False,
            "LANGUAGE": "en",
            "LOGGING": {"version": 1},
        },
        "CANAILLE_OIDC": {
            "ACTIVE_JWKS": [RSAKey.generate_key(2048, auto_kid=True).as_dict(private=True)],
            "TRUSTED_DOMAINS": ["127.0.0.1"],
        },
    }
)
with app.app_context():
    for user in asked["users"]:
        Backend.instance.save(
            models.User(
                user_name=user["name"],
                formatted_name=user["name"],
                family_name=user["name"],
                emails=[user["address"]],
                password=user["password"],
            )
        )
    client = asked["client"]
    made = models.Client(
        client_id=client["id"],
        client_secret=client["secret"],
        client_name="The desk",
        client_uri="http://127.0.0.1/",
        redirect_uris=[client["callback"]],
        post_logout_redirect_uris=[client["after"]],
        grant_types=["authorization_code"],
        response_types=["code"],
        scope=["openid"],
        token_endpoint_auth_method="client_secret_basic",
    )
    Backend.instance.save(made)
    made.audience = [made]
    Backend.instance.save(made)
server = make_server("127.0.0.1", asked["port"], app, threaded=True)
print("ready", flush=True)
server.serve_forever()
