/* cover_sql.h: who covers for whom (cover.h) as SQL, for care/ alone. */
#pragma once

/* Whether :me covers for the colleague `staff` on `day`. */
#define COVERS_ON(staff, day)                                                                      \
    "EXISTS (SELECT 1 FROM cover k WHERE k.cover_id = :me AND k.staff_id = " staff                 \
    " AND k.to_on >= " day " AND k.from_on <= " day " AND k.withdrawn_ms IS NULL)"
/* Of cover k: that :me covers on :own_day. */
#define COVERS_NOW                                                                                 \
    "k.cover_id = :me AND k.to_on >= :own_day AND k.from_on <= :own_day AND k.withdrawn_ms IS NULL"
/* The name of whoever covers for `staff` on `day`; NULL: nobody does. */
#define COVER_NAME(staff, day)                                                                     \
    "(SELECT MIN(z.name) FROM cover k JOIN staff z ON z.id = k.cover_id WHERE k.staff_id = " staff \
    " AND k.to_on >= " day " AND k.from_on <= " day " AND k.withdrawn_ms IS NULL)"
/* Of cover k, visit v and its second y (visit/second.h): that one of the two is away that day, so that only one
 * goes: the second, or the other, whom the second covers for. */
#define COVER_TAKES_SECOND                                                                         \
    "k.withdrawn_ms IS NULL AND k.from_on <= v.date AND k.to_on >= v.date"                         \
    " AND (k.staff_id = y.staff_id OR (k.staff_id = v.staff_id AND k.cover_id = y.staff_id))"
