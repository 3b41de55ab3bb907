SELECT CAST(facts AS text) AS facts FROM cases_case
WHERE state IN ('approved', 'completed') AND kind = 'application' AND household_id IS NOT NULL
