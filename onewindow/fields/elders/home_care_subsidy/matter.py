"""居家养老补贴 (津民发〔2019〕46号): a voucher by the need for care. Sums are examples."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining, publishing, visiting

matter = Matter(
    code="home_care_subsidy",
    catalogue_id="EL02",
    name="居家养老服务（护理）补贴",
    summary="困难、优抚、高龄无子女等老年人需要照护的，每月给予购买服务的补贴。",
    audience="满60周岁的低保、边缘、优抚老年人，以及满80周岁无子女等老年人，经评估需要照护",
    everyday=(
        "养老补贴",
        "老人没人照顾",
        "护工",
        "居家养老",
        "请保姆",
    ),
    life_events=("elder_alone",),
    letter_series="津民老",
    applicant="household",
    kind="payment",
    version="2026-11",
    laws=(Law(title="天津市居家养老服务（护理）补贴规定", number="津民发〔2019〕46号"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="assessment", name="能力评估报告", from_register="本系统老年人能力评估"),
    ),
    steps=(accepting(), visiting(5, name="照护需求评估"), opining(3), *publishing(), granting(5)),
    statutory_working_days=20,
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(code="childless_proof", name="无子女证明", instead="户籍、卫健数据，查不到的书面承诺"),
        Removed(code="only_child_proof", name="独生子女父母证明", instead="卫健数据"),
        Removed(code="veteran_proof", name="优抚证件复印件", instead="退役军人数据"),
    ),
    grant=Grant(amount="home_care_subsidy", every="month", review_months=12, fund="elders"),
    explains=("care_need",),
)
