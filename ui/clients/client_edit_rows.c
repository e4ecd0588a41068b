/* client_edit_rows.c: a client's details as rows of a page, and back. */
#include "ui/clients/client_edit_private.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/pick.h"
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
               state->rows.address_hidden
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
    page_field(
        page, C_("client", "Mandate ends"),
        _("The last day of the god man's, trustee's or agent's mandate: 2027-06-30. Six weeks "
          "before it there is a task."),
        "", FALSE);
}

static char *typed(ClientEditState *state, int row)
{
    return g_strstrip(g_strdup(page_text(&state->page, row)));
}

gboolean client_rows_read(ClientEditState *state, Client *client)
{
    const char *faults[CLIENT_ROW_COUNT];
    g_auto(GStrv) values = edit_page_values(&state->page);
    client_rows_take(&state->rows, values, state->draft.base, client, faults);
    for (int row = 0; row < CLIENT_ROW_COUNT; row++)
        page_fault(&state->page, row, faults[row]);
    return !edit_page_to_fault(&state->page);
}

/* --- what is understood ------------------------------------------------------------------------
 */

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
    g_autofree char *text = typed(state, CLIENT_ROW_ID);
    IdNumber id;
    if (g_strcmp0(text, state->id_seen) == 0)
        return;
    g_free(state->id_seen);
    state->id_seen = g_strdup(text);
    page_fault(page, CLIENT_ROW_ID, NULL);
    if (text[0] == '\0') {
        edit_page_hint(page, CLIENT_ROW_ID,
                       _("Personnummer, samordningsnummer or reservnummer. May be left empty."));
        return;
    }
    if (!idnumber_parse(text, clock_today(), &id)) {
        gboolean begun = id.fault == ID_FORM && count_digits(text) < ID_DIGITS;
        edit_page_hint(page, CLIENT_ROW_ID, begun ? _("Ten or twelve digits.") : NULL);
        if (!begun)
            page_fault(page, CLIENT_ROW_ID, idnumber_fault_text(id.fault));
        return;
    }
    g_autofree char *words = identity_words(&id);
    g_autofree char *other = client_rows_double(app_session(app), state->client->id, id.number);
    edit_page_hint(page, CLIENT_ROW_ID, words);
    page_fault(page, CLIENT_ROW_ID, other);
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
    g_autofree char *text = typed(state, CLIENT_ROW_BIRTH);
    Date date = text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
    g_autofree char *day = words_day(date);
    g_autofree char *hint = g_strdup_printf("→ %s", day);
    edit_page_hint(&state->page, CLIENT_ROW_BIRTH,
                   date != DATE_NONE ? hint
                                     : _("Needed only where there is no identity number: "
                                         "1964-08-23."));
}

void client_rows_hint(App *app, ClientEditState *state)
{
    const char *staff = _("Type the beginning of a name or a code. May be left empty.");
    const char *nobody = _("Nobody of that name works in the unit.");
    hint_identity(app, state);
    hint_pick(state, CLIENT_ROW_WORKER, state->rows.staff, staff, nobody);
    hint_pick(state, CLIENT_ROW_OFFICER, state->rows.staff, staff, nobody);
    hint_pick(state, CLIENT_ROW_LANGUAGE, state->rows.languages,
              _("The language the client speaks, where it is not Swedish."),
              _("Not in the list: write its two-letter code."));
    hint_birth(state);
}

void client_row_complete(ClientEditState *state, int row)
{
    gboolean is_staff = row == CLIENT_ROW_WORKER || row == CLIENT_ROW_OFFICER;
    if (!is_staff && row != CLIENT_ROW_LANGUAGE)
        return;
    g_autofree char *text = typed(state, row);
    const PickOption *meant =
        pick_match(is_staff ? state->rows.staff : state->rows.languages, text);
    if (meant != NULL)
        edit_page_set_value(&state->page, row, meant->name);
}
