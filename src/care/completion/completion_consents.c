/* completion_consents.c: the consents that a response gives or refuses. */
#include "care/completion/completion_consents_private.h"

#include <string.h>

#include "base/clock.h"
#include "care/client/consent_private.h"
#include "care/completion/completion_pairs_private.h"
#include "care/unit/audit.h"

void wanted_consent_free(WantedConsent *wanted)
{
    if (wanted == NULL)
        return;
    consent_free(wanted->consent);
    g_free(wanted->item);
    g_free(wanted->instance);
    g_free(wanted);
}

/* --- what is asked for ------------------------------------------------------------------------ */

typedef enum { SAID_NOTHING, SAID_YES, SAID_NO } Said;

static Said said(const MappedAnswer *given)
{
    const char *text = mapped_text(given);
    if (text != NULL && (strcmp(text, "true") == 0 || strcmp(text, "given") == 0))
        return SAID_YES;
    if (text != NULL && (strcmp(text, "false") == 0 || strcmp(text, "refused") == 0))
        return SAID_NO;
    return SAID_NOTHING; /* wants to think it over, does not know */
}

/* Whether the answer lies in the group, and the repetition, that `given` speaks for. */
static gboolean speaks_for(const MappedAnswer *given, const MappedAnswer *answer)
{
    const FormItem *group = answer->item->parent;
    while (group != NULL && group != given->item->parent)
        group = group->parent;
    gsize length = strlen(given->instance);
    return group == given->item->parent &&
           strncmp(answer->instance, given->instance, length) == 0 &&
           (length == 0 || answer->instance[length] == '\0' || answer->instance[length] == '.');
}

/* The question whether there is a consent, for this answer; NULL: the form has none. */
static const MappedAnswer *question_for(const Mapping *mapping, const MappedAnswer *answer)
{
    const MappedAnswer *found = NULL;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *given = g_ptr_array_index(mapping->answers, i);
        if (mapped_to(given, "consent.given") && speaks_for(given, answer))
            found = given;
    }
    return found;
}

static void take_text(Consent *consent, const MappedAnswer *answer)
{
    const struct {
        const char *to;
        char **text;
    } texts[] = {
        {"consent.actors", &consent->actors},   {"consent.scope", &consent->scope},
        {"consent.purpose", &consent->purpose}, {"consent.exceptions", &consent->exceptions},
        {"consent.form", &consent->form},       {"consent.given_by", &consent->given_by},
    };
    const struct {
        const char *to;
        Date *day;
    } days[] = {
        {"consent.given_on", &consent->given_on},
        {"consent.ends_on", &consent->ends_on},
        {"consent.withdrawn_on", &consent->withdrawn_on},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (mapped_to(answer, texts[i].to)) {
            g_free(*texts[i].text);
            *texts[i].text = g_strdup(mapped_text(answer));
        }
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (mapped_to(answer, days[i].to))
            *days[i].day = date_parse(mapped_text(answer));
}

static WantedConsent *wanted_at(GPtrArray *all, const char *item, const char *instance)
{
    for (guint i = 0; i < all->len; i++) {
        WantedConsent *wanted = g_ptr_array_index(all, i);
        if (strcmp(wanted->item, item) == 0 && strcmp(wanted->instance, instance) == 0)
            return wanted;
    }
    WantedConsent *wanted = g_new0(WantedConsent, 1);
    wanted->consent = consent_new();
    wanted->item = g_strdup(item);
    wanted->instance = g_strdup(instance);
    g_ptr_array_add(all, wanted);
    return wanted;
}

/* What is said about each consent stands in one group with it. */
static void gather_details(const Mapping *mapping, GPtrArray *all)
{
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        const FormItem *group = answer->item->parent;
        if (!g_str_has_prefix(answer->to, "consent.") || mapped_to(answer, "consent.given") ||
            mapped_text(answer) == NULL)
            continue;
        const MappedAnswer *given = question_for(mapping, answer);
        gboolean own = given != NULL && given->item->parent == group;
        if (given != NULL && said(given) != SAID_YES && !(own && said(given) == SAID_NO))
            continue;
        WantedConsent *wanted = wanted_at(
            all, group != NULL ? group->link_id : answer->item->link_id, answer->instance);
        wanted->consent->given = given == NULL || said(given) == SAID_YES;
        take_text(wanted->consent, answer);
    }
}

