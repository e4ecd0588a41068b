/* visit_detail.c: a visit in some lines of words, beside or below the list it stands in. */
#include "base/i18n.h"
#include "care/client/risk_note.h"
#include "care/visit/outcome_words.h"
#include "care/visit/second.h"
#include "ui/common/read_on.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/visits/visit_row.h"

static char *phone_text(const Visit *visit)
{
    if (visit->client_protection != PROTECTION_NONE)
        return g_strdup(_("on the card (protected)"));
    return g_strdup(visit->client_phone != NULL ? visit->client_phone : "–");
}

/* "Anna Berg (protected population registration), 34 years". */
static char *person_text(const Visit *visit)
{
    g_autoptr(GString) text = g_string_new(visit->client_name);
    if (visit->client_protection != PROTECTION_NONE)
        g_string_append_printf(text, " (%s)", protection_name(visit->client_protection));
    if (visit->client_birth != DATE_NONE) {
        int age = date_age(visit->client_birth, visit->date);
        g_string_append(text, ", ");
        g_string_append_printf(text, ngettext("%d year", "%d years", (gulong)age), age);
    }
    return g_strdup(text->str);
}

/* That there is a note, for those who see it: its words are read on a page of their own. New; NULL.
 */
static char *risk_text(App *app, const Visit *visit)
{
    char key[KEY_NAME_SIZE];
    return risk_note_stands(app_session(app), visit->client_id)
               ? g_strdup_printf(_("There is a note: %s reads it before you go."),
                                 shared_key(app, ACTION_RISK, key))
               : NULL;
}

char *visit_second_text(App *app, const Visit *visit)
{
    return second_words(app_session(app), visit);
}

void visit_detail_draw(App *app, const Visit *visit, Area area)
{
    if (visit == NULL || area.rows <= 0)
        return;
    const VisitOutcome *outcome = &visit->outcome;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, person_text(visit));
    detail_add(detail, _("Risk"), risk_text(app, visit));
    detail_add(detail, C_("visit", "Phone"), phone_text(visit));
    detail_add(detail, _("Objection"), g_strdup(visit->disputed));
    detail_add(detail, C_("visit", "Outcome"), outcome_words(outcome));
    detail_add(detail, C_("visit", "Cause"), outcome_words_cause(app_session(app), outcome));
    detail_add(detail, C_("visit", "Own words"),
               outcome->words != NULL ? g_strdup_printf(_("“%s”"), outcome->words) : NULL);
    detail_add(detail, C_("visit", "Instead"), outcome_words_alternative(outcome, visit));
    detail_add(detail, C_("visit", "New time"), outcome_words_new_time(visit));
    detail_add(detail, C_("visit", "Planned"), words_planned(visit));
    detail_add(detail, _("Two go"), visit_second_text(app, visit));
    detail_add(detail, C_("visit", "Note"), g_strdup(outcome->note));
    read_on_detail(app, detail, area);
}
