/* walk_draw.c: draws the walker: where one is on the left or on top, and one question with air
 * round it. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/idnumber.h"
#include "base/text.h"
#include "ui/common/shared.h"
#include "ui/forms/walk_state_private.h"

enum {
    WIDE_FROM = 100, /* columns from which the sections have room at the side */
    SIDE_COLUMNS = 30,
    TEXT_WIDEST = 72, /* longer lines are hard to read aloud */
    ANSWER_WIDEST = 92,
    SHORT_FIELD = 16,
    LINE_FIELD = 60,
    AREA_LEAST = 3,
    AREA_MOST = 14,
    NOTE_ROWS = 3,
    INDENT = 2,
};

/* --- what is said ----------------------------------------------------------------------------- */

int walk_question_count(const Walk *walk)
{
    return form_questions(walk_form(walk));
}

/* Whether what is seen is saved: never said before it is true. New. */
static char *saved_text(const WalkState *state)
{
    char time[9];
    gint64 saved = walk_saved_ms(state->walk);
    if (state->lost != NULL || !walk_is_kept(state))
        return g_strdup(_("not saved yet"));
    if (saved == 0)
        return g_strdup("");
    clock_local(saved, time);
    return g_strdup_printf(_("saved %s"), time);
}

static char *section_name(const Walk *walk, int section)
{
    const FormItem *item = flow_section(walk_flow(walk), section);
    return item->text != NULL ? walk_text(walk, item->text) : g_strdup("–");
}

static int section_here(const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    return step != NULL ? step->section : -1;
}

/* "5/7", or that it is done. */
static char *progress_text(FlowProgress progress)
{
    return g_strdup_printf("%d/%d", progress.answered, progress.questions);
}

/* --- where one is ----------------------------------------------------------------------------- */

static void draw_section(const Walk *walk, int section, Area line)
{
    FlowProgress progress = flow_progress(walk_flow(walk), section);
    gboolean here = section == section_here(walk);
    gboolean done = progress.answered == progress.questions;
    g_autofree char *name = section_name(walk, section), *count = progress_text(progress);
    Style style = here ? STYLE_STRONG : done ? STYLE_QUIET : STYLE_NORMAL;
    /* In one look from end to end: what changes at a step is written without going in and out. */
    draw_fill(line, 0, 0, line.columns, style);
    draw_text(line, 0, 0, style, here ? "●" : done ? "✓" : " ");
    int room = line.columns - INDENT - text_width(count) - 1;
    draw_cell(line, 0, INDENT, room, style, FALSE, name);
    draw_text(line, 0, line.columns - text_width(count), style, count);
}

/* Sections without questions left have fallen away. */
static void draw_side(const Walk *walk, Area area)
{
    int row = 0, here = 0;
    const Flow *flow = walk_flow(walk);
    for (int i = 0; i < section_here(walk); i++)
        here += flow_progress(flow, i).questions > 0 ? 1 : 0;
    int first = MAX(here - area.rows + 2, 0);
    for (int i = 0; i < flow_sections(flow); i++) {
        if (flow_progress(flow, i).questions == 0)
            continue;
        if (row >= first)
            draw_section(walk, i, area_rows(area, row - first, 1));
        row++;
    }
}

/* Whom it is about, in which section and how far; in `columns`, as much of it as has room: the
 * progress is shortened first, and whom it is about goes last. New. */
static char *where_text(const WalkState *state, gboolean wide, int columns)
{
    int section = wide ? -1 : section_here(state->walk);
    FlowProgress all = flow_progress(walk_flow(state->walk), -1);
    g_autofree char *answered =
        g_strdup_printf(_("%d of %d answered"), all.answered, all.questions);
    g_autofree char *brief = progress_text(all);
    g_autofree char *name = section >= 0 ? section_name(state->walk, section) : NULL;
    g_autofree char *count =
        section >= 0 ? progress_text(flow_progress(walk_flow(state->walk), section)) : NULL;
    const char *subject = walk_response(state->walk)->subject;
    for (int left_out = 0;; left_out++) {
        g_autoptr(GString) text = g_string_new(subject);
        if (section >= 0 && left_out < 2)
            g_string_append_printf(text, "%s%s %s", text->len > 0 ? " · " : "", name, count);
        g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "",
                               left_out == 1 && section >= 0 ? brief : answered);
        if (left_out >= 2 || text_width(text->str) <= columns)
            return g_strdup(text->str);
    }
}

