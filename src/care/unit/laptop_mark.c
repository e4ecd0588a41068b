/* laptop_mark.c: marks in meta. */
#include "care/unit/laptop_mark.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/deed.h"
#include "care/unit/session_private.h"

#define HOME_ID "laptop_of"
#define UNTIL "laptop_until"
#define READY "laptop_ready"

gboolean laptop_mark(Session *made, const char *home_id, Date until, GError **error)
{
    char day[DATE_SIZE];
    made->is_laptop = TRUE;
    made->laptop_until = until;
    return db_meta_set(made->db, HOME_ID, home_id, error) &&
           db_meta_set(made->db, UNTIL, date_format(until, day), error);
}

gboolean laptop_mark_ready(Session *made, GError **error)
{
    return db_meta_set(made->db, READY, "1", error);
}

gboolean laptop_mark_home(Session *laptop, GError **error)
{
    g_autofree char *now = g_strdup_printf("%" G_GINT64_FORMAT, clock_now_ms());
    return db_meta_set(laptop->db, LAPTOP_HOME_MS, now, error);
}

char *laptop_mark_home_id(Session *laptop, GError **error)
{
    return db_meta_get(laptop->db, HOME_ID, error);
}

/* Today, or the day of the newest entry of the log where the clock says less: then it was set back.
 */
static gboolean today_by_log(Session *session, Date *today, GError **error)
{
    gint64 newest = 0;
    if (!db_get_int(session->db, "SELECT MAX(at_ms) FROM audit", NULL, 0, &newest, error))
        return FALSE;
    *today = MAX(clock_today(), clock_local(newest, NULL));
    return TRUE;
}

static gboolean refuse(GError **error, DagsformError code, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, (gint)code, sentence);
    return FALSE;
}

static gboolean may_be_opened(Session *session, const char *ready, const char *home, GError **error)
{
    Date today = DATE_NONE;
    char day[DATE_SIZE];
    if (ready == NULL)
        return refuse(
            error, ERROR_CORRUPT,
            _("Taking this along was broken off before the unit knew of it, and nothing has "
              "been done in it. Delete the file and its key file, and take it along anew."));
    if (home != NULL)
        return refuse(
            error, ERROR_DENIED,
            _("What was done here has come home, and the unit goes on from there. Work in "
              "the unit, and take a new part along when you leave again."));
    if (!today_by_log(session, &today, error))
        return FALSE;
    if (today <= session->laptop_until)
        return TRUE;
    g_autofree char *sentence = g_strdup_printf(
        _("This part of the unit could be worked in until %s. Nothing that was done in it is lost: "
          "bring it home with “dagsform home”, and take a new part along."),
        date_format(session->laptop_until, day));
    return refuse(error, ERROR_DENIED, sentence);
}

char *laptop_mark_tell(Session *session)
{
    char day[DATE_SIZE];
    return !session->is_laptop
               ? NULL
               : g_strdup_printf(
                     _("You work on a laptop that is away, with your own clients alone. Come "
                       "home by %s at the latest, with “dagsform home”."),
                     date_format(session->laptop_until, day));
}

gboolean laptop_mark_read(Session *session, gboolean coming_home, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *of = db_meta_get(session->db, HOME_ID, &failed);
    g_autofree char *until = failed == NULL ? db_meta_get(session->db, UNTIL, &failed) : NULL;
    g_autofree char *ready = failed == NULL ? db_meta_get(session->db, READY, &failed) : NULL;
    g_autofree char *home = failed == NULL ? db_meta_get(session->db, LAPTOP_HOME_MS, &failed) : NULL;
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (of == NULL)
        return TRUE;
    session->is_laptop = TRUE;
    session->laptop_until = until != NULL ? date_parse(until) : DATE_NONE;
    return coming_home || may_be_opened(session, ready, home, error);
}
