/* form_fault.c: what is wrong with a form file, in a sentence. */
#include "form/form_fault_private.h"

#include "base/i18n.h"
#include "base/text.h"

gboolean form_fault(GError **error, const char *file, int line, const char *link_id,
                    const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *quoting = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* No terminal obeys what the file says. */
    g_autofree char *sentence = text_display(quoting);
    g_autofree char *item = text_display(link_id != NULL ? link_id : "");
    if (file == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    else if (line > 0 && link_id != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s, line %d, item “%s”: %s"), file, line,
                    item, sentence);
    else if (line > 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s, line %d: %s"), file, line, sentence);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s: %s"), file, sentence);
    return FALSE;
}
