"""What the window asks of somebody in sudden need."""

from onewindow.rules.entities import Household
from onewindow.rules.words import Count, Fen


class emergency_persons(Count):
    entity = Household
    default_value = 1
    label = "需要救助的人数"
    unit = "人"
    at_least = 1
    at_most = 100


class difficulty_grade(Count):
    entity = Household
    default_value = 1
    label = "困难程度等级"
    at_least = 1
    at_most = 3


class requested_aid(Fen):
    entity = Household
    label = "申请的救助金额"
    at_least = 0
