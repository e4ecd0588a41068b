/* edit_page.h: what the pages of fields (client, visit, series) have in common: their values as
 * texts, notes under a row, and drafts that outlive a kill, a lock and a power cut. */
#pragma once

#include "care/unit/draft_rows.h"
#include "ui/app.h"
#include "ui/widgets/page.h"

/* What a row holds: the text of a field; of a choice the chosen value (ChoiceOption.value) in
 * digits, "" when nothing is chosen. New. */
char *edit_page_value(Page *page, int row);
/* All of them. g_strfreev. */
char **edit_page_values(Page *page);
/* Puts it there again. */
void edit_page_set_value(Page *page, int row, const char *value);
/* ChoiceOption.value of a choice; `otherwise` when nothing is chosen. */
int edit_page_chosen_value(const Page *page, int row, int otherwise);
/* The sentence under a row while it has the focus. */
void edit_page_hint(Page *page, int row, const char *hint);
/* Before the page gets `event`: the first character typed into a field that has just got the focus
 * replaces what stood there (Ctrl-Z brings it back). */
void edit_page_replace(Page *page, const Event *event);
/* Puts the focus on the first row with a fault. FALSE when there is none. */
gboolean edit_page_to_fault(Page *page);
/* The same, saying so: nothing is saved yet. */
gboolean edit_page_must_mend(App *app, Page *page);
void edit_page_clear_faults(Page *page);
/* When somebody else has changed what the page was filled from: what only they have changed is
 * filled in; where both have, what was typed here stays and `format`, with what they wrote as its
 * %s, is put under the row. `base` and `theirs`: the row before and after their change. */
void edit_page_merge(Page *page, int row, const char *base, const char *theirs, const char *format)
    G_GNUC_PRINTF(5, 0);

/* The draft of a page (draft_rows.h). */
typedef struct {
    DraftKept kept;
    char **base;    /* the rows as the database had them at `version`; NULL: a new row */
    gboolean over;  /* saved for good: nothing is kept any more */
    Draft *offered; /* found at the start and not answered yet */
    ChoiceOption options[2];
    Choice answer;
} EditDraft;
/* After the page is built. `version`: of the row it was filled from; takes `base`, which may be
 * NULL. */
void edit_draft_begin(App *app, EditDraft *draft, Page *page, const char *kind, gint64 ref_id,
                      gint64 version, char **base);
void edit_draft_clear(EditDraft *draft);
/* For Screen.save: keeps what has been typed, if it is something new. */
void edit_draft_save(App *app, EditDraft *draft, Page *page, gint64 version);
/* Whether something typed is not kept; for Screen.unsaved. */
gboolean edit_draft_is_unsaved(const EditDraft *draft, Page *page, gint64 version);
/* When the page itself has been saved. */
void edit_draft_over(App *app, EditDraft *draft);

/* While a draft is offered it has the keys: yes takes it up (then `*version` and
 * `base` are those that it was begun on), no throws it away. Letters answer nothing: who types
 * ahead does not see the question.
 */
gboolean edit_draft_is_offered(const EditDraft *draft);
/* The same, saying so: nothing can be saved before. */
gboolean edit_draft_must_answer(App *app, const EditDraft *draft);
gboolean edit_draft_event(App *app, EditDraft *draft, Page *page, const Event *event,
                          gint64 *version);
void edit_draft_draw(EditDraft *draft, Area area);
