# Words on paper and about printing. Those that begin with print-recovery- or print-board- stand on paper and take no arguments.

print-data-refused = The data do not fit the template at { $path }. No page was made. Check that place and try again.
print-unknown-template = There is no template called “{ $name }”. No page was made. List the templates first.

print-recovery-title = Recovery sheet
print-recovery-number = No.
print-recovery-number-of = of 2
print-recovery-what = What this sheet opens
print-recovery-what-text = When every administrator has forgotten the password or left, the code below sets a new password for one administrator. It cannot read records, sign, or issue documents. Each use is recorded, and the sheets must then be printed again.
print-recovery-code = Recovery code (eight groups of six digits)
print-recovery-keep = Where to keep it
print-recovery-keep-first = In the principal’s safe, in a sealed envelope signed and dated across the flap.
print-recovery-keep-second = In the school archive or with the superior office, in a sealed envelope signed and dated across the flap.
print-recovery-keep-text = Keep the two sheets apart. Do not photograph, copy or type the code into another device. If an envelope was opened, have an administrator print new sheets at once.
print-recovery-signers = Fingerprints of the signers
print-recovery-signers-text = When a document is checked, these fingerprints tell who signed it.
print-recovery-signer = Name
print-recovery-post = Post
print-recovery-fingerprint = Fingerprint
print-recovery-nobody = (nobody has set up a signature yet)
print-recovery-made = Made on
print-recovery-maker = Made by
print-recovery-kept-by = Kept by (signature)
print-recovery-kept-on = Received on

print-board-code = Code
print-board-until = Posted until
print-board-reviewed = Reviewed by
print-board-attachments = Attachments
print-board-page = Page{" "}
print-board-page-of = {" "}of{" "}
print-board-page-end = {""}

print-slip-title = Take-down slip
print-slip-what = The sheets below are due. Tick the box and write the time when you take one down.
print-slip-sheet = Sheet
print-slip-code = Code
print-slip-since = Posted
print-slip-until = Due
print-slip-done = Down
print-slip-time = Time
print-slip-person = Taken down by
print-slip-when = Date
print-slip-afterwards = Afterwards confirm each sheet in Tongbao with time and name.
print-slip-overdue = { "overdue " }
print-slip-days = { " d" }
