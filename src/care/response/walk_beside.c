/* walk_beside.c: what is at hand while a question is answered: the agenda beside the notes of a
 * meeting, and what the client says is wrong in the form that is corrected. */
#include "care/response/walk_private.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <string.h>

static gboolean is_beside(const FormItem *item, const FormItem *other)
{
    for (guint i = 0; i < item->beside->len; i++)
        if (g_str_equal(item->beside->pdata[i], other->link_id))
            return TRUE;
    return FALSE;
}

/* A line of its own with the question, or a number where it is one of several; further answers of
 * the same repetition stand behind the first. */
static void append(const Walk *walk, GString *text, const FlowStep *step, const char *value,
                   const char *before)
{
    if (*step->instance != '\0' && g_strcmp0(before, step->instance) == 0) {
        g_string_append_printf(text, " (%s)", value);
        return;
    }
    g_string_append(text, text->len > 0 ? "\n" : "");
    if (*step->instance != '\0') {
        g_string_append_printf(text, "%s. %s", step->instance, value);
        return;
    }
    g_autofree char *question = walk_text(walk, step->item->text);
    g_string_append_printf(text, "%s %s", question, value);
}

char *walk_beside(const Walk *walk, const FormItem *item)
{
    if (item->beside->len == 0)
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    const char *before = NULL;
    for (int i = flow_next(walk->flow, -1, 1); i >= 0; i = flow_next(walk->flow, i, 1)) {
        const FlowStep *step = flow_step(walk->flow, i);
        if (!is_beside(item, step->item))
            continue;
        const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
        g_autofree char *value = walk_value_text(walk, step->item, answer);
        if (*value == '\0')
            continue;
        append(walk, text, step, value, before);
        before = step->instance;
    }
    char now[TIME_SIZE];
    g_string_append_printf(text, "%s%s %s", text->len > 0 ? "\n" : "", _("The time is"),
                           time_format(clock_minute(), now));
    return g_strdup(text->str);
}

/* --- what the client says is wrong -------------------------------------------------------------- */

char *walk_disputed(const Walk *walk, const GPtrArray *disputes, const char *field)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < walk->versions->len; i++) {
        g_autofree char *said = dispute_beside(
            disputes, DISPUTE_RESPONSE, g_array_index(walk->versions, gint64, i), field,
            i18n_language());
        if (said != NULL)
            g_string_append_printf(text, "%s%s", text->len > 0 ? "\n" : "", said);
    }
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

char *walk_disputed_here(const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    if (walk->disputes == NULL || step == NULL)
        return NULL;
    g_autofree char *key = dispute_question(step->item->link_id, step->instance);
    g_autofree char *said = walk_disputed(walk, walk->disputes, key);
    return said != NULL ? g_strdup_printf(_("The person says that something here is wrong: %s"), said)
                        : NULL;
}
