/* completion_tasks.c: what somebody has to do, and by when, after a form. */
#include "care/completion/completion_tasks_private.h"

#include <string.h>

#include "base/i18n.h"
#include "care/client/client_private.h"
#include "care/completion/completion_decision_private.h"
#include "care/completion/completion_names_private.h"
#include "care/completion/completion_pairs_private.h"
#include "care/completion/completion_series_private.h"
#include "care/task/mandate.h"
#include "care/task/task.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"

/* A decision that runs out is looked at in time for an inquiry and a new one. */
#define DECISION_WEEKS_BEFORE 6
/* A pre-assessment without a day of its own: 14 days after it came in, as the law has it for
 * children (socialtjänstlagen (2025:400); before 1 July 2025 11 kap. 1 a § (2001:453)). */
#define PRE_ASSESSMENT_DAYS 14
/* A note is a line in a list, not the form. In characters. */
#define NOTE_LENGTH 1000

typedef struct {
    Task *task;   /* id 0, or that of its row once it is found */
    Date mandate; /* that it is about the end of; DATE_NONE */
    char *what;   /* by which it is known again; NULL: by its question alone */
    Task *row;    /* of the corrected response; owned by the list of rows; NULL: none */
} WantedTask;

static void wanted_task_free(gpointer data)
{
    WantedTask *wanted = data;
    task_free(wanted->task);
    g_free(wanted->what);
    g_free(wanted);
}

typedef struct {
    const Mapping *mapping;
    const GPtrArray *staff; /* Staff * */
    gint64 owner;           /* who has it to do */
    GPtrArray *tasks;       /* WantedTask * */
} Wanted;

G_GNUC_FORMAT(1) static const char *recorded(const char *text)
{
    return i18n_text_in(RECORD_LANGUAGE, text);
}

/* --- notes ------------------------------------------------------------------------------------ */

static char *cut(char *note)
{
    if (g_utf8_strlen(note, -1) <= NOTE_LENGTH)
        return note;
    g_autofree char *whole = note;
    g_autofree char *beginning = g_utf8_substring(whole, 0, NOTE_LENGTH - 1);
    return g_strconcat(beginning, "…", NULL);
}

/* "Aktualisering: Vilken dag hör vi av oss? Fråga om nycklarna". New. */
static char *note_of(const Wanted *wanted, const MappedAnswer *answer, const char *further)
{
    const char *title = form_text_in(wanted->mapping->form->title, RECORD_LANGUAGE);
    const char *question = form_text_in(answer->item->text, RECORD_LANGUAGE);
    g_autofree char *more = care_line(further);
    return cut(g_strdup_printf("%s: %s%s%s", title != NULL ? title : "",
                               question != NULL ? question : "", more != NULL ? " " : "",
                               more != NULL ? more : ""));
}

static Task *add_task(const Wanted *wanted, TaskKind kind, const MappedAnswer *answer, Date due,
                      char *note)
{
    WantedTask *one = g_new0(WantedTask, 1);
    one->task = task_new();
    one->mandate = DATE_NONE;
    one->task->kind = kind;
    one->task->due_date = due;
    one->task->note = note;
    one->task->staff_id = wanted->owner;
    one->task->item = g_strdup(answer->item->link_id);
    one->task->instance = g_strdup(answer->instance);
    g_ptr_array_add(wanted->tasks, one);
    return one->task;
}

/* --- follow-ups and call-backs ---------------------------------------------------------------- */

static gboolean is_day(const MappedAnswer *answer)
{
    return mapped_to(answer, "task.follow-up") || mapped_to(answer, "task.call-back");
}

static gboolean stands_beside(const MappedAnswer *a, const MappedAnswer *b)
{
    return a->item->parent == b->item->parent && strcmp(a->instance, b->instance) == 0;
}

