/* fault.c: faults of the program: a sentence for the user, the details for whoever mends it. */
#include "base/fault.h"

#include <string.h>

#include "base/i18n.h"

char *fault_code_of(const char *file, int line)
{
    g_autofree char *name = g_path_get_basename(file);

    *strchrnul(name, '.') = '\0';
    return g_strdup_printf("%s-%d", name, line);
}

void fault_set_code(GError **error, char *code, const char *detail, ...)
{
    g_autofree char *text = NULL;
    va_list arguments;

    va_start(arguments, detail);
    text = g_strdup_vprintf(detail, arguments);
    va_end(arguments);
    g_debug("%s: %s", code, text);
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_INTERNAL,
        _("There is a fault in Dagsform itself, so this was not done. What was saved before "
          "is safe. Try once more; if it happens again, ask for help with the code %s."),
        code);
    g_free(code);
}