static void draw_top(const WalkState *state, Area line, gboolean wide)
{
    g_autofree char *saved = saved_text(state);
    int width = text_width(saved), room = line.columns - width - INDENT;
    g_autofree char *text = where_text(state, wide, room);
    draw_cell(line, 0, 0, room, STYLE_QUIET, FALSE, text);
    draw_text(line, 0, line.columns - width, walk_is_kept(state) ? STYLE_QUIET : STYLE_NOTICE,
              saved);
}

/* --- the question ----------------------------------------------------------------------------- */

/* The parts above the answer; each draws from `row` and returns the rows it took, also in an area
 * without rows, which measures. */
static int draw_group(App *app, const WalkState *state, Area area, int row, int width)
{
    const FormItem *group = walk_group(state->walk);
    const FlowStep *step = walk_step(state->walk);
    if (group == NULL) {
        const FormItem *parent = step->item->parent;
        if (parent == NULL || parent->parent == NULL || parent->text == NULL)
            return 0;
        g_autofree char *name = walk_text(state->walk, parent->text);
        return draw_paragraph(area, row, 0, width, STYLE_STRONG, name);
    }
    g_autofree char *name =
        group->text != NULL ? walk_text(state->walk, group->text) : g_strdup("");
    char more[KEY_NAME_SIZE], less[KEY_NAME_SIZE];
    g_autofree char *text =
        g_strdup_printf(_("%s: number %d of %d"), name, walk_repetition(state->walk),
                        walk_repetitions(state->walk));
    g_autofree char *one_more = walk_more_text(app, state);
    g_autofree char *keys = one_more != NULL
                                ? g_strdup(one_more)
                                : g_strdup_printf(_("%s adds one more, %s takes this one away."),
                                                  shared_key(app, ACTION_WALK_MORE, more),
                                                  shared_key(app, ACTION_WALK_LESS, less));
    int rows = draw_paragraph(area, row, 0, width, STYLE_STRONG, text);
    return rows + draw_paragraph(area, row + rows, 0, width, STYLE_QUIET, keys);
}

/* What is shown on the way from the question before to this one. */
static int draw_displays(const WalkState *state, Area area, int row, int width)
{
    const Flow *flow = walk_flow(state->walk);
    int before = walk_next(state->walk, walk_index(state->walk), -1), rows = 0;
    for (int i = before + 1; i < walk_index(state->walk); i++) {
        const FlowStep *step = flow_step(flow, i);
        if (step->item->type != ITEM_DISPLAY || step->item->text == NULL)
            continue;
        g_autofree char *text = walk_text(state->walk, step->item->text);
        rows += draw_paragraph(area, row + rows, 0, width, STYLE_NORMAL, text) + 1;
    }
    return rows;
}

static int draw_intro(App *app, const WalkState *state, Area area, int row, int width)
{
    int rows = draw_group(app, state, area, row, width);
    rows += rows > 0 ? 1 : 0;
    return rows + draw_displays(state, area, row + rows, width);
}

static const char *demand_text(const FormItem *item)
{
    return item->statutory   ? _(", the law asks for an answer")
           : item->required  ? _(", needs an answer")
           : item->follow_up ? _(", a follow-up question")
                             : "";
}

static int draw_question(const WalkState *state, Area area, int row, int width)
{
    const FlowStep *step = walk_step(state->walk);
    g_autofree char *text = walk_text(state->walk, step->item->text);
    draw_format(area, row, 0, STYLE_QUIET, _("Question %d of %d%s"), step->number,
                walk_question_count(state->walk), demand_text(step->item));
    return 1 + draw_paragraph(area, row + 1, 0, width, STYLE_HEADING, text != NULL ? text : "");
}

/* How one goes on where it is not by the answer itself; NULL elsewhere. New. */
static char *way_on(App *app, const FormItem *item)
{
    char key[KEY_NAME_SIZE];
    if (item->type == ITEM_TEXT)
        return g_strdup_printf(_("%s goes on."), shared_key(app, ACTION_WALK_NEXT, key));
    if (item->repeats)
        return g_strdup_printf(_("Several may be chosen, and %s goes on."),
                               key_label(K_ENTER, key));
    return NULL;
}

