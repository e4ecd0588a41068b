/* completion_client.c: what a response makes of the client's card. */
#include <string.h>

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/idnumber.h"
#include "base/text.h"
#include "care/client/client_private.h"
#include "care/completion/completion.h"
#include "care/completion/completion_private.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"

/* --- staff by name ---------------------------------------------------------------------------- */

static gboolean folds_to(const char *text, const char *folded)
{
    g_autofree char *mine = text != NULL ? text_fold(text) : NULL;
    return mine != NULL && *mine != '\0' && strcmp(mine, folded) == 0;
}

/* Whether every word of `words` is one of the name's. */
static gboolean has_words(const char *name, char **words)
{
    g_auto(GStrv) mine = text_fold_words(name);
    for (; *words != NULL; words++)
        if (!g_strv_contains((const char *const *)mine, *words))
            return FALSE;
    return TRUE;
}

gint64 staff_called(const GPtrArray *staff, const char *name, gboolean exact)
{
    g_autofree char *folded = text_fold(name);
    g_auto(GStrv) words = text_fold_words(name);
    gint64 whole = 0, part = 0;
    int wholes = 0, parts = 0;
    if (words[0] == NULL)
        return 0;
    for (guint i = 0; i < staff->len; i++) {
        const Staff *one = g_ptr_array_index(staff, i);
        if (!one->active)
            continue;
        if (folds_to(one->name, folded) || folds_to(one->login, folded) ||
            folds_to(one->code, folded)) {
            whole = one->id;
            wholes++;
        } else if (has_words(one->name, words)) {
            part = one->id;
            parts++;
        }
    }
    if (wholes > 0 || exact)
        return wholes == 1 ? whole : 0;
    return parts == 1 ? part : 0;
}

gint64 completion_find_staff(Session *session, const char *name, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    return staff != NULL && name != NULL ? staff_called(staff, name, FALSE) : 0;
}

char **names_in(const char *text)
{
    static const char *const BETWEEN[] = {" och ", " and ", " ja ", "&", ";", "\n"};
    g_autoptr(GString) names = g_string_new(text);
    g_autoptr(GStrvBuilder) found = g_strv_builder_new();
    for (gsize i = 0; i < G_N_ELEMENTS(BETWEEN); i++)
        g_string_replace(names, BETWEEN[i], ",", 0);
    g_auto(GStrv) parts = g_strsplit(names->str, ",", -1);
    for (char **part = parts; *part != NULL; part++) {
        g_autofree char *name = care_line(*part);
        if (name != NULL)
            g_strv_builder_add(found, name);
    }
    return g_strv_builder_end(found);
}

/* --- languages by name ------------------------------------------------------------------------ */

/* Whether language `code` is called `folded` in `language`. */
static gboolean is_called(const char *code, const char *language, const char *folded)
{
    UChar name[64];
    char utf8[sizeof name * 3];
    UErrorCode status = U_ZERO_ERROR;
    uloc_getDisplayLanguage(code, language, name, G_N_ELEMENTS(name), &status);
    if (U_FAILURE(status) || status == U_USING_DEFAULT_WARNING)
        return FALSE;
    u_strToUTF8(utf8, sizeof utf8, NULL, name, -1, &status);
    return U_SUCCESS(status) && folds_to(utf8, folded);
}

char *language_code_of(const char *words)
{
    static const char *const IN[] = {"sv", "en", "fi"};
    g_autofree char *folded = text_fold(words);
    if (*folded == '\0')
        return NULL;
    for (const char *const *code = uloc_getISOLanguages(); *code != NULL; code++) {
        if (strlen(*code) != 2)
            continue;
        if (is_called(*code, *code, folded))
            return g_strdup(*code);
        for (gsize i = 0; i < G_N_ELEMENTS(IN); i++)
            if (is_called(*code, IN[i], folded))
                return g_strdup(*code);
    }
    return NULL;
}

/* --- what becomes of a field ------------------------------------------------------------------ */

typedef enum {
    FIELD_STAYS,
    FIELD_SET,   /* to the answer */
    FIELD_EMPTY, /* a correction has taken its answer away */
} FieldChange;

