/* SPDX-License-Identifier: GPL-3.0-or-later */
/* status: the one list of messages, and sentences made of faults. */
#include "base/status.h"

#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[STATUS_COUNT] = {
	[STATUS_OK] = "good",
	[STATUS_NO_MEMORY] = "not enough memory",
	[STATUS_BAD_ARGUMENT] = "a value out of its range",
	[STATUS_NOT_FOUND] = "not found",
	[STATUS_DENIED] = "not allowed",
	[STATUS_BUSY] = "in use by another program",
	[STATUS_GONE] = "gone",
	[STATUS_STALLED] = "stopped answering",
	[STATUS_TIMEOUT] = "took too long",
	[STATUS_AGAIN] = "nothing yet",
	[STATUS_END] = "at its end",
	[STATUS_IO] = "an input or output error",
	[STATUS_BAD_DATA] = "not valid",
	[STATUS_UNSUPPORTED] = "not supported",
	[STATUS_FAILED] = "failed",
};

const char *status_text(enum status status)
{
	if ((unsigned)status >= STATUS_COUNT || !texts[status])
		return "an unknown error";
	return texts[status];
}

/* scripts/analyze.h has macros of these names */
#undef fault_set
#undef fault_set_errno

enum status fault_set(struct fault *fault, enum status status,
		      const char *subject, const char *detail, ...)
{
	char raw[512];
	va_list args;

	if (!fault)
		return status;
	*fault = (struct fault){.status = status};
	if (subject)
		text_clean(fault->subject, sizeof(fault->subject), subject);
	va_start(args, detail);
	vsnprintf(raw, sizeof(raw), detail, args);
	va_end(args);
	text_clean(fault->detail, sizeof(fault->detail), raw);
	return status;
}

static enum status status_of_errno(int error)
{
	switch (error) {
	case ENOMEM: return STATUS_NO_MEMORY;
	case ENOENT:
	case ENOTDIR: return STATUS_NOT_FOUND;
	case EACCES:
	case EPERM:
	case EROFS: return STATUS_DENIED;
	case EBUSY: return STATUS_BUSY;
	case ENODEV:
	case ENXIO: return STATUS_GONE;
	case ETIMEDOUT: return STATUS_TIMEOUT;
	case EAGAIN:
	case EINTR: return STATUS_AGAIN;
	case EINVAL: return STATUS_BAD_ARGUMENT;
	default: return STATUS_IO;
	}
}

enum status fault_set_errno(struct fault *fault, int error, const char *subject,
			    const char *doing)
{
	return fault_set(fault, status_of_errno(error), subject, "%s: %s",
			 doing, strerror(error));
}

int fault_finish(int code, int (*say)(const struct fault *fault))
{
	struct fault fault;
	int said;

	if (!fflush(stdout) && !ferror(stdout))
		return code;
	fault_set_errno(&fault, errno, "standard output", "writing");
	said = say(&fault);
	return code ? code : said;
}

void fault_hint(struct fault *fault, const char *hint, ...)
{
	va_list args;

	if (!fault)
		return;
	va_start(args, hint);
	vsnprintf(fault->hint, sizeof(fault->hint), hint, args);
	va_end(args);
}

void fault_at(struct fault *fault, unsigned line, unsigned column)
{
	if (!fault)
		return;
	fault->line = line;
	fault->column = column;
}

const char *fault_sentence(const struct fault *fault, char *out, size_t size)
{
	char place[sizeof(fault->subject) + 32] = "";

	if (fault->line && fault->column)
		snprintf(place, sizeof(place), "%s:%u:%u: ", fault->subject,
			 fault->line, fault->column);
	else if (fault->line)
		snprintf(place, sizeof(place), "%s:%u: ", fault->subject,
			 fault->line);
	else if (fault->subject[0])
		snprintf(place, sizeof(place), "%s: ", fault->subject);
	snprintf(out, size, "%s%s%s%s.", place,
		 fault->detail[0] ? fault->detail : status_text(fault->status),
		 fault->hint[0] ? "; " : "", fault->hint);
	return out;
}
