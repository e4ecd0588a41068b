/* cancellation.c: which questions belong to an outcome, in which order they come, and what their
 * answers bring with them. */
#include "care/visit/cancellation.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/cause.h"

#include <json-glib/json-glib.h>
#include <string.h>

void cancel_answers_init(CancelAnswers *answers)
{
    *answers = (CancelAnswers){.times = VISIT_TIMES_NONE};
    visit_outcome_init(&answers->outcome);
}

void cancel_answers_clear(CancelAnswers *answers)
{
    visit_outcome_clear(&answers->outcome);
}

void cancel_answer_outcome(CancelAnswers *answers, Outcome outcome)
{
    VisitOutcome *to = &answers->outcome;
    to->outcome = outcome;
    answers->answered[ASK_OUTCOME] = TRUE;
    if (outcome == OUTCOME_DECLINED) {
        to->by = BY_CLIENT;
        to->told = TOLD_ON_SITE;
        answers->answered[ASK_BY] = answers->answered[ASK_TOLD] = TRUE;
    } else if (outcome == OUTCOME_UNIT_CANCELLED) {
        to->by = BY_UNIT;
        answers->answered[ASK_BY] = TRUE;
    } else if (outcome_by(outcome, to->by) != outcome) {
        to->by = BY_NONE; /* answered for another outcome */
        answers->answered[ASK_BY] = FALSE;
    }
}

void cancel_answer_by(CancelAnswers *answers, CancelledBy by)
{
    VisitOutcome *to = &answers->outcome;
    to->by = by;
    answers->answered[ASK_BY] = TRUE;
    if (outcome_by(to->outcome, by) != to->outcome)
        cancel_answer_outcome(answers, outcome_by(to->outcome, by));
}

void cancel_answer_cause(CancelAnswers *answers, const char *code, gboolean offers_help)
{
    VisitOutcome *to = &answers->outcome;
    g_free(to->cause);
    to->cause = g_strdup(code);
    answers->answered[ASK_CAUSE] = TRUE;
    answers->offers_help = offers_help;
    if (answers->answered[ASK_SOURCE])
        return;
    to->source = to->outcome == OUTCOME_NO_SHOW ? SOURCE_STAFF : cause_source_by(to->by);
    answers->answered[ASK_SOURCE] = to->source != SOURCE_NONE;
}

void cancel_answer_taken(CancelAnswers *answers, CancelTaken taken, const NewTime *instead)
{
    VisitOutcome *to = &answers->outcome;
    answers->times.instead.date = DATE_NONE;
    answers->answered[ASK_TAKEN] = taken != CANCEL_TAKEN_ALREADY;
    to->alternative_taken = taken == CANCEL_TAKEN_ALREADY ? -1 : taken == CANCEL_TAKEN_YES;
    if (taken == CANCEL_TAKEN_ALREADY)
        cancel_answer_outcome(answers, OUTCOME_DONE_OTHERWISE);
    else if (taken == CANCEL_TAKEN_YES)
        answers->times.instead = *instead;
}

/* --- the form ----------------------------------------------------------------------------------
 */

const FormItem *cancel_item(Session *session, CancelAsk ask)
{
    static const char *const LINK_IDS[ASK_COUNT] = {
        [ASK_OUTCOME] = "utfall",  [ASK_BY] = "avbokad-av",    [ASK_TOLD] = "hur",
        [ASK_NOTICE] = "varsel",   [ASK_CAUSE] = "orsak",      [ASK_FURTHER] = "orsak-2",
        [ASK_SOURCE] = "kalla",    [ASK_OFFER] = "alternativ", [ASK_TAKEN] = "alternativ-taget",
        [ASK_NEW_TIME] = "ny-tid",
    };
    return form_item(session_cancellation_form(session), LINK_IDS[ask]);
}

const char *cancel_help(CancelAsk ask, const FormItem *item)
{
    if (ask == ASK_TAKEN)
        return _("Already done: it is saved as carried out in another form, just as if that had "
                 "been chosen first.");
    return item != NULL && item->help != NULL ? form_text(item->help) : NULL;
}

gboolean cancel_is_offered(const CancelAnswers *answers, CancelAsk ask, const FormOption *option)
{
    const VisitOutcome *of = &answers->outcome;
    if (ask == ASK_OUTCOME)
        return !g_str_equal(option->code, outcome_code(OUTCOME_DONE));
    if (ask == ASK_CAUSE || ask == ASK_FURTHER)
        return option->unit_cause == (of->outcome == OUTCOME_UNIT_CANCELLED) &&
               (ask == ASK_CAUSE || g_strcmp0(option->code, of->cause) != 0);
    return TRUE;
}

