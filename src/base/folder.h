/* folder.h: folders that are made whole or not at all. What is being made bears a name that ends in
 * FOLDER_PART and is locked for as long as its maker lives, so that a half one is never taken for
 * whole and what a killed program has left is told from what another one is at. */
#pragma once

#include <glib.h>

#define FOLDER_PART ".part"

/* Sets the sentence for `system_error` (an errno) met at `path`: ERROR_EXISTS, ERROR_FULL,
 * ERROR_READONLY, ERROR_NOT_FOUND or ERROR_IO. Returns FALSE. */
gboolean folder_fault(const char *path, int system_error, GError **error);

/* Makes the folder `path`, for its owner alone, and holds it. A descriptor to close when the folder
 * has its name or is gone; -1 on error. */
int folder_begin(const char *path, GError **error);
/* Gives the file or folder `from` the name `to`, which must not be taken, and syncs the folder that
 * has them. ERROR_EXISTS. */
gboolean folder_name(const char *from, const char *to, GError **error);
/* Waits until the file or folder is on the disk. */
gboolean folder_sync(const char *path, GError **error);

/* A new file `to` with the bytes of `from`, for its owner alone, synced. ERROR_EXISTS; nothing is
 * left after an error. */
gboolean folder_copy_file(const char *from, const char *to, GError **error);
/* The same with these bytes. */
gboolean folder_write_file(const char *to, const char *bytes, gsize length, GError **error);

/* Whether the folder holds nothing but what has one of these names, in which * stands for anything
 * (ends with NULL). */
gboolean folder_holds_only(const char *path, const char *const *names);
/* Takes away a folder that holds nothing but files of these names. It is given a name that ends in
 * FOLDER_PART first, so what is left when that is broken off is nothing. FALSE where something else
 * is in it, where somebody holds it, or where it cannot be taken away; then it is as it was, or
 * bears that name. */
gboolean folder_remove(const char *path, const char *const *names);
