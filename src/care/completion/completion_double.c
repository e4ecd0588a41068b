/* completion_double.c: whether somebody whom a form is about has a card already. */
#include "care/completion/completion_double.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_private.h"
#include "care/completion/completion_mapping_private.h"
#include "care/unit/session_private.h"

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A name whatever the order of its words: "berg, anna" is "Anna Berg". New. */
static char *name_key(const char *name)
{
    g_auto(GStrv) words = text_fold_words(name);
    qsort(words, g_strv_length(words), sizeof *words, by_text);
    return g_strjoinv(" ", words);
}

/* The client born that day who is called so; 0: nobody. FALSE on error. */
static gboolean find_by_name(Session *session, const char *name, Date birth, gint64 *id,
                             GError **error)
{
    char day[DATE_SIZE];
    g_autofree char *key = name_key(name);
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT COALESCE(merged_into, id), name FROM client"
        " WHERE unit_id = :unit AND birth_date = :birth"
        " ORDER BY active DESC, id",
        DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("birth", date_format(birth, day))),
        error);
    DbStep step = DB_STEP_ERROR;
    *id = 0;
    while (rows != NULL && *id == 0 && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_autofree char *theirs = name_key(db_text(rows, 1));
        if (*key != '\0' && strcmp(key, theirs) == 0)
            *id = db_int(rows, 0);
    }
    return step != DB_STEP_ERROR;
}

/* Whoever may not open the card of somebody with protected identity does not learn from a number,
 * or from a name and a day, whose they are. */
static ClientRow *told_of(Session *session, gint64 id, GError **error)
{
    ClientRow *row = client_glance(session, id, error);
    if (row != NULL && row->protection != PROTECTION_NONE && !client_may_open(session, id)) {
        g_clear_pointer(&row->name, g_free);
        g_clear_pointer(&row->number, g_free);
        row->birth_date = DATE_NONE;
    }
    return row;
}

ClientRow *completion_find_double(Session *session, const Form *form, const Answers *answers,
                                  GError **error)
{
    Date today = clock_today();
    g_autoptr(Mapping) mapping = mapping_new(form, answers, today);
    const char *number = mapping_text(mapping, "client.id_number");
    const char *name = mapping_text(mapping, "client.name");
    Date birth = mapping_date(mapping, "client.birth_date");
    gint64 found = 0;
    IdNumber id = {.birth = DATE_NONE};
    if (number != NULL && idnumber_parse(number, today, &id) &&
        !client_find(session, id.number, NULL, &found, error))
        return NULL;
    if (id.birth != DATE_NONE)
        birth = id.birth;
    if (found == 0 && name != NULL && birth != DATE_NONE &&
        !find_by_name(session, name, birth, &found, error))
        return NULL;
    return found != 0 ? told_of(session, found, error) : NULL;
}

const char *completion_double_hidden(void)
{
    return _("There may be a card for this person already, and it is protected. Ask the team lead "
             "before you go on.");
}