/* Whether a consent has been gathered that `given` speaks for. */
static gboolean has_details(const Mapping *mapping, const MappedAnswer *given)
{
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        gboolean own = answer->item->parent == given->item->parent;
        if (g_str_has_prefix(answer->to, "consent.") && answer != given &&
            !mapped_to(answer, "consent.given") && mapped_text(answer) != NULL &&
            (own || said(given) == SAID_YES) && question_for(mapping, answer) == given)
            return TRUE;
    }
    return FALSE;
}

GPtrArray *mapping_consents(const Mapping *mapping)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)wanted_consent_free);
    gather_details(mapping, all);
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *given = g_ptr_array_index(mapping->answers, i);
        if (!mapped_to(given, "consent.given") || said(given) == SAID_NOTHING ||
            has_details(mapping, given))
            continue;
        WantedConsent *wanted = wanted_at(all, given->item->link_id, given->instance);
        wanted->consent->given = said(given) == SAID_YES;
    }
    return all;
}

/* --- carrying it out -------------------------------------------------------------------------- */

static gboolean same_place(const WantedConsent *a, const WantedConsent *b)
{
    return strcmp(a->item, b->item) == 0 && strcmp(a->instance, b->instance) == 0;
}

static gboolean same_consent(const Consent *a, const Consent *b)
{
    return a->given == b->given && g_strcmp0(a->actors, b->actors) == 0 &&
           g_strcmp0(a->scope, b->scope) == 0 && g_strcmp0(a->purpose, b->purpose) == 0 &&
           g_strcmp0(a->exceptions, b->exceptions) == 0 && g_strcmp0(a->form, b->form) == 0 &&
           g_strcmp0(a->given_by, b->given_by) == 0 && a->given_on == b->given_on &&
           a->ends_on == b->ends_on && a->withdrawn_on == b->withdrawn_on;
}

/* Repetitions move up when one before them is taken away, so what they say comes before where they
 * stand. */
static gboolean is_the_same(gconstpointer before, gconstpointer now, PairRound round)
{
    const WantedConsent *a = before, *b = now;
    if (strcmp(a->item, b->item) != 0)
        return FALSE;
    switch (round) {
    case PAIR_EQUAL_IN_PLACE:
        return same_place(a, b) && same_consent(a->consent, b->consent);
    case PAIR_EQUAL:
        return same_consent(a->consent, b->consent);
    case PAIR_ALIKE_IN_PLACE:
        return same_place(a, b) && g_strcmp0(a->consent->actors, b->consent->actors) == 0;
    case PAIR_ALIKE:
        return g_strcmp0(a->consent->actors, b->consent->actors) == 0;
    case PAIR_IN_PLACE:
        return same_place(a, b);
    case PAIR_ROUNDS:
        break;
    }
    return FALSE;
}

