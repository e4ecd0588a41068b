/* The causes of a cancellation, from the form in force, and the names that older files had. */
#include "care/unit/cause.h"

#include "base/i18n.h"
#include "care/unit/away_cause.h"
#include "care/unit/form_version.h"
#include "care/unit/session_private.h"

#define FORM_NAME "avbokning"
#define CAUSE_ITEM "orsak"
#define META_IN_FORCE "form_avbokning" /* hash of the version in force */

static const FormOption *option_of(const Form *form, const char *code)
{
    const FormItem *item = form_item(form, CAUSE_ITEM);
    return item ? form_option(item, code) : NULL;
}

const FormOption *cause_option(Session *session, const char *code)
{
    return session->form && code ? option_of(session->form, code) : NULL;
}

/* Reads the kept versions, newest first, if there are others than those already read. A version
 * that no longer loads is passed over. */
static void read_kept(Session *session)
{
    gint64 count = 0;

    if (!db_get_int(session->db, "SELECT count(*) FROM form_version WHERE name = :name",
                    DB_PARAMS(DB_TEXT("name", FORM_NAME)), 0, &count, NULL) ||
        count == session->kept_count)
        return;
    g_autoptr(DbStatement) kept = db_query(
        session->db,
        "SELECT body FROM form_version WHERE name = :name ORDER BY first_seen_ms DESC, hash",
        DB_PARAMS(DB_TEXT("name", FORM_NAME)), NULL);
    if (!kept)
        return;
    g_ptr_array_set_size(session->kept_forms, 0);
    session->kept_count = count;
    while (db_step(kept, NULL) == DB_STEP_ROW) {
        const char *body = db_text(kept, 0);
        Form *form = form_load_bytes(body, strlen(body), FORM_NAME, NULL, NULL);
        if (form)
            g_ptr_array_add(session->kept_forms, form);
    }
}

static const FormOption *kept_option(Session *session, const char *code)
{
    for (guint i = 0; i < session->kept_forms->len; i++) {
        const FormOption *option = option_of(session->kept_forms->pdata[i], code);
        if (option)
            return option;
    }
    return NULL;
}

const char *cause_name(Session *session, const char *code)
{
    if (!code)
        return "";
    const FormOption *option = cause_option(session, code);
    if (!option)
        option = kept_option(session, code);
    if (!option) {
        read_kept(session);
        option = kept_option(session, code);
    }
    if (option)
        return form_text(option->display);
    AwayCause away;
    if (away_cause_parse(code, &away))
        return away_cause_of_visit(away);

    gpointer own = g_hash_table_lookup(session->codes, code);
    if (!own) {
        own = g_strdup(code);
        g_hash_table_add(session->codes, own);
    }
    return own;
}

gboolean cause_says_why(const char *code)
{
    return code != NULL && !g_str_equal(code, "VIL") && !g_str_equal(code, "OKÄ");
}

gboolean cause_keep_form(Session *session, const Form *form, GError **error)
{
    Db *db = session->db;
    g_autofree char *in_force = NULL;
    gboolean kept = FALSE;

    if (db_is_read_only(db))
        return TRUE;
    if (!form_version_is_kept(session, form->hash, &kept, error) ||
        !db_get_text(db, "SELECT value FROM meta WHERE key = :key",
                     DB_PARAMS(DB_TEXT("key", META_IN_FORCE)), &in_force, error))
        return FALSE;
    if (kept && g_strcmp0(in_force, form->hash) == 0)
        return TRUE;
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    return tx != NULL && form_version_keep(session, FORM_NAME, form, error) &&
           db_meta_set(db, META_IN_FORCE, form->hash, error) && db_transaction_commit(tx, error);
}

/* Loads `path` and makes sure that it asks for causes. */
static Form *load_checked(const char *path, GError **error)
{
    if (!path) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("The form %s.yaml with the causes was not found. Put it back, or install "
                      "Dagsform again."),
                    FORM_NAME);
        return NULL;
    }
    g_autoptr(Form) form = form_load(path, NULL, error);
    if (!form)
        return NULL;
    const FormItem *item = form_item(form, CAUSE_ITEM);
    if (!item || !item->options || item->options->len == 0) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s has no question %s with a list of causes. Add it, or remove the file to "
                      "go on with the causes that came with Dagsform."),
                    path, CAUSE_ITEM);
        return NULL;
    }
    return g_steal_pointer(&form);
}

/* The version that was in force last; NULL when none is kept. */
static Form *load_kept(Session *session)
{
    g_autofree char *body = NULL;

    if (!db_get_text(session->db,
                     "SELECT f.body FROM form_version f JOIN meta m ON m.value = f.hash"
                     " WHERE m.key = :key",
                     DB_PARAMS(DB_TEXT("key", META_IN_FORCE)), &body, NULL) ||
        !body)
        return NULL;
    return form_load_bytes(body, strlen(body), FORM_NAME, NULL, NULL);
}

gboolean cause_load(Session *session, GError **error)
{
    g_autoptr(GError) fault = NULL;
    g_autofree char *forms = form_version_unit_folder(session);
    g_autofree char *own = form_find(FORM_NAME, forms);

    session->form = load_checked(own, &fault);
    if (session->form)
        return cause_keep_form(session, session->form, error);
    session->form_fault = g_strdup(fault->message);
    session->form = load_kept(session);
    if (session->form)
        return TRUE;
    g_autofree char *shipped = form_find(FORM_NAME, NULL);
    session->form = load_checked(shipped, NULL);
    if (session->form)
        return cause_keep_form(session, session->form, error);
    g_propagate_error(error, g_steal_pointer(&fault));
    return FALSE;
}
