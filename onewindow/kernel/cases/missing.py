"""What is really missing: the one list from which the form, the clerk's page and the once-only notice are made."""

from dataclasses import asdict, dataclass
from typing import Any

from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.facts import sheets
from onewindow.kernel.cases.models import Case, CaseMember, CasePaper
from onewindow.kernel.catalog import Material
from onewindow.kernel.people.models import Consent


@dataclass(frozen=True)
class Missing:
    code: str
    name: str
    why: str
    how: str

    def to_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True)
class PaperNeed:
    """One material of the matter for this case: needed and there, needed and missing, or not needed and why."""

    material: Material
    state: str  # "there", "missing", "looked_up", "generated", "not_needed"
    why: str = ""


def missing(case: Case, needs: list[PaperNeed] | None = None) -> list[Missing]:
    """`needs`: the papers' needs, where the caller has read them already."""
    return [
        *missing_facts(case),
        *missing_consents(case),
        *missing_papers(paper_needs(case) if needs is None else needs),
    ]


def missing_facts(case: Case) -> list[Missing]:
    found = []
    for sheet in sheets(case):
        for name, field in sheet.form.fields.items():
            if field.required and sheet.form.initial.get(name) in (None, ""):
                label = field.label or name
                found.append(
                    Missing(f"fact:{sheet.key}:{name}", f"{sheet.title}：{label}", "申请表必填", "请在申请表中填写")
                )
    if case.matter.grant and not case.pay_to:
        found.append(Missing("fact:account", "收款银行账户", "用于发放救助金", "请填写申请人或家庭成员名下的银行账号"))
    return found


def adults(case: Case) -> list[CaseMember]:
    day = today()
    return [member for member in case.listed_members if member.person.is_adult(day)]


def missing_consents(case: Case) -> list[Missing]:
    if not case.matter.asks_sources and case.matter.parties < 2:
        return []
    if case.matter.parties > 1:
        return missing_parties(case)
    given = set(consents_in_force(case).values_list("person_id", flat=True))
    return [
        Missing(
            f"consent:{member.person.public_id.hex}",
            f"{member.person.name}的核对授权",
            "核对家庭经济状况须经本人授权（《社会救助暂行办法》第五十八条）",
            "请本人登录后在“我的—授权”中确认，或到窗口当面签字",
        )
        for member in adults(case)
        if member.person_id not in given
    ]


def missing_parties(case: Case) -> list[Missing]:
    """Each of the two signs for themselves."""
    given = set(consents_in_force(case).values_list("person_id", flat=True))
    absent = case.matter.parties - len(case.listed_members)
    found = (
        [Missing("party", "另一方当事人", "本事项须双方共同提出", "请在申请表中填写对方的姓名和身份证号")]
        if absent > 0
        else []
    )
    return found + [
        Missing(
            f"consent:{member.person.public_id.hex}",
            f"{member.person.name}的声明签字",
            "须由本人声明并签字，不能代签",
            "请本人登录后确认，或到窗口当面签字",
        )
        for member in case.listed_members
        if member.person_id not in given
    ]


def consents_in_force(case: Case) -> Any:
    return Consent.objects.filter(about=str(case.public_id), withdrawn_at=None, valid_to__gte=today())


def paper_needs(case: Case, papers: list[CasePaper] | None = None) -> list[PaperNeed]:
    """The papers of the matter, each with why it is needed or why not. `papers`: where the caller has read them already."""
    have = {each.material for each in (case.papers.filter(removed_at=None) if papers is None else papers)}
    return [_need(case, material, have) for material in case.matter.materials]


def _need(case: Case, material: Material, have: set[str]) -> PaperNeed:
    if material.code in have:
        return PaperNeed(material, "there")
    if material.generated:
        return PaperNeed(material, "generated", "由系统根据您的填报生成，无需准备")
    if material.from_register:
        return PaperNeed(material, "looked_up", f"由{material.from_register}数据共享查询，无需提交")
    if material.each_adult:
        return PaperNeed(material, "generated", "由每位成年成员在线授权或窗口签字，无需另备纸件")
    if material.when and not fact_holds(case, material.when):
        return PaperNeed(material, "not_needed", "按您的填报，您不需要这份材料")
    return PaperNeed(material, "missing", material.hint)


def fact_holds(case: Case, name: str) -> bool:
    groups = [case.facts.get("household", {}), *case.facts.get("people", {}).values()]
    return any(bool(group.get(name)) for group in groups)


def missing_papers(needs: list[PaperNeed]) -> list[Missing]:
    return [
        Missing(
            f"paper:{need.material.code}",
            need.material.name,
            "办理本事项的必要材料",
            need.why or "请拍照上传或带到窗口",
        )
        for need in needs
        if need.state == "missing" and not need.material.deferrable
    ]
