/* client_edit_rows.c: a client's details as rows of a page, and back. */
#include "ui/clients/client_edit_private.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/common/pick.h"
#include "ui/common/words.h"

enum { ID_DIGITS = 10 }; /* before that many a number is only begun */

/* --- rows --------------------------------------------------------------------------------------
 */

static ChoiceOption option(const char *key, const char *label, int value)
{
    return (ChoiceOption){g_utf8_get_char(key), label, value};
}

static void build_options(ClientEditState *state)
{
    state->interpreter[0] = option(C_("key", "y"), C_("answer", "yes"), TRUE);
    state->interpreter[1] = option(C_("key", "n"), C_("answer", "no"), FALSE);
    state->active[0] = state->interpreter[0];
    state->active[1] = state->interpreter[1];
    state->protection[PROTECTION_NONE] =
        option(C_("protection key", "n"), C_("protection", "none"), PROTECTION_NONE);
    state->protection[PROTECTION_MARKED] =
        option(C_("protection key", "c"), protection_name(PROTECTION_MARKED), PROTECTION_MARKED);
    state->protection[PROTECTION_POPULATION] = option(
        C_("protection key", "p"), protection_name(PROTECTION_POPULATION), PROTECTION_POPULATION);
    state->protection[PROTECTION_FICTITIOUS] = option(
        C_("protection key", "f"), protection_name(PROTECTION_FICTITIOUS), PROTECTION_FICTITIOUS);
    state->sex[SEX_UNKNOWN] = option(C_("sex key", "u"), sex_name(SEX_UNKNOWN), SEX_UNKNOWN);
    state->sex[SEX_WOMAN] = option(C_("sex key", "w"), sex_name(SEX_WOMAN), SEX_WOMAN);
    state->sex[SEX_MAN] = option(C_("sex key", "m"), sex_name(SEX_MAN), SEX_MAN);
    state->sex[SEX_OTHER] = option(C_("sex key", "o"), sex_name(SEX_OTHER), SEX_OTHER);
}

void client_rows_build(ClientEditState *state)
{
    Page *page = &state->page;
    page_init(page);
    build_options(state);
    page_field(page, _("Name"), NULL, "", FALSE);
    page_field(page, _("Identity number"), NULL, "", FALSE);
    page_field(page, _("Telephone"), NULL, "", FALSE);
    page_field(page, _("Address"),
               state->address_hidden
                   ? _("Kept hidden. Leave it empty to keep it, write a new one to change "
                       "it, or - to take it away.")
                   : NULL,
               "", FALSE);
    page_field(
        page, C_("client", "Contacts"),
        _("Next of kin and representatives: relatives, guardian, others to talk to. Tab goes "
          "on."),
        "", TRUE);
    page_field(page, _("Language"), NULL, "", FALSE);
    page_choice(page, _("Interpreter"), NULL, state->interpreter, 2, 1);
    page_choice(page, _("Protected identity"),
                _("Only those assigned or named can open the card of a protected client."),
                state->protection, PROTECTION_COUNT, 0);
    page_field(page, _("Support worker"), NULL, "", FALSE);
    page_field(page, _("Case officer"), NULL, "", FALSE);
    page_field(page, _("Client number"),
               _("The number in the planning or record system, if there is one."), "", FALSE);
    page_field(page, _("E-mail"), NULL, "", FALSE);
    page_field(page, _("Birth date"), NULL, "", FALSE);
    page_choice(page, _("Sex"), _("For the statistics. Follows from an identity number."),
                state->sex, SEX_COUNT, SEX_UNKNOWN);
    page_choice(page, _("Still comes here"),
                _("No: keeps the card and its visits, and lays out no new ones."), state->active, 2,
                0);
}

static char *number_text(gint64 number)
{
    return g_strdup_printf("%" G_GINT64_FORMAT, number);
}

static char *language_name(const ClientEditState *state, const char *code)
{
    const PickOption *known = code != NULL ? pick_match(state->languages, code) : NULL;
    return g_strdup(known != NULL ? known->name : code);
}

char *client_row_value(const ClientEditState *state, const Client *client, int row)
{
    const char *text = NULL;
    char date[DATE_SIZE];
    switch (row) {
    case ROW_NAME:
        text = client->name;
        break;
    case ROW_ID:
        text = client->id_number;
        break;
    case ROW_PHONE:
        text = client->phone;
        break;
    case ROW_ADDRESS:
        text = state->address_hidden ? NULL : client->address;
        break;
    case ROW_CONTACT:
        text = client->contact;
        break;
    case ROW_LANGUAGE:
        return client->language != NULL ? language_name(state, client->language) : g_strdup("");
    case ROW_INTERPRETER:
        return number_text(client->interpreter != FALSE);
    case ROW_PROTECTION:
        return number_text(client->protection);
    case ROW_WORKER:
        text = pick_name(state->staff, client->support_worker_id);
        break;
    case ROW_OFFICER:
        text = pick_name(state->staff, client->case_officer_id);
        break;
    case ROW_NUMBER:
        text = client->number;
        break;
    case ROW_EMAIL:
        text = client->email;
        break;
    case ROW_BIRTH:
        text = date_or_null(client->birth_date, date);
        break;
    case ROW_SEX:
        return number_text(client->sex);
    case ROW_ACTIVE:
        return number_text(client->active != FALSE);
    }
    return g_strdup(text != NULL ? text : "");
}

