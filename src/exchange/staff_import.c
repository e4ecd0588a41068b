/* staff_import.c: rows of staff, checked, and added or changed. Whoever can sign in is managed by
 * an administrator: a row that says something else of them is refused. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/staff.h"
#include "exchange/table_import_private.h"

typedef struct {
    char *code; /* NULL: none said */
    char *name;
    StaffRole role;
    gboolean active;
    gboolean says_role, says_active;
    int line;
} Row;

static void row_clear(gpointer data)
{
    Row *row = data;
    g_free(row->code);
    g_free(row->name);
}

static gpointer rows_new(ImportRun *run)
{
    (void)run;
    return import_rows_new(sizeof(Row), row_clear);
}

static char *missing(const TableImport *import)
{
    return table_import_column_of(import, COLUMN_STAFF_NAME, 0) < 0 &&
                   table_import_column_of(import, COLUMN_NAME, 0) < 0 &&
                   table_import_column_of(import, COLUMN_FAMILY_NAME, 0) < 0
               ? g_strdup(_("Say which column holds the name."))
               : NULL;
}

/* --- checking --------------------------------------------------------------------------------- */

/* What people are called in care, beside the roles' own names; as text_fold() writes them. */
static gboolean title_said(const char *text, StaffRole *role)
{
    static const struct {
        StaffRole role;
        const char *titles[10];
    } said[] = {
        {ROLE_SUPPORT_WORKER,
         {"boendestödjare", "stödassistent", "stödpedagog", "boendehandledare", "vikarie",
          "timvikarie", "utförare"}},
        {ROLE_CASE_OFFICER,
         {"biståndshandläggare", "socialsekreterare", "lss-handläggare", "lss handläggare",
          "biståndsbedömare"}},
        {ROLE_TEAM_LEAD,
         {"enhetschef", "verksamhetschef", "samordnare", "teamledare", "arbetsledare", "gruppchef",
          "bitr enhetschef", "biträdande enhetschef"}},
        {ROLE_ADMINISTRATOR, {"systemadministratör", "systemförvaltare"}},
    };
    g_autofree char *folded = text_fold(text);
    g_strstrip(folded);
    if (role_said(text, role, NULL))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++)
        for (gsize n = 0; n < G_N_ELEMENTS(said[i].titles) && said[i].titles[n] != NULL; n++)
            if (g_str_equal(said[i].titles[n], folded)) {
                *role = said[i].role;
                return TRUE;
            }
    return FALSE;
}

/* New; "" where there is none. */
static char *name_of(const ImportCells *cells, const CsvRow *row)
{
    const char *name = import_cell(cells, row, COLUMN_STAFF_NAME);
    if (!*name)
        name = import_cell(cells, row, COLUMN_NAME);
    if (*name)
        return text_display(name);
    g_autofree char *whole = g_strconcat(import_cell(cells, row, COLUMN_GIVEN_NAME), " ",
                                         import_cell(cells, row, COLUMN_FAMILY_NAME), NULL);
    return text_display(g_strstrip(whole));
}

static gboolean take(const ImportCells *cells, const CsvRow *row, Row *taken)
{
    *taken = (Row){.line = row->line, .role = ROLE_SUPPORT_WORKER, .active = TRUE};
    if (!import_row_begin(cells, row))
        return FALSE;
    const char *role = import_cell(cells, row, COLUMN_ROLE);
    const char *active = import_cell(cells, row, COLUMN_ACTIVE);
    g_autofree char *code = text_display(import_cell(cells, row, COLUMN_STAFF_CODE));
    taken->name = name_of(cells, row);
    taken->says_role = *role != '\0';
    taken->says_active = *active != '\0';
    if (*code)
        taken->code = g_steal_pointer(&code);
    if (*taken->name == '\0')
        return import_refuse(cells, row, COLUMN_NAME, g_strdup(_("The name is missing.")));
    if (*role && !title_said(role, &taken->role))
        return import_refuse_cell(
            cells, row, COLUMN_ROLE,
            _("“%s” is no role known here. Write support worker, case officer, "
              "team lead or administrator."),
            role);
    const int yes = *active ? import_yes_or_no(active) : 1;
    taken->active = yes != 0;
    return yes >= 0 ||
           import_refuse_cell(cells, row, COLUMN_ACTIVE, _("“%s” is neither yes nor no."), active);
}

/* How many rows have the name; kept beside what they are met by. New. */
static char *name_key(const char *name)
{
    g_autofree char *folded = text_fold(name);
    return g_strconcat("name ", folded, NULL);
}

static int count_of(const ImportRows *rows, const char *name)
{
    g_autofree char *key = name_key(name);
    return GPOINTER_TO_INT(g_hash_table_lookup(rows->met, key));
}

/* A code is one person's, and whoever has none must be known by the name. */
static gboolean is_first(ImportRows *rows, const ImportCells *cells, const CsvRow *row,
                         const Row *taken)
{
    const gboolean coded = taken->code != NULL;
    g_autofree char *folded = text_fold(coded ? taken->code : taken->name);
    if (!import_rows_meet(rows, cells, row, coded ? COLUMN_STAFF_CODE : COLUMN_NAME,
                          g_strconcat(coded ? "code " : "alone ", folded, NULL),
                          _("The person is on line %d already. Keep one of the rows.")))
        return FALSE;
    g_hash_table_insert(rows->met, name_key(taken->name),
                        GINT_TO_POINTER(count_of(rows, taken->name) + 1));
    return TRUE;
}

