/* extract_private.h: the extract as a document, between those who gather it and those who write it.
 */
#pragma once

#include "care/client/client.h"
#include "care/client/dispute.h"
#include "care/response/response_value.h"
#include "exchange/extract.h"

typedef struct {
    const char *code; /* of the JSON member; static */
    char *label, *value;
    gboolean words; /* somebody's own */
} ExtractField;

typedef struct {
    char *title;
    GArray *fields; /* ExtractField */
} ExtractEntry;

typedef struct {
    const char *code, *title; /* static; the title translated */
    GPtrArray *entries;       /* ExtractEntry * */
} ExtractPart;

typedef struct {
    Session *session;
    const Client *client;
    gboolean others;
    const GPtrArray *disputes; /* Dispute *: the client's */
    GPtrArray *parts; /* ExtractPart * */
    ExtractResult *result;
} Extract;

void extract_part_free(gpointer part);
ExtractPart *extract_part(Extract *extract, const char *code, const char *title);
/* `title` is copied. */
ExtractEntry *extract_entry(ExtractPart *part, const char *title);
/* Copies; NULL and "" are left out. */
void extract_field(ExtractEntry *entry, const char *code, const char *label, const char *value);
void extract_date(ExtractEntry *entry, const char *code, const char *label, Date date);
void extract_words(ExtractEntry *entry, const char *code, const char *label, const char *value);

/* What the person says is wrong in that, where there is something; `field` as dispute_beside(). */
void extract_disputed(const Extract *extract, ExtractEntry *entry, DisputeAbout about, gint64 id,
                      const char *field);

/* Each gathers parts. FALSE with `error`. */
gboolean extract_gather_card(Extract *extract, GError **error);
gboolean extract_gather_visits(Extract *extract, GError **error);
gboolean extract_gather_forms(Extract *extract, GError **error);
/* Last: what was read, when and by which role; nobody's name. */
gboolean extract_gather_readings(Extract *extract, GError **error);

/* What is said above everything: paragraphs. Array of char *; new. */
GPtrArray *extract_opening(const Extract *extract);
gboolean extract_write_pdf(const Extract *extract, const char *path, GError **error);
/* New. */
char *extract_to_json(const Extract *extract);
