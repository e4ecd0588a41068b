/* placing.c: a placement's details as lines, a new one's or a change; and the unit's list of
 * institutions. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/placement/placement_rows.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"

/* --- institutions ----------------------------------------------------------------------------- */

/* FALSE when it was broken off. */
static gboolean ask_kind(Plain *plain, InstitutionKind *kind)
{
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    for (int each = 0; each < INSTITUTION_KIND_COUNT; each++)
        g_ptr_array_add(kinds, (char *)institution_kind_name((InstitutionKind)each));
    int index = plain_choose(plain, _("What kind is it? An empty line goes back."), kinds);
    if (index >= 0)
        *kind = (InstitutionKind)index;
    return index >= 0;
}

/* Adds `name` to the list; the id, or 0 when it was broken off or could not be. */
static gint64 add_institution(Plain *plain, const char *name)
{
    GError *error = NULL;
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup(name);
    institution->active = TRUE;
    if (!ask_kind(plain, &institution->kind))
        return 0;
    gboolean added = institution_add(plain->session, institution, &error);
    if (added)
        plain_say(plain, "%s", _("The institution is in the list."));
    plain_error(plain, error);
    return added ? institution->id : 0;
}

static void change(Plain *plain, Institution *institution, const char *said)
{
    GError *error = NULL;
    if (institution_change(plain->session, institution, &error))
        plain_say(plain, said, institution->name);
    plain_error(plain, error);
}

static void change_institution(Plain *plain, Institution *institution)
{
    enum { RENAME, KIND, USE };
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, (char *)_("Change its name"));
    g_ptr_array_add(labels, (char *)_("Change its kind"));
    g_ptr_array_add(labels, (char *)(institution->active ? _("Take it out of use")
                                                         : _("Take it into use again")));
    int index = plain_choose(plain, institution->name, labels);
    g_autofree char *name = index == RENAME ? plain_ask(plain, _("Its name:")) : NULL;
    if (index == RENAME && name != NULL && *name != '\0') {
        g_free(institution->name);
        institution->name = g_steal_pointer(&name);
        change(plain, institution, _("%s: saved."));
    } else if (index == KIND && ask_kind(plain, &institution->kind)) {
        change(plain, institution, _("%s: saved."));
    } else if (index == USE) {
        institution->active = !institution->active;
        change(plain, institution,
               institution->active
                   ? _("%s is in use again.")
                   : _("%s is no longer offered for new placements. Earlier ones keep it."));
    }
}

/* FALSE when nothing more is to be done. */
static gboolean choose_institution(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = institution_list(plain->session, NULL, FALSE, &error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    plain_error(plain, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const Institution *institution = all->pdata[i];
        g_ptr_array_add(lines, g_strdup_printf("%s, %s%s%s", institution->name,
                                               institution_kind_name(institution->kind),
                                               institution->active ? "" : ", ",
                                               institution->active ? "" : _("not in use")));
    }
    g_ptr_array_add(lines, g_strdup(_("Add one to the list")));
    int index = plain_choose(plain, _("Which institution? An empty line goes back."), lines);
    g_autofree char *name = index == (int)all->len ? plain_ask(plain, _("Its name:")) : NULL;
    if (name != NULL && *name != '\0')
        add_institution(plain, name);
    else if (index >= 0 && index < (int)all->len)
        change_institution(plain, all->pdata[index]);
    return index >= 0;
}

void plain_institutions(Plain *plain, gint64 unused)
{
    (void)unused;
    while (!plain->ended && choose_institution(plain))
        continue;
}

/* --- rows ------------------------------------------------------------------------------------- */

typedef struct {
    Placement *placement; /* as it was read; a new one has version 0 */
    PlacementRows rows;
} Placing;

/* One that nobody else is meant by is added where that is wanted; then it is no fault any more. */
static gboolean is_added(PlainPage *page, const char *text)
{
    Placing *placing = page->data;
    GError *error = NULL;
    g_autofree char *could = pick_hint(placing->rows.institutions, text);
    g_autofree char *question =
        g_strdup_printf(_("%s is not in the list. Add it to the list?"), text);
    gboolean added = *text != '\0' && could == NULL && plain_yes(page->plain, question) &&
                     add_institution(page->plain, text) != 0 &&
                     placement_rows_init(page->plain->session, &placing->rows,
                                         placing->placement->institution_id, &error);
    plain_error(page->plain, error);
    return added;
}

static char *placing_fault(PlainPage *page, guint row, const char *text)
{
    const Placing *placing = page->data;
    const char *faults[PLACEMENT_ROW_COUNT];
    g_autofree char **values = g_memdup2(page->values, (page->count + 1) * sizeof *page->values);
    Placement scratch = {0};
    values[row] = (char *)text;
    placement_rows_take(&placing->rows, values, &scratch, faults);
    if (row == PLACEMENT_ROW_INSTITUTION && faults[row] != NULL && is_added(page, text))
        return NULL;
    return g_strdup(faults[row]);
}

static char *placing_meant(PlainPage *page, guint row, const char *text)
{
    const Placing *placing = page->data;
    char date[DATE_SIZE];
    if (row == PLACEMENT_ROW_STARTED || row == PLACEMENT_ROW_ENDED)
        return g_strdup(date_format(placement_rows_day(text), date));
    if (row == PLACEMENT_ROW_PARENTS)
        return NULL;
    const PickOption *meant = pick_match(
        row == PLACEMENT_ROW_STAFF ? placing->rows.staff : placing->rows.institutions, text);
    return meant != NULL ? g_strdup(meant->name) : NULL;
}

/* --- saving ----------------------------------------------------------------------------------- */

/* A colleague has saved it meanwhile. */
static void take_theirs(PlainPage *page, const char *sentence)
{
    Placing *placing = page->data;
    GError *error = NULL;
    Placement *theirs = placement_get(page->plain->session, placing->placement->id, &error);
    plain_say(page->plain, "%s", sentence);
    if (theirs != NULL &&
        placement_rows_init(page->plain->session, &placing->rows, theirs->institution_id, &error)) {
        placement_free(placing->placement);
        placing->placement = g_steal_pointer(&theirs);
        plain_page_merge(page, placement_rows_values(&placing->rows, placing->placement),
                         placing->placement->version);
    }
    placement_free(theirs);
    plain_error(page->plain, error);
}

static gboolean save_placing(PlainPage *page)
{
    Placing *placing = page->data;
    const char *faults[PLACEMENT_ROW_COUNT];
    g_autoptr(GError) error = NULL;
    gboolean added = page->version == 0;
    placement_rows_take(&placing->rows, page->values, placing->placement, faults);
    placing->placement->version = page->version;
    if (placement_save(page->plain->session, placing->placement, &error)) {
        plain_say(page->plain, "%s", added ? _("The placement is added.") : _("Saved."));
        return TRUE;
    }
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT))
        take_theirs(page, error->message);
    else
        plain_error(page->plain, g_steal_pointer(&error));
    return FALSE;
}