/* The day that a time or a note belongs to: the nearest above it in its group, else below. */
static const MappedAnswer *day_of(const Mapping *mapping, guint index)
{
    const MappedAnswer *answer = g_ptr_array_index(mapping->answers, index), *above = NULL;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *day = g_ptr_array_index(mapping->answers, i);
        if (!is_day(day) || !stands_beside(day, answer))
            continue;
        if (i > index)
            return above != NULL ? above : day;
        above = day;
    }
    return above;
}

/* The text mapped to `to` that belongs to `day`; NULL: none. */
static const char *beside(const Mapping *mapping, const MappedAnswer *day, const char *to)
{
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        if (mapped_to(answer, to) && mapped_text(answer) != NULL && day_of(mapping, i) == day)
            return mapped_text(answer);
    }
    return NULL;
}

/* Whom to call back, when that is not the client: who was in touch, or whom and how was agreed. */
static void add_contact(const Wanted *wanted, const MappedAnswer *day, Task *task)
{
    const Mapping *mapping = wanted->mapping;
    const MappedAnswer *who = mapping_find(mapping, "caller.who");
    const char *name = mapping_text(mapping, "caller.name");
    gboolean other = mapped_text(who) != NULL && strcmp(mapped_text(who), "client") != 0;
    g_autofree char *how = care_line(beside(mapping, day, "task.contact"));
    g_autofree char *caller = !other ? NULL : name != NULL ? care_line(name) : mapped_shown(who);
    if (caller == NULL && how == NULL)
        return;
    task->contact = caller != NULL && how != NULL ? g_strdup_printf("%s (%s)", caller, how)
                                                  : g_strdup(caller != NULL ? caller : how);
    task->contact_phone = other ? care_line(mapping_text(mapping, "caller.phone")) : NULL;
}

static void add_days(const Wanted *wanted)
{
    for (guint i = 0; i < wanted->mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(wanted->mapping->answers, i);
        const char *text = is_day(answer) ? mapped_text(answer) : NULL;
        Date due = text != NULL ? date_parse(text) : DATE_NONE;
        if (due == DATE_NONE)
            continue;
        const char *time = beside(wanted->mapping, answer, "task.due_time");
        Task *task = add_task(
            wanted, mapped_to(answer, "task.call-back") ? TASK_CALL_BACK : TASK_FOLLOW_UP, answer,
            due, note_of(wanted, answer, beside(wanted->mapping, answer, "task.note")));
        if (time != NULL)
            task->due_time = time_parse(time);
        if (task->kind == TASK_CALL_BACK)
            add_contact(wanted, answer, task);
    }
}

static const MappedAnswer *in_action(const Mapping *mapping, const MappedAnswer *what,
                                     const char *to)
{
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        if (mapped_to(answer, to) && stands_beside(answer, what))
            return answer;
    }
    return NULL;
}

/* --- what an answer calls for ----------------------------------------------------------------- */

/* So many days after the matter came in; a late form makes a task that is late. */
static const struct {
    const char *to, *answer;
    int days;
    const char *note;
} CLOCKS[] = {
    /* Normally the same day, or the day after. */
    {"task.protection", "false", 1,
     N_("Assess whether the child needs protection at once. Write into the intake which day it was "
        "done, by whom and what came of it.")},
    /* Without delay: within a few days. */
    {"task.sip", "true", 3, N_("Begin the SIP, and ask for consent first.")},
    {"task.relatives", "true", 14,
     N_("Get in touch with the relative about support for relatives.")},
    {"client.interpreter", "true", 2, N_("Book an interpreter (%s).")},
};

/* The language stands on the card already; here it saves a look. New. */
static char *clock_note(const Wanted *wanted, const char *note)
{
    if (strstr(note, "%s") == NULL)
        return g_strdup(recorded(note));
    g_autofree char *language = mapped_shown(mapping_find(wanted->mapping, "client.language"));
    g_autofree char *small = g_utf8_strdown(language != NULL ? language : "", -1);
    g_autofree char *line = care_line(small);
    return cut(
        g_strdup_printf(recorded(note), line != NULL ? line : recorded(N_("language not said"))));
}

