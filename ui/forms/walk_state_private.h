/* walk_state_private.h: the state of the walker and its parts, each of which needs only those that
 * stand before it here: walk_actions.c and walk.c, the screen, need all of them.
 *
 * One key map holds for all of the walker: what an answer is given with (letters, digits, blanks,
 * the arrows, Enter) goes to the question, commands lie on function keys and Ctrl with a letter
 * that no field takes. */
#pragma once

#include "care/response/walk.h"
#include "ui/common/screens.h"
#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"

typedef enum {
    PAGE_OPENING,  /* what is read aloud first */
    PAGE_QUESTION, /* where the walk is */
    PAGE_END,      /* behind the last question: what is read aloud, and what is left */
} WalkPage;

typedef enum {
    FOCUS_CHOICE,
    FOCUS_FIELD, /* the answer's, or the own words of an open choice */
    FOCUS_NOTE,
    FOCUS_REASON, /* why an answer stands against a warning */
} WalkFocus;

/* ChoiceOption.value where it is no index in the item's options. */
enum { OPTION_YES = -1, OPTION_NO = -2, OPTION_WORDS = -3 };

typedef struct {
    Walk *walk;
    WalkPage page;
    int first;       /* row that the opening or closing text is scrolled to */
    int first_most;  /* ... at most, when it was last drawn */
    gboolean fitted; /* the question is laid out as it stands */

    /* The question where one is, as it was laid out. */
    char *item, *instance; /* which one; NULL: none */
    char *language;        /* ... and in which language */
    WalkFocus focus;
    GArray *options;   /* ChoiceOption; empty where the answer is typed */
    GPtrArray *labels; /* of the options; owned */
    GArray *on;        /* gboolean, one for each option, of a question with several answers */
    Choice choice;
    gboolean pointing; /* the cursor is on an option: before that, Enter chooses nothing */
    Field field, note, reason;
    char **clipboard;       /* the app's */
    gboolean hidden;        /* what is stored is left out of the field (walk_is_hidden) */
    gboolean showing;       /* ... and has been asked for, while it is laid out */
    gboolean fresh;         /* the first character typed replaces a short answer */
    char *answered, *noted; /* what field and note began with */
    char *proposed;         /* by the form, until Enter takes it or it is changed; NULL: nothing */
    char *pending;          /* the value that waits for a reason */
    char *sentence;         /* under the answer; NULL: all is well */
    gboolean is_fault;      /* else it is a doubt */
    int field_columns, note_columns, reason_columns; /* when they were last drawn */

    char *lost;       /* why nothing can be saved here any more; NULL: it can */
    gint64 double_of; /* client that has been asked about already */
} WalkState;

/* --- walk_keep.c ------------------------------------------------------------------------------ */

/* What is typed and no answer yet; NULL: nothing. `in` says where it belongs. New. */
char *walk_unsaved(const WalkState *state, TypedIn *in);
/* Commits what is typed and where one is; costs nothing when nothing has changed. */
void walk_save(App *app, void *state);
/* What is typed is in the database. */
gboolean walk_is_kept(const WalkState *state);
/* Says `error`, which is taken. When a colleague has taken over nothing is saved any more. */
void walk_fault(App *app, WalkState *state, GError *error);

/* --- walk_question.c -------------------------------------------------------------------------- */

/* Lays out the question where the walk is, with what stands there and what was being typed. */
void walk_lay_out(WalkState *state);
void walk_lay_out_clear(WalkState *state);
/* The same only when the walk has moved or `fitted` asks for it: what is typed stays otherwise. */
void walk_follow(WalkState *state);
const FormItem *walk_item(const WalkState *state); /* NULL at the end */
gboolean walk_has_options(const WalkState *state);
/* What the option at `index` answers; NULL of the one that leads to own words. */
const char *walk_option_value(const WalkState *state, guint index);
/* The answer is chosen or written, and what is written begins by itself: names to choose from. */
gboolean walk_is_named(const WalkState *state);
/* Which options are chosen, as it stands. Cursor and scrolling stay. */
void walk_mark_chosen(WalkState *state, const FormItem *item);
/* The field is an area of several rows. */
gboolean walk_is_area(const WalkState *state);
/* "2026-11-21" as it is typed again: the value but for the language's decimal sign; "" for
 * an option, which is chosen and not typed. New. */
char *walk_typed_form(const WalkState *state, const char *value);
/* Puts what is stored and hidden in the field, not typed. FALSE when nothing is. */
gboolean walk_show_hidden(WalkState *state);

/* --- walk_on.c -------------------------------------------------------------------------------- */

/* After an answer: the next question, or the end. */
void walk_on(App *app, WalkState *state);
/* The question whether there is one more of the repeating group that one has come out of. New; NULL
 * where there is none to ask about. */
char *walk_more_text(App *app, const WalkState *state);
/* Asks it where it does not stand above the question, as it does where another such group begins.
 */
void walk_ask_for_more(App *app, const WalkState *state);
/* From what is read aloud first to the first question; elsewhere nothing. */
void walk_leave_opening(WalkState *state);
/* When a key from there has answered it, and one is no longer at `from`: says so, for nobody has
 * seen the question. */
void walk_say_first(App *app, const WalkState *state, int from);

/* --- walk_answer.c ---------------------------------------------------------------------------- */

/* An event for the question's own widgets. */
gboolean walk_answer_event(App *app, WalkState *state, const Event *event);
/* Makes what stands in the field with the focus an answer, a note or a reason. FALSE when it cannot
 * be: it says why, and what was typed stays. */
gboolean walk_settle(App *app, WalkState *state);
/* What stands in the answer's field cannot be an answer; why is said below it. */
gboolean walk_is_refused(const WalkState *state);
/* Answers with `value`, and goes on when it is saved. */
void walk_give(App *app, WalkState *state, const char *value);
/* Puts `value` where the answer is typed, not saved yet. */
void walk_put(WalkState *state, const char *value);
/* To the note's field, and back from it. */
void walk_to_note(App *app, WalkState *state);
/* From note, reason or own words back to the answer. FALSE when one is there already. */
gboolean walk_leave_part(App *app, WalkState *state);

/* --- walk_draw.c ------------------------------------------------------------------------------ */

void walk_draw(App *app, void *state, Area area);
/* How many questions the form has, on paper. */
int walk_question_count(const Walk *walk);

/* --- the screens above it --------------------------------------------------------------------- */

typedef struct {
    Walk *walk;     /* to be read: the overview takes it when it is entered */
    gboolean owned; /* else the walker below keeps it */
} OverviewArgument;
extern const Screen screen_overview; /* const OverviewArgument * */
/* The walk that an overview shows; `state` is the overview's. */
const Walk *overview_walk(const void *state);
extern const Screen screen_call;  /* WalkState *: of the walker below */
extern const Screen screen_about; /* Walk *: of the walker below */
