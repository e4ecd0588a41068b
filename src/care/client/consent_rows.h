/* consent_rows.h: a consent entered on the card, as the rows of a page and in words: the same on
 * the full screen and in the lines of --plain. */
#pragma once

#include "care/client/consent_entry.h"

typedef enum {
    CONSENT_ROW_ANSWER, /* 0: yes, 1: no */
    CONSENT_ROW_ACTORS,
    CONSENT_ROW_SCOPE,
    CONSENT_ROW_PURPOSE,
    CONSENT_ROW_EXCEPTIONS,
    CONSENT_ROW_FROM,
    CONSENT_ROW_UNTIL,
    CONSENT_ROW_BY,   /* who gave it */
    CONSENT_ROW_FORM, /* 0: orally, 1: in writing */
    CONSENT_ROW_COUNT
} ConsentRow;
enum { CONSENT_GIVERS = 5, CONSENT_FORMS = 2 };
const char *consent_rows_answer(int answer); /* translated: "Yes" */
const char *consent_rows_giver(int giver);   /* translated: "the person" */
const char *consent_rows_form(int form);     /* translated: "orally" */
/* What the codes of a consent are called; of words, or codes of a unit's own form, as they are;
 * NULL for NULL. */
const char *consent_giver_name(const char *code);
const char *consent_form_name(const char *code);

/* Of a new one (NULL), or of one that takes the place of `old`: from today, no answer chosen.
 * g_strfreev. */
char **consent_rows_values(const Consent *old);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean consent_rows_take(char *const *values, Consent *consent,
                           const char *faults[CONSENT_ROW_COUNT]);
/* "Noted: yes, until 2027-05-31." and what it meets. New. */
char *consent_rows_done(const Consent *consent, guint meets);
