/* cancel.c: a visit that was not kept, as lines: the same questions in the same order as on the
 * full screen, and the same draft. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/plan.h"
#include "care/unit/access.h"
#include "care/unit/cause.h"
#include "care/unit/draft.h"
#include "care/visit/cancellation.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_record.h"

#include <stdlib.h>

enum { PROPOSALS = 5 };

typedef struct {
    Plain *plain;
    Visit *visit;
    CancelAnswers answers;
    CancelAsk ask;
    int said; /* the question that was read last; -1: none */
    gboolean left;
} PlainCancel;

/* --- beginning -------------------------------------------------------------------------------- */

/* A correction begins with what stands. */
static void take_recorded(PlainCancel *cancel)
{
    const VisitOutcome *of = &cancel->visit->outcome;
    if (of->outcome == OUTCOME_NONE || of->outcome == OUTCOME_DONE)
        return;
    visit_outcome_clear(&cancel->answers.outcome);
    visit_outcome_init(&cancel->answers.outcome);
    visit_outcome_copy(&cancel->answers.outcome, of);
    for (int ask = 0; ask < ASK_COUNT; ask++)
        cancel->answers.answered[ask] = TRUE;
    plain_say(cancel->plain, "%s",
              _("You are correcting what was recorded. The earlier answers are kept."));
}

/* One that was cut off goes on with its draft. */
static void take_draft(PlainCancel *cancel)
{
    gint64 version;
    CancelAnswers found;
    g_autoptr(Draft) draft =
        draft_load(cancel->plain->session, DRAFT_CANCELLATION, cancel->visit->id, NULL);
    cancel_answers_init(&found);
    if (draft == NULL || !cancel_draft_read(draft->body, &found, &version)) {
        cancel_answers_clear(&found);
        return;
    }
    cancel_answers_clear(&cancel->answers);
    cancel->answers = found;
    plain_say(cancel->plain, "%s",
              version == cancel->visit->version
                  ? _("What you had answered before is here. Go on where you were.")
                  : _("What you had answered before is here, but the visit has been changed "
                      "since. Look through it before you save."));
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
    guint64 number;
    return g_ascii_string_to_unsigned(typed, 10, 1, options->len, &number, NULL)
               ? options->pdata[number - 1]
               : NULL;
}

