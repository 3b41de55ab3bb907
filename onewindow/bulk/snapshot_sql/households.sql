SELECT id FROM people_household ORDER BY id
