"""一件事: turns of life in which people come to the window, each with the matters that belong to it."""

from dataclasses import dataclass

from onewindow.kernel.catalog.finding import matters
from onewindow.kernel.catalog.words import Matter


@dataclass(frozen=True, kw_only=True)
class LifeEvent:
    code: str
    name: str
    says: str
    everyday: tuple[str, ...] = ()

    @property
    def matters(self) -> list[Matter]:
        return [each for each in matters().values() if self.code in each.life_events]


ALL = (
    LifeEvent(code="hardship", name="生活困难", says="收入低、开支大，日子过不下去", everyday=("没钱", "没收入", "吃不上饭", "失业", "下岗")),
    LifeEvent(code="sudden", name="突发急难", says="火灾、车祸、突发重病", everyday=("着火", "出事", "急用钱", "看病", "住院")),
    LifeEvent(code="death", name="亲人去世", says="丧葬、补贴，以及应当停止的待遇", everyday=("老人去世了", "人没了", "过世", "后事", "火化")),
    LifeEvent(code="birth", name="孩子出生和收养", says="收养登记，困境儿童的保障", everyday=("生孩子", "孩子没户口", "抱养", "弃婴")),
    LifeEvent(code="child_alone", name="孩子没人照顾", says="父母去世、服刑、失联或者重病重残", everyday=("孤儿", "没爹没妈", "爸妈坐牢", "联系不上父母")),
    LifeEvent(code="disability", name="家里有残疾人", says="生活补贴、护理补贴", everyday=("残疾证", "瘫痪", "看不见", "听不见")),
    LifeEvent(code="elder_alone", name="老人需要照顾", says="高龄津贴、居家养老、助餐", everyday=("独居老人", "养老", "没人管的老人", "八十岁", "80岁")),
    LifeEvent(code="marriage", name="结婚和离婚", says="登记、补领证件", everyday=("领证", "结婚证丢了", "打离婚")),
    LifeEvent(code="organisation", name="办社会组织", says="成立、变更、年报、慈善", everyday=("办协会", "基金会", "民办非企业", "志愿")),
)  # fmt: skip
BY_CODE = {each.code: each for each in ALL}


def life_events() -> list[LifeEvent]:
    """Those in which there is something to do here."""
    return [event for event in ALL if event.matters]
