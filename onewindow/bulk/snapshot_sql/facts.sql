-- What was declared and checked in the decided cases of each household, the oldest first, and by which key they name people.
SELECT CAST(found.household_id AS bigint) AS household, CAST(found.id AS bigint) AS number,
    CAST(listed.person_id AS bigint) AS person, REPLACE(CAST(person.public_id AS text), '-', '') AS public_id,
    CAST(found.facts AS text) AS facts, SUBSTR(COALESCE(CAST(found.submitted_at AS text), '0001-01-01'), 1, 10) AS told_on
FROM cases_case found JOIN cases_casemember listed ON listed.case_id = found.id
    JOIN people_person person ON person.id = listed.person_id
WHERE found.state IN ('approved', 'completed') AND found.kind = 'application' AND found.household_id BETWEEN $1 AND $2
ORDER BY found.id, listed.id
