/* form.h: a form file (YAML in the vocabulary of HL7 FHIR R4 Questionnaire), loaded and checked.
 *
 * The texts in the file are Swedish and are the msgids of the catalogue po/forms/; a unit's own
 * wording without a translation is shown in Swedish. A form is immutable once loaded. */
#pragma once

#include "base/error.h"

typedef enum {
    ITEM_GROUP,
    ITEM_DISPLAY,
    ITEM_BOOLEAN,
    ITEM_CHOICE,
    ITEM_OPEN_CHOICE,
    ITEM_INTEGER,
    ITEM_DECIMAL,
    ITEM_DATE,
    ITEM_TIME,
    ITEM_STRING,
    ITEM_TEXT,
} ItemType;

typedef enum { WHEN_EXISTS, WHEN_EQ, WHEN_NE, WHEN_GT, WHEN_LT, WHEN_GE, WHEN_LE } WhenOperator;

typedef struct {
    char *code;           /* stored; never shown */
    char *display;        /* Swedish */
    gunichar key;         /* the key that chooses it; 0 where none was given */
    GPtrArray *alias;     /* other spellings met in files read in (char *) */
    gboolean offers_help; /* choosing it asks at once what could be done instead */
    gboolean unit_cause;  /* the unit's own cause, never the person's */
    gboolean exclusive;   /* among several: chosen alone ("none of these") */
    int line;             /* in the file, from 1 */
} FormOption;

typedef struct {
    char *question; /* linkId of an earlier item */
    WhenOperator operator;
    char *answer; /* code, number, date or "true"/"false" as text */
    int line;     /* in the file, from 1 */
} FormWhen;

/* What an answer must hold against (constraint) or usually does (warning). */
typedef struct {
    WhenOperator operator; /* never WHEN_EXISTS */
    char *answer;          /* a literal as in FormWhen; for a date also "today", "today+90",
                            * "today-1"; or "=linkId", the answer to an item above; for a date also
                            * "=linkId + 14", so many days after or before that answer */
    char *text;            /* Swedish: said when it does not hold */
    int line;              /* in the file, from 1 */
} FormRule;

typedef struct FormItem FormItem;
struct FormItem {
    char *link_id;
    ItemType type;
    char *text; /* Swedish; NULL where none (a group without heading) */
    char *help; /* Swedish; NULL where none */
    gboolean required, repeats, own_words;
    gboolean statutory;     /* the law asks for it: required, and "vet ej" and its like do not do */
    gboolean follow_up;     /* goes on with the question above by its answer, and shares its number:
                             * it is not counted, so that a guide keeps the questions it has */
    int max;                /* of a choice that repeats: how many may be chosen; 0: any number */
    gboolean enable_any;    /* enableBehavior: any; all otherwise */
    GPtrArray *enable_when; /* FormWhen * */
    GPtrArray *options;     /* FormOption * */
    GPtrArray *constraints; /* FormRule *: hard */
    GPtrArray *warnings;    /* FormRule *: soft, overridden with a reason */
    GPtrArray *items;       /* FormItem * of a group */
    char *initial;          /* NULL where none; of a string or a text also "=linkId" */
    GPtrArray *beside;     /* linkIds (char *) of items above whose answers are shown beside this */
    GPtrArray *candidates; /* linkIds (char *) of strings above, or this one: of a string, whose
                            * answers are proposed to choose from (flow_candidates()) */
    char *maps_to;         /* "visit.cause"; NULL where none */
    char *known;      /* "client.under-18": asked only where the program does not know it from the
                       * card, the identity number or the placement (care/response/walk_known.c);
                       * NULL: always asked */
    FormItem *parent; /* NULL at the top */
    GHashTable *by_text; /* folded spelling to FormOption *; NULL where there are no options */
    int line;            /* in the file, from 1 */
};

typedef enum { FORM_KIND_OTHER, FORM_KIND_WALK, FORM_KIND_INTERVIEW } FormKind;

