/* fixture_fhir.h: forms to be written as FHIR Questionnaires, and read from them. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "exchange/fhir.h"
#include "tests/unit/form/form_equal.h"

#include <json-glib/json-glib.h>

#define CORE "http://hl7.org/fhir/StructureDefinition/"

static inline int use_build_share(void **state)
{
    (void)state;
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    i18n_init("en");
    return 0;
}

static inline Form *load(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(yaml, strlen(yaml), "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s in\n%s", error->message, yaml);
    return form;
}

static inline GPtrArray *new_list(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

static inline Form *read_json(const char *json, GPtrArray *unknown)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = fhir_read(json, strlen(json), "prov.json", unknown, &error);
    if (yaml == NULL)
        fail_msg("%s in\n%s", error->message, json);
    return load(yaml);
}

static inline void assert_round_trip(const Form *form)
{
    g_autoptr(GPtrArray) unknown = new_list();
    g_autofree char *json = fhir_write(form);
    g_autoptr(Form) again = read_json(json, unknown);
    if (unknown->len > 0)
        fail_msg("%s in\n%s", (char *)unknown->pdata[0], json);
    g_autofree char *difference = form_difference(form, again);
    if (difference != NULL)
        fail_msg("%s in\n%s", difference, json);
}
