"""What a resident reads while the case goes its way."""

from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions import working
from tests.factories import City, number_of, open_run, visit


def test_each_turn_says_in_plain_words_what_comes_next(city: City, signed_in: Any) -> None:
    me, clerk = city.resident(), city.staff("street_window")
    officer, second = city.staff("street_officer"), city.staff("street_officer")
    case, client = city.accepted(me, clerk), signed_in(me)
    where = f"/cases/{case.public_id}"
    assert "先打电话和您约时间" in client.get(where).content.decode()
    working.finish_step(officer, open_run(case), outcome="done", record=visit(today()), with_number=number_of(second))
    assert "初审意见" in client.get(where).content.decode()
    working.suspend_case(officer, case, kind="verification_letter", article="第十六条")
    assert "暂停的日子不算" in client.get(where).content.decode()


def test_what_must_be_added_is_the_one_thing_to_do(city: City, signed_in: Any) -> None:
    me, clerk = city.resident(), city.staff("street_window")
    case = working.finish_step(clerk, open_run(city.submitted(me)), outcome="supplement")
    page = signed_in(me).get(f"/cases/{case.public_id}").content.decode()
    assert "去补充" in page and "还需要补充" in page and "<h2>接下来</h2>" not in page
    assert 'steps__item--current" aria-current="step"' in page


def test_withdrawing_without_a_reason_keeps_the_case_open(city: City, signed_in: Any) -> None:
    me = city.resident()
    case, client = city.submitted(me), signed_in(me)
    answer = client.post(f"/cases/{case.public_id}/withdraw", {"reason": ""})
    case.refresh_from_db()
    assert answer.status_code == 422 and "error-summary" in answer.content.decode() and case.is_open
    done = client.post(f"/cases/{case.public_id}/withdraw", {"reason": "家里情况好转了"}, follow=True)
    assert "申请已撤回" in done.content.decode()


def test_who_looked_at_my_file_is_named_with_the_reason(city: City, signed_in: Any) -> None:
    me, officer = city.resident(), city.staff("street_officer")
    case = city.submitted(me)
    signed_in(officer).get(f"/desk/cases/{case.public_id}")
    page = signed_in(me).get("/me/looks").content.decode()
    assert officer.person.name in page and "查看资料" in page and "letter.issue" not in page
