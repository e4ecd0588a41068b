/* task_index.h: the open tasks in the order they are due, kept in memory while they are looked at,
 * so that what is typed narrows them without reading them all again. What is shown of each is read
 * when it is shown, and whether it is still for the reader. */
#pragma once

#include "care/task/task.h"

typedef struct TaskIndex TaskIndex;
/* Those of TaskFilter.mine, narrowed to its words. NULL with `error`. `session` must outlive it. */
TaskIndex *task_index_new(Session *session, TaskFilter filter, GError **error);
void task_index_free(TaskIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TaskIndex, task_index_free)

/* To those with the words (TaskFilter.words) from all of them. FALSE with `error`: they are as
 * before. */
gboolean task_index_narrow(TaskIndex *index, const char *words, GError **error);
/* As task_count() and task_list(). */
void task_index_count(const TaskIndex *index, Date today, gint64 *open, gint64 *due);
GPtrArray *task_index_list(const TaskIndex *index, const Task *after, int limit, GError **error);
