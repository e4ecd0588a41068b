/* file_draft.h: a file that has its name only when it is whole. Until then it lies beside it under
 * a name of its own, readable by its owner alone; what is given up leaves nothing. */
#pragma once

#include <glib.h>

typedef struct FileDraft FileDraft;
/* A draft of the file at `path`. ERROR_EXISTS where there is such a file and `replace` is FALSE;
 * here and below ERROR_READONLY, ERROR_FULL, ERROR_NOT_FOUND (no such folder) and ERROR_IO as the
 * disk says. */
FileDraft *file_draft_new(const char *path, gboolean replace, GError **error);
/* Where it lies until then, for a library that opens its files by name. */
const char *file_draft_path(const FileDraft *draft);
gboolean file_draft_write(FileDraft *draft, const void *bytes, gsize length, GError **error);
/* All that is written is on the disk: nothing but the name is left to give. */
gboolean file_draft_sync(FileDraft *draft, GError **error);
/* Syncs what is not yet, gives it its name and syncs the folder. Where it fails there is no file, or
 * the one that was there before; nor is another written over that has come meanwhile, unless it is
 * to be replaced. */
gboolean file_draft_finish(FileDraft *draft, GError **error);
/* Removes what is not finished. NULL is allowed. */
void file_draft_free(FileDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FileDraft, file_draft_free)

/* The sentence for errno `fault` met while the file at `path` was written. FALSE. */
gboolean file_draft_fault(const char *path, int fault, GError **error);

/* A whole file in one call. */
gboolean file_write(const char *path, gboolean replace, const void *bytes, gsize length,
                    GError **error);
