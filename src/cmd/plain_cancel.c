/* plain_cancel.c: a visit that was not kept, as lines: the same questions in the same order as on
 * the full screen, and the same draft. */
#include "cmd/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/cancellation.h"
#include "care/cause.h"
#include "care/draft.h"
#include "care/plan.h"

#include <stdlib.h>

enum { PROPOSALS = 5 };

typedef struct {
    Plain *plain;
    Visit *visit;
    CancelAnswers answers;
    CancelAsk ask;
    gboolean left;
} PlainCancel;

/* --- beginning -------------------------------------------------------------------------------- */

/* A correction begins with what stands, an interrupted one with its draft. */
static void take_what_stands(PlainCancel *cancel)
{
    const VisitOutcome *of = &cancel->visit->outcome;
    gint64 version;
    if (of->outcome != OUTCOME_NONE && of->outcome != OUTCOME_DONE) {
        visit_outcome_clear(&cancel->answers.outcome);
        visit_outcome_init(&cancel->answers.outcome);
        visit_outcome_copy(&cancel->answers.outcome, of);
        for (int ask = 0; ask < ASK_COUNT; ask++)
            cancel->answers.answered[ask] = TRUE;
        plain_say(cancel->plain, "%s",
                  _("You are correcting what was recorded. The earlier answers are kept."));
    }
    g_autoptr(Draft) draft =
        draft_load(cancel->plain->session, DRAFT_CANCELLATION, cancel->visit->id, NULL);
    if (draft == NULL)
        return;
    CancelAnswers found;
    cancel_answers_init(&found);
    if (cancel_draft_read(draft->body, &found, &version)) {
        cancel_answers_clear(&cancel->answers);
        cancel->answers = found;
        plain_say(cancel->plain, "%s",
                  _("What you had answered before is here. Go on where you were."));
    } else {
        cancel_answers_clear(&found);
    }
}

static void keep_draft(PlainCancel *cancel)
{
    GError *error = NULL;
    g_autofree char *draft = cancel_draft_write(&cancel->answers, cancel->visit->version);
    draft_save(cancel->plain->session, DRAFT_CANCELLATION, cancel->visit->id, draft, &error);
    plain_error(cancel->plain, error);
}

static void say_plan(PlainCancel *cancel)
{
    g_autoptr(Plan) plan = plan_of_client(cancel->plain->session, cancel->visit->client_id, NULL);
    if (plan != NULL && plan->hard != NULL)
        plain_say(cancel->plain, "%s %s", _("Usually hard:"), plan->hard);
    if (plan != NULL && plan->then != NULL)
        plain_say(cancel->plain, "%s %s", _("Agreed to do then:"), plan->then);
}

/* --- one question ----------------------------------------------------------------------------- */

/* Array of const FormOption *; empty where the question is no choice of the form's. */
static GPtrArray *offered(const PlainCancel *cancel, const FormItem *item)
{
    GPtrArray *options = g_ptr_array_new();
    for (guint i = 0; item != NULL && i < item->options->len; i++)
        if (cancel_is_offered(&cancel->answers, cancel->ask, item->options->pdata[i]))
            g_ptr_array_add(options, item->options->pdata[i]);
    return options;
}

/* By key, number or words. */
static const FormOption *option_meant(const FormItem *item, GPtrArray *options, const char *typed)
{
    gunichar key = g_utf8_strlen(typed, -1) == 1 ? g_utf8_get_char(typed) : 0;
    for (guint i = 0; key != 0 && i < options->len; i++)
        if (((const FormOption *)options->pdata[i])->key == g_unichar_tolower(key))
            return options->pdata[i];
    const FormOption *option = form_option_by_text(item, typed);
    if (option != NULL && g_ptr_array_find(options, option, NULL))
        return option;
    char *end;
    long number = strtol(typed, &end, 10);
    return *end == '\0' && number >= 1 && number <= (long)options->len ? options->pdata[number - 1]
                                                                       : NULL;
}

