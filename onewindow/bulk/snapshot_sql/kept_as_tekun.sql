-- Who has a grant as tekun (特困供养) in the month: the family's dibao is reckoned without them.
-- SQLite numbers $ by their first appearance: they stand in order.
SELECT DISTINCT CAST(held.holder_id AS bigint) AS person
FROM grants_grant held JOIN people_member listed ON listed.person_id = held.holder_id
WHERE listed.household_id BETWEEN $1 AND $2
    AND held.from_month <= $3 AND (held.until_month = '' OR held.until_month >= $3) AND held.benefit = $4
