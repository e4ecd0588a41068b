/* decision_version.c: the earlier versions of a decision. */
#include "care/client/decision_version.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/client/client_words.h"
#include "care/client/decision_private.h"

void decision_version_free(DecisionVersion *version)
{
    if (version == NULL)
        return;
    decision_free(version->was);
    g_free(version->who);
    g_free(version);
}

/* --- the rows --------------------------------------------------------------------------------- */

gboolean decision_version_keep(Session *session, const Decision *before, GError **error)
{
    char decided[DATE_SIZE], from[DATE_SIZE], to[DATE_SIZE];
    return db_run(
        session_db(session),
        "INSERT INTO decision_version (decision_id, version, kind, law, support, decided_on,"
        " decided_by, valid_from, valid_to, section, reasons, delegation, month_minutes,"
        " replaced_ms, replaced_by) VALUES (:id, :version, :kind, :law, :support, :decided_on,"
        " :decided_by, :valid_from, :valid_to, :section, :reasons, :delegation, :month_minutes,"
        " :now, :me)",
        DB_PARAMS(DB_INT("id", before->id), DB_INT("version", before->version),
                  DB_TEXT("kind", before->kind), DB_TEXT("law", before->law),
                  DB_TEXT("support", before->support),
                  DB_TEXT("decided_on", date_or_null(before->decided_on, decided)),
                  DB_TEXT("decided_by", before->decided_by),
                  DB_TEXT("valid_from", date_or_null(before->valid_from, from)),
                  DB_TEXT("valid_to", date_or_null(before->valid_to, to)),
                  DB_TEXT("section", before->section), DB_TEXT("reasons", before->reasons),
                  DB_TEXT("delegation", before->delegation),
                  DB_INT_IF("month_minutes", before->month_minutes, before->month_minutes > 0),
                  DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
        error);
}

gboolean decision_versions_remove(Session *session, gint64 decision_id, GError **error)
{
    return db_run(session_db(session), "DELETE FROM decision_version WHERE decision_id = :id",
                  DB_PARAMS(DB_INT("id", decision_id)), error);
}

static DecisionVersion *version_from_row(DbStatement *row, gint64 client_id, gint64 decision_id)
{
    DecisionVersion *version = g_new0(DecisionVersion, 1);
    Decision *was = version->was = decision_new();
    was->id = decision_id;
    was->client_id = client_id;
    was->version = db_int(row, 0);
    was->kind = g_strdup(db_text(row, 1));
    was->law = g_strdup(db_text(row, 2));
    was->support = g_strdup(db_text(row, 3));
    was->decided_on = date_parse(db_text(row, 4));
    was->decided_by = g_strdup(db_text(row, 5));
    was->valid_from = date_parse(db_text(row, 6));
    was->valid_to = date_parse(db_text(row, 7));
    was->section = g_strdup(db_text(row, 8));
    was->reasons = g_strdup(db_text(row, 9));
    was->delegation = g_strdup(db_text(row, 10));
    was->month_minutes = (int)db_int(row, 11);
    version->replaced_ms = db_int(row, 12);
    version->who = g_strdup(db_text(row, 13));
    return version;
}

GPtrArray *decision_versions(Session *session, gint64 client_id, gint64 decision_id, GError **error)
{
    if (!client_require(session, PERMIT_WALK, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT e.version, e.kind, e.law, e.support, e.decided_on, e.decided_by,"
                 " e.valid_from, e.valid_to, e.section, e.reasons, e.delegation, e.month_minutes,"
                 " e.replaced_ms, s.name FROM decision_version e JOIN decision d"
                 " ON d.id = e.decision_id AND d.client_id = :client"
                 " LEFT JOIN staff s ON s.id = e.replaced_by"
                 " WHERE e.decision_id = :id ORDER BY e.version DESC",
                 DB_PARAMS(DB_INT("client", client_id), DB_INT("id", decision_id)), error);
    if (rows == NULL)
        return NULL;
    g_autoptr(GPtrArray) all =
        g_ptr_array_new_with_free_func((GDestroyNotify)decision_version_free);
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, version_from_row(rows, client_id, decision_id));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* --- in words --------------------------------------------------------------------------------- */

static void add_part(GString *text, const char *label, const char *was)
{
    g_autofree char *said = g_strdup(was != NULL && *was != '\0' ? was : _("not said"));
    if (g_str_has_suffix(said, "."))
        said[strlen(said) - 1] = '\0'; /* the sentence has a full stop of its own */
    g_string_append_printf(text, "%s%s %s", text->len > 0 ? "; " : "", label, said);
}

/* What `was` said otherwise than `now`. New. */
static char *what_differs(const Decision *was, const Decision *now)
{
    char date[DATE_SIZE];
    g_autofree char *law = client_words_law(was), *law_now = client_words_law(now);
    g_autofree char *hours = client_words_hours(was->month_minutes);
    const struct {
        const char *label, *was, *now, *said;
    } texts[] = {
        {C_("decision", "Decided to"), was->kind, now->kind, decision_kind_name(was->kind)},
        {C_("decision", "By the"), law, law_now, law},
        {C_("decision", "Support"), was->support, now->support,
         decision_support_name(was->support)},
        {C_("decision", "Reasons"), was->reasons, now->reasons, was->reasons},
        {C_("decision", "Decided by"), was->decided_by, now->decided_by, was->decided_by},
        {C_("decision", "Delegation"), was->delegation, now->delegation, was->delegation},
    };
    const struct {
        const char *label;
        Date was, now;
    } days[] = {
        {C_("decision", "Decided"), was->decided_on, now->decided_on},
        {C_("decision", "First day"), was->valid_from, now->valid_from},
        {C_("decision", "Last day"), was->valid_to, now->valid_to},
    };
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (g_strcmp0(texts[i].was, texts[i].now) != 0)
            add_part(text, texts[i].label, texts[i].said);
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
        if (days[i].was != days[i].now)
            add_part(text, days[i].label, date_or_null(days[i].was, date));
    if (was->month_minutes != now->month_minutes)
        add_part(text, C_("decision", "Hours a month"), was->month_minutes > 0 ? hours : NULL);
    return g_string_free(text, FALSE);
}

gboolean decision_corrected(Session *session, const Decision *decision, char **text, GError **error)
{
    *text = NULL;
    if (decision->version < 2)
        return TRUE;
    g_autoptr(GPtrArray) all = decision_versions(session, decision->client_id, decision->id, error);
    if (all == NULL)
        return FALSE;
    const Decision *after = decision;
    g_autoptr(GString) said = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++) {
        const DecisionVersion *version = all->pdata[i];
        char day[DATE_SIZE], time[sizeof "14:00:00"];
        g_autofree char *differs = what_differs(version->was, after);
        date_format(clock_local(version->replaced_ms, time), day);
        if (i > 0)
            g_string_append_c(said, ' ');
        if (version->who != NULL)
            /* TRANSLATORS: the day, who corrected it, and what it said before */
            g_string_append_printf(said, _("Corrected %s by %s. Before: %s."), day, version->who,
                                   differs);
        else
            g_string_append_printf(said, _("Corrected %s. Before: %s."), day, differs);
        after = version->was;
    }
    if (said->len > 0)
        *text = g_strdup(said->str);
    return TRUE;
}
