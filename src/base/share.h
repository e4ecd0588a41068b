/* share.h: where the program's own files lie: catalogues, forms. It says nothing to anybody, so
 * that the catalogue of texts can use it. */
#pragma once

/* The folder that holds locale/ and dagsform/ (forms, schema-free data): $DAGSFORM_SHARE, else
 * ../share beside the folder of the running program, else PREFIX/share. Static. */
const char *share_folder(void);
