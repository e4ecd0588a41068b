/* form_write.h: a form as a file again, and the codes that stand in one. */
#pragma once

#include "form/form.h"

/* The codes that stand in a form file. */
const char *when_operator_code(WhenOperator operator); /* "exists", "!=" */
gboolean when_operator_parse(const char *code, WhenOperator *operator);
const char *form_kind_code(FormKind kind); /* "walk"; NULL for other */
gboolean form_kind_parse(const char *code, FormKind *kind);

/* The form as a file that form_load_bytes() reads to an equal one: every field that is not the
 * default, in the order of form.h. The comments and references of the file it came from are not in
 * it. New. */
char *form_to_yaml(const Form *form);
