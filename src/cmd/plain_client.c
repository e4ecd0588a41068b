/* plain_client.c: finding a client, and the client's forms, as lines. */
#include "cmd/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client.h"
#include "care/placement.h"
#include "care/plan.h"
#include "care/walk.h"

enum { CLIENTS_MOST = 20, RESPONSES_MOST = 50 };

/* --- forms ------------------------------------------------------------------------------------ */

/* "Handlingsplan, Anna Berg: fråga 17". New. */
static char *response_line(const Response *response)
{
    const char *title = response->title != NULL ? form_text(response->title) : response->form;
    const char *subject = response->subject != NULL ? response->subject : _("nobody named yet");
    if (response->not_done != NOT_DONE_NONE)
        return g_strdup_printf("%s, %s: %s", title, subject, not_done_name(response->not_done));
    if (response->completed_ms != 0)
        return g_strdup_printf(_("%s, %s: completed"), title, subject);
    return response->at_number > 0
               ? g_strdup_printf(_("%s, %s: at question %d"), title, subject, response->at_number)
               : g_strdup_printf(_("%s, %s: begun"), title, subject);
}

/* Reads a completed one aloud. */
static void read_aloud(Plain *plain, gint64 response_id)
{
    GError *error = NULL;
    Walk *walk = walk_read(plain->session, response_id, &error);
    if (walk == NULL) {
        plain_error(plain, error);
        return;
    }
    const Flow *flow = walk_flow(walk);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        const FlowStep *step = flow_step(flow, i);
        const Answer *answer = answers_get(walk_answers(walk), step->item->link_id, step->instance);
        g_autofree char *text = walk_text(walk, step->item->text);
        g_autofree char *value = walk_value_text(walk, step->item, answer);
        plain_say(plain, "%d  %s  %s", step->number, text, *value != '\0' ? value : "–");
    }
    walk_close(walk, plain->session);
}

static void choose_response(Plain *plain, const GPtrArray *responses)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < responses->len; i++)
        g_ptr_array_add(lines, response_line(responses->pdata[i]));
    if (responses->len == 0) {
        plain_say(plain, "%s", _("There is no form here."));
        return;
    }
    int index = plain_choose(plain, _("Which form? An empty line goes back."), lines);
    if (index < 0)
        return;
    const Response *response = responses->pdata[index];
    if (response->completed_ms != 0 || response->not_done != NOT_DONE_NONE)
        read_aloud(plain, response->id);
    else
        plain_walk(plain, &(PlainWalk){.response_id = response->id});
}

void plain_begun(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) responses =
        response_unfinished(plain->session, TRUE, RESPONSES_MOST, &error);
    if (responses != NULL)
        choose_response(plain, responses);
    plain_error(plain, error);
}

/* --- a client --------------------------------------------------------------------------------- */

static void forms_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) responses = response_of_client(plain->session, client_id, &error);
    if (responses != NULL)
        choose_response(plain, responses);
    plain_error(plain, error);
}

static void new_form(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) forms = response_forms(plain->session, NULL, &error);
    if (forms == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) walks = g_ptr_array_new();
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < forms->len; i++) {
        const Form *form = forms->pdata[i];
        if (form->kind != FORM_KIND_WALK)
            continue;
        g_ptr_array_add(walks, forms->pdata[i]);
        g_ptr_array_add(titles, (char *)form_text(form->title));
    }
    int index = plain_choose(plain, _("Which form? An empty line goes back."), titles);
    if (index < 0)
        return;
    const Form *form = walks->pdata[index];
    plain_walk(
        plain,
        &(PlainWalk){.form = form->name, .client_id = client_id, .respondent = form->respondent});
}

/* "Boendet Björken, 2026-01-12 till 2026-09-30". New. */
static char *placement_line(const Placement *placement)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    return g_strdup_printf(
        _("%s, %s to %s"),
        placement->institution != NULL ? placement->institution : _("no institution chosen"),
        date_format(placement->started_on, from),
        placement->ended_on != DATE_NONE ? date_format(placement->ended_on, to) : "–");
}

