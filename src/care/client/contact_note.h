/* contact_note.h: dated notes about a client (anteckningar): what was said on the telephone, at a
 * meeting or in a letter. What an authority gets to know otherwise than by a document is noted as
 * soon as can be where it may matter for a decision, so that it shows when and by whom (27 §
 * förvaltningslagen, 2017:900). A note is never changed: a correction is a note of its own, and the
 * corrected one stays to be read below it.
 *
 * They are read on the client's card alone: nothing searches through the notes of several clients. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum {
    CONTACT_PHONE,
    CONTACT_MEETING,
    CONTACT_LETTER,
    CONTACT_MESSAGE, /* text message or e-mail */
    CONTACT_OTHER,
    CONTACT_MODE_COUNT
} ContactMode;
const char *contact_mode_code(ContactMode mode); /* "phone"; as stored */
gboolean contact_mode_parse(const char *code, ContactMode *mode);
const char *contact_mode_name(ContactMode mode); /* translated */

typedef struct {
    gint64 id, client_id;
    ContactMode mode;
    char *party; /* whom one was in touch with; NULL: the client */
    Date day;
    int time;    /* minutes since midnight; -1: not known */
    char *note;  /* what was said or came in */
    char *words; /* the other's own words; NULL: none */
    gint64 corrects_id; /* for contact_note_add(): the note that this one takes the place of; 0 */
    gint64 replaced_id; /* the note that corrects this one; 0: it holds. Read beside it */
    gint64 created_ms;
    char *staff_name; /* who wrote it; read beside it; NULL: nobody of the unit */
} ContactNote;
/* Today, on the telephone. */
ContactNote *contact_note_new(gint64 client_id);
void contact_note_free(ContactNote *note);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ContactNote, contact_note_free)

/* A client's: the latest day first, and below each what it corrects. PERMIT_WALK and the right to
 * open the card; that they were read stands in the log once a day. Array of ContactNote *. */
GPtrArray *contact_note_of_client(Session *session, gint64 client_id, GError **error);
/* One of them, as above; ERROR_NOT_FOUND. */
ContactNote *contact_note_get(Session *session, gint64 id, GError **error);
/* Fills in id. A call with the id that an earlier one filled in changes nothing. ERROR_INPUT where
 * nothing is noted or the day lies ahead; ERROR_CONFLICT where what it corrects has been corrected
 * by somebody else meanwhile. PERMIT_WALK and the right to open the card. */
gboolean contact_note_add(Session *session, ContactNote *note, GError **error);

/* A note as the rows of a page, the same on the full screen and in the lines of --plain; the mode in
 * digits, as draft_rows.h has them. */
typedef enum {
    CONTACT_ROW_NOTE,
    CONTACT_ROW_WORDS,
    CONTACT_ROW_MODE,
    CONTACT_ROW_PARTY,
    CONTACT_ROW_DAY,
    CONTACT_ROW_TIME,
    CONTACT_ROW_COUNT
} ContactRow;
/* g_strfreev. */
char **contact_rows_values(const ContactNote *note);
/* Puts what the rows say into it. `faults` gets what cannot be used of each row, and what to do
 * (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean contact_rows_take(char *const *values, ContactNote *note,
                           const char *faults[CONTACT_ROW_COUNT]);
/* "Telephone call, Lena Berg", "Letter"; new. */
char *contact_note_title(const ContactNote *note);
/* "mon 2026-11-23 10:15"; new. */
char *contact_note_when(const ContactNote *note);
/* Who wrote it and when, and that it is corrected where another takes its place; a sentence, new. */
char *contact_note_by(const ContactNote *note);
