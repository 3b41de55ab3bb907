"""What every matter asks that looks at a family's means. Field names are the inputs of the rules; money is asked by month in
yuan and kept in fen."""

from django import forms

from onewindow.kernel.cases.fields import MoneyField, YesNoField

# Member field → (register, item): filled in from what the city knows, and shown with its source.
PREFILL = {
    "disability_category": ("DPF", "disability_category"),
    "disability_level": ("DPF", "disability_level"),
    "base_pension": ("HRSS_PENSION", "base_pension"),
    "is_student": ("EDU", "is_student"),
    "is_conscript": ("VET", "is_conscript"),
    "is_imprisoned": ("PRISON", "is_imprisoned"),
    "serious_disease": ("MED", "serious_disease"),
}
DISABILITY_CATEGORIES = (
    (0, "无"), (1, "视力"), (2, "听力"), (3, "言语"), (4, "肢体"), (5, "智力"), (6, "精神"), (7, "多重"),
)  # fmt: skip
DISABILITY_LEVELS = ((0, "无残疾人证"), (1, "一级"), (2, "二级"), (3, "三级"), (4, "四级"))


def whole_number(value: str) -> int:
    return int(value)


class MeansHousehold(forms.Form):
    monetary_property = MoneyField(
        label="全家存款、理财、股票等合计（元）", help_text="现金、存款、理财、证券、商业保险合计。没有填0。"
    )
    car_count = forms.IntegerField(
        label="全家汽车（辆）", min_value=0, max_value=20, help_text="不含残疾人代步车。没有填0。"
    )
    home_count = forms.IntegerField(
        label="全家住房（套）", min_value=0, max_value=50, help_text="自有住房和承租的公房都算。"
    )
    non_residential_property = YesNoField(label="有商铺、厂房等非住宅房产吗？")
    study_abroad = YesNoField(label="有家人自费出国留学吗？")
    has_support_judgment = YesNoField(label="有法院判决或调解的抚养费、赡养费吗？")
    cause = forms.ChoiceField(
        label="主要困难原因",
        choices=(
            ("", "请选择"), ("illness", "患病"), ("disability", "残疾"), ("unemployment", "失业、无业"),
            ("low_wage", "工资低"), ("age", "年老"), ("schooling", "子女上学"), ("other", "其他"),
        ),
    )  # fmt: skip


class MeansMember(forms.Form):
    wage_income = MoneyField(label="工资收入（元/月）", help_text="最近一年的月平均，扣除必要的上班成本。没有填0。")
    business_net_income = MoneyField(label="经营净收入（元/月）", help_text="摆摊、种地、开店等，扣除成本后。没有填0。")
    property_net_income = MoneyField(label="财产净收入（元/月）", help_text="利息、房租、土地流转等。没有填0。")
    transfer_net_income = MoneyField(
        label="转移净收入（元/月）",
        help_text="职工养老金、失业金、赡养费、抚养费等。城乡居民基础养老金填在下一项；政府救助金、残疾人补贴不算。没有填0。",
    )
    base_pension = MoneyField(label="城乡居民基础养老金（元/月，不含在上一项）", required=False)
    rigid_expense = MoneyField(
        label="残疾、重病的刚性支出（元/月）", required=False, help_text="报销之后自己负担的部分。"
    )
    disability_category = forms.TypedChoiceField(
        label="残疾类别", coerce=whole_number, choices=DISABILITY_CATEGORIES, required=False
    )
    disability_level = forms.TypedChoiceField(
        label="残疾等级", coerce=whole_number, choices=DISABILITY_LEVELS, required=False
    )
    serious_disease = YesNoField(label="患有重大疾病吗？", required=False)
    is_student = YesNoField(label="全日制在校学生（本科及以下）吗？", required=False)
    is_conscript = YesNoField(label="现役义务兵吗？", required=False)
    is_imprisoned = YesNoField(label="正在服刑吗？", required=False)


def supporter_question() -> YesNoField:
    """Where nobody is asked about supporters, the law would take every severely disabled person without income for tekun."""
    return YesNoField(
        label="有能够供养您的父母、配偶或者子女吗？",
        help_text="不住在一起的也算。确实没有的，可能符合特困人员救助供养，保障更全面，窗口会帮您一并办理。",
    )