static void interview(Plain *plain, const Placement *placement)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) parts = placement_parts(plain->session, placement, &error);
    if (parts == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < parts->len; i++) {
        const PlacementPart *part = parts->pdata[i];
        const char *name = respondent_name(part->respondent);
        g_ptr_array_add(lines, part->completed ? g_strdup_printf(_("%s: completed"), name)
                               : part->questions > 0
                                   ? g_strdup_printf(_("%s: %d of %d answered"), name,
                                                     part->answered, part->questions)
                                   : g_strdup_printf(_("%s: not begun"), name));
    }
    int index = plain_choose(plain, _("Who is asked?"), lines);
    if (index < 0)
        return;
    const PlacementPart *part = parts->pdata[index];
    if (part->completed)
        read_aloud(plain, part->response_id);
    else
        plain_walk(plain, &(PlainWalk){.response_id = part->response_id,
                                       .form = respondent_form(part->respondent),
                                       .client_id = placement->client_id,
                                       .respondent = respondent_code(part->respondent),
                                       .placement_id = placement->id});
}

static void placements_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) placements = placement_of_client(plain->session, client_id, &error);
    if (placements == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < placements->len; i++)
        g_ptr_array_add(lines, placement_line(placements->pdata[i]));
    if (placements->len == 0) {
        plain_say(plain, "%s", _("There is no placement here."));
        return;
    }
    int index = plain_choose(plain, _("Which placement?"), lines);
    if (index >= 0)
        interview(plain, placements->pdata[index]);
}

/* The two questions: read aloud where there are answers, else asked. */
static void plan_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(Plan) plan = plan_of_client(plain->session, client_id, &error);
    if (error != NULL)
        plain_error(plain, error);
    else if (plan != NULL)
        read_aloud(plain, plan->response_id);
    else
        plain_walk(plain, &(PlainWalk){.form = PLAN_FORM, .client_id = client_id});
}

void plain_client(Plain *plain, gint64 client_id)
{
    static const struct {
        const char *label; /* msgid */
        void (*run)(Plain *plain, gint64 client_id);
    } MENU[] = {
        {N_("Plan of two questions"), plan_of},
        {N_("Forms, begun and completed"), forms_of},
        {N_("New form"), new_form},
        {N_("Placements and interviews"), placements_of},
    };
    GError *error = NULL;
    /* Logged, and refused where the card may not be opened. */
    g_autoptr(Client) client = client_open(plain->session, client_id, &error);
    if (client == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(MENU); i++)
        g_ptr_array_add(labels, (char *)_(MENU[i].label));
    for (int index = 0; !plain->ended && index >= 0;) {
        index = plain_choose(plain, client->name, labels);
        if (index >= 0)
            MENU[index].run(plain, client_id);
    }
}

static char *client_line(const ClientRow *row)
{
    char date[DATE_SIZE];
    return g_strdup_printf(_("%s, born %s%s%s"), row->name,
                           row->birth_date != DATE_NONE ? date_format(row->birth_date, date) : "–",
                           row->protection != PROTECTION_NONE ? ", " : "",
                           protection_name(row->protection));
}

void plain_clients(Plain *plain)
{
    g_autofree char *search = plain_read(plain, _("Name or number, the beginning is enough:"));
    GError *error = NULL;
    if (search == NULL || *search == '\0')
        return;
    g_autoptr(GPtrArray) found =
        client_list(plain->session, search, FALSE, NULL, CLIENTS_MOST, &error);
    if (found == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < found->len; i++)
        g_ptr_array_add(lines, client_line(found->pdata[i]));
    if (found->len == 0) {
        plain_say(plain, _("Nobody is found by %s. Try another beginning."), search);
        return;
    }
    if (found->len == CLIENTS_MOST)
        plain_say(plain, _("The first %d are shown. Type more of the name to see others."),
                  CLIENTS_MOST);
    int index = plain_choose(plain, _("Which client?"), lines);
    if (index >= 0)
        plain_client(plain, ((const ClientRow *)found->pdata[index])->id);
}
