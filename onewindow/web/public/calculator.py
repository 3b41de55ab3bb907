"""测算: a family told in a few lines, the law's answer with every step and its article. Nothing is kept."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.fields import MoneyField
from onewindow.rules.assess import Assessment, CannotAssess, assess
from onewindow.web.access import public_page

MOST_MEMBERS = 10
OF_FAMILY = {
    "dibao_amount": "最低生活保障（每月）", "marginal_grant": "低保边缘家庭救助金（每月）",
}  # fmt: skip
OF_PERSON = {
    "single_person_dibao_amount": "单人保（每月）", "tekun_amount": "特困人员救助供养（每月）",
    "disability_living_subsidy": "困难残疾人生活补贴（每月）", "disability_care_subsidy": "重度残疾人护理补贴（每月）",
    "orphan_allowance": "孤儿基本生活费（每月）", "old_age_allowance": "高龄津贴（每月）",
    "meal_subsidy": "老年助餐补贴（每餐减价）",
}  # fmt: skip
PARENTS_DEAD = {"father_circumstance": 1, "mother_circumstance": 1}
ROLES = (("spouse", "配偶"), ("children", "子女"), ("parents", "父母"), ("others", "其他亲属"))
KINDS = ((0, "没有残疾人证"), (1, "视力"), (2, "听力"), (3, "言语"), (4, "肢体"), (5, "智力"), (6, "精神"), (7, "多重"))
LEVELS = ((0, "没有残疾人证"), (1, "一级"), (2, "二级"), (3, "三级"), (4, "四级"))


class HouseholdForm(forms.Form):
    place_is_urban = forms.TypedChoiceField(
        label="户口在", choices=((1, "城镇"), (0, "农村")), coerce=lambda value: value == "1", initial=1
    )
    monetary_property = MoneyField(label="全家存款、理财等合计（元）", initial=0)
    car_count = forms.IntegerField(label="汽车（辆）", min_value=0, max_value=20, initial=0)
    home_count = forms.IntegerField(label="住房（套）", min_value=0, max_value=20, initial=1)


class MemberForm(forms.Form):
    """Of one who lives in the household; the first is the one who would apply."""

    role = forms.ChoiceField(label="是申请人的", choices=ROLES)
    birth = forms.DateField(label="出生日期", widget=forms.DateInput(attrs={"type": "date"}))
    wage_income = MoneyField(label="每月工资（元）", initial=0)
    transfer_net_income = MoneyField(label="每月养老金、赡养费等（元）", initial=0)
    disability_category = forms.TypedChoiceField(label="残疾类别", choices=KINDS, coerce=int, initial=0)
    disability_level = forms.TypedChoiceField(label="残疾等级", choices=LEVELS, coerce=int, initial=0)
    also = forms.MultipleChoiceField(
        label="还有", required=False, widget=forms.CheckboxSelectMultiple,
        choices=(
            ("serious_disease", "重病（当地认定）"), ("is_student", "在校学生"), ("cannot_live_independently", "成年但不能独立生活"),
            ("has_no_parents", "父母去世或者查找不到的孩子"),
        ),
    )  # fmt: skip

    def clean_birth(self) -> Any:
        birth = self.cleaned_data["birth"]
        if not birth.year >= 1900 or birth > today():
            raise forms.ValidationError("请填写出生日期，例如 1960-05-01。")
        return birth


def member_forms(request: HttpRequest, count: int) -> list[MemberForm]:
    data = request.POST or None
    found = [MemberForm(data, prefix=f"m{n}") for n in range(count)]
    del found[0].fields["role"]
    return found


def how_many(request: HttpRequest) -> int:
    told = request.POST.get("count", "1")
    return min(max(int(told), 1), MOST_MEMBERS) if told.isascii() and told.isdigit() and len(told) < 3 else 1


@public_page("a calculator for everybody; it keeps nothing")
@require_http_methods(["GET", "POST"])
def calculator(request: HttpRequest) -> HttpResponse:
    count, more = how_many(request), request.POST.get("do") == "more"
    household, members = HouseholdForm(request.POST or None), member_forms(request, count)
    context: dict[str, Any] = {"names": {f"m{n}": name_of(n) for n in range(count)}, "can_add": count < MOST_MEMBERS}
    if more and count < MOST_MEMBERS:
        members.append(MemberForm(prefix=f"m{count}"))
    elif request.method == "POST" and all([household.is_valid(), *(member.is_valid() for member in members)]):
        context |= answer(household, members)
    wrong = [] if more else [form for form in (household, *members) if form.errors]
    context |= {"household": household, "members": list(enumerate(members, 1)), "count": len(members), "wrong": wrong}
    return render(request, "public/calculator.html", context, status=422 if wrong else 200)


def name_of(place: int) -> str:
    return "申请人" if place == 0 else f"第{place + 1}人"


def answer(household: HouseholdForm, members: list[MemberForm]) -> dict[str, Any]:
    month = f"{today():%Y-%m}"
    try:
        found = assess(situation(household, members), month, [*OF_FAMILY, *OF_PERSON, "is_marginal_household"])
    except CannotAssess as problem:
        return {"problem": problem.message_zh}
    return {
        "sums": sums(found),
        "steps": [asdict(step) for step in found.steps],
        "month": f"{today():%Y}年{today().month}月",
    }


def situation(household: HouseholdForm, members: list[MemberForm]) -> dict[str, Any]:
    persons, roles = {}, {"applicant": ["m0"]}
    for n, member in enumerate(members):
        told = dict(member.cleaned_data)
        if n:
            roles.setdefault(told.pop("role"), []).append(f"m{n}")
        also = told.pop("also")
        told |= PARENTS_DEAD if "has_no_parents" in also else {}
        told |= {flag: True for flag in also if flag != "has_no_parents"}
        persons[f"m{n}"] = {**told, "birth": told["birth"].isoformat()}
    return {"persons": persons, "households": {"household": {**roles, **household.cleaned_data}}}


def sums(found: Assessment) -> list[tuple[str, str, int]]:
    """Who, what, how many fen; only what is owed."""
    tekun = found.outputs["tekun_amount"]
    choice = "，与特困救助供养只能享受一项" if isinstance(tekun, dict) and any(tekun.values()) else ""
    lines = [("全家" + choice, words, found.fen(name)) for name, words in OF_FAMILY.items()]
    for name, words in OF_PERSON.items():
        by_person = found.outputs[name]
        if isinstance(by_person, dict):
            lines += [(name_of(int(key[1:])), words, int(fen)) for key, fen in by_person.items()]
    return [line for line in lines if line[2]]
