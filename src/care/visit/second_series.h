/* second_series.h: who goes along (second.h) on what is laid out, handed over or moved. Each inside a
 * transaction of the caller's; no right is asked for. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Of a series: those of its visits from `from` to `to` that have just been laid out. Whoever was taken off
 * one outside these days stays so. */
gboolean second_follow(Session *session, gint64 series_id, Date from, Date to, GError **error);
/* The rest of a series has another worker, in a series of its own: whoever goes along still does, but not
 * with themselves. */
gboolean second_hand_over(Session *session, gint64 series_id, gint64 rest_id, GError **error);
/* A home visit made in the place of another: whoever was to go along does. */
gboolean second_of_origin(Session *session, const Visit *visit, GError **error);
