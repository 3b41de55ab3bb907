"""@action: the one way in which anything is written. Permission, row lock, transaction and log line, in that order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from django.db import models, transaction

from onewindow.kernel.audit.chain import append_line


class Refused(Exception):
    """The act can't be done now; the message says in Chinese why and what to do. Nothing was changed."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Exception):
    """This actor may not do this to this target."""


class Acting(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def account_id(self) -> int | None: ...
    @property
    def person_id(self) -> int | None: ...


Permission = Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Action:
    code: str
    label: str
    may: Permission = field(repr=False)


ACTIONS: dict[str, Action] = {}
P = ParamSpec("P")
R = TypeVar("R")


def can(actor: Acting, code: str, target: Any = None) -> bool:
    """Would the action be allowed? Pages ask this to show a button; the action itself asks again."""
    return ACTIONS[code].may(actor, target)


def action(
    code: str, label: str, *, may: Permission, logs: tuple[str, ...] = ()
) -> Callable[[Callable[Concatenate[Any, Any, P], R]], Callable[Concatenate[Any, Any, P], R]]:
    """Make `fn(actor, target, …)` an act. `target` is locked and read anew; `logs` names keyword arguments for the log."""

    def decorate(fn: Callable[Concatenate[Any, Any, P], R]) -> Callable[Concatenate[Any, Any, P], R]:
        if code in ACTIONS:
            raise ValueError(f"two actions call themselves {code}")
        ACTIONS[code] = Action(code, label, may)

        @wraps(fn)
        def act(actor: Any, target: Any, *args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                locked = _locked(target)
                if not may(actor, locked):
                    raise NotAllowed(code)
                result = fn(actor, locked, *args, **kwargs)
                seen = result if isinstance(result, models.Model) else locked
                append_line(
                    shard=str(getattr(seen, "audit_shard", None) or getattr(locked, "audit_shard", "12")),
                    action=code,
                    target=_name_of(seen),
                    actor=actor,
                    subject=getattr(seen, "audit_subject", None) or getattr(locked, "audit_subject", None),
                    reason=str(kwargs.get("reason") or "")[:400],
                    detail={name: kwargs[name] for name in logs if kwargs.get(name) is not None},
                )
                return result

        return act

    return decorate


def _locked(target: Any) -> Any:
    if isinstance(target, models.Model) and target.pk:
        return type(target)._base_manager.select_for_update(of=("self",)).get(pk=target.pk)
    return target


def _name_of(target: Any) -> str:
    return f"{target._meta.label_lower}:{target.pk}" if isinstance(target, models.Model) else "-"


def log_look(actor: Acting, target: models.Model, *, reason: str, action: str = "look") -> None:
    """Every look at a person's record is a line, and the person can read it."""
    append_line(
        shard=getattr(target, "audit_shard", "12"),
        action=action,
        target=_name_of(target),
        actor=actor,
        subject=getattr(target, "audit_subject", None),
        reason=reason[:400],
        detail={},
    )