static void say_options(PlainCancel *cancel, const GPtrArray *options)
{
    for (guint i = 0; i < options->len; i++) {
        const FormOption *option = options->pdata[i];
        char key[7] = "";
        if (option->key != 0)
            key[g_unichar_to_utf8(option->key, key)] = '\0';
        else
            g_snprintf(key, sizeof key, "%u", i + 1);
        plain_say(cancel->plain, "  %s  %s", key, form_text(option->display));
    }
}

static void go_on(PlainCancel *cancel)
{
    keep_draft(cancel);
    cancel->ask = cancel_next(&cancel->answers, (int)cancel->ask);
}

/* ".back", ".words …", ".leave". TRUE when the line was a command. */
static gboolean take_command(PlainCancel *cancel, const char *line)
{
    const char *rest;
    if (line[0] != '.')
        return FALSE;
    if (plain_is(line, NC_("command", "back"), &rest)) {
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, -1);
    } else if (plain_is(line, NC_("command", "next"), &rest)) {
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
    } else if (plain_is(line, NC_("command", "words"), &rest)) {
        g_free(cancel->answers.outcome.words);
        cancel->answers.outcome.words = *rest != '\0' ? g_strdup(rest) : NULL;
        keep_draft(cancel);
        plain_say(cancel->plain, "%s", _("The person's own words are kept."));
    } else if (plain_is(line, NC_("command", "leave"), &rest)) {
        plain_say(cancel->plain, "%s", _("What you have answered is kept for the next time."));
        cancel->left = TRUE;
    } else {
        plain_say(cancel->plain, "%s",
                  _(".back goes back, .next goes on without answering, .words and what the person "
                    "says keeps it, .leave leaves it for later."));
    }
    return TRUE;
}

static void ask_choice(PlainCancel *cancel, const FormItem *item)
{
    g_autoptr(GPtrArray) options = offered(cancel, item);
    plain_say(cancel->plain, "%s", form_text(item->text));
    say_options(cancel, options);
    g_autofree char *line = plain_read(cancel->plain, _("Answer:"));
    if (line == NULL || take_command(cancel, line))
        return;
    if (*line == '\0') {
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
        return;
    }
    const FormOption *option = option_meant(item, options, line);
    if (option == NULL) {
        plain_say(cancel->plain, "%s", _("That is none of the answers. Type its letter or words."));
        return;
    }
    cancel_answer(&cancel->answers, cancel->ask, option);
    if (cancel->ask == ASK_OUTCOME || cancel->ask == ASK_BY)
        cancel_check_cause(cancel->plain->session, &cancel->answers);
    go_on(cancel);
}

static void ask_taken(PlainCancel *cancel, const FormItem *item)
{
    gboolean taken = plain_yes(cancel->plain, form_text(item->text));
    if (cancel->plain->ended)
        return;
    cancel->answers.outcome.alternative_taken = taken;
    cancel->answers.answered[ASK_TAKEN] = TRUE;
    go_on(cancel);
}

static void ask_notice(PlainCancel *cancel, const FormItem *item)
{
    plain_say(cancel->plain, "%s", form_text(item->text));
    g_autofree char *line =
        plain_read(cancel->plain, _("Hours, or an empty line for what the clock says:"));
    if (line == NULL || take_command(cancel, line))
        return;
    cancel->answers.outcome.notice = *line != '\0' ? MAX(atoi(line), 0) : -1;
    cancel->answers.answered[ASK_NOTICE] = *line != '\0';
    go_on(cancel);
}

static void set_new_time(PlainCancel *cancel, const NewTime *time)
{
    if (time != NULL)
        cancel->answers.new_time = *time;
    else
        cancel->answers.new_time.date = DATE_NONE;
    cancel->answers.answered[ASK_NEW_TIME] = TRUE;
    go_on(cancel);
}

