/* server_plan.c: which parameters of a statement are written into sealed columns, and which tell
 * the row. It knows no more of SQL than the forms the program writes. */
#include "db/server/server_plan.h"

#include <string.h>

#include "base/fault.h"
#include "db/server/server_private.h"

typedef enum { TOKEN_WORD, TOKEN_PARAM, TOKEN_TEXT, TOKEN_SIGN } TokenKind;

typedef struct {
    TokenKind kind;
    char *text; /* of a parameter its name */
    int depth;  /* of brackets around it; of a bracket those around it */
} Token;

typedef struct {
    const char *sql;
    char *const *names;
    int count;
    GArray *tokens;
    SealedPlan *plan;
} Reading;

static void token_clear(gpointer data)
{
    g_free(((Token *)data)->text);
}

static void equal_clear(gpointer data)
{
    g_free(((EqualParam *)data)->word);
    g_free(((EqualParam *)data)->table);
}

void sealed_plan_clear(SealedPlan *plan)
{
    g_clear_pointer(&plan->sealed, g_array_unref);
    g_clear_pointer(&plan->equal, g_array_unref);
}

/* ---- tokens ---------------------------------------------------------------------------------- */

static const char *word_end(const char *at)
{
    while (sql_is_word(*at))
        at++;
    return at;
}

static void add_token(GArray *tokens, TokenKind kind, const char *from, const char *to, int depth)
{
    const Token token = {kind, g_strndup(from, (gsize)(to - from)), depth};

    g_array_append_val(tokens, token);
}

/* A sign of one letter; brackets are counted. */
static void add_sign(GArray *tokens, const char *at, int *depth)
{
    if (*at == ')')
        (*depth)--;
    add_token(tokens, TOKEN_SIGN, at, at + 1, *depth);
    if (*at == '(')
        (*depth)++;
}

/* A text, or the name of something. */
static void add_quoted(GArray *tokens, const char *from, const char *to, int depth)
{
    if (*from == '"' && to - from > 2)
        add_token(tokens, TOKEN_WORD, from + 1, to - 1, depth);
    else
        add_token(tokens, TOKEN_TEXT, from, to, depth);
}

/* Behind a comment, or behind what marks the text of one that the server is asked all the same. */
static const char *passed_by(const char *at)
{
    if (g_str_has_prefix(at, SERVER_ONLY))
        return at + strlen(SERVER_ONLY);
    if (g_str_has_prefix(at, "*/"))
        return at + 2;
    return *at == '-' || *at == '/' ? sql_skip_quoted(at) : at;
}

static GArray *tokens_of(const char *sql)
{
    GArray *tokens = g_array_new(FALSE, FALSE, sizeof(Token));
    int depth = 0;

    g_array_set_clear_func(tokens, token_clear);
    for (const char *at = sql; *at;) {
        const char *end = passed_by(at);
        if (end != at) {
            at = end;
            continue;
        }
        end = sql_skip_quoted(at);
        if (end != at) {
            add_quoted(tokens, at, end, depth);
        } else if (g_ascii_isspace(*at)) {
            end = at + 1;
        } else if (*at == ':' && sql_is_word(at[1])) {
            end = word_end(at + 1);
            add_token(tokens, TOKEN_PARAM, at + 1, end, depth);
        } else if (sql_is_word(*at)) {
            end = word_end(at);
            add_token(tokens, TOKEN_WORD, at, end, depth);
        } else {
            end = at + 1;
            add_sign(tokens, at, &depth);
        }
        at = end;
    }
    return tokens;
}

static const Token *token_at(const Reading *reading, guint at)
{
    return at < reading->tokens->len ? &g_array_index(reading->tokens, Token, at) : NULL;
}

static gboolean is_at(const Reading *reading, guint at, TokenKind kind, const char *text)
{
    const Token *token = token_at(reading, at);

    return token != NULL && token->kind == kind && g_ascii_strcasecmp(token->text, text) == 0;
}

