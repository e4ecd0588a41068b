/* access.h: what whoever is signed in may do. Refusals are written to the audit log.
 *
 * Who founds a unit holds every permission until a second user is added, so that a unit of one
 * person can work; from then on for good only those of the role, also when the others have left (10
 * § SoLPuL asks for limits to what each one needs). Users alone are managed by everyone while no
 * administrator can sign in. */
#pragma once

#include "care/unit/session.h"

/* FALSE with ERROR_DENIED, a sentence naming who may, after logging the refusal. */
gboolean access_require(Session *session, Permit permit, GError **error);
/* The same question without logging, for leaving out what a screen cannot offer. */
gboolean access_allows(Session *session, Permit permit);
/* FALSE: the database shows this person no client, so none of them counts what it does not see: a
 * server does not to an administrator (db/server/access.sql). */
gboolean access_is_shown_clients(Session *session);
/* All that it allows, as bits (1 << permit). */
guint access_permits(Session *session);
