/* institution.c: one institution's name and kind, in a box over the screen. */
#include "ui/placements/institution.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/edit_page.h"
#include "ui/common/field_draft.h"

enum { ROW_NAME, ROW_KIND };
enum { WIDEST = 72, ROWS = 14 };

typedef struct {
    Institution *institution; /* id 0: a new one */
    void (*saved)(App *app, gint64 id);
    Page page;
    FieldDraft draft; /* of a name that nobody else keeps */
    ChoiceOption kinds[INSTITUTION_KIND_COUNT];
} InstitutionState;

static void build_kinds(InstitutionState *state)
{
    const char *const keys[INSTITUTION_KIND_COUNT] = {
        [INSTITUTION_HVB] = C_("institution kind key", "h"),
        [INSTITUTION_SUPPORTED_HOUSING] = C_("institution kind key", "s"),
        [INSTITUTION_TRAINING_FLAT] = C_("institution kind key", "t"),
        [INSTITUTION_SIS] = C_("institution kind key", "i"),
        [INSTITUTION_FOSTER_HOME] = C_("institution kind key", "f"),
        [INSTITUTION_EMERGENCY_FOSTER_HOME] = C_("institution kind key", "e"),
        [INSTITUTION_OTHER] = C_("institution kind key", "o"),
    };
    for (InstitutionKind kind = INSTITUTION_HVB; kind < INSTITUTION_KIND_COUNT; kind++)
        state->kinds[kind] =
            (ChoiceOption){g_utf8_get_char(keys[kind]), institution_kind_name(kind), (int)kind};
}

/* A new one whose name is typed already asks for its kind alone. */
static gboolean institution_enter(App *app, void *data, const void *argument, GError **error)
{
    InstitutionState *state = data;
    const InstitutionArgument *from = argument;
    const Institution *old = from->institution;
    if (!access_require(app_session(app), PERMIT_INTERVIEW, error))
        return FALSE;
    const char *name = old != NULL ? old->name : from->name != NULL ? from->name : "";
    state->saved = from->saved;
    state->institution = g_new0(Institution, 1);
    state->institution->id = old != NULL ? old->id : 0;
    state->institution->active = old == NULL || old->active;
    build_kinds(state);
    page_init(&state->page);
    page_field(&state->page, _("Name"), NULL, name, FALSE);
    page_choice(&state->page, _("Kind"), NULL, state->kinds, INSTITUTION_KIND_COUNT,
                old != NULL ? (int)old->kind : -1);
    if (old != NULL || name[0] == '\0')
        field_draft_begin(app, &state->draft, DRAFT_INSTITUTION, state->institution->id,
                          (Field *[]){&g_array_index(state->page.rows, PageRow, ROW_NAME).field},
                          1);
    state->page.focus = old == NULL && name[0] != '\0' ? ROW_KIND : ROW_NAME;
    return TRUE;
}

static void institution_keep(App *app, void *data)
{
    field_draft_save(app, &((InstitutionState *)data)->draft);
}

static gboolean institution_unsaved(App *app, const void *data)
{
    (void)app;
    return field_draft_is_unsaved(&((const InstitutionState *)data)->draft);
}

static void institution_leave(App *app, void *data)
{
    (void)app;
    InstitutionState *state = data;
    field_draft_clear(&state->draft);
    page_clear(&state->page);
    institution_free(state->institution);
}

static void save(App *app, InstitutionState *state)
{
    Institution *institution = state->institution;
    GError *error = NULL;
    g_free(institution->name);
    institution->name = g_strdup(page_text(&state->page, ROW_NAME));
    institution->kind = (InstitutionKind)edit_page_chosen_value(&state->page, ROW_KIND, 0);
    if (!(institution->id == 0 ? institution_add(app_session(app), institution, &error)
                               : institution_change(app_session(app), institution, &error))) {
        if (g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS) ||
            g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT)) {
            page_fault(&state->page, ROW_NAME, error->message);
            state->page.focus = ROW_NAME;
        }
        app_error(app, error);
        return;
    }
    gint64 id = institution->id;
    void (*saved)(App *, gint64) = state->saved;
    field_draft_over(app, &state->draft);
    app_pop(app);
    saved(app, id);
}

/* The kind is asked for last: choosing it saves. */
static gboolean institution_key(App *app, void *data, const Event *event)
{
    InstitutionState *state = data;
    Page *page = &state->page;
    PageRow *kind = &g_array_index(page->rows, PageRow, ROW_KIND);
    gboolean taken, done;
    if (page->focus == ROW_KIND && choice_event(&kind->choice, event, &taken) >= 0) {
        save(app, state);
        return TRUE;
    }
    if (page->focus == ROW_KIND && taken)
        return TRUE;
    if (page_event(page, event, &done)) {
        page_fault(page, ROW_NAME, NULL);
        return TRUE;
    }
    return FALSE;
}

static void institution_draw(App *app, void *data, Area area)
{
    (void)app;
    InstitutionState *state = data;
    Area box = area_centre(area, MIN(ROWS, area.rows), MIN(area.columns, WIDEST));
    draw_box(box, state->institution->id == 0 ? _("New institution in the list")
                                              : _("Change the institution"));
    Area inside = area_inset(box, 1, 2);
    page_draw(&state->page, area_rows(inside, 1, inside.rows - 3));
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET,
              state->page.focus == ROW_KIND ? _("Choosing the kind saves. Esc goes back.")
                                            : _("Enter goes on to the kind. Esc goes back."));
}

const Screen screen_institution = {
    .name = "institution",
    .place = IN_DIALOG,
    .state_size = sizeof(InstitutionState),
    .overlay = TRUE,
    .enter = institution_enter,
    .draw = institution_draw,
    .key = institution_key,
    .save = institution_keep,
    .unsaved = institution_unsaved,
    .leave = institution_leave,
};