static int draw_help(App *app, const WalkState *state, Area area, int row, int width)
{
    const FormItem *item = walk_step(state->walk)->item;
    g_autofree char *help = walk_text(state->walk, item->help), *way = way_on(app, item);
    g_autofree char *beside = walk_beside(state->walk, item);
    g_autoptr(GString) last =
        g_string_new(item->own_words ? _("The person's own words, as they were said.") : NULL);
    if (way != NULL)
        g_string_append_printf(last, "%s%s", last->len > 0 ? " " : "", way);
    int rows = help != NULL ? draw_paragraph(area, row, 0, width, STYLE_QUIET, help) : 0;
    if (beside != NULL)
        rows += draw_paragraph(area, row + rows, 0, width, STYLE_NORMAL, beside);
    if (last->len > 0)
        rows += draw_paragraph(area, row + rows, 0, width, STYLE_QUIET, last->str);
    g_autofree char *disputed = walk_disputed_here(state->walk);
    if (disputed != NULL)
        rows += draw_paragraph(area, row + rows, 0, width, STYLE_NOTICE, disputed);
    return rows;
}

/* --- below the answer ------------------------------------------------------------------------- */

static int draw_kind(const WalkState *state, Area area, int row)
{
    const Answer *answer = walk_answer_here(state->walk);
    if (answer == NULL || answer->kind == ANSWER_NONE || answer->kind == ANSWER_VALUE)
        return 0;
    draw_format(area, row, 0, STYLE_CHOSEN, "● %s", answer_kind_name(answer->kind));
    return 1;
}

static int draw_hidden(App *app, const WalkState *state, Area area, int row, int width)
{
    char key[KEY_NAME_SIZE];
    if (!state->hidden)
        return 0;
    g_autofree char *text = g_strdup_printf(
        _("An address is stored, and hidden: %s shows it. What you type here replaces it."),
        shared_key(app, ACTION_WALK_REPEAT, key));
    return draw_paragraph(area, row, 0, width, STYLE_NOTICE, text);
}

/* What an identity number tells, or what is wrong with it when all of it is there: it is found out
 * while the person is on the line, not when the form is completed. */
static int draw_identity(const WalkState *state, Area area, int row, int width)
{
    enum { WHOLE = 10 };
    const FormItem *item = walk_step(state->walk)->item;
    const char *text = field_text(&state->field);
    IdNumber id;
    char born[DATE_SIZE];
    if (g_strcmp0(item->maps_to, "client.id_number") != 0 || text_width(text) < WHOLE)
        return 0;
    if (!idnumber_parse(text, clock_today(), &id))
        return draw_paragraph(area, row, 0, width, STYLE_NOTICE, idnumber_fault_text(id.fault));
    g_autofree char *told = id.birth == DATE_NONE
                                ? g_strdup(idnumber_kind_name(id.kind))
                                : g_strdup_printf(_("%s, born %s"), idnumber_kind_name(id.kind),
                                                  date_format(id.birth, born));
    return draw_paragraph(area, row, 0, width, STYLE_GOOD, told);
}

static int draw_sentence(WalkState *state, Area area, int row, int width)
{
    int rows = draw_identity(state, area, row, width);
    if (state->lost != NULL)
        rows += draw_paragraph(area, row + rows, 0, width, STYLE_FAULT, state->lost);
    if (state->sentence != NULL)
        rows += draw_paragraph(area, row + rows, 0, width,
                               state->is_fault ? STYLE_FAULT : STYLE_NOTICE, state->sentence);
    if (state->focus != FOCUS_REASON) {
        const Answer *answer = walk_answer_here(state->walk);
        if (answer != NULL && answer->reason != NULL) {
            g_autofree char *text = g_strdup_printf(_("Reason: %s"), answer->reason);
            rows += draw_paragraph(area, row + rows, 0, width, STYLE_QUIET, text);
        }
        return rows;
    }
    draw_text(area, row + rows, 0, STYLE_QUIET, _("Reason, or Esc for another answer:"));
    if (row + rows + 1 < area.rows) {
        state->reason_columns = MIN(area.columns, LINE_FIELD);
        field_draw(&state->reason,
                   area_columns(area_rows(area, row + rows + 1, 1), 0, state->reason_columns),
                   TRUE);
    }
    return rows + 2;
}

