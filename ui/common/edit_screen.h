/* edit_screen.h: what the screens that are one page of fields share: their keys, how they are
 * drawn, what is kept and how they are left. A screen's file is then its fields and its rule. */
#pragma once

#include "ui/common/edit_page.h"

/* The state of such a screen begins with this: the functions below take it as that. */
typedef struct {
    Page page;
    EditDraft draft;
    gint64 version;    /* of what the page was filled from; 0 where nothing has versions */
    char *about;       /* whom or what it is about, in the title bar: owned; NULL */
    gint64 client_id;  /* whose name that is, forgotten while the program is locked; 0: nobody's */
    gboolean replaces; /* the first character typed in a row replaces what stands there */
    gboolean fresh;    /* the row has just got the focus */
    guint64 days;      /* the rows that are days, by EDIT_DAY(): written out when they are left */
    void (*hint)(App *app, void *state); /* says under the rows what is understood; NULL */
} EditScreen;
#define EDIT_DAY(row) (G_GUINT64_CONSTANT(1) << (row))

/* As `about`: the client's name. FALSE with `error` when it may not be known. */
gboolean edit_screen_client(App *app, EditScreen *edit, gint64 client_id, GError **error);
/* Puts a value in each row. */
void edit_screen_fill(EditScreen *edit, char *const *values);
/* The last of `enter`, when the rows are filled: as edit_draft_begin(). */
void edit_screen_begin(App *app, EditScreen *edit, const char *kind, gint64 ref_id, char **base);
void edit_screen_clear(EditScreen *edit);

/* For Screen; Enter on the last row is `finish`. */
void edit_screen_draw(App *app, void *state, Area area);
gboolean edit_screen_key(App *app, void *state, const Event *event);
void edit_screen_save(App *app, void *state);
gboolean edit_screen_unsaved(App *app, const void *state);
char *edit_screen_subtitle(App *app, void *state);
void edit_screen_forget(App *app, void *state);
void edit_screen_resume(App *app, void *state);
/* Of a state that owns nothing else. */
void edit_screen_leave(App *app, void *state);
#define EDIT_SCREEN                                                                                \
    .place = IN_EDIT, .draw = edit_screen_draw, .key = edit_screen_key, .save = edit_screen_save,  \
    .unsaved = edit_screen_unsaved, .subtitle = edit_screen_subtitle,                              \
    .forget = edit_screen_forget, .resume = edit_screen_resume

/* For `finish`. What is wrong with each row (NULL: nothing) is put under it. TRUE when anything is,
 * saying so: nothing is saved yet. */
gboolean edit_screen_refuse(App *app, EditScreen *edit, const char *const *faults);
/* Somebody else has changed meanwhile what the page was filled from: `theirs` (taken) are its rows
 * at `version`. As edit_page_merge(); nothing typed is lost. */
void edit_screen_take_in(EditScreen *edit, char **theirs, gint64 version, const char *format)
    G_GNUC_PRINTF(4, 0);
/* It is saved: the draft goes, and so does the screen with its state. */
void edit_screen_over(App *app, EditScreen *edit);