static void take_row(ImportRun *run, const ImportCells *cells, const CsvRow *row)
{
    ImportRows *rows = run->rows;
    Row taken = {0};
    if (take(cells, row, &taken) && is_first(rows, cells, row, &taken))
        g_array_append_val(rows->rows, taken);
    else
        row_clear(&taken);
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    return import_check_each(run, reader, take_row, error);
}

/* --- who it is -------------------------------------------------------------------------------- */

/* Met in a file of visits by a name or a code alone, which then stands for both. */
static gboolean is_named_by_code(const Staff *staff)
{
    return staff->code != NULL && text_collate(staff->code, staff->name) == 0;
}

/* By code; else by name, where only one has it and nothing speaks of another code. `*namesakes`:
 * more than one has it. */
static const Staff *find(const ImportRows *rows, const GPtrArray *all, const Row *row,
                         gboolean *namesakes)
{
    const Staff *named = NULL;
    guint count = 0;
    *namesakes = FALSE;
    for (guint i = 0; row->code != NULL && i < all->len; i++) {
        const Staff *one = all->pdata[i];
        if (one->code != NULL && text_collate(one->code, row->code) == 0)
            return one;
    }
    for (guint i = 0; i < all->len; i++) {
        const Staff *one = all->pdata[i];
        if (text_collate(one->name, row->name) != 0 ||
            (row->code != NULL && one->code != NULL && !is_named_by_code(one)))
            continue;
        named = one;
        count++;
    }
    if (count_of(rows, row->name) > 1)
        return NULL;
    *namesakes = count > 1;
    return count == 1 ? named : NULL;
}

/* Somebody who can sign in and was given no code gets that of the file: it tells of nothing but how
 * a planning system writes them. */
static gboolean gets_code(const Staff *known, const Row *row)
{
    return known->login != NULL && known->code == NULL && row->code != NULL;
}

/* The column in which the row says something of the person that is not so; COLUMN_SKIP: none. */
static ColumnKind differs(const Staff *known, const Row *row)
{
    return text_collate(known->name, row->name) != 0 ? COLUMN_NAME
           : row->code != NULL && g_strcmp0(known->code, row->code) != 0 && !gets_code(known, row)
               ? COLUMN_STAFF_CODE
           : row->says_role && known->role != row->role       ? COLUMN_ROLE
           : row->says_active && known->active != row->active ? COLUMN_ACTIVE
                                                              : COLUMN_SKIP;
}

/* --- adding ----------------------------------------------------------------------------------- */

static void refuse(ImportRun *run, const Row *row, ColumnKind kind, const char *sentence)
{
    table_import_refuse(run->import, row->line, kind, g_strdup(sentence));
}

static gboolean add(ImportRun *run, const Row *row, GError **error)
{
    Session *session = run->import->session;
    const gint64 id = staff_add_known(session, row->code, row->name, row->role, error);
    g_autoptr(Staff) added = id != 0 && !row->active ? staff_get(session, id, error) : NULL;
    if (id == 0 || (!row->active && added == NULL))
        return FALSE;
    run->result->imported++;
    if (row->active)
        return TRUE;
    Staff left = *added;
    left.active = FALSE;
    return staff_change_known(session, added, &left, error);
}

static gboolean change(ImportRun *run, const Staff *known, const Row *row, GError **error)
{
    Staff after = *known;
    after.name = row->name;
    if (row->code != NULL)
        after.code = row->code;
    if (row->says_role)
        after.role = row->role;
    if (row->says_active)
        after.active = row->active;
    run->result->changed++;
    return staff_change_known(run->import->session, known, &after, error);
}

static gboolean add_row(ImportRun *run, guint index, gpointer all, GError **error)
{
    const Row *row = &g_array_index(((ImportRows *)run->rows)->rows, Row, index);
    gboolean namesakes;
    const Staff *known = find(run->rows, all, row, &namesakes);
    const ColumnKind kind = known != NULL ? differs(known, row) : COLUMN_SKIP;
    if (namesakes)
        refuse(run, row, COLUMN_NAME,
               _("More than one in the unit has that name. Write the code of who is meant."));
    else if (known == NULL)
        return add(run, row, error);
    else if (kind == COLUMN_SKIP && gets_code(known, row))
        return change(run, known, row, error);
    else if (kind == COLUMN_SKIP)
        run->result->duplicates++;
    else if (kind == COLUMN_NAME && !is_named_by_code(known) &&
             !import_names_meet(known->name, row->name))
        refuse(run, row, COLUMN_STAFF_CODE,
               _("The code belongs to somebody with another name. Check which one is right."));
    else if (known->login != NULL)
        refuse(run, row, kind,
               _("The person can sign in and is another here. An administrator changes it with "
                 "dagsform user, if the file is right."));
    else
        return change(run, known, row, error);
    return TRUE;
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    (void)import_id;
    g_autoptr(GPtrArray) all = staff_list(run->import->session, error);
    return all != NULL &&
           import_add_each(run, ((ImportRows *)run->rows)->rows->len, add_row, all, error);
}

const ImportKind import_kind_staff = {missing, rows_new, import_rows_free, check_rows, add_rows};
