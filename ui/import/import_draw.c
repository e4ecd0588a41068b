/* import_draw.c: a file of rows before it is read in, and after. */
#include "ui/import/import_private.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/shared.h"

enum {
    GAP = 2,
    HEADING_MOST = 24,
    KIND_MOST = 24,
    LINE_COLUMNS = 8,
    FAULT_COLUMN_COLUMNS = 18,
    REFUSED_LEAST = 5, /* rows for those refused, their heading and the whole reason */
    REASON_ROWS = 2,
    WIDEST_FIELD = 72,
};

/* --- which file --------------------------------------------------------------------------------
 */

/* As many as fit, in columns. */
static void draw_candidates(const ImportState *state, Area area)
{
    int widest = 1;
    for (guint i = 0; i < state->candidates->len; i++)
        widest = MAX(widest, text_width(state->candidates->pdata[i]));
    widest = MIN(widest, area.columns);
    int across = MAX((area.columns + GAP) / (widest + GAP), 1);
    for (int i = 0; i < (int)state->candidates->len; i++)
        draw_cell(area, i / across, i % across * (widest + GAP), widest, STYLE_NORMAL, FALSE,
                  state->candidates->pdata[i]);
}

static void draw_path(ImportState *state, Area area)
{
    draw_text(area, 0, 0, STYLE_HEADING,
              _("Read in a file"));
    int row =
        1 + draw_paragraph(area, 1, 0, area.columns, STYLE_NORMAL,
                           _("Export the visits from the planning system, or clients, staff and "
                             "decisions from the case system, as CSV or XLSX. Nothing is read in "
                             "before you have seen what is in the file."));
    draw_text(area, row + 1, 0, STYLE_LABEL, _("File"));
    int at = text_width(_("File")) + GAP;
    state->path_columns = MIN(area.columns - at, WIDEST_FIELD);
    draw_text(area, row + 2, at, STYLE_QUIET, _("Tab completes the name, Enter opens the file."));
    if (state->candidates->len > 1)
        draw_candidates(state, area_columns(area_rows(area, row + 4, -1), at, -1));
    field_draw(&state->path, area_columns(area_rows(area, row + 1, 1), at, state->path_columns),
               TRUE);
}

/* --- what is in it -----------------------------------------------------------------------------
 */

static int draw_file(const ImportState *state, Area area)
{
    const TableImport *import = state->import;
    g_autofree char *name = g_path_get_basename(state->file);
    g_autofree char *folder = g_path_get_dirname(state->file);
    int at = draw_text(area, 0, 0, STYLE_HEADING, name) + GAP;
    draw_cell(area, 0, at, area.columns - at, STYLE_QUIET, FALSE, folder);
    g_autofree char *how = table_import_words(import);
    draw_cell(area, 1, 0, area.columns, STYLE_NORMAL, FALSE, how);
    return 2;
}

static int draw_result(App *app, const ImportState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    if (state->fault != NULL)
        return draw_paragraph(area, 0, 0, area.columns, STYLE_NOTICE, state->fault);
    if (!state->counted)
        return draw_paragraph(area, 0, 0, area.columns, STYLE_QUIET,
                              _("The rows have not been counted."));
    g_autofree char *text = import_result_words(&state->result, state->done);
    int rows =
        draw_paragraph(area, 0, 0, area.columns, state->done ? STYLE_GOOD : STYLE_STRONG, text);
    if (state->done)
        return rows;
    g_autofree char *hint = state->result.imported + state->result.changed > 0
                                ? g_strdup_printf(_("Nothing has been written. %s reads it in."),
                                                  shared_key(app, ACTION_IMPORT_RUN, key))
                                : g_strdup(_("There is nothing new to read in."));
    return rows + draw_paragraph(area, rows, 0, area.columns, STYLE_NORMAL, hint);
}

/* "Anna · Erik · Olle": what the first rows have in a column. New. */
static char *sample_text(const ImportState *state, int column)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < state->sample->len; i++) {
        char **cells = state->sample->pdata[i];
        if (cells[column][0] != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", cells[column]);
    }
    return g_string_free(text, FALSE);
}

static void draw_column(const ImportState *state, Area line, int column, gboolean selected)
{
    ColumnKind kind = table_import_column(state->import, column);
    Style plain = selected ? STYLE_SELECTED : kind == COLUMN_SKIP ? STYLE_QUIET : STYLE_NORMAL;
    int heading = MIN(HEADING_MOST, line.columns / 3), kinds = MIN(KIND_MOST, line.columns / 3);
    g_autofree char *sample = sample_text(state, column);
    if (selected)
        draw_fill(line, 0, 0, line.columns, STYLE_SELECTED);
    draw_cell(line, 0, 0, heading, plain, FALSE, table_import_heading(state->import, column));
    draw_cell(line, 0, heading + GAP, kinds, plain, FALSE, column_name(kind));
    draw_cell(line, 0, heading + kinds + 2 * GAP, line.columns, plain, FALSE, sample);
    if (selected)
        draw_caret(line, 0, 0);
}

/* All that fit; the last row says how many are left out. `selected` -1: none. */
static void draw_columns(const ImportState *state, Area area, int selected)
{
    int count = table_import_columns(state->import);
    int first = MAX(selected - area.rows + 1, 0);
    int room = selected < 0 && count > area.rows ? area.rows - 1 : area.rows;
    for (int i = 0; i < room && first + i < count; i++)
        draw_column(state, area_rows(area, i, 1), first + i, first + i == selected);
    if (room < area.rows && room >= 0)
        draw_format(area, room, 0, STYLE_QUIET,
                    ngettext("and %d more column", "and %d more columns", (gulong)(count - room)),
                    count - room);
}

