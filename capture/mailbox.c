/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mailbox: one atomic pointer and an eventfd that says when to look. */
#include "capture/mailbox.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct mailbox {
	_Atomic(struct frame *) slot;
	_Atomic uint64_t overwritten;
	int fd;
};

enum status mailbox_new(struct mailbox **out)
{
	struct mailbox *box = calloc(1, sizeof(*box));

	if (!box)
		return STATUS_NO_MEMORY;
	box->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (box->fd < 0) {
		free(box);
		return STATUS_IO;
	}
	*out = box;
	return STATUS_OK;
}

void mailbox_free(struct mailbox *box)
{
	if (!box)
		return;
	frame_unref(atomic_load(&box->slot));
	close(box->fd);
	free(box);
}

void mailbox_put(struct mailbox *box, struct frame *frame)
{
	struct frame *old = atomic_exchange(&box->slot, frame);

	if (old) {
		atomic_fetch_add(&box->overwritten, 1);
		frame_unref(old);
	}
	eventfd_write(box->fd, 1);
}

struct frame *mailbox_take(struct mailbox *box)
{
	eventfd_t count;

	/* Cleared first: a frame put after this makes it readable again. */
	eventfd_read(box->fd, &count);
	return atomic_exchange(&box->slot, NULL);
}

int mailbox_fd(const struct mailbox *box)
{
	return box->fd;
}

uint64_t mailbox_overwritten(const struct mailbox *box)
{
	return atomic_load(&box->overwritten);
}
