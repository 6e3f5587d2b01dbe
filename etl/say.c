/* SPDX-License-Identifier: GPL-3.0-or-later */
/* say: where faults become words and exit statuses. */
#include "etl/say.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

int say_exit(enum status status)
{
	switch (status) {
	case STATUS_OK: return EXIT_SUCCESS;
	case STATUS_BAD_ARGUMENT: return EX_USAGE;
	case STATUS_BAD_DATA: return EX_DATAERR;
	case STATUS_NOT_FOUND:
	case STATUS_DENIED:
	case STATUS_END: return EX_NOINPUT;
	case STATUS_BUSY:
	case STATUS_AGAIN: return EX_TEMPFAIL;
	case STATUS_GONE:
	case STATUS_STALLED:
	case STATUS_TIMEOUT:
	case STATUS_UNSUPPORTED: return EX_UNAVAILABLE;
	case STATUS_IO: return EX_IOERR;
	case STATUS_NO_MEMORY:
	case STATUS_FAILED:
	case STATUS_COUNT: break;
	}
	return EXIT_FAILURE;
}

int say_fault(const struct fault *fault)
{
	char sentence[1024];

	fault_sentence(fault, sentence, sizeof(sentence));
	log_write(LOG_ERROR, "%s", sentence);
	fprintf(stderr, "mien-etl: %s\n", sentence);
	return say_exit(fault->status);
}

void say_one_of_many(const struct fault *fault, unsigned number)
{
	char sentence[1024];

	if (number < SAY_MANY) {
		say_fault(fault);
		return;
	}
	if (number == SAY_MANY)
		fputs("mien-etl: there are more of these; the log names them "
		      "all.\n",
		      stderr);
	log_write(LOG_ERROR, "%s",
		  fault_sentence(fault, sentence, sizeof(sentence)));
}
