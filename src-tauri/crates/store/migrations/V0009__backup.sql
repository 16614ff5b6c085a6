-- How often the office is copied, how many copies are kept and where the second one goes. No row: as the program has it.
CREATE TABLE backup_plan (
  id BLOB PRIMARY KEY, ver INTEGER NOT NULL, last_seq INTEGER NOT NULL,
  every_minutes INTEGER NOT NULL, all_days INTEGER NOT NULL, daily INTEGER NOT NULL,
  weekly INTEGER NOT NULL, monthly INTEGER NOT NULL, second_place TEXT
) STRICT;
