/* client_edit_private.h: the rows of the page for a client's details, for client_edit.c and
 * client_edit_rows.c. */
#pragma once

#include "care/client/client_rows.h"
#include "ui/common/edit_page.h"

enum { PROTECTION_COUNT = PROTECTION_FICTITIOUS + 1, SEX_COUNT = SEX_OTHER + 1 };

typedef struct {
    Client *client; /* as it was read; a new one has id 0 */
    gint64 version; /* of the client that the page was filled from */
    ClientRows rows;
    Page page;
    EditDraft draft;
    ChoiceOption interpreter[2], protection[PROTECTION_COUNT], sex[SEX_COUNT];
    char *id_seen; /* the identity number that was last looked up */
} ClientEditState;

/* Adds the rows, empty. */
void client_rows_build(ClientEditState *state);
/* Puts what the page says into `client`, with a fault on each row that cannot be used. FALSE when
 * there is one. */
gboolean client_rows_read(ClientEditState *state, Client *client);
/* What is understood of what has been typed, under each row. */
void client_rows_hint(App *app, ClientEditState *state);
/* A colleague or a language that is meant without doubt is written out when the row is left. */
void client_row_complete(ClientEditState *state, int row);