static gboolean word_at(const Reading *reading, guint at, const char *text)
{
    return is_at(reading, at, TOKEN_WORD, text);
}

static gboolean sign_at(const Reading *reading, guint at, const char *text)
{
    return is_at(reading, at, TOKEN_SIGN, text);
}

/* Behind the bracket that ends what the one at `at` begins. */
static guint behind_bracket(const Reading *reading, guint at)
{
    const int depth = token_at(reading, at)->depth;

    for (at++; at < reading->tokens->len; at++)
        if (sign_at(reading, at, ")") && token_at(reading, at)->depth == depth)
            return at + 1;
    return at;
}

static int param_index(const Reading *reading, const Token *token)
{
    for (int i = 0; token != NULL && token->kind == TOKEN_PARAM && i < reading->count; i++)
        if (g_str_equal(reading->names[i], token->text))
            return i;
    return -1;
}

/* ---- which parameters tell rows apart -------------------------------------------------------- */

/* The table that `alias` stands for, in FROM TABLE ALIAS or JOIN TABLE ALIAS; NULL: none. */
static const char *table_of(const Reading *reading, const char *alias)
{
    for (guint i = 1; i < reading->tokens->len; i++) {
        const gboolean named = word_at(reading, i - 1, "FROM") || word_at(reading, i - 1, "JOIN");
        if (named && (word_at(reading, i + 1, alias) || word_at(reading, i, alias)))
            return token_at(reading, i)->text;
    }
    return NULL;
}

/* NAME = :param, or ALIAS.NAME = :param. */
static void read_equals(Reading *reading)
{
    for (guint i = 0; i + 2 < reading->tokens->len; i++) {
        const int param = param_index(reading, token_at(reading, i + 2));
        if (token_at(reading, i)->kind != TOKEN_WORD || !sign_at(reading, i + 1, "=") || param < 0)
            continue;
        const char *table = i > 1 && sign_at(reading, i - 1, ".")
                                ? table_of(reading, token_at(reading, i - 2)->text)
                                : NULL;
        const EqualParam equal = {g_strdup(token_at(reading, i)->text), g_strdup(table), param};
        g_array_append_val(reading->plan->equal, equal);
    }
}

static int equal_to(const Reading *reading, const char *table, const char *word)
{
    for (guint i = 0; i < reading->plan->equal->len; i++) {
        const EqualParam *equal = &g_array_index(reading->plan->equal, EqualParam, i);
        if (g_str_equal(equal->word, word) &&
            (equal->table == NULL || g_str_equal(equal->table, table)))
            return equal->param;
    }
    return -1;
}

/* ---- what is written ------------------------------------------------------------------------- */

/* What one column is given: the tokens [from, to). */
typedef struct {
    const char *column;
    guint from, to;
} Given;

static int only_param(const Reading *reading, const Given *given)
{
    return given->to == given->from + 1 ? param_index(reading, token_at(reading, given->from)) : -1;
}

static gboolean key_params(const Reading *reading, const SealedTable *table, GArray *given,
                           SealedParam *sealed, GError **error)
{
    for (guint k = 0; k < sealed_key_count(table); k++) {
        sealed->keys[k] = -1;
        for (guint i = 0; given != NULL && i < given->len; i++) {
            const Given *one = &g_array_index(given, Given, i);
            if (g_str_equal(one->column, table->keys[k]))
                sealed->keys[k] = only_param(reading, one);
        }
        if (sealed->keys[k] < 0)
            sealed->keys[k] = equal_to(reading, table->name, table->keys[k]);
        if (sealed->keys[k] < 0) {
            fault_set(error, "%s.%s is sealed, and no parameter has its row's %s: %s", table->name,
                      sealed->column, table->keys[k], reading->sql);
            return FALSE;
        }
    }
    return TRUE;
}