static void say_options(PlainCancel *cancel, const GPtrArray *options)
{
    for (guint i = 0; i < options->len; i++) {
        const FormOption *option = options->pdata[i];
        char key[12] = "";
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

/* --- commands --------------------------------------------------------------------------------- */

static void keep_words(PlainCancel *cancel, const char *words)
{
    g_free(cancel->answers.outcome.words);
    cancel->answers.outcome.words = *words != '\0' ? g_strdup(words) : NULL;
    keep_draft(cancel);
    cancel->said = cancel->ask == ASK_SAVE ? -1 : cancel->said;
    plain_say(cancel->plain, "%s",
              *words != '\0' ? _("The person's own words are kept.")
                             : _("The person's own words are taken away."));
}

static void say_help(PlainCancel *cancel)
{
    plain_say(cancel->plain,
              _(".%s goes back, .%s goes on without answering, .%s and what the person says keeps "
                "it, .%s leaves it for later."),
              plain_word("back"), plain_word("next"), plain_word("words"), plain_word("leave"));
}

/* TRUE when the line was a command. */
static gboolean take_command(PlainCancel *cancel, const char *line)
{
    enum { BACK, NEXT, WORDS, LEAVE, HELP };
    static const char *const COMMANDS[] = {NC_("command", "back"), NC_("command", "next"),
                                           NC_("command", "words"), NC_("command", "leave"),
                                           NC_("command", "help")};
    const char *rest;
    if (!plain_is_command(line))
        return FALSE;
    switch (plain_command(cancel->plain, line, COMMANDS, G_N_ELEMENTS(COMMANDS), &rest)) {
    case BACK:
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, -1);
        break;
    case NEXT:
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
        break;
    case WORDS:
        keep_words(cancel, rest);
        break;
    case LEAVE:
        plain_say(cancel->plain, "%s", _("What you have answered is kept for the next time."));
        cancel->left = TRUE;
        break;
    case HELP:
        say_help(cancel);
        break;
    default:
        break;
    }
    return TRUE;
}

/* The line that is typed, when it is an answer: NULL at the end, after a command, and for an empty
 * line, which goes on. New. */
static char *read_answer(PlainCancel *cancel, const char *prompt)
{
    g_autofree char *line = plain_read(cancel->plain, prompt);
    if (line == NULL || take_command(cancel, line))
        return NULL;
    if (*line != '\0')
        return g_steal_pointer(&line);
    if (cancel->answers.answered[cancel->ask] || cancel->ask != ASK_OUTCOME)
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
    else
        plain_say(cancel->plain, "%s", _("Say first how it went with the visit."));
    return NULL;
}

/* --- one question ----------------------------------------------------------------------------- */

/* The answer that stands; NULL: none. Static or the form's. */
static const char *answer_text(PlainCancel *cancel, CancelAsk ask)
{
    const FormItem *item = cancel_item(cancel->plain->session, ask);
    const char *code = cancel_code(&cancel->answers, ask);
    const FormOption *option = item != NULL && code != NULL ? form_option(item, code) : NULL;
    if (ask == ASK_SOURCE && option == NULL && code != NULL) /* not in the unit's own list */
        return cause_source_name(cancel->answers.outcome.source);
    if (ask == ASK_TAKEN && cancel->answers.outcome.alternative_taken >= 0)
        return cancel->answers.outcome.alternative_taken ? _("Yes") : _("No");
    return option != NULL ? form_text(option->display) : NULL;
}

static void say_what_stands(PlainCancel *cancel)
{
    const char *answer =
        cancel->answers.answered[cancel->ask] ? answer_text(cancel, cancel->ask) : NULL;
    if (answer != NULL)
        plain_say(cancel->plain, _("The answer now: %s"), answer);
}

/* TRUE once for each question that is come to: what has been heard is not read again. */
static gboolean is_to_be_said(PlainCancel *cancel)
{
    gboolean is_new = cancel->said != (int)cancel->ask;
    cancel->said = (int)cancel->ask;
    return is_new;
}

static void say_question(PlainCancel *cancel, const FormItem *item)
{
    plain_say(cancel->plain, "%s", cancel_question(&cancel->answers, cancel->ask, item));
    if (cancel_help(cancel->ask, item) != NULL)
        plain_say(cancel->plain, "%s", cancel_help(cancel->ask, item));
}

static void ask_choice(PlainCancel *cancel, const FormItem *item)
{
    g_autoptr(GPtrArray) options = offered(cancel, item);
    if (is_to_be_said(cancel)) {
        say_question(cancel, item);
        say_options(cancel, options);
        say_what_stands(cancel);
    }
    g_autofree char *line = read_answer(cancel, _("Answer:"));
    if (line == NULL)
        return;
    const FormOption *option = option_meant(item, options, line);
    if (option == NULL) {
        plain_refuse(cancel->plain, "%s",
                     _("That is none of the answers. Type its letter or words."));
        return;
    }
    plain_say(cancel->plain, "%s.", form_text(option->display));
    cancel_answer(&cancel->answers, cancel->ask, option);
    if (cancel->ask == ASK_OUTCOME || cancel->ask == ASK_BY)
        cancel_check_cause(cancel->plain->session, &cancel->answers);
    go_on(cancel);
}

/* "fredag 2026-11-27 10:00". New. */
static char *time_text(const NewTime *time)
{
    char date[DATE_SIZE], hour[TIME_SIZE];
    return g_strdup_printf("%s %s %s", date_weekday_name(date_weekday(time->date)),
                           date_format(time->date, date), time_format(time->start, hour));
}

/* TRUE where the line says that it has been carried out already. */
static gboolean says_already(const char *line)
{
    g_autofree char *typed = text_fold(line), *words = text_fold(_("Already done"));
    return *typed != '\0' && (g_str_has_prefix(words, typed) || g_str_has_suffix(words, typed));
}

static void ask_taken(PlainCancel *cancel, const FormItem *item)
{
    Plain *plain = cancel->plain;
    GError *error = NULL;
    NewTime proposed, time;
    if (!visit_propose_instead(plain->session, cancel->visit, cancel->answers.outcome.alternative,
                               &proposed, &error))
        plain_error(plain, error);
    if (is_to_be_said(cancel)) {
        g_autofree char *when = time_text(&proposed);
        plain_say(plain, "%s", item != NULL ? form_text(item->text) : _("Was it accepted?"));
        plain_say(plain, "%s", cancel_help(ASK_TAKEN, item));
        plain_say(plain, _("Yes plans it: %s, %d min."), when, proposed.minutes);
        say_what_stands(cancel);
    }
    g_autofree char *line =
        read_answer(cancel, _("Yes, no, already done, or another time and length such as 14:15 20 "
                              "min:"));
    if (line == NULL)
        return;
    int taken = plain_yes_or_no(line);
    if (taken >= 0)
        cancel_answer_taken(&cancel->answers, taken ? CANCEL_TAKEN_YES : CANCEL_TAKEN_NO,
                            &proposed);
    else if (says_already(line))
        cancel_answer_taken(&cancel->answers, CANCEL_TAKEN_ALREADY, NULL);
    else if (!cancel_parse_instead(line, &proposed, &time)) {
        plain_refuse(plain, "%s",
                     _("Answer yes, no or already done, or write a time and length as 14:15 20 "
                       "min."));
        return;
    } else if (plain_takes_time(plain, cancel->visit, &time)) {
        cancel_answer_taken(&cancel->answers, CANCEL_TAKEN_YES, &time);
    } else {
        return;
    }
    cancel_check_cause(plain->session, &cancel->answers);
    go_on(cancel);
}

static void ask_notice(PlainCancel *cancel, const FormItem *item)
{
    enum { HOURS_MOST = 24 * 366 };
    guint64 hours;
    if (is_to_be_said(cancel))
        say_question(cancel, item);
    g_autofree char *line =
        read_answer(cancel, _("Hours, or an empty line for what the clock says:"));
    if (line == NULL)
        return;
    if (!g_ascii_string_to_unsigned(line, 10, 0, HOURS_MOST, &hours, NULL)) {
        plain_refuse(cancel->plain, "%s", _("Write the hours as a whole number, such as 24."));
        return;
    }
    cancel->answers.outcome.notice = (int)hours;
    cancel->answers.answered[ASK_NOTICE] = TRUE;
    go_on(cancel);
}

/* --- a new time ------------------------------------------------------------------------------- */

static void set_new_time(PlainCancel *cancel, const NewTime *time)
{
    if (time != NULL)
        cancel->answers.times.new_time = *time;
    else
        cancel->answers.times.new_time.date = DATE_NONE;
    cancel->answers.answered[ASK_NEW_TIME] = TRUE;
    g_autofree char *text = time != NULL ? time_text(time) : g_strdup(_("No new time now"));
    plain_say(cancel->plain, "%s.", text);
    go_on(cancel);
}

static void say_times(PlainCancel *cancel, const FormItem *item, const GArray *times)
{
    say_question(cancel, item);
    for (guint i = 0; times != NULL && i < times->len; i++) {
        g_autofree char *text = time_text(&g_array_index(times, NewTime, i));
        plain_say(cancel->plain, "  %u  %s", i + 1, text);
    }
    plain_say(cancel->plain, "  0  %s", _("No new time now"));
}

static void ask_new_time(PlainCancel *cancel, const FormItem *item)
{
    Plain *plain = cancel->plain;
    GError *error = NULL;
    g_autoptr(GArray) times = visit_propose(plain->session, cancel->visit, PROPOSALS, &error);
    plain_error(plain, error);
    if (is_to_be_said(cancel))
        say_times(cancel, item, times);
    g_autofree char *line =
        read_answer(cancel, _("A number, or a day and time such as 30/11 14:15:"));
    guint64 number;
    NewTime time;
    if (line == NULL)
        return;
    if (g_ascii_string_to_unsigned(line, 10, 0, times != NULL ? times->len : 0, &number, NULL))
        set_new_time(cancel, number > 0 ? &g_array_index(times, NewTime, number - 1) : NULL);
    else if (!cancel_parse_time(line, cancel->visit, &time))
        plain_refuse(plain, "%s",
                     _("That day or time was not understood. Write it as 30/11 14:15."));
    else if (plain_takes_time(plain, cancel->visit, &time))
        set_new_time(cancel, &time);
}

/* --- saving ----------------------------------------------------------------------------------- */

static void save(PlainCancel *cancel)
{
    Plain *plain = cancel->plain;
    GError *error = NULL;
    VisitOutcome outcome;
    cancel_outcome(&cancel->answers, &outcome);
    const VisitTimes times = cancel_times(&cancel->answers);
    if (visit_record(plain->session, cancel->visit->id, cancel->visit->version, &outcome, &times,
                     NULL, &error)) {
        plain_say(plain, "%s", _("The cancellation is saved."));
        cancel->left = TRUE;
    }
    plain_error(plain, error);
    visit_outcome_clear(&outcome);
}

/* What is about to be saved, read aloud once more. */
static void say_summary(PlainCancel *cancel)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (CancelAsk ask = ASK_OUTCOME; ask < ASK_NEW_TIME; ask++) {
        const char *answer =
            cancel_applies(&cancel->answers, ask) ? answer_text(cancel, ask) : NULL;
        if (answer != NULL)
            g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", answer);
    }
    if (cancel_applies(&cancel->answers, ASK_NEW_TIME) &&
        cancel->answers.times.new_time.date != DATE_NONE) {
        g_autofree char *time = time_text(&cancel->answers.times.new_time);
        g_string_append_printf(text, "; %s", time);
    }
    plain_say(cancel->plain, "%s: %s.", cancel->visit->client_name, text->str);
    if (cancel->answers.outcome.words != NULL)
        plain_say(cancel->plain, "“%s”", cancel->answers.outcome.words);
}

