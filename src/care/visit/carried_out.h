/* carried_out.h: what became of an alternative, in SQL: for week_count.c, which counts it, and
 * visit_list.c, which lists what is counted. */
#pragma once

/* Whether something that came in place of visit v by way of its alternative took place. What came
 * in place of a visit is all that came of it by that way: the new time that was agreed for itself
 * is another meeting. */
#define VISIT_CARRIED_OUT                                                                          \
    "EXISTS (WITH RECURSIVE instead (id, outcome) AS ("                                            \
    " SELECT a.id, a.outcome FROM visit a WHERE a.origin_id = v.id"                                \
    " AND a.id IS DISTINCT FROM v.new_visit_id"                                                    \
    " UNION SELECT b.id, b.outcome FROM instead JOIN visit b ON b.origin_id = instead.id)"         \
    " SELECT 1 FROM instead WHERE outcome IN ('done', 'done-otherwise'))"
