import json
import time

import pytest

from onewindow.rules.assess import Assessment, CannotAssess, assess
from onewindow.rules.system import law_version
from onewindow.rules.words import MAX_FEN

MONTH = "2025-10"


def one(person=None, month=MONTH, **household):
    return {
        "persons": {"张三": {name: {month: value} for name, value in (person or {}).items()}},
        "households": {"家": {"applicant": ["张三"], **{name: {month: value} for name, value in household.items()}}},
    }


def refusal(situation, month=MONTH, *outputs):
    with pytest.raises(CannotAssess) as caught:
        assess(situation, month, outputs or ["dibao_amount"])
    assert str(caught.value) == caught.value.message_zh
    return caught.value


@pytest.mark.parametrize(
    ("month", "words"),
    [
        ("2008-12", "查到的最早记录从2009年1月开始"),
        ("2010-01", "2010年1月的“城镇居民最低生活保障标准”未找到来源，不能计算。2010年至2015年"),
        ("2012-05", "2012年5月的“城镇居民最低生活保障标准”未找到来源"),
        ("2015-12", "2015年12月的"),
    ],
)
def test_a_month_whose_standard_was_not_found_is_refused(month, words):
    assert words in str(refusal(one(month=month), month))


def test_emergency_relief_before_its_limits_are_known_is_refused():
    assert "2021年8月的" in str(refusal(one(month="2021-08"), "2021-08", "street_can_decide"))


def test_the_marginal_test_before_2016_is_refused():
    assert "2016年4月以前" in str(refusal(one(month="2016-03"), "2016-03", "is_marginal_household"))


@pytest.mark.parametrize("month", ["2025", "2025-13", "202510", "", "2025-10-01", 2025, None, "1899-01"])
def test_a_month_is_a_month(month):
    assert "年-月" in str(refusal(one(), month))


@pytest.mark.parametrize(
    "value",
    [MAX_FEN + 1, 2**31, 2**63, -1, 1.5, float("nan"), float("inf"), "1000", "__import__('os')", True, [1], "1+1"],
)
def test_what_is_no_sum_of_fen_is_refused_and_never_cut_or_wrapped(value):
    if value == 2**31:
        assert assess(one({"wage_income": value}), MONTH, ["counted_income"]).outputs == {"counted_income": 2**31}
    else:
        assert "工资性收入" in str(refusal(one({"wage_income": value})))


def test_a_refused_value_names_its_person_and_variable():
    problem = refusal(one({"wage_income": 1.5}))
    assert (problem.person, problem.variable) == ("张三", "wage_income")
    assert str(problem) == "第1名成员的工资性收入应填以分为单位的整数。"


def test_a_float_that_is_whole_is_the_same_sum():
    assert assess(one({"wage_income": 50000.0}), MONTH, ["counted_income"]).outputs == {"counted_income": 50000}


@pytest.mark.parametrize(
    ("person", "household", "words"),
    [
        ({"disability_level": 5}, {}, "残疾等级"),
        ({"is_student": 1}, {}, "“是”或“否”"),
        ({"is_student": "yes"}, {}, "“是”或“否”"),
        ({"nonsense": 1}, {}, "nonsense"),
        ({"monetary_property": 1}, {}, "monetary_property"),
        ({}, {"wage_income": 1}, "wage_income"),
        ({}, {"difficulty_grade": 4}, "困难程度等级"),
        ({}, {"car_count": -1}, "汽车"),
        ({"birth": "1980-02-30"}, {}, "年-月-日"),
        ({"birth": "2025-11-01"}, {}, "第1名成员的出生日期晚于测算月份"),
        ({"cremated_on": "2025-11-01"}, {}, "第1名成员的火化日期晚于测算月份"),
    ],
)
def test_what_cannot_be_is_refused_in_words(person, household, words):
    assert words in str(refusal(one(person, **household)))


