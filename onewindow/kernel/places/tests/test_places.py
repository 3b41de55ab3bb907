import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.places import codes
from onewindow.kernel.places.divisions import read_divisions
from onewindow.kernel.places.loading import load_places
from onewindow.kernel.places.models import Place
from onewindow.kernel.places.naming import place_path, place_paths

CITY, HEPING, DONGLI = "120000000000", "120101000000", "120110000000"
STREET, COMMUNITY = "120101001000", "120101001001"

ROWS = read_divisions()
PARENTS = {row["code"]: row["parent"] for row in ROWS}
ALL = st.sampled_from(sorted(PARENTS))


def ancestors(code: str) -> set[str]:
    return {code} | (ancestors(PARENTS[code]) if PARENTS[code] else set())


@pytest.mark.parametrize(
    ("code", "begins"),
    [(CITY, "12"), (HEPING, "120101"), (DONGLI, "120110"), (STREET, "120101001"), (COMMUNITY, COMMUNITY)],
)
def test_everything_below_a_place_begins_with_its_prefix(code, begins):
    assert codes.prefix(code) == begins


@given(code=ALL, other=ALL)
def test_within_by_code_is_within_by_parents(code, other):
    assert codes.is_within(code, other) is (other in ancestors(code))


@given(code=ALL)
def test_every_place_is_within_its_own_line_and_no_neighbour(code):
    line = ancestors(code)
    assert all(codes.is_within(code, each) for each in line)
    assert {codes.district_of(code), codes.street_of(code)} - {""} <= line


def test_nowhere_is_within_nothing():
    assert not codes.is_within(None, CITY) and not codes.is_within("", CITY)


def test_the_city_has_no_district_and_a_district_no_street():
    assert codes.district_of(CITY) == "" and codes.street_of(HEPING) == ""
    assert codes.district_of("") == codes.street_of("") == ""


def test_villages_are_told_from_urban_communities_by_their_code():
    named = {row["code"]: row["name"] for row in ROWS if row["level"] == "community"}
    villages = [name for code, name in named.items() if codes.is_village(code)]
    others = [name for code, name in named.items() if not codes.is_village(code)]
    assert sum("村" in name for name in villages) / len(villages) > 0.99
    assert sum(name.endswith("村委会") for name in others) / len(others) < 0.01


def test_districts_that_are_gone_lead_to_todays():
    assert codes.current_district("120107") == "120116" and codes.current_district("120103") == "120103"
    assert {f"{code}000000" for code in codes.HISTORIC_DISTRICTS.values()} <= PARENTS.keys()


@pytest.mark.django_db
def test_all_divisions_of_tianjin_are_loaded_once_and_fast():
    began = time.process_time()
    assert load_places() == 5933
    assert time.process_time() - began < 2
    assert load_places() == 0
    assert Counter(Place.objects.values_list("level", flat=True)) == {
        "city": 1, "district": 16, "street": 299, "community": 5617
    }  # fmt: skip


@pytest.mark.django_db
def test_a_list_of_places_is_named_in_one_query(django_assert_num_queries):
    load_places()
    with django_assert_num_queries(1):
        named = place_paths([CITY, HEPING, STREET, COMMUNITY, "999999999999"])
    assert named == {
        CITY: "天津市", HEPING: "和平区", STREET: "和平区 劝业场街道", COMMUNITY: "和平区 劝业场街道 花园路社区居委会",
    }  # fmt: skip
    assert place_path(STREET) == "和平区 劝业场街道" and place_path("") == ""
