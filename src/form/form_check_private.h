/* form_check_private.h: what the files that check a form share. */
#pragma once

#include "form/form.h"
#include "form/form_fault_private.h"

typedef struct {
    const Form *form;
    const char *file;
    GHashTable *above; /* linkId to FormItem *: the items visited */
    GHashTable *told;  /* texts whose missing translation was told */
    int questions;
    GPtrArray *warnings;
    GError **error;
    FormTell tell; /* NULL: the first fault ends the check */
    gpointer data;
} FormCheck;

#define check_fault(check, item, line, ...)                                                        \
    form_fault((check)->error, (check)->file, line, (item)->link_id, __VA_ARGS__)

/* Each answers FALSE and sets the fault; while mending, the part that is at fault goes instead. */

/* Whether to go on after a fault: while mending, it is told, and its part goes. */
gboolean form_check_let_go(FormCheck *check, const FormItem *item, const char *field);
/* enableWhen, constraint or warning (`field`), beside, candidates, and initial.
 * (form_check_rules.c) */
gboolean form_check_whens(FormCheck *check, FormItem *item);
gboolean form_check_rules(FormCheck *check, const FormItem *item, GPtrArray *rules,
                          const char *field);
gboolean form_check_beside(FormCheck *check, FormItem *item);
gboolean form_check_candidates(FormCheck *check, FormItem *item);
gboolean form_check_initial(FormCheck *check, FormItem *item);
/* answerOption; makes the item's `by_text`. (form_check_options.c) */
gboolean form_check_options(FormCheck *check, FormItem *item);

/* Warns of a mapsTo that leads nowhere, and of a text (may be NULL) without translation or with a
 * fill that is none. (form_check_texts.c) */
void form_check_mapping(FormCheck *check, const FormItem *item);
void form_check_text(FormCheck *check, int line, const char *text);