def test_a_value_for_another_month_is_not_taken_as_none():
    situation = one()
    situation["persons"]["张三"]["wage_income"] = {"2025-09": 500000}
    assert "不是2025-10的数" in str(refusal(situation))


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (None, "格式"),
        ([], "格式"),
        ({}, "没有填写家庭成员"),
        ({"persons": {}, "households": {}}, "没有填写家庭成员"),
        ({"persons": {"a": {}}, "households": {}}, "没有填写家庭。"),
        ({"persons": {"a": None}, "households": {"h": {"applicant": ["a"]}}}, "成员的格式"),
        (
            {"persons": {"a": {}, "b": {}}, "households": {"h": {"applicant": ["a"]}, "g": {"applicant": ["b"]}}},
            "一个家庭",
        ),
        ({"persons": {"a": {}, "b": {}}, "households": {"h": {"applicant": ["a"]}}}, "身份"),
        ({"persons": {"a": {}}, "households": {"h": {"applicant": ["a", "z"]}}}, "身份"),
        ({"persons": {"a": {}}, "households": {"h": {"applicant": ["a"], "others": ["a"]}}}, "两次"),
        ({"persons": {"a": {}, "b": {}}, "households": {"h": {"applicant": ["a", "b"]}}}, "只能有1名申请人"),
        ({"persons": {"a": {}}, "households": {"h": {"applicant": ["a"]}}, "axes": [[]]}, "axes"),
        (
            {
                "persons": {str(n): {} for n in range(101)},
                "households": {"h": {"others": [str(n) for n in range(101)]}},
            },
            "100人",
        ),
    ],
)
def test_what_is_no_family_is_refused_in_words(situation, words):
    assert words in str(refusal(situation))


def test_what_is_asked_for_must_exist_and_not_be_given():
    assert "没有“nonsense”" in str(refusal(one(), MONTH, "nonsense"))
    assert "不能既填写又要求计算" in str(refusal(one(dibao_amount=1)))


def test_a_computed_value_may_be_given_for_all_or_for_none():
    people = {"a": {"personal_income": {MONTH: 1000}}, "b": {}}
    family = {"persons": people, "households": {"h": {"applicant": ["a"], "others": ["b"]}}}
    assert "要么每名成员都填写" in str(refusal(family, MONTH, "counted_income"))
    people["b"] = {"personal_income": {MONTH: 2000}}
    assert assess(family, MONTH, ["counted_income"]).outputs == {"counted_income": 3000}


def test_a_sum_found_elsewhere_can_stand_in_for_its_parts():
    answer = assess(one(counted_income=150000, counted_household_size=3, month="2019-05"), "2019-05", ["dibao_amount"])
    assert answer.outputs == {"dibao_amount": 144000}


def test_the_short_form_of_a_situation_and_bare_values_are_read():
    answer = assess({"persons": {"a": {"wage_income": 4500}}, "household": {"applicant": "a"}}, MONTH, ["dibao_amount"])
    assert answer.outputs == {"dibao_amount": 100000}


def test_outputs_of_persons_are_keyed_by_person():
    answer = assess(one({"religious_years_away": 3}), MONTH, ["single_person_dibao_amount"])
    assert answer.outputs == {"single_person_dibao_amount": {"张三": 104500}}


def test_an_assessment_goes_through_json_and_back():
    answer = assess(one({"wage_income": 30000}, home_count=2), MONTH, ["dibao_amount", "is_marginal_household"])
    assert Assessment.from_json(json.loads(json.dumps(answer.to_json(), ensure_ascii=False))) == answer


def test_the_same_inputs_replay_to_the_same_answer():
    answer = assess(one({"wage_income": 30000, "rigid_expense": 12345}), MONTH, ["dibao_amount"])
    assert assess(answer.inputs, answer.month, list(answer.outputs)) == answer


def test_the_answer_says_which_figures_are_examples_and_which_are_missing():
    plain = assess(one({"wage_income": 30000}), MONTH, ["dibao_amount"])
    assert (plain.examples, plain.missing) == ((), ())
    answer = assess(one({"rigid_expense": 30000}, home_count=2), MONTH, ["dibao_amount"])
    assert answer.examples == ("income.rigid_expense_percent",)
    assert answer.missing == ("property.average_home_area",)


def test_bounds_of_before_2020_are_said_to_be_examples_where_they_matter():
    assert assess(one(month="2019-05"), "2019-05", ["dibao_amount"]).examples == ()
    owning = assess(one(month="2019-05", monetary_property=100), "2019-05", ["dibao_amount"])
    assert owning.examples == ("property.dibao_months",)


def test_the_law_has_one_version():
    assert assess(one(), MONTH, ["dibao_amount"]).law_version == law_version()
    assert len(law_version()) == 16


def test_a_family_is_assessed_with_its_reasons_in_a_moment():
    people = {f"p{n}": {"wage_income": {MONTH: 1000 * n}, "birth": "1980-01-01"} for n in range(6)}
    family = {"persons": people, "households": {"h": {"applicant": ["p0"], "others": [f"p{n}" for n in range(1, 6)]}}}
    outputs = ["dibao_eligible", "dibao_amount", "counted_income", "per_capita_income", "is_marginal_household"]
    assess(family, MONTH, outputs)
    taken = []
    for _ in range(9):
        started = time.process_time()
        assess(family, MONTH, outputs)
        taken.append(time.process_time() - started)
    assert sorted(taken)[4] < 0.06


