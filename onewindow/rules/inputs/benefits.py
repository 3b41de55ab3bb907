"""What the allowances of one person ask beside the household's means."""

from onewindow.rules.entities import Person
from onewindow.rules.words import Count, Flag


class has_city_hukou(Flag):
    entity = Person
    default_value = True
    label = "天津市户籍"


class lives_in_institution(Flag):
    entity = Person
    label = "由供养服务机构集中供养"


class has_able_supporter_elsewhere(Flag):
    entity = Person
    label = "不共同生活的法定义务人有履行义务的能力"


class approved_as_unable_to_work(Flag):
    entity = Person
    label = "市以上规定的其他无劳动能力情形"


class continues_schooling(Flag):
    entity = Person
    label = "满18周岁、仍在接受义务教育或者在普通高中、中等职业学校就读（此前已获特困救助供养）"


class receives_work_injury_nursing_pay(Flag):
    entity = Person
    label = "领取工伤保险生活护理费"


class receives_orphan_allowance(Flag):
    entity = Person
    label = "领取孤儿基本生活费"


class receives_unattended_child_allowance(Flag):
    entity = Person
    label = "全额领取事实无人抚养儿童基本生活补贴"


class is_preferential_person(Flag):
    entity = Person
    label = "重点优抚对象（居家养老补贴所列各类）"


class is_childless_elder(Flag):
    entity = Person
    label = "无子女的老年人"


class only_child_is_over_sixty(Flag):
    entity = Person
    label = "独生子女家庭的父母，子女已满60周岁"


class assessed_care_level(Count):
    """Of the city's assessment of elders: 1 light, 2 medium, 3 heavy, 0 not assessed or no need."""

    entity = Person
    label = "老年人护理需求评估等级（1轻度，2中度，3重度，0无）"
    at_least = 0
    at_most = 3
