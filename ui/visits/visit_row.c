/* visit_row.c: a visit as one line of a list. */
#include "ui/visits/visit_row.h"

#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_words.h"
#include "ui/common/words.h"

typedef enum {
    COLUMN_DAY,
    COLUMN_TIME,
    COLUMN_NAME,
    COLUMN_AGE,
    COLUMN_LENGTH,
    COLUMN_MODE,
    COLUMN_OUTCOME,
    COLUMN_STAFF,
    COLUMN_PHONE,
    COLUMN_REASONS,
    COLUMN_COUNT,
} Column;

enum {
    GAP = 2,
    LIST_MARK = 2, /* to the left of every line */
    NAME_LEAST = 18,
    NAME_NARROW = 14, /* below it the person of the staff makes way */
    NAME_MORE = 6,    /* beside the reasons, when they have the columns they want */
    REASONS_WANTED = 32,
    NAME_MOST = 34,
};

static const int WIDTHS[COLUMN_COUNT] = {
    [COLUMN_DAY] = 7,    [COLUMN_TIME] = 5,   [COLUMN_NAME] = NAME_LEAST, [COLUMN_AGE] = 5,
    [COLUMN_LENGTH] = 7, [COLUMN_MODE] = 13,  [COLUMN_OUTCOME] = 13,      [COLUMN_REASONS] = 20,
    [COLUMN_STAFF] = 17, [COLUMN_PHONE] = 14,
};
enum { OPTIONAL_COUNT = 5 };
/* What has room after the rest, the most important first, where somebody will be called and where
 * one looks for why. A call agreed instead stands right under the visit it replaced: its mode tells
 * them apart. */
static const Column OPTIONAL[2][OPTIONAL_COUNT] = {
    {COLUMN_REASONS, COLUMN_MODE, COLUMN_AGE, COLUMN_LENGTH, COLUMN_PHONE},
    {COLUMN_MODE, COLUMN_AGE, COLUMN_REASONS, COLUMN_PHONE, COLUMN_LENGTH},
};

static int total(const int *widths)
{
    int sum = -GAP;
    for (int i = 0; i < COLUMN_COUNT; i++)
        sum += widths[i] > 0 ? widths[i] + GAP : 0;
    return sum;
}

static void add_optional(const VisitRowShape *shape, int columns, int *widths)
{
    for (int i = 0; i < OPTIONAL_COUNT; i++) {
        Column column = OPTIONAL[shape->phone][i];
        gboolean wanted = column != COLUMN_PHONE || shape->phone;
        if (wanted && total(widths) + GAP + WIDTHS[column] <= columns)
            widths[column] = WIDTHS[column];
    }
}

/* The widths in a line of `columns`; 0 is left out. What is left over goes to the reasons, else to
 * the name and then to the outcome until its full name has room. */
static void fit(const VisitRowShape *shape, int columns, int *widths)
{
    for (int i = 0; i < COLUMN_COUNT; i++)
        widths[i] = WIDTHS[i];
    for (int i = 0; i < OPTIONAL_COUNT; i++)
        widths[OPTIONAL[shape->phone][i]] = 0;
    if (!shape->day)
        widths[COLUMN_DAY] = 0;
    if (!shape->staff || columns < total(widths) - (NAME_LEAST - NAME_NARROW))
        widths[COLUMN_STAFF] = 0;
    add_optional(shape, columns, widths);
    int rest = columns - total(widths);
    if (widths[COLUMN_REASONS] > 0) {
        int more = CLAMP(widths[COLUMN_REASONS] + rest - REASONS_WANTED, 0, NAME_MORE);
        widths[COLUMN_NAME] += more;
        widths[COLUMN_REASONS] += rest - more;
        return;
    }
    int name = CLAMP(NAME_LEAST + rest, 8, NAME_MOST);
    rest -= name - NAME_LEAST;
    widths[COLUMN_NAME] = name;
    int full = 0;
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        full = MAX(full, text_width(outcome_name(outcome)));
    if (rest >= full - widths[COLUMN_OUTCOME])
        widths[COLUMN_OUTCOME] = MAX(full, widths[COLUMN_OUTCOME]);
}

