SELECT every_minutes, all_days, daily, weekly, monthly, second_place FROM backup_plan