const char *cancel_code(const CancelAnswers *answers, CancelAsk ask)
{
    const VisitOutcome *of = &answers->outcome;
    switch (ask) {
    case ASK_OUTCOME:
        return outcome_code(of->outcome);
    case ASK_BY:
        return cancelled_by_code(of->by);
    case ASK_TOLD:
        return told_by_code(of->told);
    case ASK_CAUSE:
        return of->cause;
    case ASK_FURTHER:
        return of->cause_further;
    case ASK_SOURCE:
        return cause_source_code(of->source);
    case ASK_OFFER:
        return alternative_code(of->alternative);
    default:
        return NULL;
    }
}

void cancel_answer(CancelAnswers *answers, CancelAsk ask, const FormOption *option)
{
    VisitOutcome *to = &answers->outcome;
    Outcome outcome;
    CancelledBy by;
    answers->answered[ask] = TRUE;
    switch (ask) {
    case ASK_OUTCOME:
        if (outcome_parse(option->code, &outcome))
            cancel_answer_outcome(answers, outcome);
        break;
    case ASK_BY:
        if (cancelled_by_parse(option->code, &by))
            cancel_answer_by(answers, by);
        break;
    case ASK_TOLD:
        told_by_parse(option->code, &to->told);
        break;
    case ASK_CAUSE:
        cancel_answer_cause(answers, option->code, option->offers_help);
        break;
    case ASK_FURTHER:
        g_free(to->cause_further);
        to->cause_further = g_strdup(option->code);
        break;
    case ASK_SOURCE:
        cause_source_parse(option->code, &to->source);
        break;
    case ASK_OFFER:
        if (g_strcmp0(option->code, alternative_code(to->alternative)) != 0) {
            to->alternative_taken = -1; /* answered for another one */
            answers->answered[ASK_TAKEN] = FALSE;
            answers->times.instead.date = DATE_NONE;
        }
        alternative_parse(option->code, &to->alternative);
        break;
    default:
        break;
    }
}

void cancel_check_cause(Session *session, CancelAnswers *answers)
{
    VisitOutcome *of = &answers->outcome;
    const FormOption *cause = of->cause != NULL ? cause_option(session, of->cause) : NULL;
    if (cause == NULL || cause->unit_cause == (of->outcome == OUTCOME_UNIT_CANCELLED))
        return;
    g_clear_pointer(&of->cause, g_free);
    g_clear_pointer(&of->cause_further, g_free);
    answers->answered[ASK_CAUSE] = FALSE;
    answers->offers_help = FALSE;
}

gboolean cancel_parse_time(const char *typed, const Visit *visit, NewTime *time)
{
    *time = (NewTime){
        .date = DATE_NONE, .start = visit->start, .minutes = visit->minutes, .mode = visit->mode};
    return date_parse_moment(typed, clock_today(), &time->date, &time->start);
}

/* Where the length begins in `typed`: its last word, and the one before where that is a unit. */
static const char *find_length(const char *typed)
{
    const char *last = strrchr(typed, ' ');
    if (last == NULL)
        return typed;
    if (g_ascii_isdigit(last[1]))
        return last + 1;
    const char *before = last;
    while (before > typed && before[-1] != ' ')
        before--;
    return before;
}

/* A time alone is one on the day that is proposed. */
static gboolean parse_moment(const char *text, NewTime *time)
{
    int start = time_parse(g_str_has_prefix(text, "kl ") ? text + strlen("kl ") : text);
    if (start < 0 || date_parse_words(text, clock_today()) != DATE_NONE)
        return date_parse_moment(text, clock_today(), &time->date, &time->start);
    time->start = start;
    return TRUE;
}

gboolean cancel_parse_instead(const char *typed, const NewTime *proposed, NewTime *time)
{
    g_autofree char *text = g_strdelimit(g_strdup(typed), ",", ' ');
    g_strstrip(text);
    *time = *proposed;
    if (parse_moment(text, time))
        return TRUE;
    char *length = text + (find_length(text) - text);
    if (!length_parse(length, &time->minutes))
        return FALSE;
    *length = '\0';
    g_strchomp(text);
    return *text == '\0' || parse_moment(text, time);
}

/* --- the order ---------------------------------------------------------------------------------
 */

