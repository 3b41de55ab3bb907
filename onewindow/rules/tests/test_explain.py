import pytest

from onewindow.rules.assess import assess

MONTH = "2025-10"
OUTPUTS = ["dibao_eligible", "dibao_amount"]


def told(persons, household, month=MONTH, outputs=OUTPUTS):
    dated = {
        key: {name: value if name == "birth" else {month: value} for name, value in values.items()}
        for key, values in persons.items()
    }
    roles = ("applicant", "spouse", "children", "parents", "others")
    family = {name: value if name in roles else {month: value} for name, value in household.items()}
    return assess({"persons": dated, "households": {"h": family}}, month, outputs).steps


def texts(steps, variable):
    return [step.text for step in steps if step.variable == variable and step.kind == "step"]


def changes(steps):
    return [step.text for step in steps if step.kind == "change"]


FAMILY = {
    "z3": {"birth": "1980-03-01", "wage_income": 120000, "rigid_expense": 20000, "serious_disease": True},
    "l4": {"birth": "1982-07-15", "business_net_income": -20000, "base_pension": 30700},
    "ming": {"birth": "2012-06-30", "award_income": 50000},
    "jun": {"birth": "2005-01-01", "is_conscript": True, "wage_income": 90000},
}
ROLES = {"applicant": ["z3"], "spouse": ["l4"], "children": ["ming", "jun"]}


def test_a_family_is_told_what_counted_what_did_not_the_standard_and_the_sum():
    steps = told(FAMILY, {**ROLES, "monetary_property": 100000})
    assert [(step.person, step.text) for step in steps if step.variable == "counted_in_household"] == [
        ("z3", "计入：申请人"),
        ("l4", "计入：配偶"),
        ("ming", "计入：未成年子女"),
        ("jun", "不计入，收入也不计算：现役义务兵（天津市规定）"),
    ]
    assert texts(steps, "counted_household_size") == ["计入3人，不计入1人"]
    assert texts(steps, "personal_income") == [
        "工资1200.00元",
        "经营净收入-200.00元",
        "没有应当计入的收入。不计入：计划生育奖励扶助金、奖学金、见义勇为奖励等500.00元",
    ]
    assert texts(steps, "counted_base_pension") == ["基础养老金307.00元不计入收入（“十四五”期间，2021年至2025年）"]
    assert texts(steps, "income_deduction") == ["残疾、重病刚性支出200.00元，按100%扣减200.00元"]
    assert texts(steps, "counted_income") == ["计入的成员收入合计1000.00元 − 扣减200.00元 = 800.00元"]
    assert texts(steps, "per_capita_income") == ["家庭月收入800.00元 ÷ 3人 = 人均266.66元（除不尽，舍去不足1分的部分）"]
    assert texts(steps, "dibao_standard") == ["全市城乡统一，每人每月1045.00元"]
    assert texts(steps, "income_below_standard") == ["人均266.66元，标准1045.00元：低于标准，符合"]
    assert texts(steps, "dibao_monetary_cap") == [
        "上限24个月 × 1045.00元 × 3人 = 75240.00元；现有存款等货币财产1000.00元，没有超过"
    ]
    assert texts(steps, "dibao_property_ok") == ["没有超过规定的财产：符合"]
    assert texts(steps, "dibao_eligible") == ["收入条件和财产条件都符合"]
    assert texts(steps, "dibao_amount") == ["1045.00元 × 3人 − 家庭月收入800.00元 = 2335.00元"]
    assert changes(steps) == ["家庭月收入再增加2335.00元（人均达到1045.00元），就不再符合"]


def test_what_a_result_rests_on_comes_before_it():
    order = [step.variable for step in told(FAMILY, ROLES) if step.kind == "step"]
    for before, after in [
        ("counted_in_household", "counted_household_size"), ("personal_income", "counted_income"),
        ("counted_income", "per_capita_income"), ("per_capita_income", "income_below_standard"),
        ("income_below_standard", "dibao_eligible"), ("dibao_property_ok", "dibao_eligible"),
        ("dibao_eligible", "dibao_amount"),
    ]:  # fmt: skip
        assert order.index(before) < order.index(after)
    assert len([name for name in order if name == "dibao_standard"]) == 1