static int draw_note(WalkState *state, Area area, int row, int width)
{
    gboolean focus = state->focus == FOCUS_NOTE;
    const char *text = field_text(&state->note);
    if (!focus && text[0] == '\0')
        return 0;
    if (!focus) {
        g_autofree char *line = g_strdup_printf(_("Note: %s"), text);
        return draw_paragraph(area, row, 0, width, STYLE_QUIET, line);
    }
    char tab[KEY_NAME_SIZE];
    draw_format(area, row, 0, STYLE_QUIET, _("Your own note on the question (%s goes back):"),
                key_label(K_TAB, tab));
    if (row + NOTE_ROWS < area.rows) {
        state->note_columns = MIN(area.columns, TEXT_WIDEST);
        field_draw(&state->note,
                   area_columns(area_rows(area, row + 1, NOTE_ROWS), 0, state->note_columns), TRUE);
    }
    return 1 + NOTE_ROWS;
}

static int draw_below(App *app, WalkState *state, Area area, int row, int width)
{
    int rows = draw_kind(state, area, row);
    rows += draw_hidden(app, state, area, row + rows, width);
    rows += draw_sentence(state, area, row + rows, width);
    int note = draw_note(state, area, row + rows + 1, width);
    return rows + (note > 0 ? note + 1 : 0);
}

/* --- the answer ------------------------------------------------------------------------------- */

/* The words of an open choice have a field when it has the keys or something in it; a name that may
 * be typed at once has one from the beginning. */
static gboolean has_words(const WalkState *state)
{
    return state->focus == FOCUS_FIELD || field_text(&state->field)[0] != '\0' ||
           walk_is_named(state);
}

static int answer_rows(WalkState *state, int columns, int room)
{
    if (walk_is_area(state))
        return CLAMP(room, AREA_LEAST, AREA_MOST);
    if (!walk_has_options(state))
        return state->field.wraps
                   ? CLAMP(field_rows(&state->field, MIN(columns, LINE_FIELD), room), 1, AREA_MOST)
                   : 1;
    int words = has_words(state) ? 1 : 0;
    state->choice.one_column = TRUE;
    if (choice_rows(&state->choice, columns) + words > room)
        state->choice.one_column = FALSE;
    return choice_rows(&state->choice, columns) + words;
}

/* "lördag 21 november 2026" beside the field, while it is typed. */
static void draw_reading(const WalkState *state, Area area, int column)
{
    const FormItem *item = walk_step(state->walk)->item;
    if (item->type != ITEM_DATE && item->type != ITEM_TIME)
        return;
    Answer answer = {.kind = ANSWER_VALUE,
                     .value = flow_parse(walk_flow(state->walk), item, field_text(&state->field))};
    if (answer.value != NULL) {
        g_autofree char *text = walk_value_text(state->walk, item, &answer);
        draw_text(area, 0, column, STYLE_GOOD, text);
    }
    g_free(answer.value);
}

static void draw_field(WalkState *state, Area area)
{
    ItemType type = walk_step(state->walk)->item->type;
    gboolean brief =
        type == ITEM_DATE || type == ITEM_TIME || type == ITEM_INTEGER || type == ITEM_DECIMAL;
    int widest = type == ITEM_TEXT ? ANSWER_WIDEST : brief ? SHORT_FIELD : LINE_FIELD;
    state->field_columns = MIN(area.columns, widest);
    field_draw(&state->field, area_columns(area, 0, state->field_columns),
               state->focus == FOCUS_FIELD);
    draw_reading(state, area, state->field_columns + INDENT);
}

static void draw_answer(WalkState *state, Area area)
{
    if (!walk_has_options(state)) {
        draw_field(state, area);
        return;
    }
    int words = has_words(state) ? 1 : 0;
    Area options = area_rows(area, 0, area.rows - words);
    gboolean focus = state->focus == FOCUS_CHOICE;
    int rows = choice_rows(&state->choice, options.columns);
    choice_draw(&state->choice, options, focus && state->pointing);
    if (focus && !state->pointing)
        draw_caret(options, 0, 0);
    if (state->choice.top > 0)
        draw_text(options, 0, options.columns - 1, STYLE_STRONG, "↑");
    if (state->choice.top + options.rows < rows)
        draw_text(options, options.rows - 1, options.columns - 1, STYLE_STRONG, "↓");
    if (words > 0)
        draw_field(state, area_columns(area_rows(area, area.rows - 1, 1), INDENT, -1));
}

/* --- the whole -------------------------------------------------------------------------------- */

