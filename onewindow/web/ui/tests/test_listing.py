import pytest
from django.contrib.auth.models import Group
from django.core import signing

from onewindow.web.ui.listing import SALT, chosen_sort, page_by_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    return Group.objects.bulk_create(Group(name=f"{number:03}") for number in range(25))


def names(page):
    return [row.name for row in page.rows]


def walk(rf, order, size=10):
    """Every page forward, then back again."""
    pages, query = [], {}
    while True:
        page = page_by_key(Group.objects.all(), rf.get("/", query), order, size)
        pages.append(page)
        if not page.next:
            break
        query = {"after": page.next}
    back = pages[-1]
    returned = [back]
    while back.previous:
        back = page_by_key(Group.objects.all(), rf.get("/", {"before": back.previous}), order, size)
        returned.insert(0, back)
    return pages, returned


@pytest.mark.parametrize("order", ["name", "-name", "pk", "-pk"])
def test_walking_there_and_back_shows_every_row_once(rf, groups, order):
    there, back = walk(rf, order)
    shown = [name for page in there for name in names(page)]
    assert shown == [group.name for group in Group.objects.order_by(order)]
    assert [names(page) for page in there] == [shown[:10], shown[10:20], shown[20:]]
    assert [name for page in back for name in names(page)] == shown
    assert there[0].previous == "" and there[-1].next == "" and back[0].previous == ""


def test_a_row_that_comes_in_meanwhile_repeats_none(rf, groups):
    first = page_by_key(Group.objects.all(), rf.get("/"), "pk", 10)
    Group.objects.create(name="a newcomer")
    second = page_by_key(Group.objects.all(), rf.get("/", {"after": first.next}), "pk", 10)
    assert not set(names(first)) & set(names(second))


@pytest.mark.parametrize("token", ["", "x", "\x00", "a:b:c", "9" * 5000, signing.dumps(["pk", 1, 1], salt="other")])
def test_a_key_that_is_not_ours_starts_from_the_front(rf, groups, token):
    page = page_by_key(Group.objects.all(), rf.get("/", {"after": token}), "name", 10)
    assert names(page) == [f"{number:03}" for number in range(10)]


def test_a_key_of_another_order_starts_from_the_front(rf, groups):
    other = signing.dumps(["pk", groups[20].pk, groups[20].pk], salt=SALT)
    assert names(page_by_key(Group.objects.all(), rf.get("/", {"after": other}), "name", 10))[0] == "000"


def test_a_page_is_one_query(rf, groups, django_assert_num_queries):
    with django_assert_num_queries(1):
        page_by_key(Group.objects.all(), rf.get("/"), "name", 10)


def test_only_known_sorts_reach_the_database(rf):
    sorts = {"due": "due_on", "name": "applicant__name"}
    assert chosen_sort(rf.get("/"), sorts, "due") == "due_on"
    assert chosen_sort(rf.get("/?sort=-name"), sorts, "due") == "-applicant__name"
    assert chosen_sort(rf.get("/?sort=password"), sorts, "-due") == "-due_on"
    assert chosen_sort(rf.get("/?sort=--due"), sorts, "due") == "-due_on"
