org-class-number-out-of-range = The class number must be 1 to 99. The rest is kept; correct it.
org-grade-out-of-range = The grade must be 1 to 12. The rest is kept; correct it.
org-prefix-malformed = The prefix may hold Han characters only, at most 12, for example 临实小. The rest is kept; correct it.
org-role-missing = No account is { $role ->
    [principal] a principal
    [office] the office
    [administrator] an administrator
   *[other] of this role
} yet. The rest is kept; add one.
org-unit-unknown = There is no such unit. The rest is kept; choose from the list.