/* `answer` gets the answer that sets it, or the one that had. */
static FieldChange field_change(const Completion *completion, const char *to,
                                const MappedAnswer **answer)
{
    const MappedAnswer *now = mapping_find(completion->now, to);
    const MappedAnswer *before =
        completion->before != NULL ? mapping_find(completion->before, to) : NULL;
    const char *text = mapped_text(now), *text_before = mapped_text(before);
    if (text != NULL) {
        *answer = now;
        return g_strcmp0(text, text_before) != 0 ? FIELD_SET : FIELD_STAYS;
    }
    *answer = before;
    gboolean not_answered = now == NULL || now->kind == ANSWER_NONE;
    return not_answered && text_before != NULL ? FIELD_EMPTY : FIELD_STAYS;
}

/* A card's text is emptied only where it still is what the corrected response made it. */
static void change_text(const Completion *completion, const char *to, char **text)
{
    const MappedAnswer *answer;
    switch (field_change(completion, to, &answer)) {
    case FIELD_SET:
        g_free(*text);
        *text = g_strdup(mapped_text(answer));
        break;
    case FIELD_EMPTY: {
        g_autofree char *was = care_line(mapped_text(answer));
        if (g_strcmp0(was, *text) == 0)
            g_clear_pointer(text, g_free);
        break;
    }
    case FIELD_STAYS:
        break;
    }
}

static gboolean change_name(const Completion *completion, Client *client, GError **error)
{
    const MappedAnswer *answer;
    if (field_change(completion, "client.name", &answer) == FIELD_SET) {
        g_free(client->name);
        client->name = care_line(mapped_text(answer));
    }
    if (client->name != NULL)
        return TRUE;
    return completion_fault(mapping_find(completion->now, "client.name"),
                            _("A client needs a name. Write it, or a name to know the person by."),
                            error);
}

/* The kind, the birth date and the sex follow from the number where it tells them, whatever kind
 * the form says (client.id_kind). */
static gboolean change_identity(const Completion *completion, Client *client, GError **error)
{
    const MappedAnswer *answer;
    IdNumber id;
    FieldChange change = field_change(completion, "client.id_number", &answer);
    if (change == FIELD_STAYS)
        return TRUE;
    gboolean understood = idnumber_parse(mapped_text(answer), completion->now->today, &id);
    if (change == FIELD_SET && !understood)
        return completion_fault(answer, idnumber_fault_text(id.fault), error);
    if (change == FIELD_SET || g_strcmp0(id.number, client->id_number) == 0) {
        g_free(client->id_number);
        client->id_number = change == FIELD_SET ? g_strdup(id.number) : NULL;
    }
    return TRUE;
}

static void change_birth_date(const Completion *completion, Client *client)
{
    const MappedAnswer *answer;
    FieldChange change = field_change(completion, "client.birth_date", &answer);
    if (change == FIELD_STAYS)
        return;
    Date date = date_parse(mapped_text(answer));
    if (change == FIELD_SET && date != DATE_NONE)
        client->birth_date = date;
    else if (change == FIELD_EMPTY && client->birth_date == date)
        client->birth_date = DATE_NONE;
}

static void change_sex(const Completion *completion, Client *client)
{
    static const struct {
        const char *code;
        Sex sex;
    } SEXES[] = {
        {"woman", SEX_WOMAN}, {"man", SEX_MAN}, {"other", SEX_OTHER}, {"unknown", SEX_UNKNOWN}};
    const MappedAnswer *answer;
    FieldChange change = field_change(completion, "client.sex", &answer);
    for (gsize i = 0; change != FIELD_STAYS && i < G_N_ELEMENTS(SEXES); i++)
        if (g_strcmp0(mapped_text(answer), SEXES[i].code) == 0) {
            if (change == FIELD_SET)
                client->sex = SEXES[i].sex;
            else if (client->sex == SEXES[i].sex)
                client->sex = SEX_UNKNOWN;
        }
}

/* Swedish is no language on the card. One that has no code of two letters stands among the
 * contacts. */
static void change_language(const Completion *completion, Client *client)
{
    const MappedAnswer *answer;
    FieldChange change = field_change(completion, "client.language", &answer);
    if (change == FIELD_STAYS)
        return;
    const char *text = mapped_text(answer);
    gboolean is_code = form_option(answer->item, text) != NULL;
    g_autofree char *code = is_code ? g_strdup(text) : language_code_of(text);
    if (g_strcmp0(code, "sv") == 0)
        g_clear_pointer(&code, g_free);
    if (change == FIELD_SET || g_strcmp0(client->language, code) == 0) {
        g_free(client->language);
        client->language = change == FIELD_SET ? g_steal_pointer(&code) : NULL;
    }
}

