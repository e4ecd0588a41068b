/* covers.c: a colleague who is away and whoever covers, as lines: entered, changed, ended. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/cover_rows.h"
#include "care/unit/pick.h"

typedef struct {
    Cover *cover;
    GPtrArray *staff; /* PickOption * */
} CoverPage;

static void check_cover(PlainPage *page, char *const *values, const char **faults)
{
    const CoverPage *own = page->data;
    g_autoptr(Cover) scratch = cover_new();
    cover_rows_take(own->staff, values, scratch, faults);
}

static char *cover_meant(PlainPage *page, guint row, const char *text)
{
    const CoverPage *own = page->data;
    const PickOption *who = row == COVER_ROW_WORD ? NULL : pick_match(own->staff, text);
    return who != NULL ? g_strdup(who->name) : NULL;
}

static gboolean save_cover(PlainPage *page)
{
    const CoverPage *own = page->data;
    const char *faults[COVER_ROW_COUNT];
    Session *session = page->plain->session;
    Cover *cover = own->cover;
    CoverDone done = {0};
    GError *error = NULL;
    cover_rows_take(own->staff, page->values, cover, faults);
    cover->version = page->is_new ? 1 : page->version;
    if (page->is_new ? cover_add(session, cover, &done, &error)
                     : cover_change(session, cover, &done, &error)) {
        g_autofree char *words = cover_words_done(cover, &done);
        plain_say(page->plain, "%s", words);
        return TRUE;
    }
    g_autoptr(Cover) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                  ? cover_get(session, cover->id, NULL)
                                  : NULL;
    if (theirs != NULL)
        plain_page_merge(page, cover_rows_values(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `cover` with id 0: a new one. */
static void enter(Plain *plain, Cover *cover)
{
    const gboolean is_new = cover->id == 0;
    const PlainRow rows[COVER_ROW_COUNT] = {
        [COVER_ROW_STAFF] = {.label = C_("cover", "Who is away"),
                             .help = _("The beginning of a name.")},
        [COVER_ROW_COVER] = {.label = C_("cover", "Who covers"),
                             .help = _("The beginning of a name.")},
        [COVER_ROW_TO] = {.label = C_("cover", "Last day"),
                          .help = _("The last day away: 21/11, fri, +2w."),
                          .day = TRUE},
        [COVER_ROW_FROM] = {.label = C_("cover", "First day"),
                            .help = _("The first day away: 21/11, tomorrow."),
                            .day = TRUE},
        [COVER_ROW_WORD] = {.label = C_("cover", "A word"),
                            .help = _("What whoever covers should know: without clients’ names. "
                                      "May be left empty.")},
    };
    GError *error = NULL;
    CoverPage own = {cover, pick_staff(plain->session, &error)};
    plain_error(plain, error);
    if (own.staff == NULL)
        return;
    PlainPage page = {
        .plain = plain,
        .title = _("A colleague away"),
        .rows = rows,
        .count = COVER_ROW_COUNT,
        .values = cover_rows_values(cover),
        .base = is_new ? NULL : cover_rows_values(cover),
        .version = is_new ? 0 : cover->version,
        .kept = {.kind = is_new ? DRAFT_COVER : DRAFT_COVER_CHANGE, .ref_id = cover->id},
        .is_new = is_new,
        .data = &own,
        .check = check_cover,
        .meant = cover_meant,
        .save = save_cover,
    };
    plain_page(&page);
    plain_page_clear(&page);
    g_ptr_array_unref(own.staff);
}

void plain_new_cover(Plain *plain, gint64 unused)
{
    (void)unused;
    g_autoptr(Cover) cover = cover_new();
    if (!cover_may_set(plain->session, 0)) {
        cover->staff_id = session_staff_id(plain->session);
        cover->staff_name = g_strdup(session_staff_name(plain->session));
    }
    enter(plain, cover);
}

void plain_change_cover(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Cover) cover = cover_get(plain->session, id, &error);
    plain_error(plain, error);
    if (cover != NULL)
        enter(plain, cover);
}

static void change_or_end(Plain *plain, const Cover *cover)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_ptr_array_add(lines, (char *)_("Change the days, who covers or the word"));
    g_ptr_array_add(lines, (char *)_("The colleague is back today"));
    const int index = plain_choose(plain, _("What about it? An empty line goes back."), lines);
    if (index == 0)
        plain_change_cover(plain, cover->id);
    else if (index == 1 && cover_end(plain->session, cover->id, &error))
        plain_say(plain, "%s",
                  _("Nobody covers from today on: the visits and tasks are the colleague’s alone "
                    "again."));
    plain_error(plain, error);
}

void plain_covers(Plain *plain, gint64 unused)
{
    (void)unused;
    while (!plain->ended) {
        GError *error = NULL;
        g_autoptr(GPtrArray) all = cover_list(plain->session, &error);
        plain_error(plain, error);
        if (all == NULL)
            return;
        if (all->len == 0) {
            plain_new_cover(plain, 0);
            return;
        }
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(lines, g_strdup(_("Somebody else, or on other days")));
        for (guint i = 0; i < all->len; i++)
            g_ptr_array_add(lines, cover_words(all->pdata[i]));
        const int index = plain_choose(plain, _("Who is away? An empty line goes back."), lines);
        if (index < 0)
            return;
        if (index == 0)
            plain_new_cover(plain, 0);
        else
            change_or_end(plain, all->pdata[index - 1]);
    }
}

void plain_say_covers(Plain *plain, Date day)
{
    GError *error = NULL;
    g_autofree char *words = NULL;
    if (cover_words_of_me(plain->session, day, &words, &error) && words != NULL)
        plain_say(plain, "%s", words);
    plain_error(plain, error);
}
