/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say: where faults become words and exit statuses. */
#include "tui/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

int say_exit(enum status status)
{
	switch (status) {
	case STATUS_OK: return EXIT_SUCCESS;
	case STATUS_BAD_ARGUMENT: return EX_USAGE;
	case STATUS_NOT_FOUND:
	case STATUS_DENIED:
	case STATUS_END:
	case STATUS_BAD_DATA: return EX_NOINPUT;
	case STATUS_BUSY:
	case STATUS_GONE:
	case STATUS_STALLED:
	case STATUS_TIMEOUT:
	case STATUS_UNSUPPORTED: return EX_UNAVAILABLE;
	case STATUS_IO: return EX_IOERR;
	case STATUS_NO_MEMORY:
	case STATUS_AGAIN:
	case STATUS_FAILED:
	case STATUS_COUNT: break;
	}
	return EXIT_FAILURE;
}

int say_fault(const struct fault *fault)
{
	char sentence[1024];

	fprintf(stderr, "mien: %s\n",
		fault_sentence(fault, sentence, sizeof(sentence)));
	return say_exit(fault->status);
}
