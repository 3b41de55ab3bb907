"""离婚登记： thirty calendar days to think it over, thirty more in which both must come (民法典第一千零七十七条)."""

from onewindow.kernel.catalog import Law, Material, Matter, Outcome, Removed, Step
from onewindow.kernel.catalog.usual import accepting

matter = Matter(
    code="divorce_registration",
    catalogue_id="MA02",
    name="离婚登记",
    summary="双方自愿离婚并签好协议的，申请后有30天冷静期，期满后30天内双方一起来领证。",
    audience="自愿离婚、对子女和财产已经协商一致的夫妻",
    everyday=("打离婚", "离婚", "过不下去了", "离婚冷静期"),
    life_events=("marriage",),
    letter_series="津民离",
    applicant="person",
    parties=2,
    kind="confirmation",
    version="2025-05",
    any_hukou=True,
    laws=(
        Law(title="中华人民共和国民法典", articles="第一千零七十六条至第一千零七十八条"),
        Law(title="婚姻登记条例", number="2025年修订"),
    ),
    materials=(
        Material(
            code="identity",
            name="双方身份证原件",
            deferrable=True,
            hint="到场时由登记员当面查验，不用上传。",
        ),
        Material(code="agreement", name="离婚协议书", hint="写明自愿离婚和子女抚养、财产、债务的处理，双方签字。"),
        Material(code="declaration", name="双方自愿离婚的声明", each_adult=True, hint="双方各自在手机上确认，或到窗口当面签字。"),
    ),
    steps=(
        accepting(name="受理离婚申请", law="婚姻登记条例"),
        Step(
            code="cooling_off",
            name="离婚冷静期",
            by="wait",
            calendar_days=30,
            on_due="done",
            outcomes=(Outcome(code="done", name="冷静期届满，无人撤回"),),
            law="民法典第一千零七十七条第一款",
        ),
        Step(
            code="come",
            name="双方到场领证",
            post="district_officer",
            record="presence",
            calendar_days=30,
            rolls=True,
            on_due="lapse",
            four_eyes=("accept",),
            outcomes=(
                Outcome(
                    code="grant", name="准予离婚登记", decides="approve", ends="approved", letter="certificate"
                ),
                Outcome(
                    code="refuse", name="不予办理", decides="refuse", ends="rejected", letter="refusal",
                    needs_reason=True,
                ),
                Outcome(code="lapse", name="期满未到场，视为撤回", ends="terminated", letter="terminated"),
            ),
            law="民法典第一千零七十七条第二款",
        ),
    ),
    removed=(Removed(code="hukou_booklet", name="户口簿", instead="公安户籍数据共享（2025年5月10日起不再要求）"),),
)  # fmt: skip