typedef struct {
    char *name; /* "avbokning" */
    char *version;
    char *title;      /* Swedish */
    char *source;     /* whose words these are; NULL where not said */
    char *respondent; /* who answers: "case-officer", "child", "parent", "client", "staff"; NULL */
    FormKind kind;    /* FORM_KIND_OTHER where not said */
    char *opening;    /* Swedish, with fills: read aloud at the start; NULL where none */
    char *opening_on_paper; /* what stands there instead on a blank form; NULL: the same */
    char *closing;          /* Swedish, with fills: at the end; NULL where none */
    int count;              /* questions the file says it has; 0 where not said */
    char *hash;             /* BLAKE2b-256 of the file's bytes, hex: names this very version */
    char *body;             /* the file's bytes */
    GPtrArray *items;
} Form;

/* Loads and checks `path`. ERROR_INPUT with file, line, item and what to do: unknown type or field,
 * duplicate linkId, enableWhen to a missing or later item, a choice without options or an option
 * without code, two options with one key or one spelling, a rule that looks at a later item or at
 * one of another type, a count that differs from `count:`, more than 4 MiB or 5,000 items,
 * references (*name) that unfold without end. ERROR_NOT_FOUND when there is no such file, ERROR_IO
 * when it cannot be read. Faults that do not stop (a text without a translation into the program's
 * language, a fill that is not known) are appended to `warnings` (char *), which may be NULL. */
Form *form_load(const char *path, GPtrArray *warnings, GError **error);
/* The same for bytes in memory (kept in form_version, or fuzzed); `name` is for messages. */
Form *form_load_bytes(const char *bytes, gsize length, const char *name, GPtrArray *warnings,
                      GError **error);
void form_free(Form *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Form, form_free)

/* Where the form `name` lies: `unit_folder` first (the unit's own, may be NULL), then
 * share_folder()/dagsform/forms. New; NULL when in neither. */
char *form_find(const char *name, const char *unit_folder);

/* Whether what is answered says of a client more than how to reach them: who they are, who may open the card,
 * who works with them, or a decision (FormItem.maps_to). That is for those who may change a card. */
gboolean form_changes_card(const Form *form);
const FormItem *form_item(const Form *form, const char *link_id); /* NULL when not there */
const FormOption *form_option(const FormItem *item, const char *code);
/* The option whose code, display (any language) or alias is `text`, folded (text_fold). */
const FormOption *form_option_by_text(const FormItem *item, const char *text);
/* Of a rule's answer "=linkId", "=linkId + 14" or "=linkId - 1": the linkId, and the days, 0 where
 * none are said. NULL where it compares with no other answer, or in no such way. Caller frees. */
char *form_rule_reference(const char *answer, int *days);
int form_questions(const Form *form); /* how many of its items are numbered */
/* Whether FormItem.initial names another question ("=linkId"), whose answer in the same repetition
 * is proposed: of a string or a text. */
gboolean form_initial_refers(const FormItem *item);
/* In the program's language (i18n_language()); Swedish where there is no translation. */
const char *form_text(const char *text);
const char *form_text_in(const char *text, const char *language);
const char *item_type_name(ItemType type);       /* "open-choice" */
gboolean item_is_choice(const FormItem *item);   /* of either kind */
gboolean item_is_question(const FormItem *item); /* somebody answers it */
gboolean item_is_numbered(const FormItem *item); /* a question, but no follow-up */

/* --- for who makes a form from something else than YAML --- */

/* Every array is there and empty; the rest is 0 and NULL. FormWhen and FormRule have no arrays:
 * g_new0(). */
Form *form_new(void);
FormItem *form_item_new(void);
FormOption *form_option_new(void);
/* All of them take NULL. An item takes its parts with it. */
void form_item_free(FormItem *item);
void form_option_free(FormOption *option);
void form_when_free(FormWhen *when);
void form_rule_free(FormRule *rule);
/* Takes out what form_load() would refuse the form for and what it can do without: conditions,
 * rules, a first answer, mapsTo, known, beside and candidates; told with the field ("enableWhen")
 * and what is wrong. Of conditions that do one by one all go, so that an item is asked more often,
 * never less. What cannot go ends it, and form_load_bytes() says it. */
typedef void (*FormTell)(const FormItem *item, const char *field, const char *sentence,
                         gpointer data);
void form_mend(Form *form, FormTell tell, gpointer data);
