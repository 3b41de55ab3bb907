"""What the style guide shows: plausible, and made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from onewindow.kernel.cases.fields import MoneyField, YesNoField
from onewindow.web.ui.inputs import ChipsInput, PaperInput, RatingField
from onewindow.web.ui.listing import Page


@dataclass(frozen=True)
class Remaining:
    days: int | None
    colour: str
    due_on: date | None = None
    provisional: bool = False


class GuideForm(forms.Form):
    name = forms.CharField(label="姓名", initial="吕䶮犇")
    id_number = forms.CharField(label="身份证号", help_text="18位，最后一位可能是X。")
    born_on = forms.DateField(label="出生日期", initial=date(1958, 3, 21))
    monetary_property = MoneyField(
        label="全家存款、理财等合计", help_text="现金、存款、理财、证券、商业保险合计。没有填0。", initial=1234550
    )
    has_car = YesNoField(label="家里有汽车吗？")
    cause = forms.ChoiceField(
        label="主要困难原因",
        choices=(("illness", "患病"), ("disability", "残疾"), ("unemployment", "失业、无业"), ("age", "年老")),
        widget=forms.RadioSelect,
        initial="illness",
    )
    needs = forms.MultipleChoiceField(
        label="还需要哪些帮助",
        choices=(("meal", "助餐"), ("bath", "助浴"), ("clean", "助洁"), ("walk", "助行"), ("doctor", "助医")),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    area = forms.ChoiceField(label="户籍", choices=(("u", "城镇"), ("r", "农村")), widget=ChipsInput, initial="u")
    place = forms.ChoiceField(
        label="所在街道（乡镇）", choices=(("", "请选择"), ("1", "劝业场街道"), ("2", "小白楼街道"))
    )
    account = forms.CharField(label="收款账号", initial="6217000010001234567", disabled=True)
    why = forms.CharField(label="补充说明", widget=forms.Textarea, required=False)
    photo = forms.FileField(
        label="住院费用清单", widget=PaperInput, help_text="照片或PDF，每份不超过10MB。", required=False
    )
    promise = forms.BooleanField(label="以上内容都是真实的，我愿意接受核对")


class FilterForm(forms.Form):
    q = forms.CharField(label="姓名、证件号或办件编号", required=False)
    state = forms.ChoiceField(label="状态", choices=(("", "全部"), ("1", "办理中"), ("2", "待补正")), required=False)


class RatingForm(forms.Form):
    rating = RatingField(initial=5)


def guide_context(request: HttpRequest) -> dict[str, Any]:
    """`?wrong` shows the form as it looks after a submit with mistakes."""
    form = GuideForm({"monetary_property": "一万多", "name": ""} if "wrong" in request.GET else None)
    form.fields["born_on"].source = "公安户籍，2026-11-01"  # type: ignore[attr-defined]
    form.fields["place"].is_example = True  # type: ignore[attr-defined]
    return {
        "form": form,
        "rating_form": RatingForm(),
        "filter_form": FilterForm(request.GET or None),
        "clocks": CLOCKS,
        "rows": ROWS,
        "page": Page(rows=list(ROWS), previous="a", next="b"),
        "events": EVENTS,
        "progress": PROGRESS,
        "facts": FACTS,
        "calculation": CALCULATION,
        "needs": NEEDS,
        "sources": ("57家银行", "不动产登记", "公安车辆", "人社养老金", "税务"),
        "today": date(2026, 11, 23),
        "kinds": (("public", "居民端"), ("desk", "工作人员端")),
        "crumb_links": (("/ui/guide/desk", "待办"), ("/ui/guide/desk", "最低生活保障")),
    }


CLOCKS = (
    Remaining(16, "green", date(2026, 12, 15)),
    Remaining(3, "yellow", date(2026, 11, 26)),
    Remaining(0, "yellow", date(2026, 11, 23)),
    Remaining(-2, "red", date(2026, 11, 19)),
    Remaining(29, "green", date(2027, 1, 5), provisional=True),
    Remaining(None, "paused", date(2026, 12, 1)),
    Remaining(None, "none"),
)
ROWS = tuple(
    SimpleNamespace(clock=clock, name=name, number=number, matter=matter, step=step, fen=fen)
    for clock, name, number, matter, step, fen in (
        (CLOCKS[3], "王*", "1201012026110009", "最低生活保障", "审核确认", 184200),
        (CLOCKS[2], "吕**", "1201012026110017", "救急难", "先行救助", 300000),
        (CLOCKS[1], "欧阳**", "1201012026110023", "最低生活保障", "入户调查", 92100),
        (CLOCKS[0], "李**", "1201012026110031", "最低生活保障", "经济状况核对", None),
        (CLOCKS[4], "赵*", "1201012026110040", "最低生活保障", "受理", None),
    )
)
EVENTS = (
    SimpleNamespace(
        text="街道收到银行和不动产登记的核对结果，正在比对。",
        at=datetime(2026, 11, 20, 2, 12, tzinfo=UTC),
        actor="核对系统",
    ),
    SimpleNamespace(
        text="您提交的住院费用清单已收到，材料齐了。",
        at=datetime(2026, 11, 17, 7, 40, tzinfo=UTC),
        actor="窗口受理员 陈静",
        tone="good",
    ),
    SimpleNamespace(
        text="还缺1样材料：住院费用清单。只告知这一次，补齐后就受理。",
        at=datetime(2026, 11, 16, 1, 5, tzinfo=UTC),
        actor="窗口受理员 陈静",
        tone="wait",
        href="/ui/guide",
        link="看告知书",
    ),
    SimpleNamespace(text="您提交了最低生活保障申请。", at=datetime(2026, 11, 15, 12, 31, tzinfo=UTC), actor="本人"),
)
PROGRESS = tuple(
    SimpleNamespace(name=name, state=state, note=note)
    for name, state, note in (
        ("受理", "done", "11月17日"), ("经济状况核对", "done", "11月20日"), ("入户调查", "current", "剩3个工作日"),
        ("民主评议", "skipped", ""), ("公示", "todo", "7天"), ("审核确认", "todo", ""),
    )
)  # fmt: skip
FACTS = (
    {"label": "申请人", "value": "吕䶮犇", "source": "公安户籍，2026-11-01"},
    {"label": "户籍地址", "value": "和平区劝业场街道兆丰路社区", "source": "公安户籍，2026-11-01"},
    {"label": "共同生活", "value": "3人", "note": "妻子 欧阳㛃，儿子 吕𬭎（在校学生）"},
    {"label": "申报收入", "value": "1,860.00元/月"},
    {"label": "低保标准", "value": "1,010.00元/人·月", "is_example": True},
)
CALCULATION = (
    {"label": "家庭月收入", "fen": 186000, "formula": "工资 1,500.00元 + 养老金 360.00元", "source": "本人申报；人社养老金，2026-11-01",
     "law": "《最低生活保障审核确认办法》第十三条", "law_href": "/ui/guide"},
    {"label": "刚性支出扣减", "fen": -42000, "formula": "重病自付医疗费，按月平均", "source": "医保，2026-10-31"},
    {"label": "人均月收入", "fen": 48000, "formula": "(1,860.00 − 420.00)元 ÷ 3人", "is_total": True},
    {"label": "低保标准", "fen": 101000, "formula": "每人每月", "law": "津民发〔2023〕12号", "is_example": True},
    {"label": "补差人数", "value": "3人"},
)  # fmt: skip
NEEDS = tuple(
    SimpleNamespace(state=state, why=why, files=files, material=SimpleNamespace(name=name, code=code))
    for code, name, state, why, files in (
        ("bill", "住院费用清单", "missing", "最近12个月的，医院窗口或手机上可以打印。", ()),
        (
            "lease",
            "租房合同",
            "there",
            "",
            ({"name": "租房合同.jpg", "url": "/ui/guide", "note": "11月15日上传，已检查"},),
        ),
        ("hukou", "户口簿", "looked_up", "由公安户籍数据共享查询，无需提交", ()),
        ("consent", "核对授权书", "generated", "由每位成年成员在线授权或窗口签字，无需另备纸件", ()),
        ("judgment", "离婚判决书", "not_needed", "按您的填报，您不需要这份材料", ()),
    )
)
