/* fhir_private.h: what the files of FHIR share. */
#pragma once

#include "exchange/fhir.h"

#include <json-glib/json-glib.h>

#define FHIR_STRUCTURE "http://hl7.org/fhir/StructureDefinition/"
#define FHIR_TRANSLATION FHIR_STRUCTURE "translation"
#define FHIR_ITEM_CONTROL FHIR_STRUCTURE "questionnaire-itemControl"
#define FHIR_ITEM_CONTROL_CODES "http://hl7.org/fhir/questionnaire-item-control"
#define FHIR_OPTION_PREFIX FHIR_STRUCTURE "questionnaire-optionPrefix"
#define FHIR_OPTION_EXCLUSIVE FHIR_STRUCTURE "questionnaire-optionExclusive"
#define FHIR_HIDDEN FHIR_STRUCTURE "questionnaire-hidden"
#define FHIR_CONSTRAINT FHIR_STRUCTURE "questionnaire-constraint"
#define FHIR_MIN_VALUE FHIR_STRUCTURE "minValue"
#define FHIR_MAX_VALUE FHIR_STRUCTURE "maxValue"
#define FHIR_MAX_OCCURS FHIR_STRUCTURE "questionnaire-maxOccurs"

#define FHIR_SDC "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
#define FHIR_INITIAL_EXPRESSION FHIR_SDC "initialExpression"
#define FHIR_CANDIDATE_EXPRESSION FHIR_SDC "candidateExpression"

#define OWN "urn:dagsform:"
#define OWN_FORM                                                                                   \
    OWN "form" /* also the system of an identifier, and what that of a code begins with */
#define OWN_COUNT OWN "count"
#define OWN_RESPONDENT OWN "respondent"
#define OWN_KIND OWN "kind"
#define OWN_OPENING OWN "opening"
#define OWN_OPENING_ON_PAPER OWN "openingOnPaper"
#define OWN_CLOSING OWN "closing"
#define OWN_WORDS OWN "ownWords"
#define OWN_STATUTORY OWN "statutory"
#define OWN_FOLLOW_UP OWN "followUp"
#define OWN_MAPS_TO OWN "mapsTo"
#define OWN_KNOWN OWN "known"
#define OWN_BESIDE OWN "beside"
#define OWN_HELP OWN "help"
#define OWN_REQUIRED OWN "required"
#define OWN_INITIAL OWN "initial"
#define OWN_ALIAS OWN "alias"
#define OWN_OFFERS_HELP OWN "offersHelp"
#define OWN_UNIT_CAUSE OWN "unitCause"
#define OWN_OPERATOR OWN "operator"
#define OWN_ANSWER OWN "answer"

/* --- rules as FHIRPath (fhir_path.c) --- */

/* An expression, evaluated on an item of a QuestionnaireResponse, that holds when the rule does.
 * New. */
char *fhir_rule_expression(const FormItem *item, const FormRule *rule);
/* What has been answered, in words, to the question that has `link_id` in a file and is of that
 * type (SDC's initialExpression). New. */
char *fhir_initial_expression(const char *link_id, ItemType type);
/* The linkId that such an expression seems to be about; NULL when there is none. New. */
char *fhir_initial_link_id(const char *expression);
/* What has been answered to any of the strings (linkIds, char *), each answer once (SDC's
 * candidateExpression). New. */
char *fhir_candidate_expression(const GPtrArray *link_ids);
/* The linkIds (char *) of such an expression; NULL when it is none. New. */
GPtrArray *fhir_candidate_link_ids(const char *expression);

/* FHIR's computer-friendly name: "ubu-ungdom" → "UbuUngdom". New. (fhir_write.c) */
char *fhir_computer_name(const char *name);

/* --- reading JSON (fhir_json.c) --- */

typedef struct {
    const char *file;
    GPtrArray *unknown; /* may be NULL */
    int left_out;       /* not named, because there were too many */
    GPtrArray *faults;  /* char *: why there will be no form; reading goes on all the same */
    int more_faults;    /* not named, because there were too many */
} FhirInput;

/* The JSON in `bytes`, or NULL and a fault. */
JsonParser *fhir_parse(FhirInput *input, const char *bytes, gsize length);
/* Appends "FILE, PATH: sentence" to the faults. */
void fhir_fault(FhirInput *input, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* All faults, a line each, as ERROR_INPUT. FALSE when there are none. Called once, at the end. */
gboolean fhir_faults(FhirInput *input, GError **error);
/* Appends "PATH: sentence" to what was not understood. */
void fhir_tell(FhirInput *input, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Appends the member and its value; a member that is not there is not told. */
void fhir_tell_member(FhirInput *input, JsonObject *object, const char *path, const char *member);
/* Tells of every member but the `known` ones (NULL-terminated). */
void fhir_tell_others(FhirInput *input, JsonObject *object, const char *path,
                      const char *const *known);
/* What has been left out for want of room, as one last sentence. */
void fhir_tell_end(FhirInput *input);

/* The member's value: NULL or FALSE where there is none, and where it is of another JSON type,
 * which is a fault. A text is new, cleaned and not empty. An object belongs to the parser. */
char *fhir_get_text(FhirInput *input, JsonObject *object, const char *path, const char *member);
gboolean fhir_get_flag(FhirInput *input, JsonObject *object, const char *path, const char *member);
JsonObject *fhir_get_object(FhirInput *input, JsonObject *object, const char *path,
                            const char *member);
/* The array in `member`, and its length: 0 where there is none. It belongs to the parser. */
JsonArray *fhir_get_array(FhirInput *input, JsonObject *object, const char *path,
                          const char *member, guint *length);
/* Element `index` of the array that stands in `member`, and its path in `at`, new. NULL and a fault
 * where it is no object. */
JsonObject *fhir_get_element(FhirInput *input, JsonArray *array, guint index, const char *path,
                             const char *member, char **at);
/* The first member of `object` that begins with `prefix` ("value", "answer"); NULL when there is
 * none. */
const char *fhir_choice_member(JsonObject *object, const char *prefix);
/* A number or boolean as text ("3", "0.5", "true"), a string cleaned; NULL for all else. New. */
char *fhir_plain(JsonNode *node);
