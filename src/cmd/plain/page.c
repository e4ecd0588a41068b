/* page.c: a page of rows as lines. */
#include "cmd/plain/page.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

typedef enum { STEP_ON, STEP_BACK, STEP_STAY, STEP_LEAVE } Step;

void plain_page_clear(PlainPage *page)
{
    g_clear_pointer(&page->values, g_strfreev);
    g_clear_pointer(&page->base, g_strfreev);
    draft_kept_clear(&page->kept);
}

/* --- drafts ----------------------------------------------------------------------------------- */

static void keep(PlainPage *page)
{
    GError *error = NULL;
    g_autofree char *body = draft_rows_write(page->values, page->base, page->version);
    draft_kept_save(page->plain->session, &page->kept, body, NULL, &error);
    plain_error(page->plain, error);
}

static void drop(PlainPage *page)
{
    GError *error = NULL;
    if (page->kept.kept != NULL)
        draft_kept_drop(page->plain->session, &page->kept, &error);
    plain_error(page->plain, error);
}

/* What is kept of it, if anything, is gone on with or thrown away. TRUE when it is gone on with. */
static gboolean take_up(PlainPage *page)
{
    Plain *plain = page->plain;
    GError *error = NULL;
    char **values, **base;
    g_autoptr(Draft) draft = draft_load(plain->session, page->kept.kind, page->kept.ref_id, &error);
    plain_error(plain, error);
    if (draft == NULL)
        return FALSE;
    page->kept.kept = g_strdup(draft->body);
    g_autofree char *when = clock_words(draft->saved_ms);
    g_autofree char *question = g_strdup_printf(
        _("%s: begun here and not saved, kept %s. Go on with it? No throws it away."), page->title,
        when);
    if (!plain->goes_on && !plain_yes(plain, question)) {
        if (!plain->ended)
            drop(page);
        return FALSE;
    }
    if (!draft_rows_read(draft->body, page->count, page->values, &values, &base, &page->version)) {
        plain_say(plain, "%s",
                  _("The draft is from another version of the program and cannot be taken up "
                    "here."));
        return FALSE;
    }
    g_strfreev(page->values);
    g_strfreev(page->base);
    page->values = values;
    page->base = base;
    return TRUE;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* What a row says, to be heard; "" for nothing. New. */
static char *shown(const PlainPage *page, guint row)
{
    const PlainRow *at = &page->rows[row];
    const char *value = page->values[row];
    guint64 number;
    if (at->options == NULL)
        return text_display(value);
    return g_ascii_string_to_unsigned(value, 10, (guint64)at->first,
                                      (guint64)(at->first + at->count - 1), &number, NULL)
               ? g_strdup(at->options[number - (guint64)at->first])
               : g_strdup("");
}

static void set(PlainPage *page, guint row, const char *text)
{
    char *kept = g_strdup(text); /* `text` may be the row's own */
    g_free(page->values[row]);
    page->values[row] = kept;
    keep(page);
}

static void say_help(PlainPage *page)
{
    plain_say(page->plain,
              _("An empty line keeps what stands there, a hyphen alone takes it away. .%s goes to "
                "the row before, .%s keeps all of it for later, .%s throws it away, .%s locks."),
              plain_word("back"), plain_word("leave"), plain_word("drop"), plain_word("lock"));
}

static Step obey(PlainPage *page, const char *line)
{
    enum { BACK, LEAVE, DROP, HELP };
    static const char *const COMMANDS[] = {NC_("command", "back"), NC_("command", "leave"),
                                           NC_("command", "drop"), NC_("command", "help")};
    const char *rest;
    switch (plain_command(page->plain, line, COMMANDS, G_N_ELEMENTS(COMMANDS), &rest)) {
    case BACK:
        return STEP_BACK;
    case LEAVE:
        plain_say(page->plain, "%s", _("What you have typed is kept for the next time."));
        return STEP_LEAVE;
    case DROP:
        if (!plain_yes(page->plain, _("Throw away what has been typed here?")))
            return STEP_STAY;
        drop(page);
        return STEP_LEAVE;
    case HELP:
        say_help(page);
        return STEP_STAY;
    default:
        return STEP_STAY;
    }
}

/* A choice is kept by its value in digits. FALSE after saying that it is none. */
static gboolean take_choice(PlainPage *page, guint row, const char *line)
{
    const PlainRow *at = &page->rows[row];
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (int i = 0; i < at->count; i++)
        g_ptr_array_add(texts, (char *)at->options[i]);
    int index = plain_meant(page->plain, texts, line);
    if (index < 0)
        return FALSE;
    g_autofree char *value = g_strdup_printf("%d", at->first + index);
    set(page, row, value);
    return TRUE;
}

char *plain_page_fault(PlainPage *page, guint row, const char *text)
{
    g_autofree char **values = g_memdup2(page->values, (page->count + 1) * sizeof *page->values);
    g_autofree const char **faults = g_new0(const char *, page->count);
    values[row] = (char *)text;
    page->check(page, values, faults);
    return g_strdup(faults[row]);
}

static char *fault_of(PlainPage *page, guint row, const char *text)
{
    if (page->fault != NULL)
        return page->fault(page, row, text);
    return page->check != NULL ? plain_page_fault(page, row, text) : NULL;
}

static char *meant_by(PlainPage *page, guint row, const char *text)
{
    char date[DATE_SIZE];
    if (!page->rows[row].day)
        return page->meant != NULL ? page->meant(page, row, text) : NULL;
    const Date day = date_parse_words(text, clock_today());
    return day != DATE_NONE ? g_strdup(date_format(day, date)) : NULL;
}

static gboolean take_text(PlainPage *page, guint row, const char *line)
{
    const char *text = !page->rows[row].hyphen && g_str_equal(line, "-") ? "" : line;
    g_autofree char *fault = fault_of(page, row, text);
    if (fault != NULL) {
        plain_refuse(page->plain, "%s", fault);
        return FALSE;
    }
    g_autofree char *meant = meant_by(page, row, text);
    if (meant != NULL && !g_str_equal(meant, text))
        plain_say(page->plain, "%s.", meant);
    set(page, row, meant != NULL ? meant : text);
    return TRUE;
}

static void say_row(PlainPage *page, guint row)
{
    const PlainRow *at = &page->rows[row];
    if (at->help != NULL)
        plain_say(page->plain, "%s. %s", at->label, at->help);
    else if (at->options != NULL)
        plain_say(page->plain, "%s.", at->label);
    for (int i = 0; i < at->count; i++)
        plain_say(page->plain, "  %d  %s", i + 1, at->options[i]);
}

/* Asks for a row until it is understood. */
static Step ask_row(PlainPage *page, guint row)
{
    say_row(page, row);
    while (!page->plain->ended) {
        g_autofree char *now = shown(page, row);
        g_autofree char *prompt = *now != '\0' ? g_strdup_printf(_("%s, an empty line is %s:"),
                                                                 page->rows[row].label, now)
                                               : g_strdup_printf("%s:", page->rows[row].label);
        g_autofree char *line = plain_read(page->plain, prompt);
        if (line == NULL)
            return STEP_LEAVE;
        Step step = plain_is_command(line) ? obey(page, line) : STEP_ON;
        if (step != STEP_ON && step != STEP_STAY)
            return step;
        if (step == STEP_STAY)
            continue;
        if (*line == '\0'
                ? take_text(page, row, page->values[row])
                : (page->rows[row].options != NULL ? take_choice : take_text)(page, row, line))
            return STEP_ON;
    }
    return STEP_LEAVE;
}

/* FALSE when it was left. */
static gboolean ask_in_turn(PlainPage *page)
{
    for (guint row = 0; row < page->count;) {
        Step step = ask_row(page, row);
        if (step == STEP_LEAVE)
            return FALSE;
        if (step == STEP_ON)
            row++;
        else if (row > 0)
            row--;
    }
    return TRUE;
}

/* --- all of them ------------------------------------------------------------------------------ */

static void say_all(PlainPage *page)
{
    plain_say(page->plain, "%s", page->title);
    for (guint row = 0; row < page->count; row++) {
        g_autofree char *text = shown(page, row);
        plain_say(page->plain, "  %u  %s: %s", row + 1, page->rows[row].label,
                  *text != '\0' ? text : "–");
    }
    if (page->say != NULL)
        page->say(page);
}

/* The first row that cannot be used is asked for again, after saying why. TRUE when there is none;
 * FALSE also when it was left (`*step`). */
static gboolean is_whole(PlainPage *page, Step *step)
{
    for (guint row = 0; row < page->count; row++) {
        g_autofree char *fault = fault_of(page, row, page->values[row]);
        if (fault == NULL)
            continue;
        plain_refuse(page->plain, "%s: %s", page->rows[row].label, fault);
        *step = ask_row(page, row);
        return FALSE;
    }
    return TRUE;
}

static Step change_one(PlainPage *page, const char *line)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (guint row = 0; row < page->count; row++)
        g_ptr_array_add(labels, (char *)page->rows[row].label);
    int row = plain_meant(page->plain, labels, line);
    return row >= 0 ? ask_row(page, (guint)row) : STEP_STAY;
}

