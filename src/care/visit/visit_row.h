/* visit_row.h: the columns of a visit as every query of care/ reads them, names beside it. */
#pragma once

#include "care/visit/visit.h"

/* A protected client's phone number never leaves the database by way of a list. */
#define VISIT_COLUMNS                                                                              \
    "v.id, v.client_id, v.staff_id, v.series_id, v.origin_id, v.new_visit_id, v.date, v.start,"    \
    " v.minutes, v.form, v.version, v.recorded_ms, v.recorded_by, v.outcome, v.cancelled_by,"      \
    " v.told_by, v.notice_hours, v.cause, v.cause_further, v.cause_source, v.words,"               \
    " v.alternative, v.alternative_taken, v.note, c.name, c.birth_date, c.protection,"             \
    " CASE WHEN c.protection = 'none' THEN c.phone END, s.name, n.date, n.start, n.outcome,"       \
    " CASE WHEN v.alternative_taken = 1 THEN (SELECT a.outcome FROM visit a"                       \
    " WHERE a.origin_id = v.id AND a.id IS DISTINCT FROM v.new_visit_id AND a.date = v.date"       \
    " AND a.outcome IS NOT NULL LIMIT 1) END"

/* Left joins also where there always is a row: they keep the visits in the order of their index. */
#define VISIT_FROM                                                                                 \
    " FROM visit v LEFT JOIN client c ON c.id = v.client_id"                                       \
    " LEFT JOIN staff s ON s.id = v.staff_id LEFT JOIN visit n ON n.id = v.new_visit_id"

enum {
    ROW_ID,
    ROW_CLIENT,
    ROW_STAFF,
    ROW_SERIES,
    ROW_ORIGIN,
    ROW_NEW_VISIT,
    ROW_DATE,
    ROW_START,
    ROW_MINUTES,
    ROW_FORM,
    ROW_VERSION,
    ROW_RECORDED_MS,
    ROW_RECORDED_BY,
    ROW_OUTCOME,
    ROW_BY,
    ROW_TOLD,
    ROW_NOTICE,
    ROW_CAUSE,
    ROW_CAUSE_FURTHER,
    ROW_SOURCE,
    ROW_WORDS,
    ROW_ALTERNATIVE,
    ROW_TAKEN,
    ROW_NOTE,
    ROW_CLIENT_NAME,
    ROW_CLIENT_BIRTH,
    ROW_CLIENT_PROTECTION,
    ROW_CLIENT_PHONE,
    ROW_STAFF_NAME,
    ROW_NEW_DATE,
    ROW_NEW_START,
    ROW_NEW_OUTCOME,
    ROW_ALTERNATIVE_OUTCOME,
};
/* In SQL, counted from 1: date, start and id in this order sort a list. */
#define VISIT_ORDER " ORDER BY 7, 8, 1"
#define VISIT_ORDER_BACKWARDS " ORDER BY 7 DESC, 8 DESC, 1 DESC"

Visit *visit_from_row(DbStatement *row);
/* Every row that is left. Array of Visit *. */
GPtrArray *visit_rows(DbStatement *rows, GError **error);
