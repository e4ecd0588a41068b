/* form_build.h: the empty parts of a form, for who makes one from something else than YAML, and a
 * form as YAML again. */
#pragma once

#include "form/form.h"

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

/* The codes that stand in a form file. */
const char *when_operator_code(WhenOperator operator); /* "exists", "!=" */
gboolean when_operator_parse(const char *code, WhenOperator *operator);
const char *form_kind_code(FormKind kind); /* "walk"; NULL for other */
gboolean form_kind_parse(const char *code, FormKind *kind);

/* The form as a file that form_load_bytes() reads to an equal one: every field that is not the
 * default, in the order of form.h. The comments and references of the file it came from are not in
 * it. New. */
char *form_to_yaml(const Form *form);
