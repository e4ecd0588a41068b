/* fixture_flow.h: small forms, for the tests of what is asked next. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/flow.h"

#include <string.h>

#define HEAD "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
#define TODAY date_from_ymd(2026, 11, 22)

static inline Form *load(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    Form *form = form_load_bytes(yaml, strlen(yaml), "prov.yaml", NULL, &error);
    if (form == NULL)
        fail_msg("%s\n%s", error->message, yaml);
    return form;
}
