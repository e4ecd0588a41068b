/* improvement_report.c: improvement work as lines of text and as JSON. */
#include <math.h>

#include "base/i18n.h"
#include "exchange/json_members.h"
#include "exchange/line_report.h"
#include "exchange/week_words.h"

/* --- text ------------------------------------------------------------------------------------- */

static void add_part(GString *text, const char *label, const char *words)
{
    if (words != NULL)
        g_string_append_printf(text, "%s: %s\n", label, words);
}

static void add_cycle(GString *text, const Cycle *cycle)
{
    char from[DATE_SIZE];
    g_string_append_printf(text, "\n%s %s: %s\n", date_format(cycle->from, from),
                           cycle_kind_name(cycle->kind), cycle->name);
    add_part(text, _("What we predict"), cycle->prediction);
    add_part(text, _("What happened"), cycle->happened);
    add_part(text, _("What it taught"), cycle->learned);
    add_part(text, _("What comes next"), cycle->next);
}

static gboolean add_improvement(GString *text, Session *session, const Improvement *improvement,
                                GError **error)
{
    char begun[DATE_SIZE], ended[DATE_SIZE];
    g_autoptr(GPtrArray) cycles = cycle_list(session, improvement->id, error);
    if (cycles == NULL)
        return FALSE;
    g_string_append_printf(text, "\n%s, %s – %s\n", improvement->name,
                           date_format(improvement->begun_on, begun),
                           date_format(improvement->ended_on, ended));
    add_part(text, _("What we want to achieve"), improvement->aim);
    add_part(text, _("How we shall know"), improvement->measure);
    if (improvement->target != IMPROVEMENT_NO_TARGET) {
        g_autofree char *target = week_words_share(improvement->target / 1000.0);
        g_string_append_printf(text, _("The target is %s."), target);
        g_string_append_c(text, '\n');
    }
    for (guint i = 0; i < cycles->len; i++)
        add_cycle(text, cycles->pdata[i]);
    return TRUE;
}

char *improvement_report_one(Session *session, const Improvement *improvement, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    return add_improvement(text, session, improvement, error) ? g_strdup(g_strstrip(text->str))
                                                              : NULL;
}

char *improvement_report_text(Session *session, GError **error)
{
    g_autoptr(GPtrArray) all = improvement_list(session, error);
    if (all == NULL)
        return NULL;
    g_autoptr(GString) text = g_string_new(session_unit_name(session));
    g_string_append_c(text, '\n');
    if (all->len == 0)
        g_string_append_printf(text, "\n%s\n", _("There is no improvement work yet."));
    for (guint i = 0; i < all->len; i++)
        if (!add_improvement(text, session, all->pdata[i], error))
            return NULL;
    return g_strdup(text->str);
}

/* --- JSON ------------------------------------------------------------------------------------- */

static void member_date(JsonBuilder *json, const char *name, Date date)
{
    char text[DATE_SIZE];
    member_text(json, name, date_or_null(date, text));
}

static void json_cycle(JsonBuilder *json, const Cycle *cycle)
{
    json_builder_begin_object(json);
    member_text(json, "kind", cycle_kind_code(cycle->kind));
    member_text(json, "name", cycle->name);
    member_date(json, "from", cycle->from);
    member_boolean(json, "rebase", cycle->rebase);
    member_text(json, "prediction", cycle->prediction);
    member_text(json, "happened", cycle->happened);
    member_text(json, "learned", cycle->learned);
    member_text(json, "next", cycle->next);
    json_builder_end_object(json);
}

static gboolean json_improvement(JsonBuilder *json, Session *session,
                                 const Improvement *improvement, GError **error)
{
    g_autoptr(GPtrArray) cycles = cycle_list(session, improvement->id, error);
    if (cycles == NULL)
        return FALSE;
    json_builder_begin_object(json);
    member_text(json, "name", improvement->name);
    member_text(json, "aim", improvement->aim);
    member_text(json, "measure", improvement->measure);
    member_number(json, "target",
                  improvement->target == IMPROVEMENT_NO_TARGET ? NAN
                                                               : improvement->target / 1000.0);
    member_date(json, "begun", improvement->begun_on);
    member_date(json, "ended", improvement->ended_on);
    json_builder_set_member_name(json, "changes");
    json_builder_begin_array(json);
    for (guint i = 0; i < cycles->len; i++)
        json_cycle(json, cycles->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
    return TRUE;
}

char *improvement_report_json(Session *session, GError **error)
{
    g_autoptr(GPtrArray) all = improvement_list(session, error);
    if (all == NULL)
        return NULL;
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "unit", session_unit_name(session));
    json_builder_set_member_name(json, "improvements");
    json_builder_begin_array(json);
    for (guint i = 0; i < all->len; i++)
        if (!json_improvement(json, session, all->pdata[i], error))
            return NULL;
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}
