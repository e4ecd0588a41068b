/* contact_edit.h: the page for a note of a contact (contact_edit.c). */
#pragma once

#include "care/client/contact_note.h"
#include "ui/screen.h"

typedef struct {
    gint64 client_id;
    const ContactNote *corrects;           /* NULL: a new one */
    const ContactNote *begins;             /* what a new one begins with; NULL: nothing */
    void (*saved)(App *app, gint64 id);    /* when the page is gone; NULL: nothing */
} ContactEditArgument;
extern const Screen screen_contact_edit;
