/* id_page.h: a page of rows asked for by their ids in one statement, which costs a round trip where
 * the unit is kept on a server. */
#pragma once

#include "db/db.h"

#define ID_PAGE 64

/* SQL: in the place of a list of ids. */
#define ID_PAGE_SQL                                                                                \
    "(:i1,:i2,:i3,:i4,:i5,:i6,:i7,:i8,:i9,:i10,:i11,:i12,:i13,:i14,:i15,:i16,:i17,:i18,:i19,:i20," \
    ":i21,:i22,:i23,:i24,:i25,:i26,:i27,:i28,:i29,:i30,:i31,:i32,:i33,:i34,:i35,:i36,:i37,:i38,"   \
    ":i39,:i40,:i41,:i42,:i43,:i44,:i45,:i46,:i47,:i48,:i49,:i50,:i51,:i52,:i53,:i54,:i55,:i56,"   \
    ":i57,:i58,:i59,:i60,:i61,:i62,:i63,:i64)"

/* The parameters: those of `others` (as DB_PARAMS), and the ids, at most ID_PAGE; what is left of
 * them is 0, which no row has. `params` has room for ID_PAGE_PARAMS. */
#define ID_PAGE_OTHERS 8
#define ID_PAGE_PARAMS (ID_PAGE + ID_PAGE_OTHERS + 1)
const DbParam *id_page_params(DbParam *params, const DbParam *others, const gint64 *ids,
                              guint count);
