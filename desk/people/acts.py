"""Each act at the desk, and the roles that may do it: one table. Pure.

A view names its act and nothing else; it holds no rule of its own on roles.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from desk.people.person import People, Person, Role


class Act(StrEnum):
    """Something that somebody does at the desk. The value is written to the log."""

    READ = "read"
    PREVIEW = "preview"
    PRINT = "print"
    EDIT = "edit"
    CREATE = "create"
    IMPORT = "import"
    SAVE_SHARED = "save-shared"
    SAVE_PAGES = "save-pages"
    TRANSLATE = "translate"
    SHARE_PREVIEW = "share-preview"
    ASK_APPROVAL = "ask-approval"
    REMARK = "remark"
    APPROVE = "approve"
    ASK_CHANGES = "ask-changes"
    PUBLISH = "publish"
    CALL_OFF = "call-off"
    TAKE_DOWN = "take-down"
    RETIRE = "retire"
    RESTORE = "restore"
    REVIEWED = "reviewed"
    SEE_WITHDRAWALS = "see-withdrawals"
    ACT_ON_WITHDRAWAL = "act-on-withdrawal"
    SETTINGS = "settings"
    PEOPLE = "people"
    SEE_LOG = "see-log"
    REMOVE_EXAMPLE = "remove-example"


EVERY = frozenset(Role)
WRITING = frozenset({Role.EDITOR})
REVIEWING = frozenset({Role.EDITOR, Role.APPROVER})
APPROVING = frozenset({Role.APPROVER})
SERVING = frozenset({Role.SERVICE})
ADMINISTERING = frozenset({Role.ADMINISTRATOR})

ROLES_OF: dict[Act, frozenset[Role]] = {
    Act.READ: EVERY,
    Act.PREVIEW: EVERY,
    Act.PRINT: EVERY,
    Act.EDIT: WRITING,
    Act.CREATE: WRITING,
    Act.IMPORT: WRITING,
    Act.SAVE_SHARED: WRITING,
    Act.SAVE_PAGES: WRITING,
    Act.TRANSLATE: WRITING,
    Act.SHARE_PREVIEW: WRITING,
    Act.ASK_APPROVAL: WRITING,
    Act.REMARK: REVIEWING,
    Act.APPROVE: APPROVING,
    Act.ASK_CHANGES: APPROVING,
    Act.PUBLISH: WRITING,
    Act.CALL_OFF: WRITING,
    Act.TAKE_DOWN: WRITING,
    Act.RETIRE: WRITING,
    Act.RESTORE: WRITING,
    Act.REVIEWED: WRITING,
    Act.SEE_WITHDRAWALS: SERVING,
    Act.ACT_ON_WITHDRAWAL: SERVING,
    Act.SETTINGS: ADMINISTERING,
    Act.PEOPLE: ADMINISTERING,
    Act.SEE_LOG: ADMINISTERING,
    Act.REMOVE_EXAMPLE: ADMINISTERING,
}
"""The roles of which one is enough for an act. An administrator is no editor: roles add up, none contains another."""

NEEDS_RECENT = frozenset({Act.SETTINGS, Act.PEOPLE, Act.REMOVE_EXAMPLE})
"""Acts for which somebody must have proved lately who they are: a session left open is not enough."""


@dataclass(frozen=True)
class Requiring:
    """Whether approval can be required. Where not, `reason` is a key of the desk's words and `name` fills its place."""

    possible: bool
    reason: str = ""
    name: str = ""


def may(person: Person, act: Act) -> bool:
    """Whether one of the person's roles is enough for an act."""
    return not person.roles.isdisjoint(ROLES_OF[act])


def may_serve(person: Person, service: str) -> bool:
    """Whether the person acts on the withdrawals of a service."""
    return may(person, Act.ACT_ON_WITHDRAWAL) and (not person.services or service in person.services)


def may_approve(person: Person, savers: Collection[str]) -> bool:
    """Whether the person may approve a text that the people with the ids `savers` saved since the last version.

    `savers` counts everybody who saved any part: the text, shared wording and settings. Nobody approves their own text,
    an administrator neither.
    """
    return may(person, Act.APPROVE) and person.id not in savers


def can_require_approval(people: People) -> Requiring:
    """Whether approval can be required: somebody writes, and every writer's text can be approved by another person.

    That takes at least two people. Without the rule there could be texts that nobody may ever publish.
    """
    writers, approvers = people.with_role(Role.EDITOR), people.with_role(Role.APPROVER)
    if not writers:
        return Requiring(False, "people.nobody_writes")
    if not approvers:
        return Requiring(False, "people.nobody_approves")
    for writer in writers:
        if all(approver.id == writer.id for approver in approvers):
            return Requiring(False, "people.nobody_else_approves", writer.name)
    return Requiring(True)


def has_administrator(people: People) -> bool:
    """Whether somebody can still name people. A change that leaves nobody must be refused: only a terminal would help."""
    return bool(people.with_role(Role.ADMINISTRATOR))
