/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inference: the thread that waits at a mailbox, reads each frame that it
 * finds there, and leaves the newest reading for the main thread.
 */
#ifndef MIEN_MODEL_INFERENCE_H
#define MIEN_MODEL_INFERENCE_H

#include "capture/mailbox.h"
#include "model/reader.h"

enum inference_state {
	INFERENCE_LOADING, /* libdarknet and the networks are being loaded */
	INFERENCE_READY,
	INFERENCE_FAILED /* see the fault; the dashboard works by hand */
};

struct inference;

/* Copies opts; loads on its own thread. box must outlive the inference. */
enum status inference_start(struct inference **out,
			    const struct reader_opts *opts,
			    struct mailbox *box);
void inference_stop(struct inference *inference); /* joins; NULL is allowed */

/* The correction for the person, by value; read from the next frame on. */
void inference_set_personal(struct inference *inference,
			    const struct personal *personal);

/* An eventfd, readable after a new reading or state, until taken. */
int inference_fd(const struct inference *inference);

/*
 * The state, and the newest reading: true when there is one that was not
 * taken before. Main thread.
 */
bool inference_take(struct inference *inference, enum inference_state *state,
		    struct reading *out, struct fault *fault);

#endif