/* Whoever only wanted advice meets nobody again. */
static gboolean is_asked_to_come(const Wanted *wanted, const char *to)
{
    return strcmp(to, "client.interpreter") != 0 || !mapping_contact_only(wanted->mapping);
}

static void add_clocks(const Wanted *wanted)
{
    const Date came = mapping_date(wanted->mapping, "decision.received_on");
    for (gsize i = 0; i < G_N_ELEMENTS(CLOCKS); i++) {
        const MappedAnswer *answer = mapping_find(wanted->mapping, CLOCKS[i].to);
        if (came == DATE_NONE && strcmp(CLOCKS[i].to, "client.interpreter") == 0)
            continue; /* no new matter */
        if (g_strcmp0(mapped_text(answer), CLOCKS[i].answer) != 0 ||
            !is_asked_to_come(wanted, CLOCKS[i].to))
            continue;
        add_task(wanted, TASK_OTHER, answer,
                 (came != DATE_NONE ? came : wanted->mapping->today) + CLOCKS[i].days,
                 clock_note(wanted, CLOCKS[i].note));
    }
}

/* Before the mandate of a god man, a trustee or an agent ends; the day itself stands among the
 * card's contacts. */
static void add_mandates(const Wanted *wanted)
{
    for (guint i = 0; i < wanted->mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(wanted->mapping->answers, i);
        const Date ends = mapping_mandate_of(answer);
        if (ends == DATE_NONE)
            continue;
        const MappedAnswer *who = in_action(wanted->mapping, answer, "task.mandate_of");
        g_autofree char *name = care_line(mapped_text(who));
        add_task(wanted, TASK_FOLLOW_UP, answer, mandate_due(ends, wanted->mapping->today),
                 cut(mandate_note(name, ends)));
        WantedTask *added = g_ptr_array_index(wanted->tasks, wanted->tasks->len - 1);
        added->mandate = ends;
    }
}

/* Without delay: today, and whoever has it moves it. */
static void add_soon(const Wanted *wanted)
{
    for (guint i = 0; i < wanted->mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(wanted->mapping->answers, i);
        if (mapped_to(answer, "task.soon") && g_strcmp0(mapped_text(answer), "true") == 0)
            add_task(wanted, TASK_OTHER, answer, wanted->mapping->today,
                     note_of(wanted, answer, recorded(N_("The answer is yes."))));
    }
}

/* --- actions ---------------------------------------------------------------------------------- */

/* When the plan is looked at again; today where no day is set. */
static Date day_of_plan(const Wanted *wanted)
{
    Date day = mapping_date(wanted->mapping, "task.follow-up");
    return day != DATE_NONE ? day : wanted->mapping->today;
}

/* "Eva Ek, boendestödet": whoever has been named once stands with where they are from. A single
 * word before the comma could be anybody's login. */
static gint64 colleague_named(const Wanted *wanted, const char *name)
{
    gint64 found = staff_called(wanted->staff, name, TRUE);
    const char *comma = strchr(name, ',');
    if (found != 0 || comma == NULL)
        return found;
    g_autofree char *alone = g_strstrip(g_strndup(name, (gsize)(comma - name)));
    return strchr(alone, ' ') != NULL ? staff_called(wanted->staff, alone, TRUE) : 0;
}