/* `row` has what the columns are given that tell the row, where that is an INSERT. */
static gboolean seal_given(Reading *reading, const SealedTable *table, const Given *given,
                           GArray *row, GError **error)
{
    const char *column = sealed_column(table, given->column);

    for (guint at = given->from; column != NULL && at < given->to; at++) {
        SealedParam sealed = {
            param_index(reading, token_at(reading, at)), table, column, {0}, FALSE};
        if (sealed.param < 0)
            continue;
        if (!key_params(reading, table, row, &sealed, error))
            return FALSE;
        g_array_append_val(reading->plan->sealed, sealed);
    }
    return TRUE;
}

/* COLUMN = ..., COLUMN = ... from `at` on, at its depth. */
static gboolean read_set(Reading *reading, const SealedTable *table, guint at, GArray *row,
                         GError **error)
{
    const int depth = at < reading->tokens->len ? token_at(reading, at)->depth : 0;

    while (token_at(reading, at) != NULL && sign_at(reading, at + 1, "=")) {
        Given given = {token_at(reading, at)->text, at + 2, at + 2};
        const Token *token;
        while ((token = token_at(reading, given.to)) != NULL &&
               (token->depth > depth ||
                (!sign_at(reading, given.to, ",") && !word_at(reading, given.to, "WHERE") &&
                 !word_at(reading, given.to, "FROM") && !word_at(reading, given.to, "RETURNING"))))
            given.to++;
        if (!seal_given(reading, table, &given, row, error))
            return FALSE;
        at = sign_at(reading, given.to, ",") ? given.to + 1 : reading->tokens->len;
    }
    return TRUE;
}

/* The pieces of [from, to), a comma between them, become what the columns of `row` are given. */
static void split(const Reading *reading, guint from, guint to, GArray *row)
{
    const int depth = from < to ? token_at(reading, from)->depth : 0;
    guint nth = 0;

    for (guint begin = from, at = from; at <= to && nth < row->len; at++) {
        if (at < to && !(sign_at(reading, at, ",") && token_at(reading, at)->depth == depth))
            continue;
        Given *given = &g_array_index(row, Given, nth++);
        given->from = begin;
        given->to = at;
        begin = at + 1;
    }
}

/* The names of the columns in brackets at `at`. */
static GArray *read_columns(const Reading *reading, guint at)
{
    GArray *row = g_array_new(FALSE, TRUE, sizeof(Given));
    const guint end = behind_bracket(reading, at);

    for (at++; at < end; at++) {
        const Given given = {token_at(reading, at)->text, 0, 0};
        if (token_at(reading, at)->kind == TOKEN_WORD)
            g_array_append_val(row, given);
    }
    return row;
}

/* What is selected ends where its FROM begins. */
static guint select_end(const Reading *reading, guint at)
{
    const int depth = token_at(reading, at)->depth;

    while (at < reading->tokens->len &&
           !(word_at(reading, at, "FROM") && token_at(reading, at)->depth == depth))
        at++;
    return at;
}

static gboolean copies(const Reading *reading, const SealedTable *table, const Given *given,
                       GError **error)
{
    if (sealed_column(table, given->column) == NULL || only_param(reading, given) >= 0 ||
        (given->to == given->from + 1 && word_at(reading, given->from, "NULL")))
        return FALSE;
    fault_set(error, "%s.%s is sealed, and copied from row to row: %s", table->name, given->column,
              reading->sql);
    return TRUE;
}

