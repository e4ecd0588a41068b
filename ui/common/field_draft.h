/* field_draft.h: the draft of a box with a field or two. It is taken up at once when the box opens
 * again: what was typed stands there as it was left. */
#pragma once

#include "care/unit/draft_rows.h"
#include "ui/app.h"
#include "ui/widgets/field.h"

enum { FIELD_DRAFT_MOST = 2 };

typedef struct {
    DraftKept kept;
    Field *fields[FIELD_DRAFT_MOST]; /* the box's own */
    guint count;
    gboolean over; /* saved for good: nothing is kept any more */
} FieldDraft;
/* When the fields are as the box begins. `kind` is static. */
void field_draft_begin(App *app, FieldDraft *draft, const char *kind, gint64 ref_id,
                       Field *const *fields, guint count);
void field_draft_clear(FieldDraft *draft);
/* For Screen.save and Screen.unsaved. */
void field_draft_save(App *app, FieldDraft *draft);
gboolean field_draft_is_unsaved(const FieldDraft *draft);
/* When what it says has been saved. */
void field_draft_over(App *app, FieldDraft *draft);
