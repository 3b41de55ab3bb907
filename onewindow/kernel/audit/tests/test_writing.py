import threading
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from onewindow.kernel.audit import chain
from onewindow.kernel.audit.acting import ACTIONS, NotAllowed, Refused, action
from onewindow.kernel.audit.chain import append_line, flaws_of_chain
from onewindow.kernel.audit.models import AuditLine, ChainHead
from onewindow.kernel.staff.actor import NOBODY, SYSTEM, Actor
from onewindow.kernel.staff.permission import system

WRITERS, EACH = 8, 20
ODD: dict[str, Any] = {
    "float": 0.1, "large": 1e16, "exact": Decimal("1.10"), "negative": -0.0, "day": date(2026, 2, 28), "key": uuid4(),
    "instant": timezone.now(), "nested": {10: "十", 9: "九", None: ("a", {"b": [1.5]})}, "nul": "a\x00b",
    "half": "\ud800", "emoji": "\U0001f6d1", "number": 2**70, "flag": True, "empty": {}, "line": "\u2028\n\t\"\\",
}  # fmt: skip


def write(shard: str = "12", **more: Any) -> AuditLine:
    return append_line(**{"shard": shard, "action": "a", "target": "-", "actor": SYSTEM, "detail": {}, **more})


@pytest.mark.parametrize("name", [*ODD])
def test_whatever_an_act_tells_is_kept_as_it_was_hashed(db: None, name: str) -> None:
    """PostgreSQL writes numbers anew, sorts keys and refuses NUL; the chain must not notice."""
    write(detail={name: ODD[name]}, reason=f"{ODD[name]}")
    write(detail=ODD)
    assert flaws_of_chain() == []


def test_a_long_name_does_not_make_an_act_impossible(db: None) -> None:
    line = write(action="a" * 99, target="t" * 99, actor=Actor(system="长" * 200), reason="由" * 999)
    assert (len(line.actor), len(line.reason)) == (80, 400) and flaws_of_chain() == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain_that_never_forks() -> None:
    faults: list[Exception] = []
    start = threading.Barrier(WRITERS)

    def work(writer: int) -> None:
        try:
            start.wait()
            for n in range(EACH):
                write(target=f"{writer}-{n}")
        except Exception as fault:  # noqa: BLE001 shown by the test
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(writer,)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = list(AuditLine.objects.order_by("seq"))
    assert not faults and [line.seq for line in lines] == list(range(1, WRITERS * EACH + 1))
    assert len({line.target for line in lines}) == WRITERS * EACH
    assert all(after.previous_hash == before.hash for before, after in pairwise(lines))
    assert flaws_of_chain() == [] and ChainHead.objects.get().seq == WRITERS * EACH


def test_a_check_while_the_city_is_at_work_raises_no_false_alarm(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lines that are added after the reading of the ends."""
    for _ in range(5):
        write()
    told = chain.heads

    def heads_of_a_moment_ago() -> Any:
        found = told()
        write()
        write("120101")
        return found

    monkeypatch.setattr(chain, "heads", heads_of_a_moment_ago)
    assert flaws_of_chain() == [] and AuditLine.objects.count() == 5 + 2 * 2


def test_what_is_rolled_back_leaves_no_hole(db: None) -> None:
    write(action="a")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError(write(action="b"))
    write(action="c")
    assert (
        list(AuditLine.objects.order_by("seq").values_list("action", "seq")) == [("a", 1), ("c", 2)]
        and flaws_of_chain() == []
    )


@pytest.fixture
def act() -> Any:
    @action("test.act", "试", may=system, logs=("why",))
    def act(actor: Any, target: Any, *, why: str = "", fails: bool = False) -> None:
        if fails:
            raise Refused("不行。")

    yield act
    del ACTIONS["test.act"]


def test_an_act_leaves_one_line_and_a_refused_one_none(db: None, act: Any) -> None:
    act(SYSTEM, None, why="因为")
    with pytest.raises(Refused):
        act(SYSTEM, None, why="", fails=True)
    with pytest.raises(NotAllowed):
        act(NOBODY, None)
    (line,) = AuditLine.objects.all()
    assert (line.action, line.detail, line.actor) == ("test.act", {"why": "因为"}, "系统")


def test_two_acts_can_not_have_one_name(act: Any) -> None:
    with pytest.raises(ValueError, match=r"test\.act"):
        action("test.act", "试", may=system)(lambda actor, target: None)
