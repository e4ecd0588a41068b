/* walk_known.c: what is known of the person and the placement, so that nobody is asked for it
 * (FormItem.known). It is worked out from the identity number, the card and the placement, stands
 * among the answers as any other does, and cannot be answered otherwise. */
#include "care/response/walk_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_private.h"

#define OF_AGE 18 /* 9 kap. 1 § föräldrabalken */

/* --- from what -------------------------------------------------------------------------------- */

void walk_learn(Walk *walk, Session *session)
{
    const Response *response = walk->response;
    g_clear_pointer(&walk->card, client_free);
    g_clear_pointer(&walk->placement, placement_free);
    if (response->client_id != 0)
        walk->card = client_read_allowed(session, response->client_id, NULL);
    if (response->placement_id != 0)
        walk->placement = placement_get(session, response->placement_id, NULL);
    walk->is_protected = response->client_id != 0 &&
                         (walk->card == NULL || walk->card->protection != PROTECTION_NONE);
}

/* Of a completed one the day it was completed: it says what held then. */
static Date day_of(const Walk *walk)
{
    char time[sizeof "HH:MM:SS"];
    gint64 completed = walk->response->completed_ms;
    return completed != 0 ? clock_local(completed, time) : clock_today();
}

/* What has been answered to the question mapped to `to`; NULL: nothing. */
static const char *said(const Walk *walk, const char *to)
{
    const char *found = NULL;
    for (int i = flow_next(walk->flow, -1, 1); i >= 0; i = flow_next(walk->flow, i, 1)) {
        const FlowStep *step = flow_step(walk->flow, i);
        if (g_strcmp0(step->item->maps_to, to) != 0)
            continue;
        const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
        found = answer != NULL && answer->kind == ANSWER_VALUE ? answer->value : found;
    }
    return found;
}

/* The number that is said in the form goes before the card, and both before a day without one. */
static Date birth_of(const Walk *walk)
{
    IdNumber id;
    const char *number = said(walk, "client.id_number"), *day = said(walk, "client.birth_date");
    if (number != NULL && idnumber_parse(number, day_of(walk), &id) && id.birth != DATE_NONE)
        return id.birth;
    if (walk->card != NULL && walk->card->birth_date != DATE_NONE)
        return walk->card->birth_date;
    return day != NULL ? date_parse(day) : DATE_NONE;
}

/* --- what ------------------------------------------------------------------------------------- */

static char *day_text(Date day)
{
    char text[DATE_SIZE];
    return day != DATE_NONE ? g_strdup(date_format(day, text)) : NULL;
}

static char *under_18(const Walk *walk)
{
    Date birth = birth_of(walk), day = day_of(walk);
    if (birth == DATE_NONE || birth > day)
        return NULL;
    return g_strdup(date_age(birth, day) < OF_AGE ? "true" : "false");
}

static char *sex(const Walk *walk)
{
    static const char *const CODES[] = {[SEX_UNKNOWN] = NULL,
                                        [SEX_WOMAN] = "woman girl",
                                        [SEX_MAN] = "man boy",
                                        [SEX_OTHER] = "other"};
    return walk->card != NULL ? g_strdup(CODES[walk->card->sex]) : NULL;
}

static char *age_at_end(const Walk *walk)
{
    Date birth = birth_of(walk),
         end = walk->placement != NULL ? walk->placement->ended_on : DATE_NONE;
    if (birth == DATE_NONE || end == DATE_NONE || birth > end)
        return NULL;
    return g_strdup_printf("%d", date_age(birth, end));
}

static char *institution(const Walk *walk)
{
    return walk->placement != NULL ? g_strdup(walk->placement->institution) : NULL;
}

/* A foster home may have an agency's support or not, and is asked for. */
static char *institution_kind(const Walk *walk)
{
    static const char *const CODES[INSTITUTION_KIND_COUNT] = {
        [INSTITUTION_HVB] = "hvb",
        [INSTITUTION_SUPPORTED_HOUSING] = "supported",
        [INSTITUTION_TRAINING_FLAT] = "training",
        [INSTITUTION_SIS] = "sis",
        [INSTITUTION_EMERGENCY_FOSTER_HOME] = "emergency-foster",
    };
    return walk->placement != NULL ? g_strdup(CODES[walk->placement->institution_kind]) : NULL;
}