def test_a_figure_brings_its_document_and_the_day_since_when():
    (step,) = [step for step in told(FAMILY, ROLES) if step.variable == "dibao_standard"]
    assert (step.value, step.raw, step.source) == ("1045.00元", 104500, "津民规〔2025〕6号，自2025-09-01起")
    (figure,) = step.figures
    assert (figure.name, figure.since, figure.confidence, figure.is_example) == (
        "standard.unified", "2025-09-01", "C", False,
    )  # fmt: skip


def test_an_example_says_so():
    (step,) = [step for step in told(FAMILY, ROLES) if step.variable == "income_deduction"]
    assert step.is_example and step.confidence == "E" and step.source == "示例"


@pytest.mark.parametrize(
    ("month", "article"),
    [
        ("2009-04", "《城市居民最低生活保障条例》、国发〔2007〕19号"),
        ("2016-04", "《最低生活保障审核审批办法（试行）》第五条"),
        ("2021-06", "《最低生活保障审核审批办法（试行）》第五条"),
        ("2021-07", "《最低生活保障审核确认办法》第七条"),
    ],
)
def test_an_article_is_the_one_in_force(month, article):
    steps = told({"z3": {}}, {"applicant": ["z3"]}, month)
    assert {step.article for step in steps if step.variable == "counted_household_size"} == {article}


def test_a_refused_family_is_told_why_and_what_would_change_it():
    at_standard = told({"z3": {"wage_income": 104500}}, {"applicant": ["z3"]})
    assert texts(at_standard, "dibao_eligible") == ["收入条件不符合"]
    assert changes(at_standard) == ["家庭月收入正好等于标准总额，低于标准总额1045.00元才符合"]
    rich = told({"z3": {"wage_income": 200000}}, {"applicant": ["z3"], "monetary_property": 2508100, "car_count": 1})
    assert texts(rich, "dibao_eligible") == ["收入条件、财产条件不符合"]
    assert texts(rich, "dibao_property_ok") == ["货币财产超过上限、有汽车：不符合"]
    assert changes(rich) == [
        "货币财产比上限多1.00元，不高于上限时这一项就符合",
        "家庭月收入比标准总额多955.00元，低于标准总额1045.00元才符合",
    ]


@pytest.mark.parametrize(
    ("flag", "words"),
    [
        ({"is_imprisoned": True}, "正在监狱服刑"),
        ({"in_compulsory_detox": True}, "正在强制隔离戒毒"),
        ({"is_declared_missing": True}, "已被宣告失踪"),
        ({"religious_years_away": 3}, "宗教教职人员连续3年以上脱离家庭独立生活"),
        ({"has_support_duty": False}, "没有法定赡养、扶养、抚养义务关系"),
        ({"lives_with_household": False}, "不长期共同居住"),
    ],
)
def test_each_reason_not_to_count_is_said(flag, words):
    steps = told({"a": {}, "b": flag}, {"applicant": ["a"], "others": ["b"]})
    assert texts(steps, "counted_in_household")[1] == f"不计入，收入也不计算：{words}"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"birth": "2015-01-01"}, "未成年子女"),
        ({"birth": "2004-01-01", "is_student": True}, "在校就读全日制本科及以下的子女"),
        ({"birth": "2000-01-01", "cannot_live_independently": True}, "已成年但不能独立生活的子女"),
        ({"birth": "2000-01-01"}, "有法定赡养、扶养、抚养义务并长期共同居住"),
    ],
)
def test_each_reason_to_count_a_child_is_said(values, words):
    steps = told({"a": {}, "b": values}, {"applicant": ["a"], "children": ["b"]})
    assert texts(steps, "counted_in_household")[1] == f"计入：{words}"


def test_the_pension_of_2026_says_what_was_not_found():
    steps = told({"a": {"base_pension": 30700}}, {"applicant": ["a"]}, "2026-01")
    assert texts(steps, "counted_base_pension") == [
        "基础养老金307.00元计入收入：不计入的规定到2025年12月为止，未查到延长的文件"
    ]


