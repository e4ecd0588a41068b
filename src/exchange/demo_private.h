/* demo_private.h: what the demo's people are made of. */
#pragma once

#include <glib.h>

extern const char *const demo_id_numbers[];
extern const gsize demo_id_number_count;
extern const char *const demo_women[];
extern const gsize demo_women_count;
extern const char *const demo_men[];
extern const gsize demo_men_count;
extern const char *const demo_family_names[];
extern const gsize demo_family_names_count;
