"""What is asked or looked up about the family."""

from onewindow.rules.entities import Household
from onewindow.rules.words import Count, Fen, Flag


class place_is_urban(Flag):
    """By hukou, as the standards of before April 2017 were."""

    entity = Household
    default_value = True
    label = "城镇户籍"


class monetary_property(Fen):
    """Cash, deposits, securities, commercial insurance, capital paid into companies, in all members' names."""

    entity = Household
    label = "货币财产"
    at_least = 0


class illness_home_sale_cash(Fen):
    entity = Household
    label = "因病变卖唯一住房所得现金"
    at_least = 0


class car_count(Count):
    entity = Household
    label = "汽车"
    unit = "辆"
    at_least = 0
    at_most = 1000


class mobility_vehicle_count(Count):
    entity = Household
    label = "其中：残疾人功能性补偿代步机动车"
    unit = "辆"
    at_least = 0
    at_most = 1000


class home_count(Count):
    entity = Household
    label = "住房（含承租公房）"
    unit = "套"
    at_least = 0
    at_most = 1000


class home_area_below_city_average(Flag):
    entity = Household
    label = "人均住房总面积低于全市平均水平（街道核定）"


class non_residential_property(Flag):
    entity = Household
    label = "有非居住类房屋"


class study_abroad(Flag):
    entity = Household
    label = "有成员自费出国留学"


class luxury_goods(Flag):
    entity = Household
    label = "有非生活必需的高值消费品"


class is_single_parent_family(Flag):
    entity = Household
    label = "单亲家庭"


class is_childless(Flag):
    entity = Household
    label = "无子女"


class other_marginal_recognition(Flag):
    entity = Household
    label = "区民政、财政部门共同认定的其他情形"


class other_rigid_expense(Fen):
    """Food, clothing, rent; kindergarten to bachelor at the price of public schools; what the district adds (a5)."""

    entity = Household
    label = "前12个月其他刚性支出（必需的生活、教育等）"
    at_least = 0


class necessary_expense(Fen):
    entity = Household
    label = "前12个月医疗、教育等必需支出"
    at_least = 0


class expense_paid_by_insurance(Fen):
    entity = Household
    label = "必需支出中各类保险已支付的部分"
    at_least = 0


class expense_met_by_other_aid(Fen):
    entity = Household
    label = "必需支出中其他救助、帮扶已解决的部分"
    at_least = 0


class aided_for_same_cause(Flag):
    entity = Household
    label = "同一事由12个月内已给予过临时救助"


class decided_by_conference(Flag):
    entity = Household
    label = "经一事一议决定"


class months_since_work_found(Count):
    """1 in the first month of the work that has lifted the family over the standard; 0 where there was none."""

    entity = Household
    label = "因就业收入超过低保标准的第几个月（没有填0）"
    at_least = 0
    at_most = 1000


class previous_dibao_amount(Fen):
    entity = Household
    label = "就业前每月低保金"
    at_least = 0