static void draw_column_headings(Area line)
{
    int heading = MIN(HEADING_MOST, line.columns / 3), kinds = MIN(KIND_MOST, line.columns / 3);
    draw_cell(line, 0, 0, heading, STYLE_HEADING, FALSE, _("Heading in the file"));
    draw_cell(line, 0, heading + GAP, kinds, STYLE_HEADING, FALSE, _("Read as"));
    int at = heading + kinds + 2 * GAP;
    draw_cell(line, 0, at, line.columns - at, STYLE_HEADING, FALSE, _("The first rows"));
}

void import_draw_refused(void *data, gconstpointer item, Area line, gboolean selected)
{
    (void)data;
    const ImportFault *fault = item;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *number = g_strdup_printf("%d", fault->line);
    int at = LINE_COLUMNS + FAULT_COLUMN_COLUMNS;
    draw_cell(line, 0, 0, LINE_COLUMNS - GAP, style, TRUE, number);
    draw_cell(line, 0, LINE_COLUMNS, FAULT_COLUMN_COLUMNS - GAP, style, FALSE, fault->column);
    draw_cell(line, 0, at, line.columns - at, style, FALSE, fault->reason);
}

/* New. */
static char *refused_heading(int refused, int remarks)
{
    g_autofree char *rows = g_strdup_printf(
        ngettext("%d row is refused", "%d rows are refused", (gulong)refused), refused);
    g_autofree char *notes =
        g_strdup_printf(ngettext("%d remark", "%d remarks", (gulong)remarks), remarks);
    return remarks == 0   ? g_steal_pointer(&rows)
           : refused == 0 ? g_steal_pointer(&notes)
                          : g_strdup_printf("%s · %s", rows, notes);
}

static void draw_refused(App *app, ImportState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    int refused = (int)table_import_faults(state->import)->len;
    const ImportFault *fault = list_selected(state->refused);
    g_autofree char *heading = refused_heading(refused, (int)state->faults->len - refused);
    int at = draw_text(area, 0, 0, STYLE_HEADING, heading) + GAP;
    g_autofree char *way = g_strdup_printf(_("%s writes them to a file to be mended."),
                                           shared_key(app, ACTION_IMPORT_REJECTED, key));
    if (refused > 0 && at + text_width(way) <= area.columns)
        draw_text(area, 0, at, STYLE_QUIET, way);
    int reason = area.rows >= REFUSED_LEAST + REASON_ROWS ? REASON_ROWS : 0;
    list_draw(state->refused, area_rows(area, 1, area.rows - 1 - reason), TRUE, "");
    if (reason > 0 && fault != NULL)
        draw_paragraph(area_rows(area, area.rows - reason, reason), 0, GAP, area.columns - GAP,
                       STYLE_STRONG, fault->reason);
}

static void draw_look(App *app, ImportState *state, Area area)
{
    int row = draw_file(state, area);
    row += draw_result(app, state, area_rows(area, row, -1)) + 1;
    int columns = table_import_columns(state->import), left = area.rows - row - 1;
    gboolean refused = state->faults->len > 0;
    int shown = refused ? MIN(columns, MAX(left / 2 - 1, 2)) : MIN(columns, left);
    draw_column_headings(area_rows(area, row, 1));
    draw_columns(state, area_rows(area, row + 1, shown), -1);
    if (refused)
        draw_refused(app, state, area_rows(area, row + shown + 2, -1));
    else
        draw_caret(area, row, 0);
}

/* --- which column is what ----------------------------------------------------------------------
 */

static void draw_map(App *app, ImportState *state, Area area)
{
    char key[KEY_NAME_SIZE];
    const int choices = choice_rows(&state->kind, area.columns);
    int row = draw_file(state, area);
    /* The headings of the columns, and the rule below them. */
    const int room = area.rows - choices - 2;
    /* Where there is no room for a column with the rows that part them, and how the file was read.
     */
    const gboolean small = room - (row + 3) < 1;
    if (small)
        row--;
    g_autofree char *how =
        g_strdup_printf(_("Up and Down choose a column, a letter says what it is. %s goes back."),
                        shared_key(app, ACTION_IMPORT_MAP, key));
    draw_cell(area, row, 0, area.columns, STYLE_QUIET, FALSE, how);
    row += small ? 1 : 2;
    int shown = CLAMP(room - row - (small ? 0 : 1), 1, table_import_columns(state->import));
    draw_column_headings(area_rows(area, row, 1));
    draw_columns(state, area_rows(area, row + 1, shown), state->column);
    /* With still less room they are scrolled to it. */
    const ColumnKind kind = table_import_column(state->import, state->column);
    state->kind.chosen = 0;
    while (state->kinds[state->kind.chosen].value != (int)kind)
        state->kind.chosen++;
    state->kind.cursor = state->kind.chosen;
    draw_rule(area, row + 1 + shown);
    choice_draw(&state->kind, area_rows(area, row + 2 + shown, -1), FALSE);
}

void import_draw(App *app, void *data, Area area)
{
    ImportState *state = data;
    switch (state->step) {
    case STEP_PATH:
        draw_path(state, area);
        break;
    case STEP_LOOK:
        draw_look(app, state, area);
        break;
    case STEP_MAP:
        draw_map(app, state, area);
        break;
    }
}
