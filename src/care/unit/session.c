/* What is kept of whoever works, while the database is open. */
#include "care/unit/session.h"

#include "base/clock.h"
#include "base/clock_rule.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/session_private.h"

char *care_line(const char *text)
{
    char *line = text ? g_strstrip(text_display(text)) : NULL;

    if (line && *line == '\0')
        g_clear_pointer(&line, g_free);
    return line;
}

gboolean session_clock_allowed(gboolean demo, GError **error)
{
    if (demo || !clock_is_pinned() || clock_rule_any_unit())
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("DAGSFORM_NOW sets the clock, which only a demo unit may have: the log "
                          "of this one must tell the true time. Take DAGSFORM_NOW away and start "
                          "again."));
    return FALSE;
}

Session *session_new(const char *login)
{
    Session *session = g_new0(Session, 1);

    session->login = g_strdup(login);
    session->codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    session->words_read = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    session->words_day = session->laptop_until = DATE_NONE;
    session->notices = g_ptr_array_new_with_free_func(g_free);
    session->kept_forms = g_ptr_array_new_with_free_func((GDestroyNotify)form_free);
    return session;
}

Session session_at(const Session *session, Db *db)
{
    Session other = *session;

    other.db = db;
    other.audit_key = NULL;
    return other;
}

void session_close(Session *session)
{
    if (!session)
        return;
    if (session->cards != NULL)
        session->free_cards(session->cards);
    db_close(session->db);
    vault_close(session->vault);
    secret_free(session->audit_key);
    g_free(session->unit_name);
    g_free(session->staff_name);
    g_free(session->login);
    form_free(session->form);
    g_free(session->form_fault);
    g_ptr_array_unref(session->notices);
    g_ptr_array_unref(session->kept_forms);
    g_hash_table_unref(session->words_read);
    g_hash_table_unref(session->codes);
    g_free(session);
}

Db *session_db(Session *session)
{
    return session->db;
}

Vault *session_vault(Session *session)
{
    return session->vault;
}

gint64 session_unit_id(Session *session)
{
    return session->unit_id;
}

const char *session_unit_name(Session *session)
{
    return session->unit_name;
}

gboolean session_is_demo(Session *session)
{
    return session->demo;
}

gboolean session_is_recovery(Session *session)
{
    return session->recovery;
}

gboolean session_is_laptop(Session *session)
{
    return session->is_laptop;
}

Date session_laptop_until(Session *session)
{
    return session->laptop_until;
}

gboolean session_lacks_room(Session *session)
{
    return session->no_room;
}

gint64 session_staff_id(Session *session)
{
    return session->staff_id;
}

const char *session_staff_name(Session *session)
{
    return session->staff_name;
}

const char *session_login(Session *session)
{
    return session->login;
}

StaffRole session_role(Session *session)
{
    return session->role;
}

const Form *session_cancellation_form(Session *session)
{
    return session->form;
}

const char *session_form_fault(Session *session)
{
    return session->form_fault;
}

const GPtrArray *session_notices(Session *session)
{
    return session->notices;
}

const char *session_tell_swap(Session *session)
{
    return secret_is_locked(vault_data_key(session->vault))
               ? NULL
               : _("This computer may write Dagsform's keys to its disk when memory runs short. Ask "
                   "whoever looks after it to raise the limit on locked memory (ulimit -l).");
}
