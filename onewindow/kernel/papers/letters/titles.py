"""What each kind of letter is called, on paper and on the check page. A matter's own letter carries `title` in its content."""

TITLES = {
    "receipt": "收件凭证",
    "accepted": "受理通知书",
    "once_only_notice": "一次性告知书",
    "not_accepted": "不予受理告知书",
    "grant": "审核确认通知书",
    "refusal": "不予确认告知书",
    "withdrawn": "撤回申请确认书",
    "terminated": "终止办理告知书",
    "objection_answer": "异议答复书",
    "appeal_upheld": "复核决定书",
    "appeal_revoked": "复核决定书",
    "payment": "救助金发放告知书",
    "statement": "救助金发放证明",
    "certificate": "登记证明",
    "result": "办理结果告知书",
}
