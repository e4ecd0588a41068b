/* fhir_read_private.h: what the files that read a Questionnaire share. */
#pragma once

#include "exchange/fhir_private.h"
#include "form/form_write.h"

/* Of a questionnaire; and no count in it is larger. */
#define FHIR_MAX_ITEMS 5000

/* An item of the file that became one of the form. */
typedef struct {
    FormItem *item;
    char *path;        /* in the file */
    gboolean hidden;   /* nobody was to see it there */
    GHashTable *codes; /* of the options: "SYSTEM|code" and "code", to the code in the form; to ""
                        * where it is more than one of them. NULL where there are no options */
    GHashTable *texts; /* the same for their texts */
} FhirItem;

typedef struct {
    FhirInput input;
    const char *language;  /* of the texts: "sv" unless the file says otherwise */
    GPtrArray *reads;      /* FhirItem *, of every item */
    GHashTable *items;     /* linkId in the file, to FhirItem * */
    GHashTable *paths;     /* FormItem * to its path in the file */
    GPtrArray *left_out;   /* FormItem *, of which the form has nothing */
    GHashTable *link_ids;  /* the form's, for fhir_word() */
    GHashTable *contained; /* "#id" to JsonObject *, the contained value sets */
    GHashTable *used;      /* "#id" of those that a question has used */
    GPtrArray *conditions; /* FhirCondition *, read when all items are known */
    int items_read, options_read;
    int hidden; /* items around this one that nobody was to see */
} FhirReader;

/* The item's enableWhen, which may name any item of the file; or those of another item. */
typedef struct {
    FormItem *item;
    JsonArray *whens;
    char *path;
    const FormItem *like; /* whose conditions, read before, are copied; `whens` is NULL then */
} FhirCondition;

/* --- texts (fhir_text.c) --- */

/* The text in `member` in Swedish, if it is there in Swedish. New; NULL where there is none.
 * Translations that the catalogue has too are no news; others are told. */
char *fhir_get_translated(FhirReader *reader, JsonObject *object, const char *path,
                          const char *member);
/* `text` as a word that a form file takes (linkId, code, name): itself if it is one, else its
 * letters and digits with hyphens between. It is not among the keys of `taken` (which owns them)
 * and is added there, with the number that a next one like it gets. New. */
char *fhir_word(const char *text, GHashTable *taken);

/* Takes what one extension means. FALSE when nobody here knows it. */
typedef gboolean (*FhirExtensionReader)(FhirReader *reader, JsonObject *extension, const char *path,
                                        const char *url, gpointer into);
/* Each of the object's extensions; those not known are told. A modifierExtension is a fault. */
void fhir_read_extensions(FhirReader *reader, JsonObject *object, const char *path,
                          FhirExtensionReader read, gpointer into);
/* The value of an extension, in the member that its kind has ("valueCode", "valueString"); told
 * when it has none. Texts are new. */
char *fhir_extension_text(FhirReader *reader, JsonObject *extension, const char *path,
                          const char *member);
char *fhir_extension_translated(FhirReader *reader, JsonObject *extension, const char *path);
gboolean fhir_extension_flag(FhirReader *reader, JsonObject *extension, const char *path);

/* --- items (fhir_item.c) --- */

/* The items of `object` that are no help to itself, `depth` groups down; their conditions are kept
 * to be read when all items are known. */
void fhir_read_items(FhirReader *reader, JsonObject *object, const char *path, int depth,
                     GPtrArray *into);
void fhir_item_free(FhirItem *read);

/* --- parts of an item --- */

/* Whether it is a display with the itemControl "help" or "flyover" that is shown whenever its item
 * is, and all such texts inside `object` as the item's help. (fhir_help.c) */
gboolean fhir_is_help(JsonObject *object);
void fhir_read_help(FhirReader *reader, JsonObject *object, const char *path, FormItem *item);
/* answerOption or a contained answerValueSet. (fhir_options.c) */
void fhir_read_options(FhirReader *reader, JsonObject *object, const char *path, FhirItem *into);
/* The code in the form of the option that `coding` means: system and code are compared together,
 * and the code alone only where one side says no system. NULL when it is none, or might be several.
 * (fhir_options.c) */
const char *fhir_option_code(const FhirItem *asked, JsonObject *coding);
/* questionnaire-constraint, minValue or maxValue. (fhir_rules.c) */
void fhir_read_constraint(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item);
void fhir_read_limit(FhirReader *reader, JsonObject *extension, const char *path,
                     WhenOperator operator, FormItem * item);
/* An initialExpression that proposes what has been answered to a question above; every other is
 * told. (fhir_rules.c) */
void fhir_read_expression(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item);
/* A candidateExpression that proposes what has been answered to other questions; the same. */
void fhir_read_candidates(FhirReader *reader, JsonObject *extension, const char *path,
                          FormItem *item);
/* Every condition, when all items are known. One that cannot be kept is told and goes: its item is
 * then asked more often, never less. (fhir_rules.c) */
void fhir_read_conditions(FhirReader *reader);
/* What stands in such a member, as an answer to `asked` in the form; NULL when it is none. New.
 * (fhir_rules.c) */
char *fhir_answer(JsonObject *object, const char *member, const FhirItem *asked);
/* Tells what fhir_answer() did not take of it, but for the system and the text of a code, which are
 * told where the option stands. (fhir_rules.c) */
void fhir_tell_rest(FhirReader *reader, JsonObject *object, const char *path, const char *member);