static void ask_save(PlainCancel *cancel)
{
    if (is_to_be_said(cancel))
        say_summary(cancel);
    g_autofree char *prompt =
        g_strdup_printf(_("An empty line saves; .%s goes back, .%s leaves it:"), plain_word("back"),
                        plain_word("leave"));
    g_autofree char *line = plain_read(cancel->plain, prompt);
    if (line == NULL || take_command(cancel, line))
        return;
    if (*line == '\0')
        save(cancel);
    else
        plain_refuse(cancel->plain, "%s",
                     _("All is answered: only an empty line or a command is understood here."));
}

static void ask_once(PlainCancel *cancel)
{
    const FormItem *item =
        cancel->ask < ASK_COUNT ? cancel_item(cancel->plain->session, cancel->ask) : NULL;
    if (cancel->ask == ASK_SAVE)
        ask_save(cancel);
    else if (cancel->ask == ASK_TAKEN)
        ask_taken(cancel, item);
    else if (item == NULL)
        cancel->ask = cancel_step(&cancel->answers, cancel->ask, 1);
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
    PlainCancel cancel = {.plain = plain, .visit = visit, .said = -1};
    cancel_answers_init(&cancel.answers);
    plain_say(plain, _("It is all right not to have the strength. .%s tells the commands."),
              plain_word("help"));
    say_plan(&cancel);
    take_recorded(&cancel);
    take_draft(&cancel);
    cancel.ask =
        cancel.answers.answered[ASK_OUTCOME] ? cancel_next(&cancel.answers, -1) : ASK_OUTCOME;
    while (!plain->ended && !cancel.left)
        ask_once(&cancel);
    cancel_answers_clear(&cancel.answers);
}