/* What, and in brackets who: a colleague named in full gets it to do. */
static void add_action(const Wanted *wanted, const MappedAnswer *what)
{
    const MappedAnswer *who = in_action(wanted->mapping, what, "action.who");
    const char *day = mapped_text(in_action(wanted->mapping, what, "action.due_on"));
    Date due = day != NULL ? date_parse(day) : DATE_NONE;
    if (mapped_text(who) == NULL)
        who = in_action(wanted->mapping, what, "action.principal");
    g_autofree char *shown = mapped_shown(who);
    g_autofree char *name = care_line(shown);
    char *text = care_line(mapped_text(what));
    if (text == NULL)
        return;
    g_autofree char *title = g_strdup(text);
    if (name != NULL) {
        char *both = g_strdup_printf("%s (%s)", text, name);
        g_free(text);
        text = both;
    }
    Task *task = add_task(wanted, TASK_ACTION, what, due != DATE_NONE ? due : day_of_plan(wanted),
                          cut(text));
    WantedTask *added = g_ptr_array_index(wanted->tasks, wanted->tasks->len - 1);
    added->what = g_steal_pointer(&title);
    gint64 colleague = name != NULL ? colleague_named(wanted, name) : 0;
    if (colleague != 0)
        task->staff_id = colleague;
}

static void add_actions(const Wanted *wanted)
{
    for (guint i = 0; i < wanted->mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(wanted->mapping->answers, i);
        if (mapped_to(answer, "action.what"))
            add_action(wanted, answer);
    }
}

/* --- the clocks of a decision ----------------------------------------------------------------- */

static void add_decision(const Wanted *wanted)
{
    const Mapping *mapping = wanted->mapping;
    g_autoptr(Decision) decision = mapping_decision(mapping);
    if (decision == NULL)
        return;
    if (decision->decided_on == DATE_NONE && decision->due_on != DATE_NONE) {
        const MappedAnswer *inquiry = mapping_find(mapping, "decision.inquiry_due_on");
        const MappedAnswer *due =
            inquiry != NULL ? inquiry : mapping_find(mapping, "decision.due_on");
        add_task(wanted, TASK_DECISION, due, decision->due_on, note_of(wanted, due, NULL));
    } else if (decision->decided_on == DATE_NONE && decision->received_on != DATE_NONE &&
               mapping_text(mapping, "decision.outcome") == NULL &&
               g_strcmp0(decision->kind, PRE_ASSESSMENT) == 0) {
        add_task(
            wanted, TASK_DECISION, mapping_find(mapping, "decision.kind"),
            decision->received_on + PRE_ASSESSMENT_DAYS,
            g_strdup(recorded(N_("The pre-assessment has no day of its own. Here it stands 14 days "
                                 "after it came in."))));
    }
    if (decision->valid_to != DATE_NONE) {
        char day[DATE_SIZE];
        add_task(wanted, TASK_DECISION, mapping_find(mapping, "decision.valid_to"),
                 MAX(decision->valid_to - DECISION_WEEKS_BEFORE * 7, mapping->today),
                 g_strdup_printf(
                     recorded(N_("The decision holds until %s. See in time whether there shall "
                                 "be a new one.")),
                     date_format(decision->valid_to, day)));
    }
}

/* --- what is left to settle ------------------------------------------------------------------- */

static void add_series(const Wanted *wanted)
{
    WantedSeries series = mapping_series(wanted->mapping);
    if (series.first == NULL || series.complete)
        return;
    add_task(wanted, TASK_OTHER, series.first,
             series.starts_on != DATE_NONE ? series.starts_on : wanted->mapping->today,
             g_strdup(recorded(
                 N_("Book the first visits. The form did not say all of day, time, length and "
                    "how often."))));
}

/* The only team lead; 0, the whole unit, where there are more or none. */
static gint64 team_lead(const GPtrArray *staff)
{
    gint64 lead = 0;
    for (guint i = 0; i < staff->len; i++) {
        const Staff *one = g_ptr_array_index(staff, i);
        if (!one->active || one->role != ROLE_TEAM_LEAD)
            continue;
        if (lead != 0)
            return 0;
        lead = one->id;
    }
    return lead;
}