/* --- the page --------------------------------------------------------------------------------- */

/* The id of the placement that was saved; 0: none. */
static gint64 walk_placing(Plain *plain, Placing *placing, const char *client)
{
    const Placement *placement = placing->placement;
    gboolean is_new = placement->version == 0;
    const char *const parents[] = {C_("placement", "One is asked"),
                                   C_("placement", "Both are asked")};
    const PlainRow rows[PLACEMENT_ROW_COUNT] = {
        [PLACEMENT_ROW_INSTITUTION] = {.label = _("Institution"),
                                       .help = _("Type the beginning of its name. May be left "
                                                 "empty for now.")},
        [PLACEMENT_ROW_STARTED] = {.label = _("First day"),
                                   .help = _("The first day: 21/11, 2026-02-01.")},
        [PLACEMENT_ROW_ENDED] = {.label = _("Last day"),
                                 .help = _("The last day: 21/11, yesterday. Leave it empty while "
                                           "the placement goes on.")},
        [PLACEMENT_ROW_STAFF] = {.label = _("Case officer"),
                                 .help = _("Who follows it up. Empty: whoever can.")},
        [PLACEMENT_ROW_PARENTS] = {.label = C_("placement", "Parents"),
                                   .help = _("Both: each has an interview of their own."),
                                   .options = parents,
                                   .count = (int)G_N_ELEMENTS(parents)},
    };
    g_autofree char *title = g_strdup_printf(_("A placement of %s"), client);
    PlainPage page = {
        .plain = plain,
        .title = title,
        .rows = rows,
        .count = PLACEMENT_ROW_COUNT,
        .values = placement_rows_values(&placing->rows, placement),
        .base = placement_rows_values(&placing->rows, placement),
        .version = placement->version,
        .kept = {.kind = is_new ? DRAFT_NEW_PLACEMENT : DRAFT_PLACEMENT,
                 .ref_id = is_new ? placement->client_id : placement->id},
        .is_new = is_new,
        .data = placing,
        .fault = placing_fault,
        .meant = placing_meant,
        .save = save_placing,
    };
    gboolean saved = plain_page(&page);
    plain_page_clear(&page);
    return saved ? placing->placement->id : 0;
}

static gint64 edit(Plain *plain, Placement *placement)
{
    GError *error = NULL;
    gint64 saved = 0;
    Placing placing = {.placement = placement};
    ClientRow *client =
        placement != NULL ? client_glance(plain->session, placement->client_id, &error) : NULL;
    if (client != NULL &&
        placement_rows_init(plain->session, &placing.rows, placement->institution_id, &error))
        saved = walk_placing(plain, &placing, client->name);
    plain_error(plain, error);
    client_row_free(client);
    placement_free(placing.placement);
    placement_rows_clear(&placing.rows);
    return saved;
}

gint64 plain_new_placement(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    if (!access_require(plain->session, PERMIT_INTERVIEW, &error)) {
        plain_error(plain, error);
        return 0;
    }
    return edit(plain, placement_rows_new(plain->session, client_id));
}

gint64 plain_change_placement(Plain *plain, gint64 placement_id)
{
    GError *error = NULL;
    Placement *placement = placement_get(plain->session, placement_id, &error);
    plain_error(plain, error);
    return edit(plain, placement);
}
