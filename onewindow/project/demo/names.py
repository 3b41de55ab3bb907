"""Invented names as people of each age have them, among them rare characters and names with a middle dot."""

from itertools import accumulate
from random import Random

SURNAMES = (
    "王714 李712 张688 刘530 陈430 杨310 赵270 黄180 周180 吴170 徐145 孙190 马140 朱118 胡115 郭150 何98 林82 高130 罗78 "
    "郑98 梁72 谢66 宋95 唐62 许60 韩95 冯62 邓48 曹62 彭45 曾42 萧30 田62 董66 潘38 袁46 蔡38 蒋38 于78 杜52 叶36 程42 魏50 "
    "苏40 吕42 丁44 任44 卢34 姚36 钟28 姜40 崔48 谭26 陆28 范36 汪26 廖22 石36 金40 韦12 贾48 夏26 付28 方24 白32 邹22 孟34 "
    "熊18 秦28 邱20 江18 尹26 薛26 闫40 段26 雷18 侯36 龙14 史24 陶18 黎12 贺18 顾18 毛16 郝32 龚14 邵16 万14 钱16 严14 穆26 "
    "戴16 莫8 孔14 向8 汤14 祁12 鲍8 岳14 欧阳3 诸葛1 尉迟1 司徒1 上官1"
).split()
_SURNAMES = [each.rstrip("0123456789") for each in SURNAMES]
_WEIGHTS = list(accumulate(int(each.lstrip("".join(_SURNAMES))) for each in SURNAMES))

# (born before, men: first and second characters, women: first and second characters)
ERAS = (
    (1950, "德福广玉长永振宝文金", "山林祥成海清田贵财和", "秀桂玉淑凤素金兰", "英珍兰芳荣云芝琴"),
    (1968, "建国志玉宝文永卫庆长", "国军民强华生明利平林", "秀桂淑玉丽红凤月", "兰英华梅霞芬敏琴"),
    (1983, "建志海立晓国俊文永春", "伟强军涛勇刚斌辉峰杰", "丽晓海春红艳秀文", "娟霞燕敏静红梅玲"),
    (1998, "晓俊志宇海佳鹏天子文", "龙飞鹏超宇杰浩磊晨阳", "佳雪晓思梦雅欣美", "婷静颖雪琪莹媛洁"),
    (2100, "子浩宇梓俊一皓明嘉天", "轩然涵泽宸睿辰豪阳霖", "梓欣雨诗子一可思", "涵怡萱彤妍琪瑶诺"),
)
ONE_CHARACTER = "伟强静丽磊敏婷杰超娜鹏雪浩洁宁旭晨欣"
RARE = "䶮㛃㤅䜣赟彧翀犇淼喆垚燊"
"""In the fonts that we ship (URO and Ext-A); registries elsewhere often can't write them."""
UYGHUR_MEN, UYGHUR_WOMEN = (
    ("艾合买提", "买买提", "吐尔逊", "阿不都热合曼"),
    ("阿依古丽", "古丽娜尔", "热依汗古丽", "帕提古丽"),
)
HUI_SURNAMES = ("马", "穆", "回", "哈", "白", "韩", "金", "杨")


def full_name(rng: Random, sex: int, birth_year: int, surname: str = "") -> tuple[str, str]:
    """(name, ethnic group). A surname is given where it is inherited."""
    chance = rng.random()
    if not surname and chance < 0.003:
        own = rng.choice(UYGHUR_MEN if sex == 1 else UYGHUR_WOMEN)
        return f"{own}·{rng.choice(UYGHUR_MEN)}", "05"
    if not surname and chance < 0.02:
        return rng.choice(HUI_SURNAMES) + given_name(rng, sex, birth_year), "03"
    return (surname or new_surname(rng)) + given_name(rng, sex, birth_year), "11" if chance > 0.993 else "01"


def new_surname(rng: Random) -> str:
    return rng.choices(_SURNAMES, cum_weights=_WEIGHTS)[0]


def surname_of(name: str) -> str:
    """Empty for a name that hands no surname on."""
    if "·" in name:
        return ""
    return name[:2] if name[:2] in _SURNAMES else name[:1]


def given_name(rng: Random, sex: int, birth_year: int) -> str:
    chance = rng.random()
    if chance < 0.006:
        return rng.choice(RARE)
    if chance < 0.14 and birth_year >= 1960:
        return rng.choice(ONE_CHARACTER)
    _, *characters = next(era for era in ERAS if birth_year < era[0])
    first, second = characters[:2] if sex == 1 else characters[2:]
    return rng.choice(first) + rng.choice(second)
