"""孤儿: the case is the child's; a guardian asks for it. Nothing is published."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining, visiting

matter = Matter(
    code="orphan_allowance",
    catalogue_id="CH01",
    name="孤儿认定和基本生活费",
    summary="父母去世或者查找不到的孩子，每月发给基本生活费。不公示。",
    audience="父母去世或者查找不到、未满18周岁的本市户籍儿童（成年后仍在校的继续）",
    everyday=(
        "孤儿",
        "没爹没妈",
        "父母去世",
        "爸妈都没了",
    ),
    life_events=(
        "child_alone",
        "death",
    ),
    letter_series="津民童",
    applicant="person",
    kind="payment",
    version="2026-11",
    laws=(
        Law(title="国务院办公厅关于加强孤儿保障工作的意见", number="国办发〔2010〕54号"),
        Law(title="关于发放孤儿基本生活费的通知", number="民发〔2010〕161号"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="parents_death", name="父母死亡或者宣告死亡材料", from_register="卫健、法院、火化数据"),
    ),
    steps=(accepting(), visiting(5, name="了解养育情况"), opining(3), granting(10)),
    statutory_working_days=20,
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(code="kinship_proof", name="亲属关系证明", instead="户籍、出生登记"),
        Removed(code="death_copy", name="死亡证明复印件", instead="卫健、火化数据"),
        Removed(code="birth_copy", name="出生医学证明复印件", instead="卫健数据"),
    ),
    eligible="is_orphan",
    grant=Grant(amount="orphan_allowance", every="month", review_months=12, fund="child_welfare"),
)
