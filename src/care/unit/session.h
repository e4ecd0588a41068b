/* session.h: who works, in which database. Every function of care/ that reads or changes takes
 * one: it carries the connection, the person for the audit log, and the role that must allow it. */
#pragma once

#include "base/date.h"
#include "care/unit/role.h"
#include "db/db.h"
#include "form/form.h"
#include "vault/vault.h"

typedef struct Session Session;

/* Locks: closes the connection and wipes the keys. NULL is allowed. */
void session_close(Session *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Session, session_close)

Db *session_db(Session *session);
Vault *session_vault(Session *session);
gint64 session_unit_id(Session *session);
const char *session_unit_name(Session *session);
gboolean session_is_demo(Session *session);
gboolean session_is_recovery(Session *session);
/* Whether it is a part of a unit, away on a laptop (care/laptop/laptop.h), and until which day. */
gboolean session_is_laptop(Session *session);
Date session_laptop_until(Session *session);
/* Whether it was opened for reading alone because the disk is full. */
gboolean session_lacks_room(Session *session);
gint64 session_staff_id(Session *session); /* 0 in recovery */
const char *session_staff_name(Session *session);
const char *session_login(Session *session);
StaffRole session_role(Session *session);
/* The form of cancellations in force: the causes. Loaded at opening, and its version kept. Where
 * the unit's own file is faulty the version kept last is used and session_form_fault() says why. */
const Form *session_cancellation_form(Session *session);
const char *session_form_fault(Session *session); /* NULL when there is none */
/* What was amiss with the files when they were opened: a sentence each, for whoever signs in;
 * translated. Array of char *, the session's; most often empty. */
const GPtrArray *session_notices(Session *session);
/* What is amiss with this computer, for whoever signs in: that it may write the keys to its disk when
 * memory runs short. Translated; NULL when nothing is. */
const char *session_tell_swap(Session *session);
