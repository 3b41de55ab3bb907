"""What is asked or looked up about one person. Money is by month, on average of the months looked back at."""

from datetime import date

from openfisca_core.holders import set_input_dispatch_by_period
from openfisca_core.periods import DateUnit

from onewindow.rules.entities import Person
from onewindow.rules.words import MAX_FEN, Count, Fen, Flag, Rule


class birth(Rule):
    value_type = date
    entity = Person
    definition_period = DateUnit.ETERNITY
    # OpenFisca's own default, 1970-01-01, is a birthday that people have, and would make sixty-year-olds in 2030.
    default_value = date(1, 1, 1)
    label = "出生日期"


class sex(Count):
    entity = Person
    definition_period = DateUnit.ETERNITY
    label = "性别（GB/T 2261.1：1男，2女，0未知）"
    at_least = 0
    at_most = 9


class wage_income(Fen):
    entity = Person
    label = "工资性收入"
    at_least = 0


class necessary_work_cost(Fen):
    entity = Person
    label = "必要的就业成本"
    at_least = 0


class business_net_income(Fen):
    entity = Person
    label = "经营净收入"
    at_least = -MAX_FEN


class property_net_income(Fen):
    entity = Person
    label = "财产净收入"
    at_least = -MAX_FEN


class transfer_net_income(Fen):
    """Without `base_pension`, which is given apart because the law treats it apart."""

    entity = Person
    label = "转移净收入"
    at_least = -MAX_FEN


class base_pension(Fen):
    entity = Person
    label = "城乡居民基础养老金"
    at_least = 0


class other_income(Fen):
    entity = Person
    label = "其他应当计入的收入"
    at_least = 0


class preferential_pension(Fen):
    entity = Person
    label = "优待抚恤金"
    at_least = 0


class award_income(Fen):
    entity = Person
    label = "计划生育奖励扶助金、奖学金、见义勇为奖励等"
    at_least = 0


class social_assistance_income(Fen):
    entity = Person
    label = "政府发放的社会救助款物（含残疾人两项补贴）"
    at_least = 0


class rigid_expense(Fen):
    """Of this month, to be deducted; and of each of the twelve before, where a year of spending is looked at."""

    entity = Person
    label = "残疾、重病的刚性支出"
    set_input = set_input_dispatch_by_period
    months_back = 12
    at_least = 0


class monthly_income(Fen):
    """What the check found for one month that is past. The kinds of income above are averages, for the month assessed."""

    entity = Person
    label = "过去各月的净收入（按月）"
    set_input = set_input_dispatch_by_period
    months_back = 12
    only_before = True
    at_least = -MAX_FEN


class disability_category(Count):
    entity = Person
    label = "残疾类别（1视力，2听力，3言语，4肢体，5智力，6精神，7多重，0无）"
    at_least = 0
    at_most = 7


class disability_level(Count):
    entity = Person
    label = "残疾等级（1至4级，0无）"
    at_least = 0
    at_most = 4


class serious_disease(Flag):
    entity = Person
    label = "患当地认定的重特大疾病或门诊特殊疾病"


class is_student(Flag):
    entity = Person
    label = "在校学生（学前至全日制本科）"


class cannot_live_independently(Flag):
    entity = Person
    label = "已成年但不能独立生活"


class lives_with_household(Flag):
    entity = Person
    default_value = True
    label = "长期共同居住"


class has_support_duty(Flag):
    entity = Person
    default_value = True
    label = "有法定赡养、扶养、抚养义务关系"


class is_conscript(Flag):
    entity = Person
    label = "现役义务兵"


class is_imprisoned(Flag):
    entity = Person
    label = "正在监狱服刑"


class in_compulsory_detox(Flag):
    entity = Person
    label = "正在强制隔离戒毒"


class is_declared_missing(Flag):
    entity = Person
    label = "被宣告失踪"


class religious_years_away(Count):
    entity = Person
    label = "宗教教职人员连续脱离家庭独立生活的年数"
    at_least = 0
    at_most = 100


class approved_to_apply_alone(Flag):
    entity = Person
    label = "区以上民政部门规定可以单独申请的特殊困难人员"


class family_planning_special_aid(Flag):
    entity = Person
    label = "计划生育特别扶助对象"


class supporter_per_capita_income(Fen):
    entity = Person
    label = "不共同生活的法定义务人家庭的人均月收入"
    at_least = 0


class supporter_household_size(Count):
    entity = Person
    label = "法定义务人家庭人数"
    at_least = 0
    at_most = 100


class supported_elders(Count):
    entity = Person
    default_value = 1
    label = "法定义务人赡养的老人数"
    at_least = 1
    at_most = 20


class supporter_is_in_need(Flag):
    entity = Person
    label = "法定义务人是低保、特困或者重度残疾人员"


class refused_jobs(Count):
    entity = Person
    label = "连续无正当理由拒绝介绍的适合工作的次数"
    at_least = 0
    at_most = 100