static char *started_on(const Walk *walk)
{
    return walk->placement != NULL ? day_text(walk->placement->started_on) : NULL;
}

static char *ended_on(const Walk *walk)
{
    return walk->placement != NULL ? day_text(walk->placement->ended_on) : NULL;
}

/* By the names that form_check.c lets a form use. Of a choice several codes may be tried. */
static const struct {
    const char *name;
    char *(*work_out)(const Walk *walk); /* new; NULL: not known */
} FACTS[] = {
    {"client.sex", sex},
    {"client.under-18", under_18},
    {"placement.age", age_at_end},
    {"placement.ended_on", ended_on},
    {"placement.institution", institution},
    {"placement.kind", institution_kind},
    {"placement.started_on", started_on},
};

/* As an answer to the question; NULL when it is not known, or is none that could be given. New. */
static char *known_value(const Walk *walk, const FormItem *item)
{
    g_autofree char *words = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(FACTS) && words == NULL; i++)
        if (g_strcmp0(item->known, FACTS[i].name) == 0)
            words = FACTS[i].work_out(walk);
    if (words == NULL)
        return NULL;
    g_auto(GStrv) codes = g_strsplit(words, item->options->len > 0 ? " " : "\n", -1);
    for (char **code = codes; *code != NULL; code++)
        if (flow_check(walk->flow, item, "", *code, NULL) != CHECK_FAULT)
            return g_strdup(*code);
    return NULL;
}

/* --- among the answers ------------------------------------------------------------------------ */

static const char *value_of(const Walk *walk, const FormItem *item)
{
    const Answer *answer = answers_get(walk->answers, item->link_id, "");
    return answer != NULL && answer->kind == ANSWER_VALUE ? answer->value : NULL;
}

gboolean walk_knows(const Walk *walk, const FormItem *item)
{
    if (item->known == NULL || walk->read_only)
        return FALSE;
    g_autofree char *value = known_value(walk, item);
    return value != NULL && g_strcmp0(value, value_of(walk, item)) == 0;
}

static void fill_in(Walk *walk, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        fill_in(walk, item->items);
        if (item->known == NULL || flow_find(walk->flow, item->link_id, "") < 0)
            continue;
        g_autofree char *value = known_value(walk, item);
        if (value == NULL || g_strcmp0(value, value_of(walk, item)) == 0)
            continue;
        answers_set(walk->answers, item->link_id, "", ANSWER_VALUE, value);
        flow_refresh(walk->flow);
        walk->settled = TRUE;
    }
}

void walk_fill_in(Walk *walk)
{
    fill_in(walk, walk->form->items);
}

/* --- what was answered otherwise -------------------------------------------------------------- */

static void contradict(Walk *walk, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        contradict(walk, item->items);
        int at = item->known != NULL ? flow_find(walk->flow, item->link_id, "") : -1;
        g_autofree char *value = at >= 0 ? known_value(walk, item) : NULL;
        if (value == NULL || value_of(walk, item) == NULL ||
            g_str_equal(value, value_of(walk, item)))
            continue;
        const Answer known = {.kind = ANSWER_VALUE, .value = value};
        const Answer *answer = answers_get(walk->answers, item->link_id, "");
        const char *language = walk->response->language;
        g_autofree char *was = flow_value_text(item, answer, language);
        g_autofree char *is = flow_value_text(item, &known, language);
        g_ptr_array_add(
            walk->contradictions,
            g_strdup_printf(
                walk->read_only
                    ? _("Question %d was answered “%s”, but by what the program knows of the "
                        "person it is “%s”. Make a correction if it matters.")
                    : _("Question %d was answered “%s”, but by what the program knows of the "
                        "person it is “%s”, and that stands there now."),
                flow_step(walk->flow, at)->number, was, is));
    }
}

void walk_contradict(Walk *walk)
{
    contradict(walk, walk->form->items);
}

const GPtrArray *walk_contradictions(const Walk *walk)
{
    return walk->contradictions;
}
