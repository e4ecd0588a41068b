/* calls.c: somebody who rang and is to be called back, as lines; and how many were in time. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/task/call_clock.h"
#include "care/task/call_request.h"
#include "care/unit/pick.h"

static void check_call(PlainPage *page, char *const *values, const char **faults)
{
    g_autoptr(CallRequest) scratch = call_request_new();
    call_rows_take(page->plain->session, page->data, values, scratch, faults);
}

static char *call_fault(PlainPage *page, guint row, const char *text)
{
    /* The number may be enough: that there is neither shows at the end. */
    return row == CALL_ROW_CALLER ? NULL : plain_page_fault(page, row, text);
}

/* Who is meant is said in full, but kept as it was typed: a name may be another's too. */
static char *call_meant(PlainPage *page, guint row, const char *text)
{
    if (row == CALL_ROW_ABOUT) {
        g_autofree char *client = call_rows_client(page->plain->session, text);
        if (client != NULL)
            plain_say(page->plain, "%s.", client);
    }
    const PickOption *colleague = row == CALL_ROW_STAFF ? pick_match(page->data, text) : NULL;
    return colleague != NULL ? g_strdup(colleague->name) : NULL;
}

static gboolean save_call(PlainPage *page)
{
    const char *faults[CALL_ROW_COUNT];
    GError *error = NULL;
    g_autoptr(CallRequest) request = call_request_new();
    call_rows_take(page->plain->session, page->data, page->values, request, faults);
    if (!call_request_add(page->plain->session, request, &error)) {
        plain_error(page->plain, error);
        return FALSE;
    }
    g_autofree char *until = clock_words(request->came_ms + CALL_MS);
    const char *who = pick_name(page->data, request->staff_id);
    if (who[0] != '\0')
        plain_say(page->plain, _("Noted: %s calls back by %s at the latest."), who, until);
    else
        plain_say(page->plain, _("Noted: whoever can calls back by %s at the latest."), until);
    return TRUE;
}

void plain_new_call(Plain *plain, gint64 unused)
{
    (void)unused;
    const PlainRow rows[CALL_ROW_COUNT] = {
        [CALL_ROW_CALLER] = {.label = C_("call", "Who rang"),
                             .help = _("Name, and who it is: mother, ward, landlord.")},
        [CALL_ROW_PHONE] = {.label = C_("call", "Number")},
        [CALL_ROW_ABOUT] = {.label = C_("call", "About whom"),
                            .help = _("Name, client number or identity number. May be left "
                                      "empty.")},
        [CALL_ROW_NOTE] = {.label = C_("call", "Message"), .help = _("What it is about.")},
        [CALL_ROW_STAFF] = {.label = C_("call", "Who calls back"),
                            .help = _("Empty: the client's case officer, or whoever can.")},
        [CALL_ROW_CAME] = {.label = C_("call", "Came in"),
                           .help = _("Empty: now. Else 10:15, or yesterday 16:30.")},
    };
    GError *error = NULL;
    g_autoptr(GPtrArray) staff = pick_staff(plain->session, &error);
    plain_error(plain, error);
    if (staff == NULL)
        return;
    PlainPage page = {
        .plain = plain,
        .title = _("Call back"),
        .rows = rows,
        .count = CALL_ROW_COUNT,
        .values = call_rows_values(plain->session, 0),
        .kept = {.kind = DRAFT_CALL_REQUEST},
        .is_new = TRUE,
        .data = staff,
        .check = check_call,
        .fault = call_fault,
        .meant = call_meant,
        .save = save_call,
    };
    plain_page(&page);
    plain_page_clear(&page);
}
