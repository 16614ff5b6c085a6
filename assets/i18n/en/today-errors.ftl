today-rule-out-of-day = This hour lies outside the day. The deadline stays as it was; enter a time between 00:01 and 24:00.
