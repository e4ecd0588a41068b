/* decision_import.c: decisions that come from a case system's file. */
#include "care/completion/decision_import.h"

#include "base/text.h"
#include "care/client/decision_private.h"
#include "care/completion/decision_entry_private.h"
#include "care/unit/access.h"

static gint by_day(gconstpointer a, gconstpointer b)
{
    const Decision *one = (*(DecisionLine *const *)a)->decision;
    const Decision *other = (*(DecisionLine *const *)b)->decision;
    return one->decided_on != other->decided_on ? one->decided_on - other->decided_on
                                                : one->valid_from - other->valid_from;
}

/* --- the same one ----------------------------------------------------------------------------- */

/* One of a form has a kind of its own. */
static gboolean same_kind(const Decision *one, const Decision *other)
{
    DecisionEntry entry;
    const gboolean entered =
        decision_entry_parse(one->kind, &entry) && decision_entry_parse(other->kind, &entry);
    return entered ? g_strcmp0(one->kind, other->kind) == 0
                   : decision_grants(one) == decision_grants(other);
}

static gboolean same_support(const Decision *one, const Decision *other)
{
    return text_collate(decision_support_name(one->support),
                        decision_support_name(other->support)) == 0;
}

static gboolean alike(const Decision *one, const Decision *other)
{
    return one->decided_on == other->decided_on && same_kind(one, other) &&
           (same_support(one, other) || !decision_grants(one));
}

static guint count_alike(const GPtrArray *lines, const Decision *decision)
{
    guint count = 0;
    for (guint i = 0; i < lines->len; i++)
        count += alike(((const DecisionLine *)lines->pdata[i])->decision, decision);
    return count;
}

/* The one that is there; NULL: none is. */
static const Decision *find(const GPtrArray *all, const GPtrArray *lines, const Decision *decision)
{
    const Decision *only = NULL;
    guint count = 0;
    for (guint i = 0; i < all->len; i++) {
        const Decision *known = all->pdata[i];
        if (!alike(known, decision))
            continue;
        if (known->valid_from == decision->valid_from)
            return known;
        only = known;
        count++;
    }
    return count == 1 && count_alike(lines, decision) == 1 ? only : NULL;
}

/* --- what it says ----------------------------------------------------------------------------- */

static gboolean other_text(const char *known, const char *said)
{
    return known != NULL && said != NULL && text_collate(known, said) != 0;
}

/* Whether a row of the file says something else than the one that is there. What either leaves out
 * contradicts nothing. */
static gboolean differs(DecisionLine *line, const Decision *known)
{
    const Decision *said = line->decision;
    const struct {
        DecisionRow row;
        gboolean differs;
    } rows[] = {
        {DECISION_ROW_FROM,
         known->valid_from != DATE_NONE && known->valid_from != said->valid_from},
        {DECISION_ROW_TO, known->valid_to != said->valid_to},
        {DECISION_ROW_LAW, other_text(known->law, said->law)},
        {DECISION_ROW_MONTH,
         known->month_minutes != 0 && known->month_minutes != said->month_minutes},
        {DECISION_ROW_SECTION, other_text(known->section, said->section)},
        {DECISION_ROW_REASONS, other_text(known->reasons, said->reasons)},
        {DECISION_ROW_BY, other_text(known->decided_by, said->decided_by)},
        {DECISION_ROW_DELEGATION, other_text(known->delegation, said->delegation)},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        if (line->says[rows[i].row] && rows[i].differs) {
            line->differs = rows[i].row;
            return TRUE;
        }
    return FALSE;
}

/* --- adding ----------------------------------------------------------------------------------- */

static gboolean add_line(Session *session, const GPtrArray *all, const GPtrArray *lines,
                         DecisionLine *line, GError **error)
{
    const Decision *known = find(all, lines, line->decision);
    line->came = known == NULL          ? DECISION_ADDED
                 : differs(line, known) ? DECISION_DIFFERS
                                        : DECISION_THERE;
    return known != NULL || decision_write(session, line->decision, NULL, error);
}

/* The newly added one that support rests on now; NULL: it is one that was there. */
static gboolean find_latest(Session *session, gint64 client_id, const GPtrArray *lines,
                            const Decision **latest, GError **error)
{
    gint64 id = 0;
    *latest = NULL;
    if (!decision_latest(session, client_id, &id, error))
        return FALSE;
    for (guint i = 0; i < lines->len; i++) {
        const DecisionLine *line = lines->pdata[i];
        if (line->came == DECISION_ADDED && line->decision->id == id)
            *latest = line->decision;
    }
    return TRUE;
}

gboolean decision_add_from_file(Session *session, gint64 client_id, GPtrArray *lines,
                                GError **error)
{
    const Decision *latest = NULL;
    if (!access_require(session, PERMIT_IMPORT, error))
        return FALSE;
    g_autoptr(GArray) gaps = decision_gaps(session, client_id, error);
    if (gaps == NULL)
        return FALSE;
    g_autoptr(GPtrArray) all = decision_read_all(session, client_id, error);
    if (all == NULL)
        return FALSE;
    g_ptr_array_sort(lines, by_day);
    for (guint i = 0; i < lines->len; i++) {
        DecisionLine *line = lines->pdata[i];
        line->decision->client_id = client_id;
        if (!add_line(session, all, lines, line, error))
            return FALSE;
    }
    return find_latest(session, client_id, lines, &latest, error) &&
           (latest == NULL || decision_follow_latest(session, latest, gaps, error));
}