def test_two_homes_point_to_the_figure_that_is_missing():
    steps = told({"a": {}}, {"applicant": ["a"], "home_count": 2})
    (step,) = [step for step in steps if step.variable == "has_too_many_homes"]
    assert step.text == "有住房2套：不符合。人均总面积低于全市平均水平的除外，由街道核定"
    assert "全市人均住房面积：未录入" in step.source


def test_emergency_relief_is_told_with_its_limit():
    steps = told(
        {"a": {}},
        {"applicant": ["a"], "emergency_persons": 3, "difficulty_grade": 2, "requested_aid": 700000},
        outputs=["temporary_aid_emergency_cap", "street_can_decide"],
    )
    assert texts(steps, "temporary_aid_emergency_cap") == ["2个月 × 1045.00元 × 3人 = 6270.00元"]
    assert texts(steps, "street_can_decide") == [
        "街道限额每件6个月 × 1045.00元 = 6270.00元；申请7000.00元，超过限额，由区民政局决定"
    ]


DISABLED = {"birth": "1980-01-01", "disability_category": 2, "disability_level": 2}
SUBSIDIES = ["disability_living_subsidy", "disability_care_subsidy"]


@pytest.mark.parametrize(
    ("flags", "variable", "words", "changed"),
    [
        (
            {"disability_certificate_expired": True}, "disability_care_subsidy", "不发放：残疾人证已过期或者注销，换证后再申请",
            "换领残疾人证后，从申请当月起可以重新享受，每月200.00元",
        ),
        (
            {"needs_long_term_care": False}, "disability_care_subsidy", "不发放：不需要6个月以上的长期照护",
            "需要长期照护（持续6个月以上）时，从申请当月起每月可以享受200.00元",
        ),
        (
            {"wage_income": 900000}, "disability_living_subsidy", "不发放：家庭不属于低保、低保边缘家庭",
            "家庭被认定为低保或者低保边缘家庭后，每月可以享受300.00元",
        ),
        ({"receives_work_injury_nursing_pay": True}, "disability_care_subsidy", "不发放：已领取工伤保险生活护理费", None),
        ({"disability_level": 3}, "disability_care_subsidy", "不发放：残疾等级3级，只有一级、二级享受", None),
    ],
)  # fmt: skip
def test_a_refused_disability_subsidy_says_why_and_what_would_change_it(flags, variable, words, changed):
    steps = told({"a": {**DISABLED, **flags}}, {"applicant": ["a"]}, outputs=SUBSIDIES)
    assert texts(steps, variable) == [words]
    own = [step.text for step in steps if step.kind == "change" and step.variable == variable]
    assert own == ([changed] if changed else [])


def said(person, outputs, **household):
    """The sentences of steps and of changes, by variable, for one who lives alone."""
    steps = assess(
        {"persons": {"a": person}, "households": {"h": {"applicant": ["a"], **household}}}, MONTH, outputs
    ).steps
    assert all(step.article for step in steps if step.variable in outputs)
    found = {(step.variable, step.kind): step.text for step in steps}
    assert all(text and "None" not in text for text in found.values())
    return found


def test_a_child_is_told_whose_circumstances_decide():
    child = {"birth": "2015-01-01", "father_circumstance": 1, "mother_circumstance": 8, "mother_circumstance_months": 5}
    words = said(child, ["unattended_child_allowance"])
    assert words["is_unattended_child", "step"] == "父亲死亡，母亲失联：不符合（服刑、强制隔离、失联等应满6个月）"
    words = said({**child, "mother_circumstance_months": 6}, ["unattended_child_allowance"])
    assert words["is_unattended_child", "step"] == "父亲死亡，母亲失联：符合"
    assert words["unattended_child_allowance", "step"] == "2400.00元（示例） − 已享受的救助1045.00元 = 补差1355.00元"
    orphan = {"birth": "2015-01-01", "father_circumstance": 1, "mother_circumstance": 9}
    words = said(orphan, ["orphan_allowance", "dibao_amount"])
    assert words["is_orphan", "step"] == "父亲死亡，母亲查找不到：是孤儿"
    assert words["orphan_allowance", "step"] == "社会散居的孤儿，每月2400.00元（示例）"