static void change_interpreter(const Completion *completion, Client *client)
{
    const MappedAnswer *answer;
    FieldChange change = field_change(completion, "client.interpreter", &answer);
    if (change == FIELD_SET)
        client->interpreter = strcmp(mapped_text(answer), "true") == 0;
    else if (change == FIELD_EMPTY)
        client->interpreter = FALSE;
}

/* Taken back is not the same as "no": who is protected stays so until somebody says otherwise. */
static void change_protection(const Completion *completion, Client *client)
{
    const MappedAnswer *answer;
    if (field_change(completion, "client.protection", &answer) == FIELD_SET)
        client->protection = protection_parse(mapped_text(answer));
}

/* --- contacts --------------------------------------------------------------------------------- */

/* A language that has no code. */
static void add_language_line(const Mapping *mapping, GPtrArray *lines)
{
    const MappedAnswer *answer = mapping_find(mapping, "client.language");
    const char *text = mapped_text(answer);
    if (text == NULL || form_option(answer->item, text) != NULL)
        return;
    g_autofree char *code = language_code_of(text);
    if (code == NULL)
        g_ptr_array_add(lines,
                        g_strdup_printf(i18n_text_in(RECORD_LANGUAGE, N_("Language: %s")), text));
}

static GPtrArray *contact_lines(const Mapping *mapping)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; mapping != NULL && i < mapping->contacts->len; i++)
        g_ptr_array_add(lines, g_strdup(g_ptr_array_index(mapping->contacts, i)));
    if (mapping != NULL)
        add_language_line(mapping, lines);
    return lines;
}

static gboolean has_line(const GPtrArray *lines, const char *line)
{
    for (guint i = 0; i < lines->len; i++)
        if (strcmp(g_ptr_array_index(lines, i), line) == 0)
            return TRUE;
    return FALSE;
}

/* Lines written by hand stay, above those of the response. */
static void change_contact(const Completion *completion, Client *client)
{
    g_autoptr(GPtrArray) now = contact_lines(completion->now);
    g_autoptr(GPtrArray) before = contact_lines(completion->before);
    g_auto(GStrv) card = g_strsplit(client->contact != NULL ? client->contact : "", "\n", -1);
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (char **line = card; *line != NULL; line++)
        if (**line != '\0' && (!has_line(before, *line) || has_line(now, *line)))
            g_ptr_array_add(lines, *line);
    for (guint i = 0; i < now->len; i++) {
        char *line = g_ptr_array_index(now, i);
        if (!has_line(lines, line) && !has_line(before, line))
            g_ptr_array_add(lines, line);
    }
    g_ptr_array_add(lines, NULL);
    g_free(client->contact);
    client->contact = g_strjoinv("\n", (char **)lines->pdata);
}

/* --- assigned staff --------------------------------------------------------------------------- */

/* A name that fits nobody leaves the field as it is; a task asks the team lead to assign. */
static void change_staff(const Completion *completion, const GPtrArray *staff, const char *to,
                         gint64 *id)
{
    const MappedAnswer *answer;
    FieldChange change = field_change(completion, to, &answer);
    if (change == FIELD_STAYS)
        return;
    gint64 meant = staff_called(staff, mapped_text(answer), FALSE);
    if (change == FIELD_SET && meant != 0)
        *id = meant;
    else if (change == FIELD_EMPTY && meant == *id)
        *id = 0;
}

/* --- the card --------------------------------------------------------------------------------- */

static gboolean change_card(const Completion *completion, Client *client, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(completion->session, error);
    if (staff == NULL || !change_name(completion, client, error) ||
        !change_identity(completion, client, error))
        return FALSE;
    change_birth_date(completion, client);
    change_sex(completion, client);
    change_text(completion, "client.phone", &client->phone);
    change_text(completion, "client.email", &client->email);
    change_text(completion, "client.address", &client->address);
    change_language(completion, client);
    change_interpreter(completion, client);
    change_protection(completion, client);
    change_contact(completion, client);
    change_staff(completion, staff, "client.support_worker_id", &client->support_worker_id);
    change_staff(completion, staff, "client.case_officer_id", &client->case_officer_id);
    return TRUE;
}

/* Those in `names` may open the card of a protected client, or no longer may. Names that fit nobody
 * become tasks (completion_tasks.c). Nobody takes their own name away. */
