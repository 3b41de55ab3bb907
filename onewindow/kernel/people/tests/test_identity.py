from datetime import date

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from onewindow.kernel.people.identity import (
    PROVINCES,
    IdNumber,
    InvalidIdNumber,
    check_digit,
    mask_account,
    mask_id_number,
    mask_name,
    mask_phone,
    normal_name,
)

BIRTHS = st.dates(date(1900, 1, 1), date(2026, 11, 23))
NUMBERS = st.builds(
    lambda province, rest, birth, sequence: f"{province}{rest:04d}{birth:%Y%m%d}{sequence:03d}",
    st.sampled_from(sorted(PROVINCES)), st.integers(0, 9999), BIRTHS, st.integers(0, 999),
).map(lambda first: first + check_digit(first))  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def on_the_day():
    with time_machine.travel("2026-11-23T04:00:00+00:00"):
        yield


@pytest.mark.parametrize(
    ("first", "last"), [("11010519491231002", "X"), ("12010119900307123", "5"), ("12010119500101002", "7")]
)
def test_check_digits_of_the_standard(first, last):
    assert check_digit(first) == last and IdNumber.parse(first + last).text == first + last


@given(number=NUMBERS)
def test_a_valid_number_is_read_whatever_way_it_is_typed(number):
    read = IdNumber.parse(number)
    assert read.birth == date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    assert read.sex == 2 - int(number[16]) % 2
    wide = number.translate({ord("0") + n: 0xFF10 + n for n in range(10)})
    for typed in (
        number.lower(),
        f" {number[:6]} {number[6:14]}-{number[14:]}\n",
        wide,
        number.replace("0", "O"),
        f"\u200b{number}\ufeff",
    ):
        assert IdNumber.parse(typed) == read


@given(number=NUMBERS, place=st.integers(0, 17), other=st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, other):
    digit = "0123456789"[(("0123456789X".index(number[place])) + other) % 10]
    if digit == number[place]:
        return
    with pytest.raises(InvalidIdNumber):
        IdNumber.parse(number[:place] + digit + number[place + 1 :])


@given(number=NUMBERS, place=st.integers(0, 16))
def test_two_neighbours_changed_over_are_always_noticed(number, place):
    if number[place] == number[place + 1]:
        return
    with pytest.raises(InvalidIdNumber):
        IdNumber.parse(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


def test_the_old_form_of_15_digits_is_made_into_18():
    assert IdNumber.parse("110105491231002").text == "11010519491231002X"


@given(typed=st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_chinese(typed):
    try:
        assert len(IdNumber.parse(typed).text) == 18
    except InvalidIdNumber as refusal:
        assert "请" in str(refusal)


def numbered(first: str) -> str:
    return first + check_digit(first)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "18位"),
        ("1101051949123100", "18位"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "18位"),
        (numbered("00010519491231002"), "地区代码"),
        (numbered("84010519491231002"), "地区代码"),
        (numbered("12010120010229002"), "出生日期"),
        (numbered("12010120261124002"), "出生日期不合理"),
        (numbered("12010118000101002"), "出生日期不合理"),
        ("110105194912310021", "校验位"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(typed, says):
    with pytest.raises(InvalidIdNumber, match=says):
        IdNumber.parse(typed)


@pytest.mark.parametrize("first", ["81000019900307123", "82000019900307123", "83000019900307124", "91112019900307123"])
def test_permits_of_hong_kong_macao_taiwan_and_foreign_cards_are_numbers_too(first):
    assert IdNumber.parse(numbered(first)).birth == date(1990, 3, 7)


@pytest.mark.parametrize("division", ["120107", "120109", "120221", "120225"])
def test_codes_of_districts_that_are_gone_stay_valid(division):
    assert IdNumber.parse(numbered(f"{division}19600101990"))


def test_a_child_born_today_in_tianjin_has_a_number_before_utc_has_the_day():
    with time_machine.travel("2026-11-23T16:30:00+00:00"):
        assert IdNumber.parse(numbered("12010120261124992")).birth == date(2026, 11, 24)


def test_demo_people_are_told_by_a_sequence_that_is_never_issued():
    assert IdNumber.parse(numbered("12010119900307990")).is_demo
    assert not IdNumber.parse(numbered("12010119900307989")).is_demo


@pytest.mark.parametrize("dot", "·•‧・･．∙⋅.")
def test_a_minority_name_is_one_name_with_any_dot(dot):
    assert normal_name(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张　三 ", "张三"),
        ("䶮𬭎", "䶮𬭎"),
        ("Ｊｏｈｎ  Smith", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("李\u200b明\x00", "李明"),
        ("张\n三", "张三"),
    ],
)
def test_names_are_kept_in_one_way_of_writing(typed, kept):
    assert normal_name(typed) == kept


@given(typed=st.text(max_size=20))
def test_a_normal_name_stays_as_it_is(typed):
    assert normal_name(normal_name(typed)) == normal_name(typed)


@pytest.mark.parametrize(
    ("masked", "shown"),
    [
        (mask_name("李四"), "李*"),
        (mask_name("欧阳娜娜"), "欧***"),
        (mask_name(""), ""),
        (mask_id_number("12010319900307123X"), "120103********123X"),
        (mask_id_number("E12345678"), "*******78"),
        (mask_id_number("12"), "**"),
        (mask_phone("19900012345"), "199****2345"),
        (mask_phone("110"), "***"),
        (mask_account("9900001234567890123"), "**** 0123"),
        (mask_account("123"), "***"),
    ],
)
def test_lists_show_enough_to_recognise_and_too_little_to_use(masked, shown):
    assert masked == shown


@given(number=NUMBERS)
def test_a_masked_number_never_shows_the_birthday(number):
    assert number[6:14] not in IdNumber.parse(number).masked
