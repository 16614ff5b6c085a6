INSERT INTO places (name, uses) VALUES (?1, 1) ON CONFLICT (name) DO UPDATE SET uses = uses + 1
