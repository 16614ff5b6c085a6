### Checks of a draft: what, and from which source

## What
documents-check-title-empty = The title is empty. Write the issuing body, the subject and the kind of document.
documents-check-body-empty = There is no text yet.
documents-check-identity-number = The text holds what looks like an identity number ({ $found }). Remove it: circulars carry no identity numbers.
documents-check-phone-number = The text holds what looks like a mobile number ({ $found }). Remove it or give the office telephone.
documents-check-mask-undecided = “{ $name }” may be a pupil's name or part of “{ $word }”. Decide under “Board sheet”, then submit.
documents-check-mask-reason = “{ $name }” is shown in full on the board sheet without a reason. Write the reason or mask it.
documents-check-mask-namesake = The pupil “{ $name }” has the name of a member of staff. Decide under “Board sheet” who is meant, then submit.
documents-check-hidden-characters = There is an invisible character here ({ $code }), most likely pasted in. Delete these characters and type them again.
documents-check-problem-whom = Problem { $number } does not say which class, unit or person it concerns.
documents-check-problem-responsible = Problem { $number } does not say who is responsible.
documents-check-count-differs = The opening says { $found }, but the text rests on { $count } findings. Compare and correct.
documents-check-findings-left-out = { $count } findings of the day are not written in, the first is “{ $matter }”.
documents-check-title-kind = The title does not end with { $kind }, the kind of this document.
documents-check-title-punctuation = A title ends without punctuation.
documents-check-title-date = The title says { $found }, the day of the inspection is { $wanted }.
documents-check-recipients-empty = There are no main recipients. A circular to everybody may go without.
documents-check-recipients-colon = The main recipients end with a full-width colon (：).
documents-check-year-brackets = The year of a document number stands in 〔〕: change { $found } to { $wanted }.
documents-check-date-zero = Dates carry no leading zero: { $found }.
documents-check-date-short-year = Years have four digits: { $found }.
documents-check-half-width = There is half-width punctuation in “{ $found }”; documents use full-width marks.
documents-check-unpaired = { $mark } has no partner.
documents-check-heading-skips = This is a heading of level { $level }, but level { $wanted } is missing above it.
documents-check-heading-empty = The heading is empty: only its number would be printed.
documents-check-heading-number = “{ $found }” was typed before the heading. The program numbers headings itself: remove it.
documents-check-manual-indent = A paragraph needs no blanks at its start: it is indented when the page is set.
documents-check-student-names = The text names { $count } pupils ({ $names }). The board sheet masks them, the archive copy does not.

## Sources
documents-check-source-elements = Rules on official documents, art. 9: elements
documents-check-source-recipients = GB/T 9704-2012, 7.3.2: main recipients
documents-check-source-levels = GB/T 9704-2012, 7.3.3: levels and their numbers
documents-check-source-number = GB/T 9704-2012, 7.2.5: document number
documents-check-source-date = GB/T 9704-2012, 7.3.5.4: dates
documents-check-source-punctuation = GB/T 15834-2011: punctuation
documents-check-source-layout = GB/T 9704-2012, 7.3.3: text
documents-check-source-r025 = S000-4, written up the same day (R-025)
documents-check-source-r028 = S000-4, down to the matter and the person (R-028)
documents-check-source-r030 = S000-4, true and to the facts (R-030)
documents-check-source-privacy = Personal Information Protection Law: no identity or mobile numbers on public papers
documents-check-source-minors = Law on the Protection of Minors: pupils' privacy
documents-check-source-habit = Habit of the office