/* `at` is behind INSERT INTO. */
static gboolean read_insert(Reading *reading, guint at, GError **error)
{
    const SealedTable *table = sealed_table(token_at(reading, at)->text);

    if (table == NULL || !sign_at(reading, at + 1, "("))
        return TRUE;
    g_autoptr(GArray) row = read_columns(reading, at + 1);
    guint from = behind_bracket(reading, at + 1) + 1, to;
    const gboolean selects = word_at(reading, from - 1, "SELECT");
    if (selects) {
        to = select_end(reading, from);
    } else {
        to = behind_bracket(reading, from) - 1;
        from++;
    }
    split(reading, from, to, row);
    for (guint i = 0; i < row->len; i++) {
        const Given *given = &g_array_index(row, Given, i);
        if ((selects && copies(reading, table, given, error)) ||
            !seal_given(reading, table, given, row, error))
            return FALSE;
    }
    for (at = to; at < reading->tokens->len; at++)
        if (word_at(reading, at, "UPDATE") && word_at(reading, at + 1, "SET"))
            return read_set(reading, table, at + 2, row, error);
    return TRUE;
}

static gboolean read_writes(Reading *reading, GError **error)
{
    for (guint at = 0; at + 2 < reading->tokens->len; at++) {
        if (word_at(reading, at, "INSERT") && word_at(reading, at + 1, "INTO"))
            return read_insert(reading, at + 2, error);
        if (word_at(reading, at, "UPDATE") && word_at(reading, at + 2, "SET")) {
            const SealedTable *table = sealed_table(token_at(reading, at + 1)->text);
            return table == NULL || read_set(reading, table, at + 3, NULL, error);
        }
    }
    return TRUE;
}

/* ---- what is asked of sealed columns --------------------------------------------------------- */

/* The table whose sealed column the word at `at` is; NULL: it is none's. */
static const SealedTable *table_of_word(const Reading *reading, guint at)
{
    const char *word = token_at(reading, at)->text;

    if (at > 1 && sign_at(reading, at - 1, ".")) {
        const char *name = table_of(reading, token_at(reading, at - 2)->text);
        const SealedTable *table = name != NULL ? sealed_table(name) : NULL;
        return table != NULL && sealed_column(table, word) != NULL ? table : NULL;
    }
    for (guint i = 1; i < reading->tokens->len; i++) {
        const SealedTable *table =
            token_at(reading, i)->kind == TOKEN_WORD &&
                    (word_at(reading, i - 1, "FROM") || word_at(reading, i - 1, "JOIN") ||
                     word_at(reading, i - 1, "UPDATE"))
                ? sealed_table(token_at(reading, i)->text)
                : NULL;
        if (table != NULL && sealed_column(table, word) != NULL)
            return table;
    }
    return NULL;
}

static gboolean any_at(const Reading *reading, guint at, const char *const *texts)
{
    const Token *token = token_at(reading, at);

    return token != NULL && token->kind != TOKEN_TEXT && token->kind != TOKEN_PARAM &&
           g_strv_contains(texts, token->text);
}

/* One of an UPDATE's SET is given a value. */
static gboolean is_given(const Reading *reading, guint at)
{
    const int depth = token_at(reading, at)->depth;

    if (!sign_at(reading, at + 1, "="))
        return FALSE;
    for (guint i = at; i > 0; i--) {
        if (word_at(reading, i - 1, "WHERE") && token_at(reading, i - 1)->depth == depth)
            return FALSE;
        if (word_at(reading, i - 1, "SET") && token_at(reading, i - 1)->depth == depth)
            return TRUE;
    }
    return FALSE;
}

/* COALESCE(COLUMN, LENGTH(COLUMN: `at` is the bracket. */
static gboolean is_function(const Reading *reading, guint at)
{
    static const char *const OTHERS[] = {"AND", "OR", "WHERE", "NOT", "WHEN", "ON", "IN", NULL};

    return at > 0 && sign_at(reading, at, "(") && token_at(reading, at - 1)->kind == TOKEN_WORD &&
           !any_at(reading, at - 1, OTHERS) && !(at > 1 && word_at(reading, at - 2, "INTO"));
}

/* What is sealed in the same row is alike where it is the same. */
static gboolean is_distinct(const Reading *reading, guint at)
{
    const guint from = word_at(reading, at + 1, "NOT") ? at + 3 : at + 2;

    return word_at(reading, at, "IS") && word_at(reading, from - 1, "DISTINCT") &&
           !word_at(reading, from + 1, "excluded");
}