static void add_assignment_of(const Wanted *wanted, const MappedAnswer *answer, const char *name,
                              const char *note)
{
    if (staff_called(wanted->staff, name, FALSE) != 0)
        return;
    Task *task = add_task(wanted, TASK_OTHER, answer, wanted->mapping->today,
                          cut(g_strdup_printf(recorded(note), name)));
    /* A protected card is closed to a team lead who is not named. */
    const char *protection = mapping_text(wanted->mapping, "client.protection");
    if (protection == NULL || strcmp(protection, "none") == 0)
        task->staff_id = team_lead(wanted->staff);
}

static void add_assignment(const Wanted *wanted, const char *to, const char *note)
{
    const MappedAnswer *answer = mapping_find(wanted->mapping, to);
    g_autofree char *name = care_line(mapped_text(answer));
    if (name != NULL)
        add_assignment_of(wanted, answer, name, note);
}

static void add_named(const Wanted *wanted)
{
    const MappedAnswer *answer = mapping_find(wanted->mapping, "client.named_staff");
    const char *text = mapped_text(answer);
    g_auto(GStrv) names = names_in(text != NULL ? text : "");
    for (char **name = names; *name != NULL; name++)
        add_assignment_of(
            wanted, answer, *name,
            N_("“%s” shall be able to open the protected card, but nobody in the unit, "
               "or more than one, is called so. Choose who it is on the client's "
               "card."));
}

/* Plans and intakes are the case officer's, where there is one; else who completes the form has
 * promised it. */
static GPtrArray *tasks_of(const Completion *completion, const Mapping *mapping,
                           const GPtrArray *staff, gint64 officer)
{
    gint64 me = session_staff_id(completion->session);
    Wanted wanted = {.mapping = mapping,
                     .staff = staff,
                     .owner = mapping->case_work && officer != 0 ? officer : me,
                     .tasks = g_ptr_array_new_with_free_func(wanted_task_free)};
    add_days(&wanted);
    add_soon(&wanted);
    if (!completion->closed) {
        add_clocks(&wanted);
        add_mandates(&wanted);
    }
    add_actions(&wanted);
    add_decision(&wanted);
    add_series(&wanted);
    add_assignment(&wanted, "client.case_officer_id",
                   N_("“%s” shall be case officer, but nobody in the unit, or more than one, is "
                      "called so. Choose who it is on the client's card."));
    add_assignment(&wanted, "client.support_worker_id",
                   N_("“%s” shall be support worker, but nobody in the unit, or more than one, is "
                      "called so. Choose who it is on the client's card."));
    add_named(&wanted);
    return wanted.tasks;
}

/* --- carrying it out -------------------------------------------------------------------------- */

static gboolean same_text(const WantedTask *a, const WantedTask *b)
{
    return g_strcmp0(a->what, b->what) == 0;
}

/* A task that has been done is no other task later on, wherever that stands now. */
static gboolean is_the_same(gconstpointer before, gconstpointer now, PairRound round)
{
    const WantedTask *a = before, *b = now;
    gboolean in_place = strcmp(a->task->instance, b->task->instance) == 0;
    gboolean equal = a->task->due_date == b->task->due_date &&
                     a->task->due_time == b->task->due_time &&
                     g_strcmp0(a->task->note, b->task->note) == 0;
    if (a->task->kind != b->task->kind || strcmp(a->task->item, b->task->item) != 0)
        return FALSE;
    switch (round) {
    case PAIR_EQUAL_IN_PLACE:
        return equal && in_place;
    case PAIR_EQUAL:
        return equal;
    case PAIR_ALIKE_IN_PLACE:
        return same_text(a, b) && in_place;
    case PAIR_ALIKE:
        return same_text(a, b) && a->what != NULL;
    case PAIR_IN_PLACE:
        return in_place && (a->row == NULL || a->row->done_ms == 0);
    case PAIR_ROUNDS:
        break;
    }
    return FALSE;
}

