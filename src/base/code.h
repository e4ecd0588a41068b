/* code.h: enumerations that are stored as a code and said as a word: one table for both. Pure. */
#pragma once

#include <glib.h>

/* One value. A table of them is indexed by the enumeration. */
typedef struct {
    const char *code; /* as stored; NULL: nothing is stored */
    const char *word; /* msgid; NULL: there is nothing to say, or its names are told elsewhere */
} CodeWord;

/* The code of a value; NULL where it has none, or is no value. Static. */
const char *code_of(const CodeWord *table, guint count, guint value);
/* Its word in the program's language; "" where it has none. Static. */
const char *code_word(const CodeWord *table, guint count, guint value);
/* The value of a code; -1: there is none. NULL and "" are the value without a code. */
int code_value(const CodeWord *table, guint count, const char *code);

/* The value that somebody types: its code, or its word in any of the program's languages, in large or
 * small letters; -1: there is none. */
int code_value_said(const CodeWord *table, guint count, const char *said);
/* Every value with a code, for a sentence: "red (röd), green". Caller frees. */
char *code_choices(const CodeWord *table, guint count);

/* The functions that a header promises of an enumeration `type`: NAME_code() and NAME_parse(),
 * which answers FALSE and leaves `*value` when there is no such code. TABLE is an array of
 * CodeWord. */
#define CODE_FUNCTIONS(type, name, TABLE)                                                          \
    const char *name##_code(type value)                                                            \
    {                                                                                              \
        return code_of(TABLE, G_N_ELEMENTS(TABLE), value);                                         \
    }                                                                                              \
    gboolean name##_parse(const char *code, type *value)                                           \
    {                                                                                              \
        int found = code_value(TABLE, G_N_ELEMENTS(TABLE), code);                                  \
        if (found >= 0)                                                                            \
            *value = (type)found;                                                                  \
        return found >= 0;                                                                         \
    }
/* ... and NAME_name(). */
#define CODE_AND_NAME_FUNCTIONS(type, name, TABLE)                                                 \
    CODE_FUNCTIONS(type, name, TABLE)                                                              \
    const char *name##_name(type value)                                                            \
    {                                                                                              \
        return code_word(TABLE, G_N_ELEMENTS(TABLE), value);                                       \
    }
