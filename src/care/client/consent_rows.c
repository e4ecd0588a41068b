/* consent_rows.c: a consent as it is typed on a page. */
#include "care/client/consent_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"

/* The codes of the intake's and the SIP's options. */
static const CodeWord GIVERS[CONSENT_GIVERS] = {
    {"client", N_("the person")},
    {"guardian", N_("the god man or trustee")},
    {"custodian", N_("the guardian of a child")},
    {"child-custodian", N_("the child and the guardians")},
    {"agent", N_("an agent with a power of attorney")},
};
static const CodeWord FORMS[CONSENT_FORMS] = {
    {"oral", N_("orally")},
    {"written", N_("in writing")},
};

const char *consent_rows_answer(int answer)
{
    return answer == 0 ? C_("answer", "yes") : C_("answer", "no");
}

const char *consent_rows_giver(int giver)
{
    return code_word(GIVERS, CONSENT_GIVERS, giver);
}

const char *consent_rows_form(int form)
{
    return code_word(FORMS, CONSENT_FORMS, form);
}

static const char *name_of(const CodeWord *words, int count, const char *code)
{
    const int found = code != NULL ? code_value(words, count, code) : -1;
    return found >= 0 ? code_word(words, count, found) : code;
}

const char *consent_giver_name(const char *code)
{
    return name_of(GIVERS, CONSENT_GIVERS, code);
}

const char *consent_form_name(const char *code)
{
    return name_of(FORMS, CONSENT_FORMS, code);
}

/* --- rows ------------------------------------------------------------------------------------- */

static char *digit_of(const CodeWord *words, int count, const char *code, int otherwise)
{
    const int found = code != NULL ? code_value(words, count, code) : -1;
    return g_strdup_printf("%d", found >= 0 ? found : otherwise);
}

char **consent_rows_values(const Consent *old)
{
    char today[DATE_SIZE], ends[DATE_SIZE];
    const char *texts[CONSENT_ROW_COUNT] = {
        [CONSENT_ROW_ANSWER] = "",
        [CONSENT_ROW_ACTORS] = old != NULL ? old->actors : NULL,
        [CONSENT_ROW_SCOPE] = old != NULL ? old->scope : NULL,
        [CONSENT_ROW_PURPOSE] = old != NULL ? old->purpose : NULL,
        [CONSENT_ROW_EXCEPTIONS] = old != NULL ? old->exceptions : NULL,
        [CONSENT_ROW_FROM] = date_format(clock_today(), today),
        [CONSENT_ROW_UNTIL] = old != NULL ? date_or_null(old->ends_on, ends) : NULL,
    };
    char **values = g_new0(char *, CONSENT_ROW_COUNT + 1);
    for (int row = 0; row < CONSENT_ROW_COUNT; row++)
        values[row] = g_strdup(texts[row] != NULL ? texts[row] : "");
    g_free(values[CONSENT_ROW_BY]);
    values[CONSENT_ROW_BY] =
        digit_of(GIVERS, CONSENT_GIVERS, old != NULL ? old->given_by : NULL, 0);
    g_free(values[CONSENT_ROW_FORM]);
    values[CONSENT_ROW_FORM] = digit_of(FORMS, CONSENT_FORMS, old != NULL ? old->form : NULL, 0);
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

static void take(char **to, char *text)
{
    g_free(*to);
    *to = text;
}

static int chosen(const char *text, int count)
{
    const gint64 value = text[0] != '\0' ? g_ascii_strtoll(text, NULL, 10) : -1;
    return value >= 0 && value < count ? (int)value : -1;
}

static void find_fault(const Consent *consent, const char **faults)
{
    static const ConsentRow ROWS[] = {
        [CONSENT_FIELD_ACTORS] = CONSENT_ROW_ACTORS,
        [CONSENT_FIELD_SCOPE] = CONSENT_ROW_SCOPE,
        [CONSENT_FIELD_FROM] = CONSENT_ROW_FROM,
        [CONSENT_FIELD_UNTIL] = CONSENT_ROW_UNTIL,
    };
    ConsentField field;
    const char *fault = consent_entry_fault(consent, &field);
    if (fault != NULL)
        faults[ROWS[field]] = fault;
}

gboolean consent_rows_take(char *const *values, Consent *consent,
                           const char *faults[CONSENT_ROW_COUNT])
{
    const int answer = chosen(values[CONSENT_ROW_ANSWER], 2);
    const int giver = chosen(values[CONSENT_ROW_BY], CONSENT_GIVERS);
    const int form = chosen(values[CONSENT_ROW_FORM], CONSENT_FORMS);
    g_autofree char *from = written(values[CONSENT_ROW_FROM]);
    g_autofree char *until = written(values[CONSENT_ROW_UNTIL]);
    memset(faults, 0, CONSENT_ROW_COUNT * sizeof *faults);
    consent->given = answer == 0;
    take(&consent->actors, written(values[CONSENT_ROW_ACTORS]));
    take(&consent->scope, written(values[CONSENT_ROW_SCOPE]));
    take(&consent->purpose, written(values[CONSENT_ROW_PURPOSE]));
    take(&consent->exceptions, written(values[CONSENT_ROW_EXCEPTIONS]));
    take(&consent->given_by, giver >= 0 ? g_strdup(GIVERS[giver].code) : NULL);
    take(&consent->form, form >= 0 ? g_strdup(FORMS[form].code) : NULL);
    consent->given_on = from != NULL ? date_parse_words(from, clock_today()) : clock_today();
    consent->ends_on =
        until != NULL && consent->given ? date_parse_words(until, clock_today()) : DATE_NONE;
    if (answer < 0)
        faults[CONSENT_ROW_ANSWER] = _("Choose whether the person said yes or no.");
    else
        find_fault(consent, faults);
    for (int row = 0; row < CONSENT_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

char *consent_rows_done(const Consent *consent, guint meets)
{
    char date[DATE_SIZE];
    if (consent->given)
        return g_strdup_printf(_("Noted: yes, until %s."), date_format(consent->ends_on, date));
    if (meets == 0)
        return g_strdup(_("Noted: no."));
    return g_strdup_printf(ngettext("Noted: no. It meets %u consent of before: say which holds.",
                                    "Noted: no. It meets %u consents of before: say which holds.",
                                    meets),
                           meets);
}
