/* session_private.h: the inside of a session, for session.c and its neighbours in care/ that keep
 * something in it (access, cause, staff). Everyone else uses session.h. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

struct Session {
    Db *db;
    Vault *vault;
    gint64 unit_id;
    char *unit_name;
    gboolean demo;
    gboolean recovery;
    gboolean carrying; /* the unit elsewhere; unit_move.h */
    gboolean no_room; /* for reading alone: the disk is full */
    gint64 staff_id;
    char *staff_name;
    char *login;
    StaffRole role;
    gint64 role_version;   /* db_data_version() at which `role` was read */
    Form *form;            /* of cancellations; NULL only in recovery */
    Secret *audit_key;     /* that the log is written under; audit_epoch.h */
    gsize audit_turn;      /* db_turn() in which its last entry was written; then that is: */
    gint64 audit_seq;
    guint8 audit_hash[32];
    GPtrArray *notices;    /* char *; see session_notices() */
    char *form_fault;      /* why the unit's own form is not in force; NULL */
    GPtrArray *kept_forms; /* Form *, newest first; read when a code is missing */
    gint64 kept_count;     /* rows of form_version when they were read */
    GHashTable *words_read; /* ids of clients of whom the log says that they were read about */
    Date words_day;
    gboolean is_laptop;     /* a part of a unit, away on a laptop; deed.h */
    gboolean is_filled;     /* ... which is just being made */
    Date laptop_until;      /* the last day on which it opens */
    struct Deed *deed;      /* that is being done on a laptop; NULL */
    gint64 from_node;       /* the laptop whose deeds are done again; 0: none */
    char guard_day[DATE_SIZE], guard_since[DATE_SIZE]; /* client_guard.h */
    GHashTable *codes;     /* codes that no form names, as cause_name() gives them out */
    struct Cards *cards;   /* client/cards.h; NULL until they are needed */
    void (*free_cards)(struct Cards *cards);
};

/* `login` is copied; NULL in recovery. New. */
Session *session_new(const char *login);

/* The person at work, but with the unit as it is in `db`. Its key of the log is to be freed. */
Session session_at(const Session *session, Db *db);

/* Whether the clock may be as it is: DAGSFORM_NOW is for demo units. ERROR_INPUT. */
gboolean session_clock_allowed(gboolean demo, GError **error);

/* One line of text as it is stored: text_display() without blanks at its ends. New; NULL where
 * nothing is left. */
char *care_line(const char *text);

/* Sets the form in force: the unit's own, the shipped one, or the one kept last. */
gboolean cause_load(Session *session, GError **error);
