/* field_draft.c: what is typed in a box outlives a kill. */
#include "ui/common/field_draft.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/common/words.h"

static char *write_body(const FieldDraft *draft)
{
    char *values[FIELD_DRAFT_MOST + 1] = {NULL};
    for (guint i = 0; i < draft->count; i++)
        values[i] = (char *)field_text(draft->fields[i]);
    return draft_rows_write(values, NULL, 0);
}

static void take_up(App *app, FieldDraft *draft, const Draft *found)
{
    g_auto(GStrv) values = NULL, base = NULL;
    char time[9];
    gint64 version;
    if (!draft_rows_read(found->body, draft->count, NULL, &values, &base, &version))
        return;
    for (guint i = 0; i < draft->count; i++) {
        edit_set_text(draft->fields[i]->edit, values[i]);
        edit_set_caret(draft->fields[i]->edit, strlen(values[i]));
    }
    const Date date = clock_local(found->saved_ms, time);
    g_autofree char *day = words_distance(date, clock_today());
    app_say(app, STYLE_NOTICE, _("What you typed here %s at %.5s and had not saved is here again."),
            day, time);
}

void field_draft_begin(App *app, FieldDraft *draft, const char *kind, gint64 ref_id,
                       Field *const *fields, guint count)
{
    *draft = (FieldDraft){.kept = {.kind = kind, .ref_id = ref_id}, .count = count};
    for (guint i = 0; i < count; i++)
        draft->fields[i] = fields[i];
    draft->kept.entered = write_body(draft);
    g_autoptr(Draft) found = draft_load(app_session(app), kind, ref_id, NULL);
    if (found == NULL)
        return;
    draft->kept.kept = g_strdup(found->body);
    take_up(app, draft, found);
}

void field_draft_clear(FieldDraft *draft)
{
    draft_kept_clear(&draft->kept);
}

void field_draft_save(App *app, FieldDraft *draft)
{
    GError *error = NULL;
    if (!field_draft_is_unsaved(draft))
        return;
    g_autofree char *body = write_body(draft);
    draft_kept_save(app_session(app), &draft->kept, body, NULL, &error);
    app_error(app, error);
}

gboolean field_draft_is_unsaved(const FieldDraft *draft)
{
    if (draft->over || draft->count == 0)
        return FALSE;
    g_autofree char *body = write_body(draft);
    return draft_kept_lacks(&draft->kept, body);
}

void field_draft_over(App *app, FieldDraft *draft)
{
    GError *error = NULL;
    draft->over = TRUE;
    if (draft->kept.kept != NULL)
        draft_kept_drop(app_session(app), &draft->kept, &error);
    app_error(app, error);
}
