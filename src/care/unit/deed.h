/* deed.h: on a laptop that is away with a part of the unit (care/laptop/laptop.h): whatever is done
 * is also put into the outbox, in the transaction that does it, by its name and what was given to
 * the function, so that the same function does it again at home (care/laptop/homecoming.h). What no
 * deed is begun for cannot be done there: audit_write() refuses it, since every change stands in
 * the log. In a unit that is at home all of it costs a look at one pointer.
 *
 *   gboolean task_finish(Session *session, gint64 id, const char *how, GError **error)
 *   {
 *       g_autoptr(Deed) deed = NULL;
 *       if (!deed_begin(session, DEED_TASK_FINISH, &deed, error))
 *           return FALSE;
 *       deed_int(deed, "id", id);
 *       deed_text(deed, "how", how);
 *       return deed_end(deed, finish(session, id, how, error), error);
 *   } */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

/* As stored in outbox.name. */
#define DEED_VISIT_RECORD "visit-record"
#define DEED_VISIT_UNDO "visit-undo"
#define DEED_VISIT_REDO "visit-redo"
#define DEED_VISIT_ADD "visit-add"
#define DEED_VISIT_REMOVE "visit-remove"
#define DEED_CONTACT_NOTE "contact-note"
#define DEED_TASK_ADD "task-add"
#define DEED_TASK_GIVE "task-give"
#define DEED_TASK_FINISH "task-finish"
#define DEED_TASK_REOPEN "task-reopen"
#define DEED_TASK_POSTPONE "task-postpone"
#define DEED_RESPONSE_BEGIN "response-begin"
#define DEED_ABSENCE_ADD "absence-add"

/* meta: when all of it came home; from then on nothing can be done any more. */
#define LAPTOP_HOME_MS "laptop_home_ms"

typedef struct Deed Deed;

/* `*deed` is NULL in a unit that is at home, and within another deed; then the others do nothing.
 * Else a transaction is begun. */
gboolean deed_begin(Session *session, const char *name, Deed **deed, GError **error);
void deed_int(Deed *deed, const char *field, gint64 value);
void deed_text(Deed *deed, const char *field, const char *value); /* NULL: is left out */
void deed_date(Deed *deed, const char *field, Date value);        /* DATE_NONE: is left out */
/* `done`: whether what the deed is of has been done. Then it is put into the outbox and committed;
 * else nothing is left of it but what the log says of the refusal. Gives `done` back, FALSE where
 * the commit fails. */
gboolean deed_end(Deed *deed, gboolean done, GError **error);
void deed_free(Deed *deed); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Deed, deed_free)

/* Whether an entry of that action may be written now. FALSE with ERROR_DENIED. For audit_write().
 */
gboolean deed_allows(Session *session, const char *action, const char *entity, GError **error);

/* What a deed was given, as the outbox has it. ERROR_CORRUPT. */
typedef struct DeedBody DeedBody;
DeedBody *deed_body_read(const char *json, GError **error);
void deed_body_free(DeedBody *body);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DeedBody, deed_body_free)
gint64 deed_body_int(const DeedBody *body, const char *field, gint64 none);
const char *deed_body_text(const DeedBody *body, const char *field); /* NULL: none; the body's */
Date deed_body_date(const DeedBody *body, const char *field);
