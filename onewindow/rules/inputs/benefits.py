"""What the allowances of one person ask beside the household's means."""

from datetime import date

from openfisca_core.periods import DateUnit

from onewindow.rules.entities import Person
from onewindow.rules.words import Count, Flag, Rule


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


class disability_certificate_expired(Flag):
    """The two subsidies stop with the certificate; the degree stays known for everything else."""

    entity = Person
    label = "残疾人证已过期或者注销"


class needs_long_term_care(Flag):
    """Care that costs something for six months or more. Tianjin's text names only the degree, so yes where nobody says no."""

    entity = Person
    default_value = True
    label = "需要长期照护（6个月以上）"


class father_circumstance(Count):
    """0 none of these, 1 dead, 2 declared missing, 3 severely disabled, 4 seriously ill, 5 imprisoned, 6 in compulsory
    isolation, 7 otherwise deprived of liberty, 8 out of contact, 9 not known or not found."""

    entity = Person
    label = "父亲的情形（0无，1死亡，2失踪，3重残，4重病，5服刑，6强制隔离戒毒，7其他限制人身自由，8失联，9查找不到）"
    at_least = 0
    at_most = 9


class mother_circumstance(Count):
    entity = Person
    label = "母亲的情形（0无，1死亡，2失踪，3重残，4重病，5服刑，6强制隔离戒毒，7其他限制人身自由，8失联，9查找不到）"
    at_least = 0
    at_most = 9


class father_circumstance_months(Count):
    """Of prison, isolation, other deprivation of liberty and loss of contact: how long it lasts, or has lasted."""

    entity = Person
    label = "父亲服刑、强制隔离、被限制人身自由或者失联的月数"
    at_least = 0


class mother_circumstance_months(Count):
    entity = Person
    label = "母亲服刑、强制隔离、被限制人身自由或者失联的月数"
    at_least = 0


class chooses_tekun(Flag):
    entity = Person
    label = "孤儿、事实无人抚养儿童选择按特困人员救助供养"


class receives_tekun(Flag):
    """Recognised, not only to be recognised."""

    entity = Person
    label = "已认定为特困人员、正在救助供养"


class is_in_visiting_care_group(Flag):
    entity = Person
    label = "享受探访关爱的特殊困难老年人（七类）"


class cremated_on(Rule):
    value_type = date
    entity = Person
    definition_period = DateUnit.ETERNITY
    default_value = date(1, 1, 1)
    label = "火化日期"


class cremated_in_city(Flag):
    entity = Person
    default_value = True
    label = "在天津市殡仪馆火化（天铁街道户籍除外）"


class funeral_claimed_on(Rule):
    value_type = date
    entity = Person
    definition_period = DateUnit.ETERNITY
    default_value = date(1, 1, 1)
    label = "申领丧葬补贴的日期"


class has_funeral_allowance_elsewhere(Flag):
    """Staff of organs and institutions, employee pension, unemployment or injury insurance, or paid elsewhere."""

    entity = Person
    label = "可以从单位、职工养老、失业、工伤保险或者外地领取丧葬补助"


class was_tekun(Flag):
    entity = Person
    label = "去世前是特困人员"


class land_saving_burial_on(Rule):
    value_type = date
    entity = Person
    definition_period = DateUnit.ETERNITY
    default_value = date(1, 1, 1)
    label = "骨灰撒海或者节地生态安葬的日期"


class residence_years(Count):
    entity = Person
    label = "在天津市连续居住的年数"
    unit = "年"
    at_least = 0
    at_most = 150


class worked_years(Count):
    entity = Person
    label = "在天津市工作的年数"
    unit = "年"
    at_least = 0
    at_most = 100
