/* details.c: a client's details as lines: a new client, or a change of the card. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_rows.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"

enum { PROTECTION_COUNT = PROTECTION_FICTITIOUS + 1, SEX_COUNT = SEX_OTHER + 1 };

typedef struct {
    Client *client; /* as it was read; a new one has id 0 */
    ClientRows rows;
} Details;

/* --- rows ------------------------------------------------------------------------------------- */

/* The options of the choices, which must stay. */
typedef struct {
    const char *yes_no[2], *protection[PROTECTION_COUNT], *sex[SEX_COUNT];
} Options;

static void fill_options(Options *options)
{
    options->yes_no[0] = C_("answer", "no");
    options->yes_no[1] = C_("answer", "yes");
    options->protection[PROTECTION_NONE] = C_("protection", "none");
    for (int each = PROTECTION_NONE + 1; each < PROTECTION_COUNT; each++)
        options->protection[each] = protection_name((Protection)each);
    for (int each = 0; each < SEX_COUNT; each++)
        options->sex[each] = sex_name((Sex)each);
}

static void fill_choices(PlainRow *rows, const Options *options)
{
    rows[CLIENT_ROW_INTERPRETER] =
        (PlainRow){.label = _("Interpreter"), .options = options->yes_no, .count = 2};
    rows[CLIENT_ROW_PROTECTION] =
        (PlainRow){.label = _("Protected identity"),
                   .help = _("Only those assigned or named can open the card of a protected "
                             "client."),
                   .options = options->protection,
                   .count = PROTECTION_COUNT};
    rows[CLIENT_ROW_SEX] =
        (PlainRow){.label = _("Sex"),
                   .help = _("For the statistics. Follows from an identity number."),
                   .options = options->sex,
                   .count = SEX_COUNT};
}

static void fill_texts(PlainRow *rows, gboolean address_hidden)
{
    const char *staff = _("Type the beginning of a name or a code. May be left empty.");
    rows[CLIENT_ROW_NAME] = (PlainRow){.label = _("Name")};
    rows[CLIENT_ROW_ID] =
        (PlainRow){.label = _("Identity number"),
                   .help = _("Personnummer, samordningsnummer or reservnummer. May be left "
                             "empty.")};
    rows[CLIENT_ROW_PHONE] = (PlainRow){.label = _("Telephone")};
    rows[CLIENT_ROW_ADDRESS] = (PlainRow){
        .label = _("Address"),
        .help = address_hidden ? _("Kept hidden. Leave it empty to keep it, write a new one to "
                                   "change it, or - to take it away.")
                               : NULL,
        .hyphen = address_hidden};
    rows[CLIENT_ROW_CONTACT] =
        (PlainRow){.label = C_("client", "Contacts"),
                   .help = _("Next of kin and representatives: relatives, guardian, others to talk "
                             "to. On one line.")};
    rows[CLIENT_ROW_LANGUAGE] =
        (PlainRow){.label = _("Language"),
                   .help = _("The language the client speaks, where it is not Swedish.")};
    rows[CLIENT_ROW_WORKER] = (PlainRow){.label = _("Support worker"), .help = staff};
    rows[CLIENT_ROW_OFFICER] = (PlainRow){.label = _("Case officer"), .help = staff};
    rows[CLIENT_ROW_NUMBER] =
        (PlainRow){.label = _("Client number"),
                   .help = _("The number in the planning or record system, if there is one.")};
    rows[CLIENT_ROW_EMAIL] = (PlainRow){.label = _("E-mail")};
    rows[CLIENT_ROW_BIRTH] =
        (PlainRow){.label = _("Birth date"),
                   .help = _("Needed only where there is no identity number: 1964-08-23.")};
    rows[CLIENT_ROW_MANDATE] =
        (PlainRow){.label = C_("client", "Mandate ends"),
                   .help = _("The last day of the god man's, trustee's or agent's mandate: "
                             "2027-06-30. Six weeks before it there is a task.")};
}

/* --- one row ---------------------------------------------------------------------------------- */

/* Whose number it is already. New; NULL: nobody's. */
static char *double_fault(PlainPage *page, const char *text)
{
    IdNumber id;
    const Details *details = page->data;
    return *text != '\0' && idnumber_parse(text, clock_today(), &id)
               ? client_rows_double(page->plain->session, details->client->id, id.number)
               : NULL;
}

