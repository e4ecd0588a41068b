/* client_merge_field.h: the fields of two cards that are made one, and what is chosen of each. */
#pragma once

#include "care/client/client_rows.h"

/* Each a bit of what is chosen. */
typedef enum {
    MERGE_NAME,
    MERGE_ID_NUMBER,
    MERGE_BIRTH_DATE,
    MERGE_SEX,
    MERGE_PHONE,
    MERGE_EMAIL,
    MERGE_ADDRESS,
    MERGE_CONTACT,
    MERGE_MANDATE,
    MERGE_LANGUAGE,
    MERGE_INTERPRETER,
    MERGE_NUMBER,
    MERGE_SUPPORT_WORKER,
    MERGE_CASE_OFFICER,
    MERGE_FIELD_COUNT
} MergeField;
#define MERGE_BIT(field) (1U << (field))

/* Those in which the cards differ; and of them those that the kept card has nothing in, so that the
 * closed one's are proposed. Pure. */
guint client_merge_differing(const Client *kept, const Client *closed);
guint client_merge_proposed(const Client *kept, const Client *closed);

/* As the log and the schema call it ("id_number"), and back: -1 when it is none. */
const char *client_merge_field_code(MergeField field);
int client_merge_field_parse(const char *code);
/* As it is stored: a text, a day, a number; NULL: nothing. New. Pure. */
char *client_merge_value(const Client *client, MergeField field);
void client_merge_set_value(Client *client, MergeField field, const char *value);

/* What is said of the field ("identity number"), translated, static; and what the card says in it,
 * of staff and languages the name; "–" for nothing, and a protected address is not shown. New. */
const char *client_merge_field_name(MergeField field);
char *client_merge_words(const ClientRows *rows, const Client *client, MergeField field);
