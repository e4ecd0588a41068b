/* visits.c: the visits behind a figure, as lines that are opened one by one. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/visit/visit_behind.h"
#include "care/visit/visit_words.h"

enum { VISITS_MOST = 200 };

static void open_visit(Plain *plain, const Visit *visit)
{
    gint64 client_id = plain_visit(plain, visit->id);
    if (client_id != 0)
        plain_client(plain, client_id);
}

static void say_closed(Plain *plain, gint64 closed)
{
    g_autofree char *sentence = visit_words_closed(closed);
    if (sentence != NULL)
        plain_say(plain, "%s", sentence);
}

void plain_visits_behind(Plain *plain, const VisitQuery *query)
{
    while (!plain->ended) {
        GError *error = NULL;
        gint64 count = 0, closed = 0;
        g_autoptr(GPtrArray) visits =
            visit_behind(plain->session, query, NULL, VISITS_MOST, &error);
        if (visits != NULL)
            visit_behind_count(plain->session, query, &count, &closed, &error);
        plain_error(plain, error);
        if (visits == NULL)
            return;
        say_closed(plain, closed);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < visits->len; i++)
            g_ptr_array_add(lines, plain_visit_line_dated(visits->pdata[i]));
        if (lines->len == 0) {
            plain_say(plain, "%s", _("There are no such visits."));
            return;
        }
        int index = plain_choose(plain, _("Which visit? An empty line goes back."), lines);
        if (index < 0)
            return;
        open_visit(plain, visits->pdata[index]);
    }
}