/* Question and answer have their room first; what there is none for is the help, then the first
 * rows of what leads to the question. */
static void draw_question_page(App *app, WalkState *state, Area area)
{
    Area none = area_rows(area, 0, 0);
    int width = MIN(area.columns, TEXT_WIDEST), answers = MIN(area.columns, ANSWER_WIDEST);
    int intro = draw_intro(app, state, none, 0, width);
    int question = draw_question(state, none, 0, width);
    int help = draw_help(app, state, none, 0, width);
    int below = draw_below(app, state, none, 0, width);
    int air = area.rows > intro + question + help + below + AREA_LEAST + INDENT ? 1 : 0;
    below += below > 0 ? air : 0;
    int room = area.rows - intro - question - help - below - air;
    int rows = answer_rows(state, answers, room);
    rows = MIN(rows, MAX(area.rows - question - below - air, AREA_LEAST));
    if (intro + question + help + air + rows + below > area.rows)
        help = 0;
    int row = MIN(area.rows - question - help - air - rows - below - intro, 0);
    row += draw_intro(app, state, area, row, width);
    row += draw_question(state, area, row, width);
    row += help > 0 ? draw_help(app, state, area, row, width) : 0;
    row = MAX(row, 0) + air;
    draw_answer(state, area_columns(area_rows(area, row, rows), 0, answers));
    row += rows;
    if (below > 0)
        draw_below(app, state, area, row + air, width);
}

/* A text to read aloud, which scrolls, and what Enter does. */
static void draw_page(WalkState *state, Area area, const char *heading, const char *text,
                      const char *enter)
{
    int width = MIN(area.columns, TEXT_WIDEST);
    g_autofree char *clean = text_clean(text);
    g_autoptr(GArray) lines = text_wrap(clean, width);
    draw_text(area, 0, 0, STYLE_QUIET, heading);
    Area body = area_rows(area, 2, area.rows - 4);
    state->first_most = MAX((int)lines->len - body.rows, 0);
    state->first = CLAMP(state->first, 0, state->first_most);
    for (int row = 0; row < body.rows && state->first + row < (int)lines->len; row++) {
        const TextRow *line = &g_array_index(lines, TextRow, (guint)(state->first + row));
        g_autofree char *part = g_strndup(clean + line->start, line->end - line->start);
        draw_text(body, row, 0, STYLE_STRONG, part);
    }
    if (state->first < state->first_most)
        draw_text(body, body.rows - 1, width + 1, STYLE_STRONG, "↓");
    int row = MIN((int)lines->len + 3, area.rows - 1);
    draw_text(area, row, 0, STYLE_SELECTED, enter);
    draw_caret(area, row, 0);
}

static void draw_end(App *app, WalkState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    shared_key(app, ACTION_WALK_UNANSWERED, key);
    FlowProgress all = flow_progress(walk_flow(state->walk), -1);
    int left = all.questions - all.answered;
    g_autofree char *closing = walk_text(state->walk, walk_form(state->walk)->closing);
    g_autofree char *count =
        left == 0 ? g_strdup(_("Every question has an answer."))
                  : g_strdup_printf(ngettext("%d question has no answer yet: %s goes there.",
                                             "%d questions have no answer yet: %s goes to the "
                                             "first of them.",
                                             (gulong)left),
                                    left, key);
    g_autofree char *text =
        closing != NULL ? g_strdup_printf("%s\n\n%s", closing, count) : g_strdup(count);
    draw_page(state, area, closing != NULL ? _("To read aloud at the end:") : _("The end"), text,
              _("[Enter] Overview of all answers"));
}

void walk_draw(App *app, void *data, Area area)
{
    WalkState *state = data;
    gboolean wide = area.columns >= WIDE_FROM;
    if (wide) {
        draw_side(state->walk, area_columns(area, 0, SIDE_COLUMNS));
        area = area_columns(area, SIDE_COLUMNS + 2 * INDENT, -1);
    }
    draw_top(state, area_rows(area, 0, 1), wide);
    Area body = area_rows(area, 2, -1);
    g_autofree char *opening = walk_text(state->walk, walk_form(state->walk)->opening);
    if (state->page == PAGE_OPENING)
        draw_page(state, body, _("To read aloud first:"), opening, _("[Enter] First question"));
    else if (state->page == PAGE_END)
        draw_end(app, state, body);
    else
        draw_question_page(app, state, body);
}