static char *details_fault(PlainPage *page, guint row, const char *text)
{
    const Details *details = page->data;
    const char *faults[CLIENT_ROW_COUNT];
    g_autofree char **values = g_memdup2(page->values, (page->count + 1) * sizeof *page->values);
    g_autoptr(Client) scratch = client_new();
    values[row] = (char *)text;
    client_rows_take(&details->rows, values, page->base, scratch, faults);
    if (faults[row] != NULL)
        return g_strdup(faults[row]);
    return row == CLIENT_ROW_ID ? double_fault(page, text) : NULL;
}

static char *details_meant(PlainPage *page, guint row, const char *text)
{
    const Details *details = page->data;
    const PickOption *meant = NULL;
    IdNumber id;
    char date[DATE_SIZE];
    if (row == CLIENT_ROW_WORKER || row == CLIENT_ROW_OFFICER)
        meant = pick_match(details->rows.staff, text);
    else if (row == CLIENT_ROW_LANGUAGE)
        meant = pick_match(details->rows.languages, text);
    else if (row == CLIENT_ROW_ID && idnumber_parse(text, clock_today(), &id))
        return g_strdup(id.number);
    else if (row == CLIENT_ROW_BIRTH || row == CLIENT_ROW_MANDATE)
        return g_strdup(date_format(date_parse_words(text, clock_today()), date));
    return meant != NULL ? g_strdup(meant->name) : NULL;
}

/* --- saving ----------------------------------------------------------------------------------- */

/* A colleague has saved the card meanwhile. */
static void take_theirs(PlainPage *page, const char *sentence)
{
    Details *details = page->data;
    GError *error = NULL;
    Client *theirs = client_open(page->plain->session, details->client->id, &error);
    plain_say(page->plain, "%s", sentence);
    plain_error(page->plain, error);
    if (theirs == NULL)
        return;
    client_free(details->client);
    details->client = theirs;
    plain_page_merge(page, client_rows_values(&details->rows, theirs), theirs->version);
}

static gboolean save_details(PlainPage *page)
{
    Details *details = page->data;
    Client *client = details->client;
    const char *faults[CLIENT_ROW_COUNT];
    gboolean added = client->id == 0;
    g_autoptr(GError) error = NULL;
    client->version = page->version;
    client_rows_take(&details->rows, page->values, page->base, client, faults);
    if (added ? client_add(page->plain->session, client, &error)
              : client_change(page->plain->session, client, &error)) {
        plain_say(page->plain, "%s", added ? _("The client is added.") : _("Saved."));
        return TRUE;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
        take_theirs(page, error->message);
    else
        plain_error(page->plain, g_steal_pointer(&error));
    return FALSE;
}

/* --- the page --------------------------------------------------------------------------------- */

/* TRUE when it was saved. */
static gboolean walk_details(Plain *plain, Details *details)
{
    Options options;
    PlainRow rows[CLIENT_ROW_COUNT];
    gboolean is_new = details->client->id == 0;
    fill_options(&options);
    fill_texts(rows, details->rows.address_hidden);
    fill_choices(rows, &options);
    PlainPage page = {
        .plain = plain,
        .title = is_new ? _("New client") : details->client->name,
        .rows = rows,
        .count = CLIENT_ROW_COUNT,
        .values = client_rows_values(&details->rows, details->client),
        .base = client_rows_values(&details->rows, details->client),
        .version = details->client->version,
        .kept = {.kind = DRAFT_CLIENT, .ref_id = details->client->id},
        .is_new = is_new,
        .data = details,
        .fault = details_fault,
        .meant = details_meant,
        .save = save_details,
    };
    gboolean saved = plain_page(&page);
    plain_page_clear(&page);
    return saved;
}

gint64 plain_edit_client(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    gint64 saved = 0;
    Details details = {0};
    if (access_require(plain->session, PERMIT_CLIENT_EDIT, &error))
        details.client = client_id != 0 ? client_open(plain->session, client_id, &error)
                                        : client_rows_new(plain->session);
    if (details.client != NULL &&
        client_rows_init(plain->session, &details.rows, details.client, &error) &&
        walk_details(plain, &details))
        saved = details.client->id;
    plain_error(plain, error);
    client_free(details.client);
    client_rows_clear(&details.rows);
    return saved;
}
