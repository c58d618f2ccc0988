"""For the operator: serve, send, and the keys of other systems."""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from widget import __version__, measures
from widget.commands import opening
from widget.commands.codes import DONE, NOT_WHOLE
from widget.config import Config
from widget.errors import StartRefused
from widget.json_logs import SERVER_LOGS, log_faults
from widget.ledger import key_folder
from widget.mail.alarm import MailAlarm
from widget.mail.delivery import Sent, send_due
from widget.mail.digest import owe_digests
from widget.mail.renewals import owe_renewals
from widget.mail.transports import check_sender, transport_of
from widget.people.api_keys import USUAL, Right, Scope, new_key
from widget.store.engine import open_engine
from widget.store.group_commit import Store

log = logging.getLogger("consents")
LAST_PORT = 65_535
STOPS_WITHIN = 4
"""Seconds after a signal in which a worker answers what is under way; then it is ended."""


def serve(config: Config, _given: argparse.Namespace) -> int:
    """Run `consents serve`. Returns the exit code."""
    with _ended_by_signals():
        _check_port(config)
        with _counting_together(config) as counting:
            _serve(counting)
    return DONE


def _serve(config: Config) -> None:
    """Check what can be checked here, before there is a worker, and run the workers until a signal ends them."""
    from granian import Granian  # start-up time: no other command needs a server
    from granian.constants import Interfaces

    # It counts where the environment says when it is imported.
    from widget.app import close_app, create_app

    close_app(create_app(config))
    os.environ.update(config.environ())
    if config.mail is None:
        log.warning("no CONSENTS_MAIL: mail waits in the outbox")
    log_faults()
    log.info("release %s answers at http://%s:%d", __version__, config.host, config.port)
    Granian(
        "widget.wsgi:app",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.WSGI,
        workers=config.workers,
        blocking_threads=config.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPS_WITHIN,
        log_dictconfig=SERVER_LOGS,
        websockets=False,
    ).serve()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Until the server handles them, signals end this process in order: what is open here is closed."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    for number in before:
        signal.signal(number, lambda _number, _frame: sys.exit(DONE))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _counting_together(config: Config) -> Iterator[Config]:
    """The options with a folder in which the workers count together: the operator's, emptied, or one that goes at the end."""
    with ExitStack() as open_here:
        folder = config.metrics_folder
        if folder is not None:
            measures.forget(folder)
        else:
            try:
                folder = Path(open_here.enter_context(TemporaryDirectory(prefix="consents-metrics-")))
            except OSError as error:
                told = "each worker counts by itself for /metrics, since no folder can be made: %s. Set %s"
                log.warning(told, error.strerror, measures.FOLDER)
                yield config
                return
            os.environ[measures.FOLDER] = str(folder)
            open_here.callback(os.environ.pop, measures.FOLDER, None)
        yield replace(config, metrics_folder=folder)


def _check_port(config: Config) -> None:
    """`StartRefused` where nothing can listen there: the server itself would say so in each worker, and start it again."""
    if config.port > LAST_PORT:
        raise StartRefused(f"{config.port} is no port: they end at {LAST_PORT}.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(config.host, config.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(place)
    except OSError as error:
        raise StartRefused(
            f"Nothing can listen on {config.host}, port {config.port}: {error.strerror}. Is the endpoint running already? Choose "
            "another with --host and --port."
        ) from error


def send(config: Config, _given: argparse.Namespace) -> int:
    """Run `consents send`. Returns the exit code."""
    if config.mail is None:
        raise StartRefused("Who takes the mail? Set CONSENTS_MAIL or --mail.")
    check_sender(config.mail_from)
    transport = transport_of(config.mail, config.mail_seconds)
    with opening.service(config) as here:
        done = send_due(here, transport)
        owe_renewals(here)  # after what is owed already, which a fault in it must not hold up
        owe_digests(here)
        renewals = send_due(here, transport)
        MailAlarm(here).look()
    done = Sent(done.sent + renewals.sent, done.failed + renewals.failed, done.given_up + renewals.given_up)
    print(f"{done.sent} sent, {done.failed} to be tried again, {done.given_up} given up.")
    return NOT_WHOLE if done.failed else DONE


def migrate(config: Config, given: argparse.Namespace) -> int:
    """Run `consents migrate`. Returns the exit code."""
    engine = open_engine(config.database, config.busy_seconds)
    if given.grant and engine.dialect.name == "sqlite":
        raise StartRefused("SQLite has no roles: leave out --grant.")
    store = Store(engine, opening.utc_now, secrets.token_bytes)
    try:
        store.make()
        for statement in store.grant(given.grant) if given.grant else ():
            print(f"{statement};")
    finally:
        store.close()
    print("The database has the tables of this release.")
    return DONE


def key_add(config: Config, given: argparse.Namespace) -> int:
    """Run `consents key add`. Returns the exit code."""
    if given.expires and given.expires < opening.utc_now().date():
        raise StartRefused(f"{given.expires} has passed: --expires takes the key's last day.")
    notices = frozenset(given.notice) if given.notice else None
    scope = Scope(frozenset(map(Right, given.may or USUAL)), notices, given.expires)
    secret = key_folder.read(config.keys_folder).token_secret
    made = new_key(secret, secrets.token_bytes, scope)
    with opening.store(config) as store:
        store.write(lambda writing: writing.add_api_key(made, given.name, scope, secret))
    print(made.text)
    return DONE


def key_list(config: Config, _given: argparse.Namespace) -> int:
    """Run `consents key list`. Returns the exit code."""
    with opening.reading(config) as reading:
        for key in reading.api_keys():
            limits = (key.acts or "all", key.notices or "all", key.expires or "-", key.used or "-")
            print("\t".join((key.key_id, key.name, key.made, key.revoked or "-", *limits)))
    return DONE


def key_revoke(config: Config, given: argparse.Namespace) -> int:
    """Run `consents key revoke`. Returns the exit code."""
    with opening.store(config) as store:
        with store.reading() as reading:
            known = reading.api_key(given.id)
        if known is None:
            raise StartRefused(f"There is no API key {given.id} in use.")
        key_folder.note_revoked(config.keys_folder, [given.id])  # first: nobody can put back in use what is noted here
        store.write(lambda writing: writing.revoke_api_key(given.id))
    print(f"{given.id} is revoked.")
    return DONE