gboolean cancel_applies(const CancelAnswers *answers, CancelAsk ask)
{
    const VisitOutcome *of = &answers->outcome;
    const gboolean known = of->outcome != OUTCOME_NONE;
    switch (ask) {
    case ASK_OUTCOME:
    case ASK_SAVE:
        return TRUE;
    case ASK_BY: /* of what was done otherwise nobody need have called anything off */
        return known && of->outcome != OUTCOME_NO_SHOW &&
               (of->outcome != OUTCOME_DONE_OTHERWISE || answers->answered[ASK_BY]);
    case ASK_TOLD:
    case ASK_NOTICE:
        return of->outcome == OUTCOME_CANCELLED || of->outcome == OUTCOME_REBOOKED ||
               of->outcome == OUTCOME_UNIT_CANCELLED;
    case ASK_CAUSE:
        return known;
    case ASK_FURTHER:
        return known && of->cause != NULL;
    case ASK_SOURCE:
        return known && cause_says_why(of->cause);
    case ASK_OFFER:
        return known && of->outcome != OUTCOME_REBOOKED;
    case ASK_TAKEN:
        return known && of->alternative != OFFER_NONE && of->alternative != OFFER_NOTHING &&
               of->outcome != OUTCOME_DONE_OTHERWISE && of->outcome != OUTCOME_REBOOKED;
    case ASK_NEW_TIME:
        return known && of->outcome != OUTCOME_DONE_OTHERWISE;
    }
    return FALSE;
}

const char *cancel_question(const CancelAnswers *answers, CancelAsk ask, const FormItem *item)
{
    if (ask == ASK_OFFER && answers->outcome.outcome == OUTCOME_DONE_OTHERWISE)
        return _("How did you meet instead?");
    return item != NULL ? form_text(item->text) : "";
}

/* Whether the walk stops there by itself; the others are reached with the arrows. */
static gboolean is_asked(const CancelAnswers *answers, CancelAsk ask)
{
    const VisitOutcome *of = &answers->outcome;
    switch (ask) {
    case ASK_NOTICE:
    case ASK_FURTHER:
        return FALSE;
    case ASK_TOLD:
        return of->outcome != OUTCOME_UNIT_CANCELLED;
    case ASK_OFFER:
        return of->outcome == OUTCOME_DONE_OTHERWISE ||
               (answers->offers_help && of->outcome != OUTCOME_UNIT_CANCELLED);
    default:
        return TRUE;
    }
}

CancelAsk cancel_next(const CancelAnswers *answers, int from)
{
    for (int ask = from + 1; ask < ASK_SAVE; ask++)
        if (!answers->answered[ask] && cancel_applies(answers, ask) && is_asked(answers, ask))
            return ask;
    return ASK_SAVE;
}

CancelAsk cancel_step(const CancelAnswers *answers, CancelAsk from, int step)
{
    for (int ask = (int)from + step; ask >= ASK_OUTCOME && ask <= ASK_SAVE; ask += step)
        if (cancel_applies(answers, ask))
            return ask;
    return from;
}

void cancel_outcome(const CancelAnswers *answers, VisitOutcome *outcome)
{
    visit_outcome_init(outcome);
    visit_outcome_copy(outcome, &answers->outcome);
    if (!cancel_applies(answers, ASK_BY))
        outcome->by = BY_NONE;
    if (outcome->outcome == OUTCOME_NO_SHOW)
        outcome->told = TOLD_NOT_AT_ALL;
    else if (!cancel_applies(answers, ASK_TOLD) && outcome->outcome != OUTCOME_DECLINED)
        outcome->told = TOLD_NONE;
    if (!cancel_applies(answers, ASK_NOTICE))
        outcome->notice = -1;
    if (!cancel_applies(answers, ASK_FURTHER))
        g_clear_pointer(&outcome->cause_further, g_free);
    if (!cancel_applies(answers, ASK_SOURCE))
        outcome->source = SOURCE_NONE;
    if (!cancel_applies(answers, ASK_OFFER))
        outcome->alternative = OFFER_NONE;
    if (outcome->outcome == OUTCOME_DONE_OTHERWISE && outcome->alternative > OFFER_NOTHING)
        outcome->alternative_taken = 1;
    else if (!cancel_applies(answers, ASK_TAKEN))
        outcome->alternative_taken = -1;
}

VisitTimes cancel_times(const CancelAnswers *answers)
{
    VisitTimes times = answers->times;
    if (!cancel_applies(answers, ASK_NEW_TIME))
        times.new_time.date = DATE_NONE;
    if (!cancel_applies(answers, ASK_TAKEN) || answers->outcome.alternative_taken != 1)
        times.instead.date = DATE_NONE;
    return times;
}

/* --- the draft ---------------------------------------------------------------------------------
 */

static void member(JsonBuilder *json, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    json_builder_set_member_name(json, name);
    json_builder_add_string_value(json, value);
}

