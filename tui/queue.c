/* SPDX-License-Identifier: GPL-3.0-or-later */
/* queue: the songs that come next, chosen ahead, and those that were. */
#include "tui/queue.h"

#include "tui/pick.h"

#include <string.h>

int queue_find(const struct queue *queue, int64_t id)
{
	for (int i = 0; i < queue->count; i++)
		if (queue->at[i].id == id)
			return i;
	return -1;
}

void queue_drop(struct queue *queue, int index)
{
	memmove(&queue->at[index], &queue->at[index + 1],
		sizeof(queue->at[0]) * (size_t)(queue->count - index - 1));
	queue->count--;
}

void queue_give_back(struct queue *queue, struct picker *picker)
{
	while (queue->count) {
		queue->count--;
		if (picker)
			picker_return(picker, queue->at[queue->count].id);
	}
}

enum status queue_fill(struct queue *queue, struct picker *picker,
		       const struct mood *mood, enum policy policy,
		       int64_t now_s)
{
	while (queue->count < queue->wanted) {
		enum status status = pick_next(picker, mood, policy, now_s,
					       &queue->at[queue->count]);

		if (status)
			return status == STATUS_NOT_FOUND ? STATUS_OK : status;
		queue->count++;
	}
	return STATUS_OK;
}

void past_add(struct past *past, const struct track *track)
{
	if (!track->id)
		return;
	if (past->count == PAST_KEPT)
		memmove(&past->at[0], &past->at[1],
			sizeof(past->at[0]) * (size_t)--past->count);
	past->at[past->count++] = *track;
}