/* Whether it is empty can be asked. */
static gboolean is_compared(const Reading *reading, guint at)
{
    static const char *const behind[] = {"=", "<", ">", "|", "LIKE", "GLOB", "IN", "BETWEEN", NULL};
    static const char *const before[] = {"=", "<", ">", "|", "BY", NULL};
    static const char *const chosen[] = {"THEN", "ELSE", NULL};
    const guint first = at > 1 && sign_at(reading, at - 1, ".") ? at - 2 : at;

    if (sign_at(reading, at + 1, "<") && sign_at(reading, at + 2, ">") &&
        is_at(reading, at + 3, TOKEN_TEXT, "''"))
        return FALSE;
    return any_at(reading, at + 1, behind) || is_distinct(reading, at + 1) ||
           (first > 0 && is_function(reading, first - 1)) ||
           (first > 0 && word_at(reading, 0, "SELECT") && any_at(reading, first - 1, chosen)) ||
           (first > 0 && any_at(reading, first - 1, before));
}

/* COLUMN = :param is asked of the row whose key is in parameters too, where the same is sealed
 * alike. */
static gboolean is_of_one_row(Reading *reading, guint at, const SealedTable *table)
{
    SealedParam sealed = {param_index(reading, token_at(reading, at + 2)),
                          table,
                          sealed_column(table, token_at(reading, at)->text),
                          {0},
                          FALSE};

    if (!sign_at(reading, at + 1, "=") || sealed.param < 0)
        return FALSE;
    for (guint k = 0; k < sealed_key_count(table); k++)
        if ((sealed.keys[k] = equal_to(reading, table->name, table->keys[k])) < 0)
            return FALSE;
    g_array_append_val(reading->plan->sealed, sealed);
    return TRUE;
}

static gboolean asks_nothing(Reading *reading, GError **error)
{
    for (guint at = 0; at < reading->tokens->len; at++) {
        if (token_at(reading, at)->kind != TOKEN_WORD || !is_compared(reading, at) ||
            is_given(reading, at) || sign_at(reading, at + 1, "."))
            continue;
        const SealedTable *table = table_of_word(reading, at);
        if (table != NULL && !is_of_one_row(reading, at, table)) {
            fault_set(error, "%s.%s is sealed, and compared: %s", table->name,
                      token_at(reading, at)->text, reading->sql);
            return FALSE;
        }
    }
    return TRUE;
}

static guint uses_of(const Reading *reading, int param)
{
    guint uses = 0;

    for (guint at = 0; at < reading->tokens->len; at++)
        uses += param_index(reading, token_at(reading, at)) == param;
    return uses;
}

static void mark_elsewhere(Reading *reading)
{
    GArray *sealed = reading->plan->sealed;

    for (guint i = 0; i < sealed->len; i++) {
        SealedParam *one = &g_array_index(sealed, SealedParam, i);
        guint here = 0;
        for (guint j = 0; j < sealed->len; j++) {
            const SealedParam *other = &g_array_index(sealed, SealedParam, j);
            here += other->param == one->param && other->table == one->table &&
                    other->column == one->column;
        }
        one->elsewhere = uses_of(reading, one->param) > here;
    }
}

gboolean sealed_plan_make(const char *sql, char *const *names, int count, SealedPlan *plan,
                          GError **error)
{
    g_autoptr(GArray) tokens = tokens_of(sql);
    Reading reading = {sql, names, count, tokens, plan};

    plan->sealed = g_array_new(FALSE, FALSE, sizeof(SealedParam));
    plan->equal = g_array_new(FALSE, FALSE, sizeof(EqualParam));
    g_array_set_clear_func(plan->equal, equal_clear);
    read_equals(&reading);
    if (!asks_nothing(&reading, error) || !read_writes(&reading, error))
        return FALSE;
    mark_elsewhere(&reading);
    return TRUE;
}