PAST = [f"2024-{month:02}" for month in (10, 11, 12)] + [f"2025-{month:02}" for month in range(1, 10)]
RIGID = "spends_more_than_rigid_share"


def by_month(fen, *but):
    return {month: fen for month in PAST if month not in but}


def with_past(income, expense=None, **household):
    values = {"monthly_income": income, "rigid_expense": expense}
    return {
        "persons": {"张三": {name: value for name, value in values.items() if value is not None}},
        "households": {"家": {"applicant": ["张三"], **household}},
    }


def test_the_twelve_months_before_are_summed_and_this_month_is_deducted_apart():
    situation = with_past(by_month(100000), {**by_month(10000), MONTH: 7})
    answer = assess(situation, MONTH, [RIGID, "rigid_expense_of_past_year", "income_of_past_year", "counted_income"])
    assert answer.outputs == {
        RIGID: False, "rigid_expense_of_past_year": 120000, "income_of_past_year": 1200000, "counted_income": 0,
    }  # fmt: skip
    assert answer.inputs["persons"]["张三"]["rigid_expense"][MONTH] == 7
    assert assess(answer.inputs, MONTH, list(answer.outputs)) == answer


def test_one_income_for_every_month_may_be_given_once():
    answer = assess(with_past(100000, other_rigid_expense=500), MONTH, ["income_of_past_year", RIGID])
    assert answer.outputs == {"income_of_past_year": 1200000, RIGID: False}


@pytest.mark.parametrize(
    ("income", "expense", "words"),
    [
        (None, {**by_month(1), MONTH: 0}, "第1名成员的过去各月的净收入（按月）没有填写2024-10至2025-09：要看前12个月"),
        (by_month(1, "2025-03"), {**by_month(1), MONTH: 0}, "过去各月的净收入（按月）没有填写2025-03"),
        (by_month(1), {**by_month(1, "2024-12", "2025-01"), MONTH: 0}, "刚性支出没有填写2024-12、2025-01"),
        (by_month(1), None, "刚性支出没有填写2024-10至2025-09"),
        ({"2024-09": 1}, None, "填写了2024-09的数；测算2025-10只用2024-10至2025-09各月的数"),
        ({MONTH: 1}, None, "填写了2025-10的数；测算2025-10只用2024-10至2025-09各月的数"),
        (by_month(1), by_month(1), "刚性支出填写的不是2025-10的数"),
        (by_month(1), {**by_month(1), "2025-11": 1, MONTH: 0}, "填写了2025-11的数"),
        (by_month(1.5), None, "以分为单位的整数"),
        ({"2025": 1}, None, "填写了2025的数"),
    ],
)  # fmt: skip
def test_a_month_that_nobody_gave_is_asked_for_and_never_taken_as_nought(income, expense, words):
    assert words in str(refusal(with_past(income, expense), MONTH, RIGID))


def test_who_looks_back_at_nothing_is_asked_for_nothing():
    assert assess(one(), MONTH, ["dibao_amount"]).outputs == {"dibao_amount": 104500}


def test_the_years_sums_of_the_family_can_stand_in_for_the_months():
    family = one(income_of_past_year=6000000, necessary_expense=3650000)
    assert (
        assess(family, MONTH, ["temporary_aid_expenditure_amount"]).outputs["temporary_aid_expenditure_amount"]
        == 625000
    )


@pytest.mark.parametrize(
    ("output", "month", "words"),
    [
        ("is_rigid_expenditure_household", MONTH, "“上年度当地居民人均可支配收入”未找到来源，不能计算。由统计部门每年公布，尚未录入；"),
        ("temporary_aid_expenditure_eligible", MONTH, "“上年度当地居民人均可支配收入”未找到来源"),
        ("price_linked_subsidy", MONTH, "由统计部门每月公布，尚未录入"),
        ("preferential_living_subsidy", MONTH, "由退役军人事务局确定，尚未录入。"),
        ("rural_year_end_grant", "2025-12", "2020年以后的标准未查到。"),
        ("funeral_subsidy", "2024-12", "查到的最早记录从2025年1月开始"),
        ("orphan_allowance", "2019-12", "查到的最早记录从2020年1月开始"),
        ("meal_subsidy", "2023-12", "查到的最早记录"),
    ],
)  # fmt: skip
def test_what_has_not_been_loaded_is_refused_with_its_reason(output, month, words):
    family = with_past(1000, other_rigid_expense=500, necessary_expense=10**7) if month == MONTH else one(month=month)
    assert words in str(refusal(family, month, output))
