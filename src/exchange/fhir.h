/* fhir.h: a form as an HL7 FHIR R4 (4.0.1) Questionnaire in JSON, and back.
 *
 * What FHIR has a place for stands there:
 *
 *   name                 identifier with the system urn:dagsform:form; `name` in FHIR's own
 * spelling version, title       version, title source               publisher linkId, type, text,
 * required, repeats, enableWhen, enableBehavior the same help                 an item of type
 * display with the itemControl "help" inside the item answerOption         valueCoding; key:
 * questionnaire-optionPrefix; exclusive: questionnaire-optionExclusive initial initial[0].value[x];
 * of a choice: the option's initialSelected constraint, warning  questionnaire-constraint with
 * severity error or warning, the sentence as `human`, and a FHIRPath expression of the same meaning
 *   a translation        the extension "translation" on the text it translates
 *
 * The rest stands in extensions of its own: urn:dagsform:count, respondent, kind, opening,
 * openingOnPaper and closing of the form; urn:dagsform:ownWords, statutory, mapsTo, known of an
 * item, help and required of a display, initial of an open choice in own words; urn:dagsform:alias,
 * offersHelp and unitCause of an option; urn:dagsform:operator and answer inside a
 * questionnaire-constraint. */
#pragma once

#include "form/form.h"

#define FHIR_MAX_BYTES (32u << 20)

/* The Questionnaire, its texts in Swedish with the catalogue's translations beside them. New. */
char *fhir_write(const Form *form);

/* The form file (YAML) that says what the Questionnaire in `json` says. It is certain to load with
 * form_load_bytes(). New.
 *
 * Every member that the engine has no counterpart for is appended to `unknown` (char *: its path
 * and value, or a sentence of what was made of it), at most 1,000 and one that tells how many more.
 * Types without a counterpart are read as the nearest one, and named: dateTime as date, quantity as
 * decimal, url, reference and attachment as string, a choice whose options stand elsewhere as
 * string, an empty group with a heading as display. Items inside a question are put in a group after
 * it. A question without text is shown as its code's words or its linkId; what shows nothing is left
 * out; what is hidden is shown, but not required. A condition, rule or first answer that means
 * nothing in a form (of an item that comes later, "1900" as a date) goes; an item that loses one is
 * asked more often, never less. Codes are compared together with their systems. Translations that
 * differ from the catalogue's are named.
 *
 * ERROR_INPUT, one line with `file` and the path in the JSON for each fault, at most 100 and one
 * that tells how many more: not JSON, a member twice in one object or of another type than FHIR's,
 * another resource, a modifierExtension, an item without linkId or type, a linkId twice, a condition
 * without operator or answer or on an item that is nowhere, an option without value, more than
 * FHIR_MAX_BYTES, nested deeper than 100 levels; or, with the line of the form, what
 * form_load_bytes() says against it. */
char *fhir_read(const char *json, gsize length, const char *file, GPtrArray *unknown,
                GError **error);
