/* client_draw.c: a client's card. */
#include "ui/clients/client_private.h"

#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_words.h"
#include "care/unit/pick.h"
#include "care/visit/series_words.h"
#include "ui/common/shared.h"

enum {
    GAP = 2,
    SERIES_MOST = 3, /* rows; the rest are counted */
    AT_HAND_MOST = 2,
    CONTACT_MOST = 3,
    ROOMY_ROWS = 20,   /* from here on a row is left empty above the visits */
    VISITS_LEAST = 10, /* what is at hand makes way for them */
};

/* --- the person --------------------------------------------------------------------------------
 */

/* Name, identity and, of whoever does not come, that: on one row; what has no room there, below.
 * Returns the rows. */
static int draw_who(const Client *client, Area area)
{
    const char *standing = client->active                       ? ""
                           : client->standing == STANDING_ENDED ? _("does not come here")
                                                                : standing_name(client->standing);
    g_autofree char *identity = client_words_identity(client);
    const struct {
        const char *text;
        Style style;
    } parts[] = {{client->name, STYLE_HEADING}, {identity, STYLE_STRONG}, {standing, STYLE_NOTICE}};
    int row = 0, at = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        const int width = text_width(parts[i].text);
        if (width == 0)
            continue;
        if (at > 0 && at + width > area.columns)
            row++, at = 0;
        row += draw_paragraph(area, row, at, area.columns - at, parts[i].style, parts[i].text) - 1;
        at += width + GAP;
    }
    return row + 1;
}

static int draw_person(const ClientState *state, Area area)
{
    const Client *client = state->client;
    char key[KEY_NAME_SIZE];
    const int rows = draw_who(client, area);
    if (client->protection == PROTECTION_NONE)
        return rows;
    g_autofree char *protection = g_strdup_printf(
        _("Protected identity: %s. Only those assigned or named open this card "
          "(%s shows who they are)."),
        protection_name(client->protection), shared_key(state->app, ACTION_CLIENT_NAMED, key));
    return rows + draw_paragraph(area, rows, 0, area.columns, STYLE_NOTICE, protection);
}

typedef struct {
    const char *label;
    char *text;        /* owned; NULL: nothing is known */
    const char *field; /* as DISPUTE_FIELDS has it; NULL: none of them */
} Fact;

static char *address_text(const ClientState *state)
{
    const Client *client = state->client;
    char key[KEY_NAME_SIZE];
    if (client->address == NULL || client->protection == PROTECTION_NONE || state->show_address)
        return text_display(client->address != NULL ? client->address : "");
    return g_strdup_printf(_("hidden (%s shows it)"),
                           shared_key(state->app, ACTION_SHOW_ADDRESS, key));
}

/* What the client says is wrong has a mark; the words stand below. */
static gboolean is_disputed(const ClientState *state, const char *field)
{
    g_autofree char *said =
        field != NULL && state->disputes != NULL
            ? dispute_beside(state->disputes, DISPUTE_CARD, 0, field, i18n_language())
            : NULL;
    return said != NULL;
}

static void draw_fact(const ClientState *state, Area area, int row, int labels, const Fact *fact)
{
    if (is_disputed(state, fact->field)) {
        g_autofree char *marked = g_strdup_printf("! %s", fact->text != NULL ? fact->text : "–");
        draw_cell(area, row, 0, labels, STYLE_NOTICE, FALSE, fact->label);
        draw_cell(area, row, labels + GAP, area.columns - labels - GAP, STYLE_NOTICE, FALSE,
                  marked);
        return;
    }
    draw_cell(area, row, 0, labels, STYLE_QUIET, FALSE, fact->label);
    gboolean known = fact->text != NULL && fact->text[0] != '\0';
    draw_cell(area, row, labels + GAP, area.columns - labels - GAP,
              known ? STYLE_NORMAL : STYLE_QUIET, FALSE, known ? fact->text : "–");
}

/* Columns of the labels at the left, the same all the way down. */
static int left_labels(const ClientState *state)
{
    const char *const labels[] = {_("Telephone"),
                                  _("Address"),
                                  _("Language"),
                                  _("E-mail"),
                                  C_("client", "Contacts"),
                                  C_("client", "Planned"),
                                  C_("client", "Plan"),
                                  C_("client", "Ended"),
                                  C_("client", "In force")};
    int widest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
        widest = MAX(widest, text_width(labels[i]));
    if (state->disputes != NULL && state->disputes->len > 0)
        widest = MAX(widest, text_width(_("Objection")));
    return widest;
}

