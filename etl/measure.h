/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * measure: many files heard at once (etl/hear.h), each in a process of its own:
 * on every core, politely, and no file can harm more than its own.
 */
#ifndef MIEN_ETL_MEASURE_H
#define MIEN_ETL_MEASURE_H

#include "catalog/sound.h"

#include <signal.h>

/* A file that takes longer, in seconds of work or of waiting, is given up. */
#define MEASURE_WORK_S 60
#define MEASURE_WAIT_S 180

struct measure_opts {
	int processes; /* 0: one a core */
	/* becomes non-zero: no new file is begun, those that run have five
	 * seconds more; STATUS_AGAIN */
	const volatile sig_atomic_t *stop;
};

/*
 * Measures paths[0..count-1], and calls done for each as it ends, in any
 * order, with NULL where it could not be measured; done returns false to end.
 * A file whose process was killed from outside is passed over.
 * No other thread may run. STATUS_IO: no process can be started.
 */
enum status measure_all(const char *const *paths, size_t count,
			const struct measure_opts *opts,
			bool (*done)(size_t index, const struct sound *sound,
				     void *user),
			void *user, struct fault *fault);

#endif