static void member_int(JsonBuilder *json, const char *name, gint64 value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, value);
}

char *cancel_draft_write(const CancelAnswers *answers, gint64 version)
{
    const VisitOutcome *of = &answers->outcome;
    char date[DATE_SIZE];
    gint64 answered = 0;
    for (int ask = 0; ask < ASK_COUNT; ask++)
        answered |= answers->answered[ask] ? 1 << ask : 0;
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_int(json, "version", version);
    member_int(json, "answered", answered);
    member_int(json, "offers_help", answers->offers_help);
    member(json, "outcome", outcome_code(of->outcome));
    member(json, "by", cancelled_by_code(of->by));
    member(json, "told", told_by_code(of->told));
    member_int(json, "notice", of->notice);
    member(json, "cause", of->cause);
    member(json, "cause_further", of->cause_further);
    member(json, "source", cause_source_code(of->source));
    member(json, "words", of->words);
    member(json, "alternative", alternative_code(of->alternative));
    member_int(json, "alternative_taken", of->alternative_taken);
    member(json, "note", of->note);
    const NewTime *next = &answers->times.new_time, *instead = &answers->times.instead;
    if (next->date != DATE_NONE) {
        member(json, "new_date", date_format(next->date, date));
        member_int(json, "new_start", next->start);
        member_int(json, "new_minutes", next->minutes);
        member(json, "new_form", visit_mode_code(next->mode));
        member_int(json, "new_staff", next->staff_id);
    }
    if (instead->date != DATE_NONE) {
        member(json, "instead_date", date_format(instead->date, date));
        member_int(json, "instead_start", instead->start);
        member_int(json, "instead_minutes", instead->minutes);
    }
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    return json_to_string(root, FALSE);
}

/* NULL where there is none, or something larger than a value. */
static JsonNode *value_of(JsonObject *json, const char *name)
{
    JsonNode *node = json_object_get_member(json, name);
    return node && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

static const char *text_of(JsonObject *json, const char *name)
{
    /* A number or a yes is a value too, and no text. */
    JsonNode *value = value_of(json, name);
    const char *text = value ? json_node_get_string(value) : NULL;
    return text ? text : "";
}

static gint64 int_of(JsonObject *json, const char *name, gint64 fallback)
{
    JsonNode *value = value_of(json, name);
    return value ? json_node_get_int(value) : fallback;
}

static char *copy_of(JsonObject *json, const char *name)
{
    const char *text = text_of(json, name);
    return *text ? g_strdup(text) : NULL;
}

gboolean cancel_draft_read(const char *text, CancelAnswers *answers, gint64 *version)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    JsonNode *root = NULL;
    if (!json_parser_load_from_data(parser, text, -1, NULL) ||
        !(root = json_parser_get_root(parser)) || !JSON_NODE_HOLDS_OBJECT(root))
        return FALSE;
    JsonObject *json = json_node_get_object(root);
    VisitOutcome *of = &answers->outcome;
    const gint64 answered = int_of(json, "answered", 0);
    for (int ask = 0; ask < ASK_COUNT; ask++)
        answers->answered[ask] = (answered & (1 << ask)) != 0;
    *version = int_of(json, "version", 0);
    answers->offers_help = int_of(json, "offers_help", 0) != 0;
    outcome_parse(text_of(json, "outcome"), &of->outcome);
    cancelled_by_parse(text_of(json, "by"), &of->by);
    told_by_parse(text_of(json, "told"), &of->told);
    of->notice = (int)int_of(json, "notice", -1);
    of->cause = copy_of(json, "cause");
    of->cause_further = copy_of(json, "cause_further");
    cause_source_parse(text_of(json, "source"), &of->source);
    of->words = copy_of(json, "words");
    alternative_parse(text_of(json, "alternative"), &of->alternative);
    of->alternative_taken = (int)int_of(json, "alternative_taken", -1);
    of->note = copy_of(json, "note");
    NewTime *next = &answers->times.new_time, *instead = &answers->times.instead;
    next->date = date_parse(text_of(json, "new_date"));
    next->start = (int)int_of(json, "new_start", 0);
    next->minutes = (int)int_of(json, "new_minutes", 60);
    visit_mode_parse(text_of(json, "new_form"), &next->mode);
    next->staff_id = int_of(json, "new_staff", 0);
    instead->date = date_parse(text_of(json, "instead_date"));
    instead->start = (int)int_of(json, "instead_start", 0);
    instead->minutes = (int)int_of(json, "instead_minutes", 30);
    return TRUE;
}
