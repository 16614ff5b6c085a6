SELECT f.*, f.observed_at AS listed_at, coalesce(p.photos, '[]') AS photos, NULL AS supervisors, NULL AS announced_at, 0 AS corrections, NULL AS last_step, NULL AS category_label
FROM findings f LEFT JOIN finding_photos p ON p.id = f.id WHERE f.id = ?1