def test_meals_are_told_by_the_meal_and_from_when():
    words = said({"birth": "1940-01-01"}, ["meal_subsidy"])
    assert words["meal_subsidy", "step"] == "每餐减3.00元，每周最多5餐，只减餐费，不发现金"
    words = said({"birth": "1950-01-01"}, ["meal_subsidy_eligible"])
    assert words["meal_subsidy_eligible", "step"] == "75岁，不属于助餐补贴的人员类别：不符合"
    assert words["meal_subsidy_eligible", "change"] == "满80周岁的次月起可以享受（生日在1日的当月起）"


def test_a_funeral_is_told_why_not():
    late = {"cremated_on": "2025-03-01", "funeral_claimed_on": "2025-10-01"}
    assert said(late, ["funeral_subsidy"])["funeral_subsidy", "step"] == "火化后已超过6个月，不能再申领"
    elsewhere = {**late, "has_funeral_allowance_elsewhere": True, "was_tekun": True}
    words = said(elsewhere, ["funeral_subsidy"])["is_funeral_uncovered", "step"]
    assert words == "已有其他丧葬补助、特困人员的丧葬由救助供养解决：不符合"
    buried = {"cremated_on": "2025-08-01", "land_saving_burial_on": "2025-10-10"}
    words = said(buried, ["land_saving_basic_service_award"])["land_saving_basic_service_award", "step"]
    assert words == "火化后70天安葬，超过60天，不另补"


def test_a_year_of_spending_is_told_with_its_share_and_what_would_change_it():
    household = {"income_of_past_year": 6000000, "rigid_expense_of_past_year": 3000000}
    output = "spends_more_than_rigid_share"
    words = said({}, [output], **household)
    assert words[output, "step"] == (
        "刚性支出30000.00元，家庭总收入60000.00元，占50%（舍去小数）；规定比例60%（示例）：没有超出，不符合"
    )
    aid = "temporary_aid_expenditure_amount"
    words = said({}, [aid], income_of_past_year=6000000, necessary_expense=3000000, expense_paid_by_insurance=1000000)
    assert (
        words["net_necessary_expense", "step"]
        == "必需支出30000.00元 − 保险支付10000.00元 − 其他救助0.00元 = 20000.00元"
    )
    assert words["affordable_expense", "step"] == "前12个月收入60000.00元 × 40%（示例） = 24000.00元"
    assert words[aid, "step"] == "自己负担的必需支出没有超过家庭可以承受的支出，不发放"
    assert words[aid, "change"] == "自己负担的必需支出再多4000.00元以上才发放"


def test_a_family_that_has_found_work_is_told_how_long_it_keeps_its_dibao():
    household = {"months_since_work_found": 3, "previous_dibao_amount": 104500}
    words = said({"wage_income": 300000}, ["gradual_exit_amount"], **household)
    assert words["in_gradual_exit", "step"] == "因就业收入超过标准，在6个月渐退期内（第3个月）"
    assert words["gradual_exit_amount", "step"] == "原低保金1045.00元 × 100%（示例） = 1045.00元"


def test_a_tekun_member_is_told_why_the_family_is_reckoned_without_them():
    steps = told({"a": {}, "b": {"receives_tekun": True}}, {"applicant": ["a"], "parents": ["b"]})
    assert texts(steps, "counted_in_household") == [
        "计入：申请人",
        "不计入，收入也不计算：已认定为特困人员，单独救助供养",
    ]
    alone = told({"a": {"receives_tekun": True}}, {"applicant": ["a"]})
    assert texts(alone, "income_below_standard") == ["家庭成员都按特困人员救助供养，不再享受低保"]


def test_a_member_without_a_share_is_told_why():
    steps = told({"a": {"wage_income": 40000}, "b": {"refused_jobs": 3}}, {"applicant": ["a"], "spouse": ["b"]})
    assert texts(steps, "refuses_work") == ["连续3次拒绝介绍的适合工作，停发本人的一份"]
    assert texts(steps, "dibao_amount") == [
        "（1045.00元 × 2人 − 家庭月收入400.00元）÷ 2 × 1人（1人不发本人份额：连续拒绝就业） = 845.00元"
    ]
    assert "接受与健康状况、劳动能力相适应的工作后，恢复本人的一份" in changes(steps)
