/* consent.c: a consent entered as lines, and which holds where a later no meets it. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/consent_rows.h"

typedef struct {
    Consent *consent;
    gint64 replaces;
} Entered;

static void check_consent(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Consent) scratch = consent_entry_new(0);
    consent_rows_take(values, scratch, faults);
}

/* Those that it meets, each said; how many. */
static guint say_met(Plain *plain, const Consent *no)
{
    g_autoptr(GPtrArray) all = consent_of_client(plain->session, no->client_id, NULL);
    g_autoptr(GPtrArray) met = NULL;
    for (guint i = 0; all != NULL && met == NULL && i < all->len; i++)
        if (((const Consent *)all->pdata[i])->id == no->id)
            met = consent_met_by(all, all->pdata[i]);
    for (guint i = 0; met != NULL && i < met->len; i++) {
        const Consent *yes = met->pdata[i];
        g_autofree char *state = client_words_consent(yes);
        plain_say(plain, "%s, %s: %s", consent_rows_answer(0), state,
                  yes->actors != NULL ? yes->actors : "");
    }
    return met != NULL ? met->len : 0;
}

void plain_settle_consent(Plain *plain, const Consent *no)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    const guint met = no->settled == NULL ? say_met(plain, no) : 0;
    if (met == 0) {
        plain_say(plain, "%s", _("This no meets no consent, so there is nothing to weigh."));
        return;
    }
    plain_say(plain, "%s: %s", consent_rows_answer(1), no->actors != NULL ? no->actors : "");
    for (int i = 0; i < CONSENT_SETTLED_COUNT; i++)
        g_ptr_array_add(labels, (char *)consent_settled_name((ConsentSettled)i));
    const int index = plain_choose(plain, _("Which holds?"), labels);
    if (index < 0)
        return;
    if (consent_settle(plain->session, no->id, (ConsentSettled)index, &error))
        plain_say(plain, _("Noted: %s."), consent_settled_name((ConsentSettled)index));
    plain_error(plain, error);
}

static gboolean save_consent(PlainPage *page)
{
    const char *faults[CONSENT_ROW_COUNT];
    Entered *entered = page->data;
    GError *error = NULL;
    consent_rows_take(page->values, entered->consent, faults);
    if (!consent_enter(page->plain->session, entered->consent, entered->replaces, &error)) {
        plain_error(page->plain, error);
        return FALSE;
    }
    g_autofree char *what = consent_rows_done(entered->consent, 0);
    plain_say(page->plain, "%s", what);
    return TRUE;
}

static void enter(Plain *plain, Entered *entered, char **values)
{
    const char *answers[2], *givers[CONSENT_GIVERS], *forms[CONSENT_FORMS];
    for (int i = 0; i < 2; i++)
        answers[i] = consent_rows_answer(i);
    for (int i = 0; i < CONSENT_GIVERS; i++)
        givers[i] = consent_rows_giver(i);
    for (int i = 0; i < CONSENT_FORMS; i++)
        forms[i] = consent_rows_form(i);
    const PlainRow rows[CONSENT_ROW_COUNT] = {
        [CONSENT_ROW_ANSWER] = {.label = C_("consent", "The person says"),
                                .options = answers,
                                .count = 2},
        [CONSENT_ROW_ACTORS] = {.label = C_("consent", "With"),
                                .help = _("Which unit, and preferably a name.")},
        [CONSENT_ROW_SCOPE] = {.label = C_("consent", "About"),
                               .help = _("What we may talk about.")},
        [CONSENT_ROW_PURPOSE] = {.label = C_("consent", "For"),
                                 .help = _("What for. May be left empty.")},
        [CONSENT_ROW_EXCEPTIONS] = {.label = C_("consent", "But not"),
                                    .help = _("What we may not talk about. Always ask; may be left "
                                              "empty.")},
        [CONSENT_ROW_FROM] = {.label = C_("consent", "From"),
                              .help = _("From which day, or the day of the no. Empty: today."),
                              .day = TRUE},
        [CONSENT_ROW_UNTIL] = {.label = C_("consent", "Until"),
                               .help =
                                   _("The last day: 21/11, +26w; at most a year. Left empty for "
                                     "a no."),
                               .day = TRUE},
        [CONSENT_ROW_BY] = {.label = C_("consent", "Said by"),
                            .options = givers,
                            .count = CONSENT_GIVERS},
        [CONSENT_ROW_FORM] = {.label = C_("consent", "How"),
                              .options = forms,
                              .count = CONSENT_FORMS},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("Consent"),
        .rows = rows,
        .count = CONSENT_ROW_COUNT,
        .values = values,
        .kept = {.kind = entered->replaces != 0 ? DRAFT_CONSENT_CHANGE : DRAFT_CONSENT,
                 .ref_id =
                     entered->replaces != 0 ? entered->replaces : entered->consent->client_id},
        .is_new = TRUE,
        .data = entered,
        .check = check_consent,
        .save = save_consent,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

static void enter_one(Plain *plain, gint64 client_id, const Consent *old)
{
    g_autoptr(Consent) consent = consent_entry_new(client_id);
    Entered entered = {.consent = consent, .replaces = old != NULL ? old->id : 0};
    enter(plain, &entered, consent_rows_values(old));
    if (consent->id != 0 && !consent->given)
        plain_settle_consent(plain, consent);
}

void plain_new_consent(Plain *plain, gint64 client_id)
{
    enter_one(plain, client_id, NULL);
}

void plain_change_consent(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Consent) old = consent_get(plain->session, id, &error);
    plain_error(plain, error);
    if (old != NULL)
        enter_one(plain, old->client_id, old);
}
