-- What the payments say, by other words than those that booked them. Each question finds what should not be; the line above
-- it says in Chinese what was found. An auditor can run any of them: put the first part before it.

--! common
WITH runs AS (
    SELECT id, benefit, state, total_fen, count, drafted_by_id, approved_by_id,
        benefit || '-' || month || '-' || substr(place_id, 1, 6) || '-' || serial AS file
    FROM grants_paymentrun
), expected AS (
    SELECT 'approve:' || file AS key, 'owed:' || file AS debit, 'fund:' || benefit AS credit, total_fen AS amount
    FROM runs WHERE state IN ('approved', 'sent', 'answered', 'closed')
    UNION ALL
    SELECT 'paid:' || i.key, 'paid:' || r.benefit, 'owed:' || r.file, i.amount_fen
    FROM grants_paymentitem i JOIN runs r ON r.id = i.run_id WHERE i.state = 'paid'
    UNION ALL
    SELECT 'back:' || i.key, 'fund:' || r.benefit, 'owed:' || r.file, i.amount_fen
    FROM grants_paymentitem i JOIN runs r ON r.id = i.run_id WHERE i.state = 'returned'
    UNION ALL
    SELECT 'suspense:' || s.id, 'suspense:' || r.benefit, 'owed:' || r.file, s.claimed_fen
    FROM grants_suspense s JOIN runs r ON r.id = s.run_id WHERE s.claimed_fen > 0
    UNION ALL
    SELECT 'freed:' || s.id, 'owed:' || r.file, 'suspense:' || r.benefit, s.claimed_fen
    FROM grants_suspense s JOIN runs r ON r.id = s.run_id WHERE s.claimed_fen > 0 AND s.freed_at IS NOT NULL
    UNION ALL
    SELECT 'repaid:' || a.key, 'fund:' || g.benefit, 'repaid:' || g.benefit, a.amount_fen
    FROM grants_adjustment a JOIN grants_grant g ON g.id = a.grant_id WHERE a.is_cash
), moved AS (
    SELECT fund_id,
        sum(CASE kind WHEN 'budget' THEN amount_fen WHEN 'cut' THEN -amount_fen ELSE 0 END) AS budget,
        sum(CASE kind WHEN 'commit' THEN amount_fen WHEN 'release' THEN -amount_fen WHEN 'spend' THEN -amount_fen ELSE 0 END)
            AS committed,
        sum(CASE kind WHEN 'spend' THEN amount_fen WHEN 'back' THEN -amount_fen ELSE 0 END) AS spent
    FROM grants_fundentry GROUP BY fund_id
), owed AS (
    SELECT r.file, r.state,
        sum(CASE WHEN t.debit = 'owed:' || r.file THEN t.amount_fen ELSE -t.amount_fen END) AS fen
    FROM runs r JOIN grants_transfer t ON t.debit = 'owed:' || r.file OR t.credit = 'owed:' || r.file
    GROUP BY r.file, r.state
), paid AS (
    SELECT r.benefit, sum(i.amount_fen) AS fen
    FROM grants_paymentitem i JOIN runs r ON r.id = i.run_id WHERE i.state = 'paid' GROUP BY r.benefit
), booked AS (
    SELECT substr(debit, 6) AS benefit, sum(amount_fen) AS fen
    FROM grants_transfer WHERE debit LIKE 'paid:%' GROUP BY debit
)

--! {}：金额不是正数，或借贷是同一账户
SELECT key FROM grants_transfer WHERE amount_fen <= 0 OR debit = credit

--! {}：应记{}分而没有记账
SELECT e.key, e.amount FROM expected e LEFT JOIN grants_transfer t ON t.key = e.key WHERE t.id IS NULL

--! {}：账上{}分从{}到{}，应为{}分从{}到{}
SELECT e.key, t.amount_fen, t.credit, t.debit, e.amount, e.credit, e.debit
FROM expected e JOIN grants_transfer t ON t.key = e.key
WHERE t.amount_fen <> e.amount OR t.debit <> e.debit OR t.credit <> e.credit

--! {}：账上有{}分，没有对应的名册或款项
SELECT t.key, t.amount_fen FROM grants_transfer t LEFT JOIN expected e ON e.key = t.key WHERE e.key IS NULL

--! {}：名册{}笔共{}分，明细{}笔共{}分
SELECT r.file, r.count, r.total_fen, count(i.id), coalesce(sum(i.amount_fen), 0)
FROM runs r LEFT JOIN grants_paymentitem i ON i.run_id = r.id GROUP BY r.id, r.file, r.count, r.total_fen
HAVING count(i.id) <> r.count OR coalesce(sum(i.amount_fen), 0) <> r.total_fen

--! {}：已关账而账上尚欠{}分
SELECT file, fen FROM owed WHERE state = 'closed' AND fen <> 0

--! {}：账上已付{}分，款项合计{}分
SELECT b.benefit, b.fen, coalesce(p.fen, 0)
FROM booked b LEFT JOIN paid p ON p.benefit = b.benefit WHERE b.fen <> coalesce(p.fen, 0)

--! 待遇{}：{}已付{}次
SELECT grant_id, month, count(*) FROM grants_paymentitem WHERE state = 'paid' GROUP BY grant_id, month HAVING count(*) > 1

--! {}：制单和复核是同一人
SELECT file FROM runs WHERE drafted_by_id = approved_by_id

--! {}：款项{}分，各项说明合计{}分
SELECT i.key, i.amount_fen, coalesce(sum(l.amount_fen), 0)
FROM grants_paymentitem i LEFT JOIN grants_paymentline l ON l.item_id = i.id
GROUP BY i.id, i.key, i.amount_fen HAVING coalesce(sum(l.amount_fen), 0) <> i.amount_fen

--! 资金{}（{}年）：预算{}、占用{}、支出{}分，与明细合计不符
SELECT f.name, f.year, f.budget_fen, f.committed_fen, f.spent_fen
FROM grants_fund f LEFT JOIN moved m ON m.fund_id = f.id
WHERE f.budget_fen <> coalesce(m.budget, 0) OR f.committed_fen <> coalesce(m.committed, 0)
    OR f.spent_fen <> coalesce(m.spent, 0)

--! 资金{}（{}年）：占用和支出超过预算
SELECT name, year FROM grants_fund WHERE committed_fen + spent_fen > budget_fen OR committed_fen < 0 OR spent_fen < 0

--! {}：补发或追回的金额多付、多扣
SELECT a.key FROM grants_adjustment a
LEFT JOIN (
    SELECT l.adjustment_id, sum(l.amount_fen) AS fen FROM grants_paymentline l JOIN grants_paymentitem i ON i.id = l.item_id
    WHERE i.state NOT IN ('returned', 'cancelled') GROUP BY l.adjustment_id
) t ON t.adjustment_id = a.id
WHERE a.settles_id IS NULL AND abs(coalesce(t.fen, 0)) > abs(a.amount_fen)
