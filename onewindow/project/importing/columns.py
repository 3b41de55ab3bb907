"""The columns of the tables that a city hands in: their headings in Chinese and English, and what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from onewindow.project.importing import cells
from onewindow.project.importing.cells import Reader, WrongCell

Kind = Literal["residents", "households"]


@dataclass(frozen=True, kw_only=True)
class Column:
    key: str
    name: str
    also: tuple[str, ...] = ()
    read: Reader
    is_required: bool = False
    hint: str = ""
    example: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, self.key, *self.also)


def _unknown_yet(text: str) -> Any:
    """Communities are read from the database when an import begins."""
    raise NotImplementedError


ID_NUMBER = Column(
    key="id_number", name="身份证号", also=("公民身份号码", "身份证号码", "证件号码", "身份证"), read=cells.id_number,
    is_required=True, hint="18位；单元格请用文本格式", example="120101199003079915",
)  # fmt: skip
PLACE = Column(
    key="place", name="社区代码", also=("户籍社区代码", "社区（村）代码", "区划代码"), read=_unknown_yet,
    is_required=True, hint="12位统计用区划代码；非本市户籍填“外地”", example="120101001001",
)  # fmt: skip
ADDRESS = Column(
    key="address", name="地址", also=("户籍地址", "住址"), read=cells.short_text(200), hint="不超过200字",
    example="花园路1号",
)  # fmt: skip
COLUMNS: Mapping[Kind, Sequence[Column]] = {
    "residents": (
        Column(key="name", name="姓名", read=cells.name, is_required=True, hint="证件上的全名", example="张三"),
        ID_NUMBER,
        Column(key="sex", name="性别", read=cells.sex, hint="男、女；须与身份证号一致，可不填", example="男"),
        Column(
            key="phone", name="手机号", also=("手机", "电话", "联系电话"), read=cells.phone, hint="11位",
            example="19900000000",
        ),
        Column(
            key="bank_account", name="银行账号", also=("银行卡号", "社保卡银行账号"), read=cells.account,
            hint="12至24位；单元格请用文本格式", example="6217000000000000001",
        ),
        PLACE,
        ADDRESS,
        Column(key="died_on", name="死亡日期", also=("死亡时间",), read=cells.past_day, hint="健在不填", example=""),
    ),
    "households": (
        Column(
            key="number", name="户号", read=cells.short_text(24), is_required=True, hint="同一户的各行相同",
            example="H000001",
        ),
        ID_NUMBER,
        Column(
            key="relation", name="与户主关系", also=("关系",), read=cells.relation, is_required=True,
            hint="GB/T 4761代码或名称：02户主、10配偶、20子、30女……", example="02",
        ),
        PLACE,
        ADDRESS,
        Column(
            key="is_urban", name="城乡", also=("户籍性质",), read=cells.is_urban, is_required=True, hint="城镇或农村",
            example="城镇",
        ),
        Column(key="from_on", name="迁入日期", read=cells.past_day, hint="不清楚可不填", example=""),
        Column(key="until_on", name="迁出日期", read=cells.past_day, hint="仍在本户不填", example=""),
    ),
}  # fmt: skip


def read_row(columns: Mapping[str, Column], row: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The values of the cells that are filled, by key, and everything that is wrong with the others."""
    values: dict[str, Any] = {}
    wrong: list[str] = []
    for key, column in columns.items():
        text = row.get(key, "")
        if not text:
            wrong += [f"{column.name}：没有填写"] if column.is_required else []
            continue
        try:
            values[key] = column.read(text)
        except WrongCell as reason:
            wrong.append(f"{column.name}：{reason}")
    return values, wrong
