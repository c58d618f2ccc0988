"""The sentence of `consents --help` about each command, by the function that runs it: the functions are loaded for
the one called."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "running.serve": "Answer requests and send mail until it is told to stop.",
    "running.migrate": "Bring the database to the tables of this release, as their owner; with --grant, let another role use them.",
    "proving.verify": """Check every table that a claim rests on, against the kept head, and against what else is named.

Exit code 2 where there are events and no signed head to compare them with, or tables of another release.
""",
    "proving.verify_receipt": "Check a receipt's file, or evidence from `export --reference`, with the ledger's public key and nothing else.",
    "office.export": "Print events as rows or records, or with --reference the evidence about one receipt, for a person to read.",
    "record.record": """Record what a person said by phone, by post, in person or by mail, in the words they heard or read.

It shows what the acts would change and asks on a terminal. All rows of a CSV file are checked before the first is
recorded, and recorded in one transaction: all of them or none. What was recorded before is not recorded twice.
""",
    "contacting.list_people": """Write everybody whose consent counts now, with their ways to be reached; note who asked, and how many there were.

Write only to what stands under `email`: its reader confirmed it. Under `unconfirmed_email` stands what somebody typed.
""",
    "contacting.listed": "Print every list of people that was written: when, for whom, notice, consent, how many, how many anonymous.",
    "acting.acted": "Record what the service did about a withdrawal or a request, and when. The code stays for good; the note can be erased.",
    "office.erase_person": """Erase a person: close their open consents, delete their details with the key, and append that it was done.

An address finds everybody for whom it was ever given, confirmed or not. What is known is said first, without what it is.
""",
    "office.purge": """Show whose details are past `consent_records`, and which staff logs and reports of problems are past `records`; with --do,
erase them.

Details whose last day cannot be worked out are listed and kept; the command then ends with exit code 3.
""",
    "proving.checkpoint": "Print the signed head, or write it to a file, to be kept elsewhere.",
    "proving.keep_head": "Keep a newer head that another host or `consents checkpoint` wrote, before a host that was away starts again.",
    "recovery.restoring.backup": "Copy the SQLite database to a file while it is in use, and check the copy. The keys are a folder of their own.",
    "recovery.restoring.restore": """Put a backup in place of the database, erase again what was erased since, and go on under a new name if it is older.

With PostgreSQL, run pg_restore first and leave FILE out. The endpoint must not be running.
""",
    "recovery.drilling.drill": """Try a backup: restore it into a scratch place, look whether it is whole, and say so in sentences.

The live service is not touched: --keys, best the backup of the keys folder, is copied before it is used. Exit code 1 means
that the backup cannot be relied on, 2 that the drill could not be done.
""",
    "running.send": "Send all mail that is due, once; exit 1 if some could not be handed over.",
    "letters.mail": "Print the letters that wait, were given up or came back: about which receipt, since when, and why.",
    "returning.bounced": """Mark letters as not delivered that mail servers sent back: reads their notifications (RFC 3464).

Anybody can write such a notification. All it does is to mark a letter that was handed over, which staff then see listed.
""",
    "office.stats": "Print how many events there are, by notice, consent, kind and channel, where consents stand, and how much mail waits.",
    "running.key_add": "Make an API key for one of the council's systems, and print it: it is shown this once.",
    "running.key_list": "Print every API key: id, name, made, revoked, what it may do, for which notices, its last day, its last use.",
    "running.key_revoke": "Stop an API key.",
    "rotating.rotate_signing": """Sign with a new key from now on, under the log's own name. Stop the endpoint first, on every host.

The old public key is kept: heads and receipts that it signed still verify, and /log/keys says up to which size.
""",
    "rotating.rotate_token": """Make links and receipts' addresses with a new secret from now on. Stop the endpoint first, on every host.

Those that were handed out go on working until --retire ends them, and so do API keys.
""",
    "rotating.rotate_pepper": """Make look-ups by address with a new pepper, all of them anew. Stop the endpoint first, on every host.

The old one is kept for backups from before, until --retire ends it.
""",
    "rotating.rotate_details": """Seal personal details with a new key, all of them anew. Stop the endpoint first, on every host.

The old one is kept for backups from before, until --retire ends it.
""",
}
"""The first line is the summary in the list of commands; the whole is what `consents COMMAND --help` begins with."""
