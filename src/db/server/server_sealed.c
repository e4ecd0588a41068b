/* server_sealed.c: the columns that a server never reads. */
#include "db/server/server_sealed.h"

#define KEYED(name)                                                                                \
    {                                                                                              \
        name, TRUE                                                                                 \
    }

static const SealedTable TABLES[] = {
    {"absence", {"id"}, {"words"}, {NULL}},
    {"answer", {"response_id", "item", "instance"}, {"value", "note", "reason"}, {NULL}},
    {"audit", {"node", "seq"}, {"changes"}, {NULL}},
    {"away_proposal", {"id"}, {"body"}, {NULL}},
    {"call", {"id"}, {"note"}, {NULL}},
    {"care_order", {"id"}, {"contact", "contact_phone", "aims", "words"}, {NULL}},
    {"client",
     {"id"},
     {"number", "name", "id_number", "birth_date", "sex", "phone", "email", "address", "contact",
      "language"},
     {"number", "id_number"}},
    {"client_former", {"id"}, {"value"}, {NULL}},
    {"client_group", {"id"}, {"name"}, {"name"}},
    {"client_merge", {"id"}, {"closed_number", "closed_id_number"}, {NULL}},
    {"client_merge_field", {"merge_id", "field"}, {"before", "after"}, {NULL}},
    {"client_reason", {"id"}, {"words"}, {NULL}},
    {"closing", {"id"}, {"words"}, {NULL}},
    {"consent", {"id"}, {"actors", "scope", "purpose", "exceptions", "given_by"}, {NULL}},
    {"contact_note", {"id"}, {"party", "note", "words"}, {NULL}},
    {"cover", {"id"}, {"word"}, {NULL}},
    {"cycle", {"id"}, {"name", "prediction", "happened", "learned", "next"}, {NULL}},
    {"decision",
     {"id"},
     {"asked_for", "support", "purpose", "hours", "section", "reasons", "delegation"},
     {NULL}},
    {"decision_version",
     {"decision_id", "version"},
     {"support", "section", "reasons", "delegation"},
     {NULL}},
    {"dispute", {"id"}, {"entry", "words", "reason"}, {NULL}},
    /* ref_id changes when two cards become one. */
    {"draft", {"staff_id", "kind"}, {"body"}, {NULL}},
    {"implementation", {"id"}, {"words"}, {NULL}},
    {"import", {"id"}, {"file_name"}, {NULL}},
    {"improvement", {"id"}, {"name", "aim", "measure"}, {NULL}},
    {"log_review", {"id"}, {"found"}, {NULL}},
    {"outbox", {"seq"}, {"body"}, {NULL}},
    {"quote", {"id"}, {"words"}, {NULL}},
    {"response", {"id"}, {"subject", "typed", "not_done_words"}, {NULL}},
    /* Both of its keys can change. */
    {"retention_row", {NULL}, {"kept_why"}, {NULL}},
    {"risk_note", {"id"}, {"words"}, {NULL}},
    {"task", {"id"}, {"note", "contact", "contact_phone", "done_how"}, {NULL}},
    {"visit", {"id"}, {"words", "note"}, {NULL}},
    {"visit_version", {"visit_id", "version"}, {"state"}, {NULL}},
    {"week_note", {"id"}, {"words"}, {NULL}},
};

const SealedTable *sealed_tables(gsize *count)
{
    *count = G_N_ELEMENTS(TABLES);
    return TABLES;
}

const SealedTable *sealed_table(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(TABLES); i++)
        if (g_str_equal(TABLES[i].name, name))
            return &TABLES[i];
    return NULL;
}

static const char *find(const char *const *names, const char *name)
{
    while (*names != NULL && !g_str_equal(*names, name))
        names++;
    return *names;
}

const char *sealed_column(const SealedTable *table, const char *name)
{
    return find(table->columns, name);
}

gboolean sealed_is_keyed(const SealedTable *table, const char *column)
{
    return find(table->keyed, column) != NULL;
}

guint sealed_key_count(const SealedTable *table)
{
    guint count = 0;

    while (table->keys[count] != NULL)
        count++;
    return count;
}