char **client_row_values(const ClientEditState *state, const Client *client)
{
    char **values = g_new0(char *, ROW_COUNT + 1);
    for (int row = 0; row < ROW_COUNT; row++)
        values[row] = client_row_value(state, client, row);
    return values;
}

/* --- from the page -----------------------------------------------------------------------------
 */

static char *typed(ClientEditState *state, int row)
{
    return g_strstrip(g_strdup(page_text(&state->page, row)));
}

/* NULL for an empty row. */
static void take_text(ClientEditState *state, int row, char **to)
{
    g_autofree char *text = typed(state, row);
    g_free(*to);
    *to = text[0] != '\0' ? g_steal_pointer(&text) : NULL;
}

static void take_address(ClientEditState *state, Client *client)
{
    g_autofree char *text = typed(state, ROW_ADDRESS);
    if (state->address_hidden && text[0] == '\0')
        return;
    take_text(state, ROW_ADDRESS, &client->address);
    if (state->address_hidden && strcmp(text, "-") == 0)
        g_clear_pointer(&client->address, g_free);
}

/* Somebody who has left the unit keeps the assignment until another is chosen. */
static void take_staff(ClientEditState *state, int row, gint64 *id)
{
    g_autofree char *text = typed(state, row);
    g_autofree char *before = state->draft.base != NULL
                                  ? g_strdup(state->draft.base[row])
                                  : client_row_value(state, state->client, row);
    const PickOption *who = pick_match(state->staff, text);
    if (strcmp(text, before) == 0)
        return;
    if (text[0] != '\0' && who == NULL)
        page_fault(&state->page, row,
                   _("Nobody, or more than one, has that name. Type more of it, or leave it "
                     "empty."));
    else
        *id = who != NULL ? who->value : 0;
}

static void take_language(ClientEditState *state, Client *client)
{
    g_autofree char *text = typed(state, ROW_LANGUAGE);
    const PickOption *language = pick_match(state->languages, text);
    gboolean code = strlen(text) == 2 && g_ascii_isalpha(text[0]) && g_ascii_isalpha(text[1]);
    if (text[0] != '\0' && language == NULL && !code) {
        page_fault(&state->page, ROW_LANGUAGE,
                   _("That language is not in the list. Type more of it, or its two-letter "
                     "code."));
        return;
    }
    g_free(client->language);
    client->language = text[0] == '\0'    ? NULL
                       : language != NULL ? g_strdup(language->code)
                                          : g_ascii_strdown(text, 2);
}

static void take_identity(ClientEditState *state, Client *client)
{
    IdNumber id;
    take_text(state, ROW_ID, &client->id_number);
    if (client->id_number != NULL && !idnumber_parse(client->id_number, clock_today(), &id))
        page_fault(&state->page, ROW_ID, idnumber_fault_text(id.fault));
}

static void take_birth(ClientEditState *state, Client *client)
{
    g_autofree char *text = typed(state, ROW_BIRTH);
    Date date = text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
    if (text[0] != '\0' && date == DATE_NONE)
        page_fault(&state->page, ROW_BIRTH, _("Write the date as 1964-08-23."));
    else
        client->birth_date = date;
}

gboolean client_rows_read(ClientEditState *state, Client *client)
{
    Page *page = &state->page;
    edit_page_clear_faults(page);
    take_text(state, ROW_NAME, &client->name);
    if (client->name == NULL)
        page_fault(page, ROW_NAME, _("A client needs a name."));
    take_identity(state, client);
    take_text(state, ROW_PHONE, &client->phone);
    take_address(state, client);
    take_text(state, ROW_CONTACT, &client->contact);
    take_language(state, client);
    client->interpreter = edit_page_chosen_value(page, ROW_INTERPRETER, FALSE) != FALSE;
    client->protection = (Protection)edit_page_chosen_value(page, ROW_PROTECTION, PROTECTION_NONE);
    take_staff(state, ROW_WORKER, &client->support_worker_id);
    take_staff(state, ROW_OFFICER, &client->case_officer_id);
    take_text(state, ROW_NUMBER, &client->number);
    take_text(state, ROW_EMAIL, &client->email);
    take_birth(state, client);
    client->sex = (Sex)edit_page_chosen_value(page, ROW_SEX, SEX_UNKNOWN);
    client->active = edit_page_chosen_value(page, ROW_ACTIVE, TRUE) != FALSE;
    return !edit_page_to_fault(page);
}