/* Finds the row of each consent of the corrected response: its id, 0 where there is none. */
static gboolean find_rows(const Completion *completion, GPtrArray *before, GError **error)
{
    for (guint i = 0; i < before->len; i++) {
        WantedConsent *wanted = g_ptr_array_index(before, i);
        if (!db_get_int(session_db(completion->session),
                        "SELECT id FROM consent WHERE response_id = :response AND item = :item"
                        " AND instance = :instance ORDER BY id DESC LIMIT 1",
                        DB_PARAMS(DB_INT("response", completion->response->corrects_id),
                                  DB_TEXT("item", wanted->item),
                                  DB_TEXT("instance", wanted->instance)),
                        0, &wanted->consent->id, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean add(const Completion *completion, const WantedConsent *wanted, GError **error)
{
    Consent *consent = wanted->consent;
    consent->client_id = completion->client_id;
    consent->response_id = completion->response->id;
    return consent_insert(completion->session, consent, wanted->item, wanted->instance, error);
}

static void change_text(char **row, const char *before, const char *now)
{
    if (g_strcmp0(before, now) == 0)
        return;
    g_free(*row);
    *row = g_strdup(now);
}

static void change_day(Date *row, Date before, Date now)
{
    if (before != now)
        *row = now;
}

/* Only what the correction has changed: a withdrawal by hand stays. */
static gboolean change(const Completion *completion, const WantedConsent *before,
                       const WantedConsent *now, GError **error)
{
    const Consent *a = before->consent, *b = now->consent;
    g_autoptr(Consent) row = consent_read(completion->session, a->id, error);
    if (row == NULL)
        return FALSE;
    if (a->given != b->given)
        row->given = b->given;
    change_text(&row->actors, a->actors, b->actors);
    change_text(&row->scope, a->scope, b->scope);
    change_text(&row->purpose, a->purpose, b->purpose);
    change_text(&row->exceptions, a->exceptions, b->exceptions);
    change_text(&row->form, a->form, b->form);
    change_text(&row->given_by, a->given_by, b->given_by);
    change_day(&row->given_on, a->given_on, b->given_on);
    change_day(&row->ends_on, a->ends_on, b->ends_on);
    change_day(&row->withdrawn_on, a->withdrawn_on, b->withdrawn_on);
    return db_run(session_db(completion->session),
                  "UPDATE consent SET instance = :instance WHERE id = :id",
                  DB_PARAMS(DB_TEXT("instance", now->instance), DB_INT("id", a->id)), error) &&
           consent_update(completion->session, row, "correct", error);
}

/* A consent that the correction knows nothing of is withdrawn from today: something may have been
 * shared by it. A refusal is taken away. */
static gboolean end(const Completion *completion, const WantedConsent *before, GError **error)
{
    gint64 id = before->consent->id;
    Session *session = completion->session;
    g_autoptr(Consent) row = consent_read(session, id, error);
    if (row == NULL)
        return FALSE;
    if (row->given && row->withdrawn_on != DATE_NONE)
        return TRUE;
    if (row->given) {
        row->withdrawn_on = completion->now->today;
        return consent_update(session, row, "correct", error);
    }
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "given", "refused", NULL);
    return db_run(session_db(session), "DELETE FROM consent WHERE id = :id",
                  DB_PARAMS(DB_INT("id", id)), error) &&
           audit_write(session, "remove", "consent", id, row->client_id, changes, error);
}

static gboolean correct(const Completion *completion, GPtrArray *now, GError **error)
{
    g_autoptr(GPtrArray) before = mapping_consents(completion->before);
    g_autoptr(GArray) pairs = completion_pairs(before, now, is_the_same);
    if (!find_rows(completion, before, error))
        return FALSE;
    for (guint i = 0; i < before->len; i++) {
        const WantedConsent *was = g_ptr_array_index(before, i);
        int pair = g_array_index(pairs, int, i);
        if (was->consent->id == 0)
            continue;
        if (pair < 0 ? !end(completion, was, error)
                     : !change(completion, was, g_ptr_array_index(now, (guint)pair), error))
            return FALSE;
        if (pair >= 0)
            ((WantedConsent *)g_ptr_array_index(now, (guint)pair))->consent->id = was->consent->id;
    }
    return db_run(session_db(completion->session),
                  "UPDATE consent SET response_id = :to WHERE response_id = :from",
                  DB_PARAMS(DB_INT("to", completion->response->id),
                            DB_INT("from", completion->response->corrects_id)),
                  error);
}

gboolean completion_consents(const Completion *completion, GError **error)
{
    g_autoptr(GPtrArray) now = mapping_consents(completion->now);
    if (completion->before != NULL && !correct(completion, now, error))
        return FALSE;
    for (guint i = 0; i < now->len; i++) {
        const WantedConsent *wanted = g_ptr_array_index(now, i);
        if (wanted->consent->id == 0 && !add(completion, wanted, error))
            return FALSE;
    }
    return TRUE;
}
