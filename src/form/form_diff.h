/* form_diff.h: what a new version of a form changed, for somebody who opens an old response. Pure.
 */
#pragma once

#include "form/form.h"

/* What is asked or shown differently in `after` than in `before`: one sentence each in the
 * program's language (char *), those of the form itself first, then those of its items in the new
 * order, then what has been taken away. Items are the same when their linkId is, options when their
 * code is. What nobody sees (mapsTo, other spellings, comments) is not told; empty when nothing
 * else changed. g_ptr_array_unref. */
GPtrArray *form_diff(const Form *before, const Form *after);

/* What an item of the type is answered with, as it stands inside a sentence: "a date", "yes or no".
 * In `language`; static. */
const char *item_type_words(ItemType type, const char *language);
