/* fhir.c: any bytes are either a Questionnaire whose form loads and is written and read again
 * without change, or one sentence with the reason. */
#include <stddef.h>
#include <stdint.h>

#include "exchange/fhir.h"
#include "tests/unit/form/form_equal.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static Form *load(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(yaml, strlen(yaml), "fuzz.yaml", NULL, &error);
    if (form == NULL)
        g_error("%s in\n%s", error->message, yaml);
    return form;
}

/* What a first reading made of numbers and clock times is written in one way, so the second time
 * nothing changes and nothing is left to tell. */
static void require_same_again(const Form *form)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *json = fhir_write(form);
    g_autofree char *yaml = fhir_read(json, strlen(json), "again.json", unknown, &error);
    if (yaml == NULL)
        g_error("%s in\n%s", error->message, json);
    if (unknown->len > 0)
        g_error("%s in\n%s", (const char *)unknown->pdata[0], json);
    g_autoptr(Form) again = load(yaml);
    g_autofree char *difference = form_difference(form, again);
    if (difference != NULL)
        g_error("%s in\n%s", difference, json);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *yaml = fhir_read((const char *)bytes, length, "fuzz.json", unknown, &error);
    if ((yaml == NULL) == (error == NULL))
        g_error("neither a form nor a reason");
    for (guint i = 0; i < unknown->len; i++)
        if (!g_utf8_validate(unknown->pdata[i], -1, NULL))
            g_error("not a sentence");
    if (yaml == NULL) {
        if (error->code != ERROR_INPUT || !g_utf8_validate(error->message, -1, NULL))
            g_error("not a sentence: %s", error->message);
        return 0;
    }
    g_autoptr(Form) form = load(yaml);
    require_same_again(form);
    return 0;
}
