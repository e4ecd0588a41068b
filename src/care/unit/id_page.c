/* id_page.c: the parameters of a page of ids. */
#include "care/unit/id_page.h"

static const char *const NAMES[ID_PAGE] = {
    "i1",  "i2",  "i3",  "i4",  "i5",  "i6",  "i7",  "i8",  "i9",  "i10", "i11", "i12", "i13",
    "i14", "i15", "i16", "i17", "i18", "i19", "i20", "i21", "i22", "i23", "i24", "i25", "i26",
    "i27", "i28", "i29", "i30", "i31", "i32", "i33", "i34", "i35", "i36", "i37", "i38", "i39",
    "i40", "i41", "i42", "i43", "i44", "i45", "i46", "i47", "i48", "i49", "i50", "i51", "i52",
    "i53", "i54", "i55", "i56", "i57", "i58", "i59", "i60", "i61", "i62", "i63", "i64"};

const DbParam *id_page_params(DbParam *params, const DbParam *others, const gint64 *ids,
                              guint count)
{
    guint filled = 0;
    g_assert(count <= ID_PAGE);
    for (; others[filled].type != DB_TYPE_END; filled++) {
        g_assert(filled < ID_PAGE_OTHERS);
        params[filled] = others[filled];
    }
    for (guint i = 0; i < ID_PAGE; i++)
        params[filled++] = DB_INT(NAMES[i], i < count ? ids[i] : 0);
    params[filled] = (DbParam){.type = DB_TYPE_END};
    return params;
}
