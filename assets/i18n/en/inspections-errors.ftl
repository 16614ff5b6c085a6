inspections-due-before-seen = The due date lies before the day it was seen. Your text is kept; correct the date.
inspections-future-time = The time { $time } is later than now. The finding is not saved and nothing you typed is lost; correct the time.
inspections-matter-missing = The matter is missing. Everything else is kept; write what it is, then save again.
inspections-measure-out-of-range = This number is too large. Everything else is kept; check it.
inspections-people-too-many = A finding names at most { $max } people. Your text is kept; split it.
inspections-time-too-old = The time is more than a year ago. Your text is kept; check the date.
inspections-whom-missing = It does not say whom: give a class, a unit or a person. Everything else is kept.