/* The newest that came from the same question: an earlier one may be a call agreed on meanwhile. */
static void find_rows(const GPtrArray *before, const GPtrArray *rows)
{
    for (guint i = 0; i < before->len; i++) {
        WantedTask *wanted = g_ptr_array_index(before, i);
        for (guint j = 0; j < rows->len; j++) {
            Task *row = g_ptr_array_index(rows, j);
            if (row->kind == wanted->task->kind && g_strcmp0(row->item, wanted->task->item) == 0 &&
                g_strcmp0(row->instance, wanted->task->instance) == 0)
                wanted->row = row;
        }
    }
}

static void change_text(char **row, const char *before, const char *now)
{
    if (g_strcmp0(before, now) == 0)
        return;
    g_free(*row);
    *row = g_strdup(now);
}

/* Only what the correction has changed: a day moved by hand stays. */
static gboolean change(const Completion *completion, const WantedTask *before,
                       const WantedTask *now, GError **error)
{
    const Task *a = before->task, *b = now->task;
    Task *row = before->row;
    if (a->due_date != b->due_date)
        row->due_date = b->due_date;
    if (a->due_time != b->due_time)
        row->due_time = b->due_time;
    if (a->staff_id != b->staff_id && row->staff_id == a->staff_id)
        row->staff_id = b->staff_id;
    change_text(&row->note, a->note, b->note);
    change_text(&row->contact, a->contact, b->contact);
    change_text(&row->contact_phone, a->contact_phone, b->contact_phone);
    return db_run(session_db(completion->session),
                  "UPDATE task SET instance = :instance WHERE id = :id",
                  DB_PARAMS(DB_TEXT("instance", b->instance), DB_INT("id", row->id)), error) &&
           (before->mandate == now->mandate ||
            mandate_mark(completion->session, row->id, now->mandate, error)) &&
           task_revise(completion->session, row, error);
}

static gboolean correct(const Completion *completion, const GPtrArray *before, const GPtrArray *now,
                        const GPtrArray *rows, GError **error)
{
    find_rows(before, rows);
    g_autoptr(GArray) pairs = completion_pairs(before, now, is_the_same);
    for (guint i = 0; i < before->len; i++) {
        const WantedTask *was = g_ptr_array_index(before, i);
        int pair = g_array_index(pairs, int, i);
        if (was->row == NULL)
            continue;
        if (pair >= 0) {
            WantedTask *is = g_ptr_array_index(now, (guint)pair);
            is->task->id = was->row->id;
            if (!change(completion, was, is, error))
                return FALSE;
        } else if (was->row->done_ms == 0 &&
                   !task_finish(completion->session, was->row->id,
                                recorded(N_("Taken away when the form was corrected.")), error)) {
            return FALSE;
        }
    }
    return task_hand_over(completion->session, completion->response->corrects_id,
                          completion->response->id, error);
}

gboolean completion_tasks(const Completion *completion, GError **error)
{
    Session *session = completion->session;
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    if (staff == NULL)
        return FALSE;
    g_autoptr(GPtrArray) now = tasks_of(completion, completion->now, staff, completion->officer);
    if (completion->before != NULL) {
        g_autoptr(GPtrArray) before =
            tasks_of(completion, completion->before, staff, completion->officer_before);
        g_autoptr(GPtrArray) rows = task_of(session, completion->response->corrects_id, 0, error);
        if (rows == NULL || !correct(completion, before, now, rows, error))
            return FALSE;
    }
    for (guint i = 0; i < now->len; i++) {
        const WantedTask *wanted = g_ptr_array_index(now, i);
        Task *task = wanted->task;
        if (task->id != 0)
            continue;
        task->client_id = completion->client_id;
        task->response_id = completion->response->id;
        if (!task_add(session, task, error) ||
            (wanted->mandate != DATE_NONE &&
             !mandate_mark(session, task->id, wanted->mandate, error)))
            return FALSE;
    }
    return TRUE;
}
