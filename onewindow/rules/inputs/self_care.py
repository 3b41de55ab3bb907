"""The six things that somebody can or can't do alone (特困人员认定办法 a21). Care and support depend on how many."""

from onewindow.rules.entities import Person
from onewindow.rules.words import Flag


class unable_to_eat(Flag):
    entity = Person
    label = "不能自主吃饭"


class unable_to_dress(Flag):
    entity = Person
    label = "不能自主穿衣"


class unable_to_get_out_of_bed(Flag):
    entity = Person
    label = "不能自主上下床"


class unable_to_toilet(Flag):
    entity = Person
    label = "不能自主如厕"


class unable_to_walk(Flag):
    entity = Person
    label = "不能室内行走"


class unable_to_bathe(Flag):
    entity = Person
    label = "不能自主洗澡"
