-- Dibao and its margin of October 2025 as somebody who knows the law and SQL would write it. Not of the product:
-- a yardstick, and a second opinion on every cell.
-- The synthetic city's persons carry their household in their key, which saves SQL the join that the format has by order.
WITH seen AS (
    SELECT *, person // 10 AS home,
        greatest(2025 * 12 + 9 - (year(birth) * 12 + month(birth) - 1) - (CASE WHEN day(birth) > 1 THEN 1 ELSE 0 END), 0) // 12 AS age
    FROM persons
), counted AS (
    SELECT home,
        is_imprisoned = 0 AND in_compulsory_detox = 0 AND is_declared_missing = 0 AND is_conscript = 0
            AND (role IN (0, 1) OR lives_with_household = 1
                OR (role = 2 AND (age < 18 OR cannot_live_independently = 1 OR is_student = 1))) AS counts,
        greatest(wage_income - necessary_work_cost, 0) + business_net_income + property_net_income + transfer_net_income
            + other_income - rigid_expense AS net,
        disability_level > 0 AS disabled, receives_orphan_allowance = 1 AS orphan
    FROM seen
), summed AS (
    SELECT home, count(*) FILTER (counts) AS size, greatest(coalesce(sum(net) FILTER (counts), 0), 0) AS income,
        count(*) FILTER (disabled) AS disabled, count(*) FILTER (counts AND orphan) AS orphans
    FROM counted GROUP BY home
), judged AS (
    SELECT household, size, income, orphans,
        size > 0 AND income < 104500 * size AS is_poor, size > 0 AND income < 156750 * size AS is_nearly_poor,
        car_count - least(mobility_vehicle_count, disabled) > 0 OR (home_count > 1 AND home_area_below_city_average = 0)
            OR non_residential_property = 1 OR study_abroad = 1 OR luxury_goods = 1 AS owns_too_much,
        monetary_property, illness_home_sale_cash
    FROM households JOIN summed ON summed.home = households.household
), decided AS (
    SELECT *, is_poor AND NOT owns_too_much AND monetary_property <= 104500 * 24 * size AS is_dibao FROM judged
)
SELECT household, size::INT AS counted_household_size, income::BIGINT AS counted_income,
    (income // greatest(size, 1))::BIGINT AS per_capita_income, is_dibao::UTINYINT AS dibao_eligible,
    (CASE WHEN is_dibao THEN (104500 * size - income) * (size - orphans) // size ELSE 0 END)::BIGINT AS dibao_amount,
    (NOT is_dibao AND is_nearly_poor AND NOT owns_too_much
        AND monetary_property - illness_home_sale_cash <= 104500 * 36 * size)::UTINYINT AS is_marginal_household
FROM decided ORDER BY household
