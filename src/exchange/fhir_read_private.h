/* fhir_read_private.h: what the files that read a Questionnaire share. */
#pragma once

#include "exchange/fhir_private.h"
#include "form/form_write.h"

/* An item of the file that became one of the form. */
typedef struct {
    FormItem *item;
    GHashTable *codes; /* of the options, as in the file, to those in the form; NULL where there are
                        * no options */
    GHashTable *texts; /* the same for their texts */
} FhirItem;

typedef struct {
    FhirInput input;
    const char *language;  /* of the texts: "sv" unless the file says otherwise */
    GHashTable *items;     /* linkId in the file, to FhirItem * */
    GHashTable *link_ids;  /* the form's, for fhir_word() */
    GHashTable *contained; /* "#id" to JsonObject *, the contained value sets */
    GHashTable *used;      /* "#id" of those that a question has used */
    GPtrArray *conditions; /* FhirCondition *, read when all items are known */
    int items_read, options_read;
} FhirReader;

/* The item's enableWhen, which may name any item of the file; or those of another item. */
typedef struct {
    FormItem *item;
    JsonArray *whens;
    char *path;
    const FormItem *like; /* whose conditions, read before, are copied; `whens` is NULL then */
} FhirCondition;

/* --- texts (fhir_text.c) --- */

/* The text in `member` in Swedish, if it is there in Swedish. NULL where there is none.
 * Translations that the catalogue has too are no news; others are told. */
gboolean fhir_get_translated(FhirReader *reader, JsonObject *object, const char *path,
                             const char *member, char **value);
/* `text` as a word that a form file takes (linkId, code, name): itself if it is one, else its
 * letters and digits with hyphens between. It is not among the keys of `taken` (which owns them)
 * and is added there, with the number that a next one like it gets. New. */
char *fhir_word(const char *text, GHashTable *taken);

/* What one extension means; `*known` stays FALSE when nobody here knows it. */
typedef gboolean (*FhirExtensionReader)(FhirReader *reader, JsonObject *extension, const char *path,
                                        const char *url, gpointer into, gboolean *known);
/* Each of the object's extensions; those not known are told. A modifierExtension is a fault. */
gboolean fhir_read_extensions(FhirReader *reader, JsonObject *object, const char *path,
                              FhirExtensionReader read, gpointer into);
/* The value of an extension, in the member that its kind has ("valueCode", "valueString"); told
 * when it has none. */
gboolean fhir_extension_text(FhirReader *reader, JsonObject *extension, const char *path,
                             const char *member, char **value);
gboolean fhir_extension_translated(FhirReader *reader, JsonObject *extension, const char *path,
                                   char **value);
gboolean fhir_extension_flag(FhirReader *reader, JsonObject *extension, const char *path,
                             gboolean *value);

/* --- parts of an item --- */

/* Whether it is a display with the itemControl "help" or "flyover" that is shown whenever its item
 * is, and all such texts inside `object` as the item's help. (fhir_help.c) */
gboolean fhir_is_help(JsonObject *object);
gboolean fhir_read_help(FhirReader *reader, JsonObject *object, const char *path, FormItem *item);
/* answerOption or a contained answerValueSet. (fhir_options.c) */
gboolean fhir_read_options(FhirReader *reader, JsonObject *object, const char *path,
                           FhirItem *into);
/* questionnaire-constraint, minValue or maxValue. (fhir_rules.c) */
gboolean fhir_read_constraint(FhirReader *reader, JsonObject *extension, const char *path,
                              FormItem *item);
gboolean fhir_read_limit(FhirReader *reader, JsonObject *extension, const char *path,
                         WhenOperator operator, FormItem * item);
/* Every condition, when all items are known. (fhir_rules.c) */
gboolean fhir_read_conditions(FhirReader *reader);
/* The first member of `object` that begins with `prefix` ("value", "answer"); NULL when there is
 * none. (fhir_rules.c) */
const char *fhir_choice_member(JsonObject *object, const char *prefix);
/* What stands in such a member, as an answer to `asked` in the form; NULL when it is none. New.
 * (fhir_rules.c) */
char *fhir_answer(JsonObject *object, const char *member, const FhirItem *asked);