static gboolean name_all(const Completion *completion, const GPtrArray *staff, const char *names,
                         gboolean named, GError **error)
{
    g_auto(GStrv) all = names_in(names != NULL ? names : "");
    for (char **name = all; *name != NULL; name++) {
        gint64 id = staff_called(staff, *name, FALSE);
        if (id == 0 || (!named && id == session_staff_id(completion->session)))
            continue;
        if (!client_write_named(completion->session, completion->client_id, id, named, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean completion_named(const Completion *completion, GError **error)
{
    const char *now = mapping_text(completion->now, "client.named_staff");
    const char *before =
        completion->before != NULL ? mapping_text(completion->before, "client.named_staff") : NULL;
    if (g_strcmp0(now, before) == 0)
        return TRUE;
    g_autoptr(GPtrArray) staff = staff_list(completion->session, error);
    return staff != NULL && name_all(completion, staff, before, FALSE, error) &&
           name_all(completion, staff, now, TRUE, error);
}

gboolean completion_card(Completion *completion, GError **error)
{
    g_autoptr(Client) client = NULL;
    Session *session = completion->session;
    if (completion->client_id == 0 && mapping_find(completion->now, "client.name") == NULL)
        return TRUE;
    client = completion->client_id != 0 ? client_read_allowed(session, completion->client_id, error)
                                        : client_new();
    if (client == NULL)
        return FALSE;
    completion->officer_before = client->case_officer_id;
    completion->worker_before = client->support_worker_id;
    if (!change_card(completion, client, error) ||
        !(client->id == 0 ? client_add_allowed(session, client, error)
                          : client_change_allowed(session, client, error)))
        return FALSE;
    completion->client_id = client->id;
    completion->officer = client->case_officer_id;
    completion->worker = client->support_worker_id;
    return completion_named(completion, error);
}

/* --- doubles ---------------------------------------------------------------------------------- */

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A name whatever the order of its words: "berg, anna" is "Anna Berg". New. */
static char *name_key(const char *name)
{
    g_auto(GStrv) words = text_fold_words(name);
    qsort(words, g_strv_length(words), sizeof *words, by_text);
    return g_strjoinv(" ", words);
}

/* The client born that day who is called so; 0: nobody. FALSE on error. */
static gboolean find_by_name(Session *session, const char *name, Date birth, gint64 *id,
                             GError **error)
{
    char day[DATE_SIZE];
    g_autofree char *key = name_key(name);
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT id, name FROM client WHERE unit_id = :unit AND birth_date = :birth"
        " ORDER BY active DESC, id",
        DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("birth", date_format(birth, day))),
        error);
    DbStep step = DB_STEP_ERROR;
    *id = 0;
    while (rows != NULL && *id == 0 && (step = db_step(rows, error)) == DB_STEP_ROW) {
        g_autofree char *theirs = name_key(db_text(rows, 1));
        if (*key != '\0' && strcmp(key, theirs) == 0)
            *id = db_int(rows, 0);
    }
    return step != DB_STEP_ERROR;
}

/* Whoever may not open the card of somebody with protected identity does not learn from a number,
 * or from a name and a day, whose they are. */
static ClientRow *told_of(Session *session, gint64 id, GError **error)
{
    ClientRow *row = client_glance(session, id, error);
    if (row != NULL && row->protection != PROTECTION_NONE && !client_may_open(session, id)) {
        g_clear_pointer(&row->name, g_free);
        g_clear_pointer(&row->number, g_free);
        row->birth_date = DATE_NONE;
    }
    return row;
}

ClientRow *completion_find_double(Session *session, const Form *form, const Answers *answers,
                                  GError **error)
{
    Date today = clock_today();
    g_autoptr(Mapping) mapping = mapping_new(form, answers, today);
    const char *number = mapping_text(mapping, "client.id_number");
    const char *name = mapping_text(mapping, "client.name");
    Date birth = mapping_date(mapping, "client.birth_date");
    gint64 found = 0;
    IdNumber id = {.birth = DATE_NONE};
    if (number != NULL && idnumber_parse(number, today, &id) &&
        !client_find(session, id.number, NULL, &found, error))
        return NULL;
    if (id.birth != DATE_NONE)
        birth = id.birth;
    if (found == 0 && name != NULL && birth != DATE_NONE &&
        !find_by_name(session, name, birth, &found, error))
        return NULL;
    return found != 0 ? told_of(session, found, error) : NULL;
}

const char *completion_double_hidden(void)
{
    return _("There may be a card for this person already, and it is protected. Ask the team lead "
             "before you go on.");
}
