/* call.c: the phone calls of a walk, and a response that is not given, as lines. */
#include "cmd/plain/walk.h"

#include "base/clock.h"
#include "base/i18n.h"

/* --- calls ------------------------------------------------------------------------------------ */

void plain_walk_say_calls(PlainWalker *walker)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) calls =
        call_list(walker->plain->session, walk_response(walker->walk)->id, &error);
    plain_error(walker->plain, error);
    if (calls == NULL || calls->len == 0)
        return;
    const Call *last = calls->pdata[0];
    g_autofree char *when = clock_words(last->at_ms);
    plain_say(walker->plain,
              ngettext("%d call has been made: %s, %s.",
                       "%d calls have been made, the last one %s: %s.", (gulong)calls->len),
              (int)calls->len, when, call_result_name(last->result));
    if (last->note != NULL)
        plain_say(walker->plain, _("Note: %s"), last->note);
}

/* "30/11 14:15", "fri"; an empty line for no call-back. FALSE at the end of input. */
static gboolean ask_when(Plain *plain, Call *call)
{
    for (;;) {
        g_autofree char *typed = plain_ask(
            plain, _("When do you call back? A day and perhaps a time, or an empty line for not:"));
        call->back_date = DATE_NONE;
        call->back_time = -1;
        if (typed == NULL || *typed == '\0')
            return typed != NULL;
        if (!date_parse_moment(typed, clock_today(), &call->back_date, &call->back_time))
            plain_refuse(plain, "%s",
                         _("That day or time was not understood. Write it as 30/11 14:15."));
        else if (call->back_date < clock_today())
            plain_refuse(plain, "%s", _("That day has passed. Choose a day from today on."));
        else
            return TRUE;
    }
}

static void say_call_noted(Plain *plain, const Call *call)
{
    char date[DATE_SIZE];
    if (call->back_date == DATE_NONE) {
        plain_say(plain, "%s", _("The call is noted."));
        return;
    }
    g_autofree char *when = time_after_day(date_format(call->back_date, date), call->back_time);
    plain_say(plain, _("The call is noted. To call back %s %s stands among what is to be done."),
              date_weekday_name(date_weekday(call->back_date)), when);
}

gboolean plain_walk_log_call(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    Call call = {.back_date = DATE_NONE, .back_time = -1};
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (int result = CALL_REACHED; result < CALL_COUNT; result++)
        g_ptr_array_add(texts, (char *)call_result_name((CallResult)result));
    int index = plain_choose(plain, _("How did the call go?"), texts);
    if (index < 0 || !ask_when(plain, &call))
        return FALSE;
    g_autofree char *note = plain_ask(plain, _("Note, or an empty line:"));
    if (note == NULL)
        return FALSE;
    call.result = (CallResult)index;
    call.note = *note != '\0' ? note : NULL;
    gboolean done = walk_call(walker->walk, plain->session, &call, &error);
    if (done)
        say_call_noted(plain, &call);
    plain_error(plain, error);
    return done;
}

/* --- not given -------------------------------------------------------------------------------- */

gboolean plain_ask_not_done(Plain *plain, const char *respondent, gboolean begun, NotDone *cause,
                            char **words)
{
    NotDone causes[NOT_DONE_COUNT];
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (NotDone each = NOT_DONE_DECLINED; each < NOT_DONE_COUNT; each++)
        if (not_done_fits(each, respondent, begun)) {
            causes[texts->len] = each;
            g_ptr_array_add(texts, (char *)not_done_name(each));
        }
    int index = plain_choose(plain, _("Why is it not given? An empty line goes back."), texts);
    g_autofree char *line =
        index >= 0 ? plain_ask(plain, _("In your own words, or an empty line:")) : NULL;
    if (line == NULL)
        return FALSE;
    *cause = causes[index];
    *words = *line != '\0' ? g_steal_pointer(&line) : NULL;
    return TRUE;
}

gboolean plain_give_up(Plain *plain, Walk *walk, NotDone cause, const char *words)
{
    GError *error = NULL;
    gboolean to_do = cause == NOT_DONE_MISTAKE && walk_response(walk)->placement_id != 0;
    gboolean done = walk_give_up(walk, plain->session, cause, words, &error);
    if (done)
        plain_say(plain, "%s",
                  to_do ? _("Noted. The interview is still to be done.")
                        : _("Noted. What has been answered is kept."));
    plain_error(plain, error);
    return done;
}
