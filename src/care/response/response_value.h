/* response_value.h: a response as a value, and the codes it has: as stored and as shown. */
#pragma once

#include "base/error.h"

typedef enum {
    MODE_NONE,
    MODE_PHONE,
    MODE_MEETING,
    MODE_CAR,
    MODE_POST,
    MODE_DIGITAL,
    MODE_COUNT
} ResponseMode;
const char *response_mode_code(ResponseMode mode); /* "phone"; stored; NULL for none */
const char *response_mode_name(ResponseMode mode); /* translated, "per telefon"; "" for none */
gboolean response_mode_parse(const char *code, ResponseMode *mode);
/* By its code, or its name in any of the program's languages; so too below. */
gboolean response_mode_said(const char *said, ResponseMode *mode);

/* Why a response was not given (bortfall). */
typedef enum {
    NOT_DONE_NONE,
    NOT_DONE_DECLINED,    /* ville inte */
    NOT_DONE_CONFLICT,    /* konflikt med handläggaren */
    NOT_DONE_DISCONTENT,  /* missnöjd med placeringen */
    NOT_DONE_NOT_REACHED, /* ej nådd */
    NOT_DONE_NO_INTERPRETER,
    NOT_DONE_UNDER_7,
    NOT_DONE_NOT_ASKED, /* ej tillfrågad */
    NOT_DONE_MISTAKE,   /* begun by mistake */
    NOT_DONE_OTHER,
    NOT_DONE_COUNT
} NotDone;
const char *not_done_code(NotDone cause);
const char *not_done_name(NotDone cause); /* translated */
gboolean not_done_parse(const char *code, NotDone *cause);
gboolean not_done_said(const char *said, NotDone *cause);
/* Whether it can be the cause for a form with that `respondent`, of an interview (placement.h) or
 * of one that is filled in together ("client", NULL). `begun`: there is a response, which can have
 * been begun by mistake. */
gboolean not_done_fits(NotDone cause, const char *respondent, gboolean begun);

/* Where what is being typed belongs. Of a reason the first line is the reason itself, and what
 * follows is the answer that waits for it. */
typedef enum { TYPED_NOTHING, TYPED_ANSWER, TYPED_NOTE, TYPED_REASON } TypedIn;

typedef struct {
    gint64 id;
    gint64 client_id;    /* 0: an intake that has no card yet */
    gint64 staff_id;     /* who began it */
    gint64 placement_id; /* the placement that three respondents share; 0: none */
    gint64 corrects_id;  /* the response that this one corrects; 0: none */
    char *form;          /* name, "ubu-ungdom" */
    char *form_hash;     /* the version it was begun in */
    char *respondent; /* "child", "parent", "parent-2", "case-officer", "client"; NULL: not said */
    char *language;   /* of the questions, "sv" */
    ResponseMode mode;
    gboolean interpreter;
    int minutes_used;            /* 0: not said */
    char *at_item, *at_instance; /* where one was; NULL: nowhere yet */
    int at_number;               /* of the question on paper; 0: nowhere yet, or at the end */
    gboolean held;               /* somebody has it open, or was cut off in it */
    gint64 held_by;              /* ... who; 0: nobody */
    TypedIn typed_in;
    char *typed;                   /* what stood in the field and is no answer yet; NULL: nothing */
    gint64 begun_ms, continued_ms; /* continued: last changed; looking is no change */
    gint64 completed_ms;           /* 0: not yet */
    NotDone not_done;
    char *not_done_words;  /* NULL: none */
    gboolean is_protected; /* it has been said in it that the person has protected identity */
    gboolean corrected;    /* a later completed response corrects it */
    gboolean closed;       /* only seen to be there: response_take_closed() opens it */
    gboolean dropped;      /* taken away by response_release() */
    char *title;           /* of the form, Swedish: form_text(title) is shown */
    char *subject;         /* client's name, or the name given in an intake; NULL: not yet */
    char *staff_name;
    gint64 holder, saves; /* private */
} Response;
void response_free(Response *response);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Response, response_free)

/* Sets a text to a copy of another. */
void response_set_text(char **text, const char *to);
