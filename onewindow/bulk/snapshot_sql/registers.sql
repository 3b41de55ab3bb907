-- The oldest first: what is newer is written over it.
SELECT CAST(entry.person_id AS bigint) AS person, entry.item AS item, CAST(entry.value AS text) AS value,
    CAST(entry.as_of AS text) AS as_of
FROM people_registerentry entry
WHERE entry.person_id IN (
    SELECT person_id FROM people_member WHERE household_id BETWEEN $1 AND $2
    UNION
    SELECT listed.person_id FROM cases_casemember listed JOIN cases_case ON cases_case.id = listed.case_id
    WHERE cases_case.household_id BETWEEN $1 AND $2
)
ORDER BY entry.as_of, entry.id