/* Two beside each other. Returns the rows. */
static int draw_facts(const ClientState *state, Area area)
{
    const Client *client = state->client;
    char day[DATE_SIZE];
    Fact facts[] = {
        {_("Telephone"), g_strdup(client->phone), "phone"},
        {_("Support worker"), g_strdup(pick_name(state->staff, client->support_worker_id)), NULL},
        {_("Address"), address_text(state), "address"},
        {_("Case officer"), g_strdup(pick_name(state->staff, client->case_officer_id)), NULL},
        {_("Language"), client_words_language(client), "language"},
        {_("Client number"), g_strdup(client->number), "number"},
        {_("E-mail"), g_strdup(client->email), "email"},
        {C_("client", "Mandate ends"), g_strdup(date_or_null(client->mandate_to, day)), NULL},
    };
    const gsize count = G_N_ELEMENTS(facts) - (client->mandate_to == DATE_NONE ? 1 : 0);
    int labels[2] = {left_labels(state), 0};
    int half = (area.columns + GAP) / 2, last = (int)count - 1;
    for (gsize i = 1; i < count; i += 2)
        labels[1] = MAX(labels[1], text_width(facts[i].label));
    for (gsize i = 0; i < count; i++) {
        gboolean left = i % 2 == 0;
        Area side = area_columns(area, left ? 0 : half + GAP, left && (int)i < last ? half : -1);
        draw_fact(state, side, (int)i / 2, labels[i % 2], &facts[i]);
        g_free(facts[i].text);
    }
    return ((int)count + 1) / 2;
}

static int draw_contact(const ClientState *state, Area area)
{
    const Client *client = state->client;
    if (client->contact == NULL)
        return 0;
    int labels = left_labels(state) + GAP;
    g_autofree char *clean = text_clean(client->contact);
    g_autoptr(GArray) rows = text_wrap(clean, MAX(area.columns - labels, 1));
    draw_text(area, 0, 0, STYLE_QUIET, C_("client", "Contacts"));
    draw_paragraph(area_rows(area, 0, CONTACT_MOST), 0, labels, area.columns - labels, STYLE_NORMAL,
                   client->contact);
    return MIN((int)rows->len, CONTACT_MOST);
}

/* --- series ------------------------------------------------------------------------------------
 */

char *client_series_text(const ClientState *state, const Series *series)
{
    return series_words(series, pick_name(state->staff, series->staff_id));
}

/* On as many rows as it needs and the area has; the last is cut with "…". Returns the rows. */
static int draw_wrapped(Area area, const char *text)
{
    gsize length = strlen(text), start = 0;
    int row = 0;
    while (row < area.rows && start <= length) {
        TextRow part;
        gsize next = text_wrap_row(text, length, start, MAX(area.columns, 1), &part);
        gsize end = row + 1 < area.rows ? part.end : length;
        g_autofree char *line = g_strndup(text + part.start, end - part.start);
        draw_cell(area, row++, 0, area.columns, STYLE_NORMAL, FALSE, line);
        start = next;
    }
    return row;
}

/* `spare`: rows beside one for each. */
static int draw_series(const ClientState *state, Area area, int spare)
{
    int count = (int)state->series->len, shown = count <= SERIES_MOST ? count : SERIES_MOST - 1;
    Area texts = area_columns(area, left_labels(state) + GAP, -1);
    draw_text(area, 0, 0, STYLE_QUIET, C_("client", "Planned"));
    if (count == 0)
        draw_text(texts, 0, 0, STYLE_QUIET, _("no recurring visits"));
    int row = 0, more = CLAMP(spare, 0, SERIES_MOST - MIN(count, SERIES_MOST));
    for (int i = 0; i < shown; i++) {
        g_autofree char *text = client_series_text(state, state->series->pdata[i]);
        int rows = draw_wrapped(area_rows(texts, row, 1 + more), text);
        more -= rows - 1;
        row += rows;
    }
    if (shown < count)
        draw_format(texts, row++, 0, STYLE_QUIET,
                    ngettext("and %d more series", "and %d more series", (gulong)(count - shown)),
                    count - shown);
    return MAX(row, 1);
}

/* --- the whole ---------------------------------------------------------------------------------
 */

void client_draw(App *app, void *data, Area area)
{
    ClientState *state = data;
    if (state->client == NULL) {
        draw_paragraph(area, 0, 0, area.columns, STYLE_NORMAL,
                       _("This card cannot be shown. Esc goes back."));
        draw_caret(area, 0, 0);
        return;
    }
    int row = draw_person(state, area);
    row += draw_facts(state, area_rows(area, row, -1));
    row += draw_contact(state, area_rows(area, row, -1));
    /* What the client says is wrong makes way for nothing. */
    const int least = (state->disputes != NULL && state->disputes->len > 0) + (state->risk != NULL);
    int gap = area.rows >= ROOMY_ROWS ? 1 : 0, most = area.rows - gap - VISITS_LEAST;
    row += draw_series(state, area_rows(area, row, -1),
                       most - row - AT_HAND_MOST - least - MAX((int)state->series->len, 1));
    row += client_draw_at_hand(state, area_rows(area, row, -1), left_labels(state),
                               MAX(most - row, least));
    client_draw_visits(app, state, area_rows(area, row + gap, -1));
}
