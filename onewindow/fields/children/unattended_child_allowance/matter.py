"""事实无人抚养儿童 (民发〔2019〕62号): both parents live, or one does, and nobody can bring the child up. No public notice."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining, visiting

matter = Matter(
    code="unattended_child_allowance",
    catalogue_id="CH02",
    name="事实无人抚养儿童认定和补贴",
    summary="父母服刑、重病、重残、失联等，没有人能抚养的孩子，每月发给补贴。不公示。",
    audience="父母双方都有规定情形、未满18周岁的本市户籍儿童",
    everyday=(
        "爸妈坐牢",
        "联系不上父母",
        "父母失联",
        "没人管的孩子",
        "父母吸毒",
    ),
    life_events=("child_alone",),
    letter_series="津民童",
    applicant="person",
    kind="payment",
    version="2026-11",
    laws=(Law(title="关于进一步加强事实无人抚养儿童保障工作的意见", number="民发〔2019〕62号"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="parents_circumstance", name="父母情形材料", from_register="公安、司法、残联、医保数据"),
    ),
    steps=(
        accepting(),
        visiting(12, name="查验和了解养育情况"),
        opining(3, law="民发〔2019〕62号二"),
        granting(15, law="民发〔2019〕62号二"),
    ),
    statutory_working_days=30,
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(code="prison_proof", name="服刑、强制隔离戒毒证明", instead="司法、公安数据"),
        Removed(code="missing_proof", name="失踪、失联证明", instead="公安数据，查不到的书面承诺"),
        Removed(code="disease_proof", name="重病证明", instead="医保数据"),
    ),
    eligible="is_unattended_child",
    grant=Grant(amount="unattended_child_allowance", every="month", review_months=12, fund="child_welfare"),
    explains=("assistance_beside_child_allowance",),
)
