/* group.h: named groups of clients, so that every number can be shown of the group and of the rest
 * of the unit: those whom a new way of working is tried with, those who have a plan. A client
 * belongs to a group from a day to a day. Every change is in the audit log, and the weeks whose
 * counts it changes are forgotten (visit/counted.h). */
#pragma once

#include "base/date.h"
#include "care/client/protection.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id;
    char *name;
    Date ended_on;  /* DATE_NONE: it goes on */
    gint64 members; /* today */
} Group;
void group_free(Group *group);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Group, group_free)
/* By name, those that have ended last. Array of Group *. PERMIT_REVIEW. */
GPtrArray *group_list(Session *session, GError **error);
/* ERROR_NOT_FOUND when it is not there any more. PERMIT_REVIEW. */
Group *group_get(Session *session, gint64 id, GError **error);
/* The id of the group of that name, in large or small letters. ERROR_NOT_FOUND names those there
 * are. PERMIT_REVIEW. */
gboolean group_find(Session *session, const char *name, gint64 *id, GError **error);

/* PERMIT_CLIENT_EDIT for all of these. A name is one line that no other group has: ERROR_INPUT,
 * ERROR_EXISTS. */
gboolean group_add(Session *session, const char *name, gint64 *id, GError **error);
gboolean group_rename(Session *session, gint64 id, const char *name, GError **error);
/* From the day after `last` nobody belongs to it. */
gboolean group_end(Session *session, gint64 id, Date last, GError **error);

/* A client belongs to it from a day to a day (DATE_NONE: until further notice). Only whoever may
 * open the client's card can say so: ERROR_DENIED. ERROR_INPUT when the days overlap others that
 * the client belongs to it, or end before they begin. */
gboolean group_member_add(Session *session, gint64 group_id, gint64 client_id, Date from, Date to,
                          GError **error);
/* `last` is the last day of what goes on then or later; where it had not begun by then, the client
 * never belonged to it. ERROR_NOT_FOUND where there is nothing to end. */
gboolean group_member_end(Session *session, gint64 group_id, gint64 client_id, Date last,
                          GError **error);

typedef struct {
    gint64 client_id;
    char *name;
    Protection protection;
    Date from, to; /* `to` DATE_NONE: until further notice */
} GroupMember;
void group_member_free(GroupMember *member);
/* All that have ever belonged to it, by name and day; `closed` (may be NULL) is how many are left
 * out because their card may not be opened. Array of GroupMember *. PERMIT_CLIENT_READ. */
GPtrArray *group_members(Session *session, gint64 group_id, gint64 *closed, GError **error);
/* A client's days in the groups. */
typedef struct {
    gint64 group_id;
    char *name;    /* the group's */
    Date from, to; /* `to` DATE_NONE: until further notice */
} GroupStay;
void group_stay_free(GroupStay *stay);
/* Of a client, what goes on or is to come, by the groups' names and day. Array of GroupStay *.
 * PERMIT_CLIENT_READ, and the right to open the card. */
GPtrArray *group_stays(Session *session, gint64 client_id, GError **error);
/* Whether at least `least` persons of a group have visits that do not stand in, between two days
 * and on days on which they belong to it; with `rest` persons of the unit on other days. Costs the
 * members, or as many clients as are looked for. PERMIT_REVIEW. */
gboolean group_has_persons(Session *session, gint64 group_id, gboolean rest, Date from, Date to,
                           int least, gboolean *enough, GError **error);
