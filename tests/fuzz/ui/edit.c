/* edit.c: any keys and pastes, in any order and at any width, do to the editor's text what they do
 * to a naive model of it. */
#include <stddef.h>
#include <stdint.h>

#include "tests/unit/ui/edit_model.h"

#include <locale.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    setlocale(LC_CTYPE, "C.UTF-8"); /* wcwidth() */
    edit_model_run(bytes, MIN(length, 200)); /* longer ones are the unit test's */
    return 0;
}