/* --- what is understood ------------------------------------------------------------------------
 */

/* Who has the number already; NULL when nobody has. New. */
static char *double_text(App *app, const ClientEditState *state, const IdNumber *id)
{
    gint64 other = 0;
    if (!client_find(app_session(app), id->number, NULL, &other, NULL) || other == 0 ||
        other == state->client->id)
        return NULL;
    ClientRow *row = client_glance(app_session(app), other, NULL);
    gboolean hidden = row == NULL || (row->protection != PROTECTION_NONE && row->id_number == NULL);
    char *text = hidden ? g_strdup(_("A client with protected identity has this number already. "
                                     "Ask the team lead."))
                        : g_strdup_printf(_("%s has this number already. Go back and open that "
                                            "card instead, or correct the number."),
                                          row->name);
    client_row_free(row);
    return text;
}

static char *identity_words(const IdNumber *id)
{
    const char *kind = idnumber_kind_name(id->kind), *sex = sex_name(id->sex);
    if (id->birth == DATE_NONE)
        return g_strdup_printf("→ %s, %s, %s", id->number, kind, sex);
    int age = date_age(id->birth, clock_today());
    g_autofree char *years = g_strdup_printf(ngettext("%d year", "%d years", (gulong)age), age);
    return g_strdup_printf("→ %s, %s, %s, %s", id->number, kind, sex, years);
}

static int count_digits(const char *text)
{
    int digits = 0;
    for (; *text != '\0'; text++)
        digits += g_ascii_isdigit(*text) != 0;
    return digits;
}

static void hint_identity(App *app, ClientEditState *state)
{
    Page *page = &state->page;
    g_autofree char *text = typed(state, ROW_ID);
    IdNumber id;
    if (g_strcmp0(text, state->id_seen) == 0)
        return;
    g_free(state->id_seen);
    state->id_seen = g_strdup(text);
    page_fault(page, ROW_ID, NULL);
    if (text[0] == '\0') {
        edit_page_hint(page, ROW_ID,
                       _("Personnummer, samordningsnummer or reservnummer. May be left empty."));
        return;
    }
    if (!idnumber_parse(text, clock_today(), &id)) {
        gboolean begun = id.fault == ID_FORM && count_digits(text) < ID_DIGITS;
        edit_page_hint(page, ROW_ID, begun ? _("Ten or twelve digits.") : NULL);
        if (!begun)
            page_fault(page, ROW_ID, idnumber_fault_text(id.fault));
        return;
    }
    g_autofree char *words = identity_words(&id);
    g_autofree char *other = double_text(app, state, &id);
    edit_page_hint(page, ROW_ID, words);
    page_fault(page, ROW_ID, other);
}

static void hint_pick(ClientEditState *state, int row, const GPtrArray *options, const char *empty,
                      const char *nobody)
{
    g_autofree char *text = typed(state, row);
    g_autofree char *hint = pick_hint(options, text);
    edit_page_hint(&state->page, row, text[0] == '\0' ? empty : hint != NULL ? hint : nobody);
}

static void hint_birth(ClientEditState *state)
{
    g_autofree char *text = typed(state, ROW_BIRTH);
    Date date = text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
    g_autofree char *day = words_day(date);
    g_autofree char *hint = g_strdup_printf("→ %s", day);
    edit_page_hint(&state->page, ROW_BIRTH,
                   date != DATE_NONE ? hint
                                     : _("Needed only where there is no identity number: "
                                         "1964-08-23."));
}

void client_rows_hint(App *app, ClientEditState *state)
{
    const char *staff = _("Type the beginning of a name or a code. May be left empty.");
    const char *nobody = _("Nobody of that name works in the unit.");
    hint_identity(app, state);
    hint_pick(state, ROW_WORKER, state->staff, staff, nobody);
    hint_pick(state, ROW_OFFICER, state->staff, staff, nobody);
    hint_pick(state, ROW_LANGUAGE, state->languages,
              _("The language the client speaks, where it is not Swedish."),
              _("Not in the list: write its two-letter code."));
    hint_birth(state);
}

void client_row_complete(ClientEditState *state, int row)
{
    gboolean is_staff = row == ROW_WORKER || row == ROW_OFFICER;
    if (!is_staff && row != ROW_LANGUAGE)
        return;
    g_autofree char *text = typed(state, row);
    const PickOption *meant = pick_match(is_staff ? state->staff : state->languages, text);
    if (meant != NULL)
        edit_page_set_value(&state->page, row, meant->name);
}
