SELECT DISTINCT item FROM people_registerentry ORDER BY item