/* Takes `part`, which may be NULL. */
static void append_part(GString *text, char *part)
{
    if (part != NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", part);
    g_free(part);
}

/* Cause, own words, what was offered instead, the new time, note. New. */
static char *reasons_text(const VisitRowShape *shape, const Visit *visit)
{
    const VisitOutcome *outcome = &visit->outcome;
    GString *text = g_string_new(NULL);
    if (outcome->cause != NULL && !shape->one_cause)
        append_part(text, g_strdup(cause_name(shape->session, outcome->cause)));
    if (outcome->words != NULL)
        append_part(text, g_strdup_printf(_("“%s”"), outcome->words));
    append_part(text, outcome_words_alternative(outcome, visit));
    append_part(text, outcome_words_new_time(visit));
    append_part(text, g_strdup(outcome->note));
    return g_string_free(text, FALSE);
}

/* What stands in a column; NULL: nothing. New. */
static char *cell_text(const VisitRowShape *shape, const Visit *visit, Column column,
                       const int *widths)
{
    char text[TIME_SIZE];
    int year, month, day;
    switch (column) {
    case COLUMN_DAY:
        date_to_ymd(visit->date, &year, &month, &day);
        return g_strdup_printf("%s %2d", date_weekday_short(date_weekday(visit->date)), day);
    case COLUMN_TIME:
        return g_strdup(time_format(visit->start, text));
    case COLUMN_NAME:
        return words_name(visit);
    case COLUMN_AGE:
        return visit->client_birth == DATE_NONE
                   ? NULL
                   : g_strdup_printf("%d", date_age(visit->client_birth, visit->date));
    case COLUMN_LENGTH:
        return g_strdup_printf(_("%d min"), visit->minutes);
    case COLUMN_MODE:
        return visit->mode == VISIT_MODE_HOME ? NULL : g_strdup(visit_mode_name(visit->mode));
    case COLUMN_OUTCOME: {
        const char *full = outcome_words_name(&visit->outcome);
        gboolean has_room = full[0] != '\0' && text_width(full) <= widths[column];
        return g_strdup(has_room ? full : words_outcome_short(visit->outcome.outcome));
    }
    case COLUMN_REASONS:
        return reasons_text(shape, visit);
    case COLUMN_STAFF:
        return visit->staff_name != NULL ? visit_words_staff(visit) : g_strdup(_("nobody yet"));
    case COLUMN_PHONE:
        return g_strdup(visit->client_phone);
    case COLUMN_COUNT:
        break;
    }
    return NULL;
}

static gboolean is_right(Column column)
{
    return column == COLUMN_AGE || column == COLUMN_LENGTH;
}

static Style cell_style(const Visit *visit, Column column)
{
    Outcome outcome = visit->outcome.outcome;
    if (column != COLUMN_OUTCOME)
        return STYLE_NORMAL;
    return outcome_is_missed(outcome)                                     ? STYLE_NOTICE
           : outcome == OUTCOME_DONE || outcome == OUTCOME_DONE_OTHERWISE ? STYLE_GOOD
                                                                          : STYLE_NORMAL;
}

int visit_row_highlit(const VisitRowShape *shape, int columns)
{
    int widths[COLUMN_COUNT], end = -GAP;
    fit(shape, columns, widths);
    for (Column column = COLUMN_DAY; column <= COLUMN_NAME; column++)
        end += widths[column] > 0 ? widths[column] + GAP : 0;
    return end;
}

void visit_row_draw(const VisitRowShape *shape, const Visit *visit, Area line, gboolean selected)
{
    int widths[COLUMN_COUNT], at = 0;
    fit(shape, line.columns, widths);
    for (Column column = COLUMN_DAY; column < COLUMN_COUNT; column++) {
        if (widths[column] == 0)
            continue;
        g_autofree char *text = cell_text(shape, visit, column, widths);
        if (text != NULL)
            draw_cell(line, 0, at, widths[column],
                      selected && column <= COLUMN_NAME ? STYLE_SELECTED
                                                        : cell_style(visit, column),
                      is_right(column), text);
        at += widths[column] + GAP;
    }
}

static const char *heading(Column column)
{
    switch (column) {
    case COLUMN_DAY:
        return C_("column of visits", "Day");
    case COLUMN_TIME:
        return C_("column of visits", "Time");
    case COLUMN_NAME:
        return C_("column of visits", "Client");
    case COLUMN_AGE:
        return C_("column of visits", "Age");
    case COLUMN_LENGTH:
        return C_("column of visits", "Length");
    case COLUMN_MODE:
        return C_("column of visits", "Form");
    case COLUMN_OUTCOME:
        return C_("column of visits", "Outcome");
    case COLUMN_REASONS:
        return C_("column of visits", "Cause and own words");
    case COLUMN_STAFF:
        return C_("column of visits", "Staff");
    case COLUMN_PHONE:
        return C_("column of visits", "Phone");
    case COLUMN_COUNT:
        break;
    }
    return "";
}

void visit_row_headings(const VisitRowShape *shape, Area line)
{
    int widths[COLUMN_COUNT], at = LIST_MARK;
    fit(shape, line.columns - LIST_MARK, widths);
    for (Column column = COLUMN_DAY; column < COLUMN_COUNT; column++) {
        if (widths[column] == 0)
            continue;
        draw_cell(line, 0, at, widths[column], STYLE_QUIET, is_right(column), heading(column));
        at += widths[column] + GAP;
    }
}