/* TRUE when it is saved; `*step` tells whether it is left. */
static gboolean confirm(PlainPage *page, Step *step)
{
    g_autofree char *prompt = g_strdup_printf(
        _("An empty line saves; a number changes that row; .%s keeps it for later, .%s throws it "
          "away:"),
        plain_word("leave"), plain_word("drop"));
    g_autofree char *line = plain_read(page->plain, prompt);
    if (line == NULL)
        *step = STEP_LEAVE;
    else if (plain_is_command(line))
        *step = obey(page, line);
    else if (*line != '\0')
        *step = change_one(page, line);
    else
        return is_whole(page, step) && page->save(page);
    return FALSE;
}

void plain_page_merge(PlainPage *page, char **theirs, gint64 version)
{
    for (guint row = 0; row < page->count; row++) {
        RowMerge merge = draft_rows_merge(page->values[row],
                                          page->base != NULL ? page->base[row] : NULL, theirs[row]);
        g_autofree char *mine = g_strdup(page->values[row]);
        if (merge == ROW_IS_MINE)
            continue;
        g_free(page->values[row]);
        page->values[row] = g_strdup(theirs[row]);
        g_autofree char *text = shown(page, row);
        if (merge == ROW_IS_BOTH) {
            g_free(page->values[row]);
            page->values[row] = g_steal_pointer(&mine);
        }
        plain_say(page->plain,
                  merge == ROW_IS_BOTH ? _("%s: changed by both; a colleague wrote %s.")
                                       : _("%s: a colleague has written %s."),
                  page->rows[row].label, text);
    }
    g_strfreev(page->base);
    page->base = theirs;
    page->version = version;
    keep(page);
}

gboolean plain_page(PlainPage *page)
{
    Plain *plain = page->plain;
    page->kept.entered = draft_rows_write(page->values, page->base, page->version);
    gboolean taken_up = take_up(page);
    plain->goes_on = FALSE;
    if (plain->ended)
        return FALSE;
    if (!taken_up && page->is_new && !ask_in_turn(page))
        return FALSE;
    for (Step step = STEP_ON; step != STEP_LEAVE && !plain->ended;) {
        if (step != STEP_STAY)
            say_all(page);
        step = STEP_STAY;
        if (confirm(page, &step)) {
            drop(page);
            return TRUE;
        }
    }
    return FALSE;
}
