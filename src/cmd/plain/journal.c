/* journal.c: a client's journal as lines: the dated notes, a new one, a correction. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/contact_from.h"

/* --- the page --------------------------------------------------------------------------------- */

static void check_note(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(ContactNote) scratch = contact_note_new(0);
    contact_rows_take(values, scratch, faults);
}

static char *note_fault(PlainPage *page, guint row, const char *text)
{
    /* The words may be enough: that nothing at all is written shows at the end. */
    return row == CONTACT_ROW_NOTE ? NULL : plain_page_fault(page, row, text);
}

static gboolean save_note(PlainPage *page)
{
    const char *faults[CONTACT_ROW_COUNT];
    GError *error = NULL;
    ContactNote *note = page->data;
    const gboolean corrects = note->corrects_id != 0;
    contact_rows_take(page->values, note, faults);
    if (!contact_note_add(page->plain->session, note, &error)) {
        plain_error(page->plain, error);
        return FALSE;
    }
    plain_say(page->plain, "%s",
              corrects ? _("The note is corrected. The earlier one stays below it.")
                       : _("The note stands in the journal."));
    return TRUE;
}

/* `from`: what the page begins with. */
static void write_note(Plain *plain, const ContactNote *from, gint64 corrects_id)
{
    const char *modes[CONTACT_MODE_COUNT];
    for (int i = 0; i < CONTACT_MODE_COUNT; i++)
        modes[i] = contact_mode_name(i);
    const PlainRow rows[CONTACT_ROW_COUNT] = {
        [CONTACT_ROW_NOTE] = {.label = C_("contact", "Note"),
                              .help = _("What was said or came in, and what was agreed. Who reads "
                                        "it may be the client.")},
        [CONTACT_ROW_WORDS] = {.label = _("Own words"),
                               .help = _("Word for word, where that matters. May be left empty.")},
        [CONTACT_ROW_MODE] = {.label = C_("contact", "How"),
                              .options = modes,
                              .count = CONTACT_MODE_COUNT},
        [CONTACT_ROW_PARTY] = {.label = C_("contact", "With"),
                               .help = _("Name and who it is. Empty: the client.")},
        [CONTACT_ROW_DAY] = {.label = C_("contact", "Day"),
                             .help = _("The day of the contact: 21/11, yesterday."),
                             .day = TRUE},
        [CONTACT_ROW_TIME] = {.label = C_("contact", "Time"),
                              .help = _("As 14:30. May be left empty.")},
    };
    g_autoptr(ContactNote) note = contact_note_new(from->client_id);
    note->corrects_id = corrects_id;
    PlainPage page = {
        .plain = plain,
        .title =
            corrects_id != 0 ? _("Correction of a note in the journal") : _("Note in the journal"),
        .rows = rows,
        .count = CONTACT_ROW_COUNT,
        .values = contact_rows_values(from),
        .base = contact_rows_values(from),
        .kept = {.kind = corrects_id != 0 ? DRAFT_CONTACT_CORRECTION : DRAFT_CONTACT,
                 .ref_id = corrects_id != 0 ? corrects_id : from->client_id},
        .is_new = corrects_id == 0,
        .data = note,
        .check = check_note,
        .fault = note_fault,
        .save = save_note,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_note(Plain *plain, gint64 client_id)
{
    g_autoptr(ContactNote) empty = contact_note_new(client_id);
    write_note(plain, empty, 0);
}

void plain_note_visit(Plain *plain, const Visit *visit)
{
    g_autoptr(ContactNote) begins = contact_from_visit(visit, clock_today());
    write_note(plain, begins, 0);
}

void plain_note_task(Plain *plain, const Task *task)
{
    g_autoptr(ContactNote) begins = contact_from_task(task);
    if (begins == NULL)
        plain_say(plain, "%s", _("There is no client here to note anything about."));
    else
        write_note(plain, begins, 0);
}

void plain_correct_note(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(ContactNote) note = contact_note_get(plain->session, id, &error);
    plain_error(plain, error);
    if (note != NULL)
        write_note(plain, note, id);
}

/* --- the list --------------------------------------------------------------------------------- */

static void offer_more(Plain *plain, const ContactNote *note, const char *title)
{
    if (db_is_read_only(session_db(plain->session)))
        return;
    if (note->replaced_id == 0 && plain_yes(plain, _("Correct this note?"))) {
        plain_correct_note(plain, note->id);
    } else if (plain_yes(plain, _("Does the person say that something here is wrong?"))) {
        g_autofree char *entry = g_strdup_printf("%s: %s", _("Journal"), title);
        plain_new_dispute(plain, note->client_id,
                          &(PlainDisputed){DISPUTE_NOTE, note->id, NULL, entry});
    }
}

static void read_aloud(Plain *plain, const ContactNote *note)
{
    g_autofree char *title = contact_note_title(note);
    g_autofree char *when = contact_note_when(note);
    g_autofree char *by = contact_note_by(note);
    g_autofree char *line = g_strdup_printf("%s, %s", when, title);
    plain_say(plain, "%s.", line);
    plain_say_disputed(plain, note->client_id, DISPUTE_NOTE, note->id);
    if (note->note[0] != '\0')
        plain_say(plain, "%s", note->note);
    if (note->words != NULL)
        plain_say(plain, "%s: %s", _("Own words"), note->words);
    plain_say(plain, "%s", by);
    offer_more(plain, note, line);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_note(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) notes = contact_note_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (notes == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, g_strdup(_("Write a note")));
    for (guint i = 0; i < notes->len; i++) {
        const ContactNote *note = notes->pdata[i];
        g_autofree char *title = contact_note_title(note);
        g_autofree char *when = contact_note_when(note);
        g_ptr_array_add(lines, g_strdup_printf("%s: %s%s%s", when, title,
                                               note->replaced_id != 0 ? ", " : "",
                                               note->replaced_id != 0 ? _("corrected since") : ""));
    }
    const int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index == 0)
        plain_new_note(plain, client_id);
    else if (index > 0)
        read_aloud(plain, notes->pdata[index - 1]);
    return index >= 0;
}

void plain_journal(Plain *plain, gint64 client_id)
{
    while (!plain->ended && choose_note(plain, client_id))
        continue;
}