static void ask_new_time(PlainCancel *cancel, const FormItem *item)
{
    Plain *plain = cancel->plain;
    GError *error = NULL;
    g_autoptr(GArray) times = visit_propose(plain->session, cancel->visit, PROPOSALS, &error);
    plain_error(plain, error);
    plain_say(plain, "%s", form_text(item->text));
    for (guint i = 0; times != NULL && i < times->len; i++) {
        const NewTime *time = &g_array_index(times, NewTime, i);
        char date[DATE_SIZE], hour[TIME_SIZE];
        plain_say(plain, "  %u  %s %s %s", i + 1, date_weekday_name(date_weekday(time->date)),
                  date_format(time->date, date), time_format(time->start, hour));
    }
    plain_say(plain, "  0  %s", _("No new time now"));
    g_autofree char *line =
        plain_read(plain, _("A number, or a day and time such as 30/11 14:15:"));
    if (line == NULL || take_command(cancel, line))
        return;
    char *end;
    long number = strtol(line, &end, 10);
    NewTime time;
    if (*line != '\0' && *end == '\0' && number == 0)
        set_new_time(cancel, NULL);
    else if (*line != '\0' && *end == '\0' && times != NULL && number >= 1 &&
             number <= (long)times->len)
        set_new_time(cancel, &g_array_index(times, NewTime, number - 1));
    else if (!cancel_parse_time(line, cancel->visit, &time))
        plain_say(plain, "%s", _("That day or time was not understood. Write it as 30/11 14:15."));
    else if (time.date < clock_today())
        plain_say(plain, "%s", _("That day has passed. Choose a day from today on."));
    else
        set_new_time(cancel, &time);
}

/* --- saving ----------------------------------------------------------------------------------- */

static void save(PlainCancel *cancel)
{
    Plain *plain = cancel->plain;
    GError *error = NULL;
    VisitOutcome outcome;
    cancel_outcome(&cancel->answers, &outcome);
    const NewTime *time =
        cancel_applies(&cancel->answers, ASK_NEW_TIME) && cancel->answers.new_time.date != DATE_NONE
            ? &cancel->answers.new_time
            : NULL;
    if (visit_record(plain->session, cancel->visit->id, cancel->visit->version, &outcome, time,
                     NULL, &error))
        plain_say(plain, "%s", _("The cancellation is saved."));
    plain_error(plain, error);
    cancel->left = TRUE;
    visit_outcome_clear(&outcome);
}

static void ask_save(PlainCancel *cancel)
{
    g_autofree char *line =
        plain_read(cancel->plain, _("An empty line saves; .back goes back, .leave leaves it:"));
    if (line == NULL || take_command(cancel, line))
        return;
    if (*line == '\0')
        save(cancel);
}

static void ask_once(PlainCancel *cancel)
{
    const FormItem *item =
        cancel->ask < ASK_COUNT ? cancel_item(cancel->plain->session, cancel->ask) : NULL;
    if (cancel->ask == ASK_SAVE)
        ask_save(cancel);
    else if (item == NULL)
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
    else if (cancel->ask == ASK_TAKEN)
        ask_taken(cancel, item);
    else if (cancel->ask == ASK_NOTICE)
        ask_notice(cancel, item);
    else if (cancel->ask == ASK_NEW_TIME)
        ask_new_time(cancel, item);
    else
        ask_choice(cancel, item);
}

void plain_cancel(Plain *plain, gint64 visit_id)
{
    GError *error = NULL;
    g_autoptr(Visit) visit = access_require(plain->session, PERMIT_VISIT_RECORD, &error)
                                 ? visit_get(plain->session, visit_id, &error)
                                 : NULL;
    if (visit == NULL) {
        plain_error(plain, error);
        return;
    }
    PlainCancel cancel = {.plain = plain, .visit = visit};
    cancel_answers_init(&cancel.answers);
    plain_say(plain, "%s",
              _("It is all right not to have the strength. A line that begins with a full stop is "
                "a command; .help tells them."));
    say_plan(&cancel);
    take_what_stands(&cancel);
    cancel.ask =
        cancel.answers.answered[ASK_OUTCOME] ? cancel_next(&cancel.answers, -1) : ASK_OUTCOME;
    while (!plain->ended && !cancel.left)
        ask_once(&cancel);
    cancel_answers_clear(&cancel.answers);
}
