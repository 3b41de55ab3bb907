"""What the subsidy asks: the means of the family, and what this matter adds."""

from onewindow.kernel.cases.fields import YesNoField
from onewindow.kernel.cases.usual_facts import PREFILL, MeansHousehold, MeansMember, supporter_question

__all__ = ["PREFILL", "Household", "Member"]


class Household(MeansHousehold):
    pass


class Member(MeansMember):
    has_able_supporter_elsewhere = supporter_question()
    disability_certificate_expired = YesNoField(label="残疾人证已过期或者注销吗？", required=False)
    receives_work_injury_nursing_pay = YesNoField(label="领取工伤保险生活护理费吗？", required=False)
