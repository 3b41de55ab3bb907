-- Whose household was decided on lives as the newest decided case says; everybody else as the register says.
-- People of the register's household whom that case left out stay in it, not living there: what is theirs alone is still found.
WITH decided AS (
    SELECT household_id, MAX(id) AS id FROM cases_case
    WHERE state IN ('approved', 'completed') AND kind = 'application' AND household_id BETWEEN $1 AND $2
    GROUP BY household_id
), applied AS (
    SELECT decided.household_id, listed.person_id, listed.relation, listed.is_applicant, listed.id
    FROM decided JOIN cases_casemember listed ON listed.case_id = decided.id
    WHERE NOT EXISTS (
        SELECT 1 FROM cases_casemember again JOIN cases_case newer ON newer.id = again.case_id
        WHERE again.person_id = listed.person_id AND newer.id > decided.id AND newer.kind = 'application'
            AND newer.state IN ('approved', 'completed') AND newer.household_id <> decided.household_id
            AND NOT EXISTS (
                SELECT 1 FROM cases_case last WHERE last.household_id = newer.household_id AND last.id > newer.id
                    AND last.state IN ('approved', 'completed') AND last.kind = 'application'
            )
    )
), registered AS (
    SELECT held.household_id, held.person_id, held.relation, held.id
    FROM people_member held
    WHERE held.household_id BETWEEN $1 AND $2
        AND (held.from_on IS NULL OR CAST(held.from_on AS text) <= $3)
        AND (held.until_on IS NULL OR CAST(held.until_on AS text) > $3)
        AND NOT EXISTS (
            SELECT 1 FROM cases_casemember elsewhere JOIN cases_case ON cases_case.id = elsewhere.case_id
            WHERE elsewhere.person_id = held.person_id AND cases_case.kind = 'application'
                AND cases_case.state IN ('approved', 'completed') AND cases_case.household_id IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1 FROM cases_case last
                    WHERE last.household_id = cases_case.household_id AND last.id > cases_case.id
                        AND last.state IN ('approved', 'completed') AND last.kind = 'application'
                )
        )
), listed AS (
    SELECT household_id, person_id, relation, CASE WHEN is_applicant THEN 0 ELSE 1 END AS place, id, 1 AS lives_here
    FROM applied
    UNION ALL
    SELECT registered.household_id, person_id, relation, 2, registered.id,
        CASE WHEN decided.id IS NULL THEN 1 ELSE 0 END
    FROM registered LEFT JOIN decided ON decided.household_id = registered.household_id
)
SELECT CAST(listed.household_id AS bigint) AS household, CAST(person.id AS bigint) AS person,
    listed.relation AS relation, CAST(listed.lives_here AS bigint) AS lives_here,
    COALESCE(CAST(person.birth AS text), '0001-01-01') AS birth, CAST(person.sex AS bigint) AS sex,
    CASE WHEN home.is_urban THEN 1 ELSE 0 END AS urban, SUBSTR(home.place_id, 1, 6) AS district
FROM listed JOIN people_person person ON person.id = listed.person_id
    JOIN people_household home ON home.id = listed.household_id
WHERE person.died_on IS NULL OR CAST(person.died_on AS text) > $3
ORDER BY listed.household_id, listed.lives_here DESC, listed.place, listed.relation, listed.id
