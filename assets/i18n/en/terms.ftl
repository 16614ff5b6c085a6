### Labels of enums: <feature>-<enum>-<code>

## Roles
access-role-duty_officer = Duty officer
access-role-office = Office
access-role-principal = Principal
access-role-deputy_principal = Deputy principal
access-role-unit_head = Head of unit
access-role-grade_head = Head of grade
access-role-homeroom_teacher = Homeroom teacher
access-role-administrator = Administrator

## Categories
inspections-category-duty_general = General duty
inspections-category-key_work = Key work and progress
inspections-category-teaching = Teaching
inspections-category-discipline = Discipline
inspections-category-student_activity = Student activities
inspections-category-living_service = Daily services
inspections-category-nutrition = Nutrition programme
inspections-category-unit_routine = Routine of units and grades

## Natures
inspections-nature-praise = Praise
inspections-nature-problem = Problem
inspections-nature-note = State of work

## People named
inspections-person-staff = Staff
inspections-person-student = Student
inspections-person-other = Other person

## Chips of the quick line
inspections-chip-class_group = Class
inspections-chip-unit = Unit
inspections-chip-person = Person
inspections-chip-place = Place
inspections-chip-measure = Amount
inspections-chip-category = Category
inspections-chip-nature = Nature
inspections-chip-time = Time
inspections-chip-matter = Matter

## Kinds of document
documents-kind-circular = Circular
documents-kind-notice = Notice
documents-kind-commendation = Commendation
documents-kind-inspection_result = Inspection result

## Blocks
documents-block-h1 = Heading 1
documents-block-h2 = Heading 2
documents-block-h3 = Heading 3
documents-block-h4 = Heading 4
documents-block-p = Paragraph
documents-block-table = Table
documents-block-image = Image
documents-block-page_break = Page break
documents-block-attachment = Attachment
documents-align-left = Left
documents-align-center = Centre
documents-align-right = Right
documents-image-width-full = Full width
documents-image-width-two_thirds = Two thirds
documents-image-width-half = Half
documents-image-width-third = One third

## States of a document
documents-state-draft = Draft
documents-state-submitted = Submitted
documents-state-approved = Approved, not yet numbered
documents-state-issued = Issued
documents-state-rejected = Rejected

## Levels of a check
documents-level-must = Must be changed
documents-level-should = Should be changed
documents-level-hint = Hint

## Objects of the audit
audit-object-office_profile = Office settings
audit-object-account = Account
audit-object-unit = Unit
audit-object-class_group = Class
audit-object-staff = Member of staff
audit-object-student = Student
audit-object-finding = Finding
audit-object-document = Document
audit-object-document_page = Frozen pages
audit-object-kept_text = Kept text
audit-object-same_day_rule = Same-day deadline
audit-object-session = Session
audit-object-attachment = Picture
masking-audience-board = Posted in public at school
masking-audience-parents = Parents
masking-audience-staff = Staff
masking-audience-superior = Superiors
masking-form-marks = 王××
masking-form-some_pupil = 某生
masking-choice-mask = Mask
masking-choice-not_pupil = Not the pupil
masking-choice-keep = Keep
masking-doubt-within_word = May be part of a word
masking-doubt-staff_name = Same name as a member of staff
masking-clue-role = An office only one child of the class holds
masking-clue-small_class = A class with few children
masking-clue-given_name = Part of the name
masking-clue-nickname = Nickname
masking-clue-phone = Telephone number
masking-clue-identity_number = Identity number
masking-clue-address = Address
masking-clue-birth_date = Date of birth
masking-clue-bed = Dormitory and bed
masking-clue-parent_name = Name of a parent
masking-clue-health = Health
masking-clue-family = Family
documents-paper-a4 = A4
documents-paper-a3 = A3
audit-object-board_sheet = Board sheets
audit-object-finding_photos = Photos of a finding
audit-object-supervision = Supervision result
audit-object-followup_step = Rectification step
audit-object-finding_correction = Correction of a finding
audit-object-finding_category = Finding category
audit-object-saved_filter = Saved filter
audit-object-inspection_settings = Findings settings
inspections-followup-open = To be put right
inspections-followup-replied = Replied
inspections-followup-closed = Closed
inspections-step-reply = Reply
inspections-step-confirm = Confirm
inspections-step-reopen = Open again
audit-object-backup_plan = Backup plan
audit-object-backup = Backup
backup-reason-scheduled = Scheduled
backup-reason-by_hand = By hand
backup-reason-before_restore = Before a restore
backup-reason-before_upgrade = Before an upgrade
backup-reason-before_recovery = Before a recovery sheet

## Printing
printing-sheet-archive_copy = File copy
printing-sheet-board_sheet = Board sheet
printing-sheet-draft = Draft (marked as such)
printing-sides-one_sided = One side
printing-sides-two_sided = Both sides
printing-media-a4 = A4
printing-media-a3 = A3
printing-trouble-no_service = No print service
printing-trouble-no_queue = Printer gone
printing-trouble-paused = Paused
printing-trouble-offline = Not reachable
printing-trouble-out_of_paper = Out of paper
printing-trouble-jammed = Paper jam
printing-trouble-cover_open = Cover open
printing-trouble-out_of_ink = Out of toner
printing-trouble-aborted = Given up
printing-trouble-unknown = Unknown
printing-state-sending = Being sent
printing-state-printing = Printing
printing-state-printed = Printed
printing-state-failed = Not printed
printing-state-cancelled = Cancelled
audit-object-print = Print
## Postings
postings-standing-valid = Valid
postings-standing-corrected = Corrected
postings-standing-withdrawn = Withdrawn
postings-standing-expired = Expired
postings-standing-unknown = Unknown
postings-standing-foreign = Another office
postings-state-hanging = Up
postings-state-taken_down = Taken down
audit-object-board = Board
audit-object-posting = Posting
audit-object-sheet_check = Comparison
