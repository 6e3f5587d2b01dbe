/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mailbox: a slot for one frame between two threads. The newest wins; a frame
 * overwritten before it was taken is counted.
 */
#ifndef MIEN_CAPTURE_MAILBOX_H
#define MIEN_CAPTURE_MAILBOX_H

#include "capture/frame.h"

struct mailbox;

enum status mailbox_new(struct mailbox **out);
void mailbox_free(struct mailbox *box); /* NULL is allowed */

/* Takes over one reference of frame. Producer's thread. */
void mailbox_put(struct mailbox *box, struct frame *frame);

/* The frame with its reference, or NULL. Consumer's thread. Clears the fd. */
struct frame *mailbox_take(struct mailbox *box);

/* An eventfd that is readable while a frame waits; owned by the box. */
int mailbox_fd(const struct mailbox *box);

uint64_t mailbox_overwritten(const struct mailbox *box);

#endif
