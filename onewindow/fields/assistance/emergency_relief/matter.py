"""救急难： aid first by the street's own decision, papers after."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Outcome, Removed, Step

matter = Matter(
    code="emergency_relief",
    catalogue_id="SA06",
    name="急难救助（救急难）",
    summary="遇到火灾、车祸、突发重病等急难，基本生活一时过不下去的，街道先行救助，手续后补。",
    audience="在本市遇到急难的家庭或个人，不限户籍",
    everyday=("家里着火", "出车祸了", "急用钱看病", "突发重病", "钱包丢了回不了家", "没地方住"),
    life_events=("sudden", "hardship"),
    letter_series="津民救",
    applicant="person",
    version="2021-08",
    laws=(
        Law(title="社会救助暂行办法", number="国务院令第649号", articles="第四十七条至第四十九条"),
        Law(title="关于进一步加强和改进临时救助工作的意见", number="民发〔2018〕23号", articles="二（二）"),
    ),
    materials=(
        Material(code="application", name="申请表", generated=True),
        Material(
            code="event_evidence",
            name="急难情况的照片或证明",
            deferrable=True,
            hint="可以在救助后10个工作日内补交。",
        ),
    ),
    steps=(
        Step(
            code="accept",
            name="受理和快速核实",
            post="street_window",
            before_acceptance=True,
            hours=4,
            outcomes=(
                Outcome(code="accept", name="受理", letter="accepted"),
                Outcome(code="supplement", name="一次性告知补正", to="stay"),
                Outcome(
                    code="not_accept", name="不予受理", ends="not_accepted", letter="not_accepted", needs_reason=True
                ),
            ),
        ),
        Step(
            code="quick_check",
            name="现场核实",
            post="street_officer",
            record="visit",
            people=2,
            hours=12,
            law="关于进一步加强和改进临时救助工作的意见二（二）",
        ),
        Step(
            code="aid",
            name="先行救助决定",
            post="street_chief",
            escalates_to="district_chief",
            record="aid",
            hours=24,
            four_eyes=("quick_check",),
            outcomes=(
                Outcome(code="grant", name="给予救助", decides="approve", letter="grant"),
                Outcome(
                    code="refuse",
                    name="不予救助",
                    decides="refuse",
                    ends="rejected",
                    letter="refusal",
                    needs_reason=True,
                ),
            ),
            law="社会救助暂行办法第四十八条",
        ),
        Step(
            code="papers_after",
            name="补齐手续",
            post="street_officer",
            working_days=10,
            outcomes=(Outcome(code="done", name="手续已补齐，归档", ends="completed"),),
            law="关于进一步加强和改进临时救助工作的意见二（二）",
        ),
    ),
    statutory_hours=24,
    limit_is_example=True,
    eligible="",
    within_limit="street_can_decide",
    grant=Grant(
        amount="temporary_aid_emergency_cap", every="once", cap="temporary_aid_emergency_cap", fund="temporary_aid"
    ),
    removed=(
        Removed(code="income_check", name="事前家庭经济状况核对", instead="先行救助，必要时事后核对"),
        Removed(code="public_notice", name="事前民主评议和公示", instead="事后登记备案"),
    ),
    any_hukou=True,
)
