/* completion_client.c: what a response makes of the client's card. */
#include "care/completion/completion_client_private.h"

#include <string.h>

#include "base/i18n.h"
#include "care/client/client_named.h"
#include "care/client/client_private.h"
#include "care/client/closing.h"
#include "care/completion/completion_card.h"
#include "care/completion/completion_names_private.h"
#include "care/unit/access.h"
#include "care/unit/session_private.h"
#include "care/unit/staff.h"

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
    return mapping_fault(mapping_find(completion->now, "client.name"),
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
        return mapping_fault(answer, idnumber_fault_text(id.fault), error);
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
    const MappedAnswer *answer;
    Sex sex;
    FieldChange change = field_change(completion, "client.sex", &answer);
    if (change == FIELD_STAYS || !sex_parse(mapped_text(answer), &sex))
        return;
    if (change == FIELD_SET)
        client->sex = sex;
    else if (client->sex == sex)
        client->sex = SEX_UNKNOWN;
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

/* What stands on the card is never replaced in silence: walk_doubt() has asked, and this is where
 * nobody passes by. */
static gboolean is_settled(const Completion *completion, const Client *card, GError **error)
{
    const GPtrArray *answers = completion->now->answers;
    for (guint i = 0; i < answers->len; i++) {
        const MappedAnswer *now = g_ptr_array_index(answers, i), *answer;
        const char *to = now->to;
        if (mapping_find(completion->now, to) != now || now->reasoned || mapped_text(now) == NULL ||
            field_change(completion, to, &answer) != FIELD_SET)
            continue;
        const MappedAnswer *before =
            completion->before != NULL ? mapping_find(completion->before, to) : NULL;
        g_autofree char *doubt =
            completion_card_doubt(card, now->item, mapped_text(now), mapped_text(before));
        if (doubt != NULL)
            return mapping_fault(now, doubt, error);
    }
    return TRUE;
}

/* How whoever was only in touch is found again and called back: what more the form knows stays in
 * the form. */
static gboolean change_contact_only(const Completion *completion, Client *client, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(completion->session, error);
    if (staff == NULL || !change_name(completion, client, error) ||
        !change_identity(completion, client, error))
        return FALSE;
    change_birth_date(completion, client);
    change_sex(completion, client);
    change_text(completion, "client.phone", &client->phone);
    change_protection(completion, client);
    change_staff(completion, staff, "client.case_officer_id", &client->case_officer_id);
    return TRUE;
}

/* Only what the form says anew: a day written on the card by hand stays. */
static void change_mandate(const Completion *completion, Client *client)
{
    const Date now = mapping_mandate(completion->now);
    const Date before =
        completion->before != NULL ? mapping_mandate(completion->before) : DATE_NONE;
    if (now != before)
        client->mandate_to = now;
}

static gboolean change_card(const Completion *completion, Client *client, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(completion->session, error);
    if (staff == NULL || !is_settled(completion, client, error) ||
        !change_name(completion, client, error) || !change_identity(completion, client, error))
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
    change_mandate(completion, client);
    change_staff(completion, staff, "client.support_worker_id", &client->support_worker_id);
    change_staff(completion, staff, "client.case_officer_id", &client->case_officer_id);
    return TRUE;
}

/* --- who comes here --------------------------------------------------------------------------- */

/* Whether the response begins a matter that the one before it, if any, did not. */
static gboolean begins_matter(const Completion *completion)
{
    return mapping_find(completion->now, "decision.kind") != NULL &&
           mapping_text(completion->now, "decision.kind") != NULL &&
           !mapping_contact_only(completion->now) &&
           (completion->before == NULL || mapping_contact_only(completion->before));
}

/* A new matter opens the card of somebody who was only in touch, or who came to be closed by a
 * file. A closing that stands is taken back by hand, for it says what becomes of the visits. */
static gboolean change_active(Completion *completion, Client *client, GError **error)
{
    char day[DATE_SIZE];
    Date last = DATE_NONE;
    if (client->id == 0 && mapping_contact_only(completion->now))
        client->active = FALSE;
    if (client->id == 0 || client->active)
        return TRUE;
    if (!closing_stands(completion->session, client->id, &completion->closed, &last, error))
        return FALSE;
    if (!begins_matter(completion))
        return TRUE;
    if (!completion->closed) {
        client->active = TRUE;
        return TRUE;
    }
    g_autofree char *sentence = g_strdup_printf(
        _("The help to this client ended on %s. Note on the card first that the client comes here "
          "again; what is answered is kept."),
        date_format(last, day));
    return mapping_fault(mapping_find(completion->now, "decision.kind"), sentence, error);
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
    /* One that was begun by somebody else, or before this was asked at its beginning. */
    if (form_changes_card(completion->now->form) &&
        !access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    client = completion->client_id != 0 ? client_read_allowed(session, completion->client_id, error)
                                        : client_new();
    if (client == NULL)
        return FALSE;
    completion->officer_before = client->case_officer_id;
    completion->worker_before = client->support_worker_id;
    /* What a contact did not carry onto the card is new to it. */
    Completion whole = *completion;
    if (completion->before != NULL && mapping_contact_only(completion->before))
        whole.before = NULL;
    const gboolean contact_only =
        mapping_contact_only(completion->now) &&
        (client->id == 0 || (whole.before != completion->before && !client->active));
    if (!change_active(completion, client, error) ||
        !(contact_only ? change_contact_only(completion, client, error)
                       : change_card(&whole, client, error)) ||
        !(client->id == 0 ? client_add_allowed(session, client, error)
                          : client_change_allowed(session, client, error)))
        return FALSE;
    completion->client_id = client->id;
    completion->officer = client->case_officer_id;
    completion->worker = client->support_worker_id;
    return completion_named(completion, error);
}
