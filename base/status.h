/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * status: how every function of the libraries answers, and the fault that
 * carries what it knew to the edge, where a sentence is made of it.
 */
#ifndef MIEN_BASE_STATUS_H
#define MIEN_BASE_STATUS_H

#include <stddef.h>

enum status {
	STATUS_OK,
	STATUS_NO_MEMORY,
	STATUS_BAD_ARGUMENT, /* the caller's value is out of its range */
	STATUS_NOT_FOUND,    /* no such file, device, row or key */
	STATUS_DENIED,       /* permissions, or a rule of ours */
	STATUS_BUSY,         /* another program or thread has it */
	STATUS_GONE,         /* it was there and is not any more */
	STATUS_STALLED,      /* it stopped answering without an error */
	STATUS_TIMEOUT,
	STATUS_AGAIN,       /* nothing now; not an error */
	STATUS_END,         /* no more of it; not an error */
	STATUS_IO,          /* the system said no while reading or writing */
	STATUS_BAD_DATA,    /* it was read, and it is not what it should be */
	STATUS_UNSUPPORTED, /* understood, and not possible here */
	STATUS_FAILED,      /* a library failed without a better word */
	STATUS_COUNT
};

/* A short English phrase ("not found"), static, never NULL. Any thread. */
const char *status_text(enum status status);

/*
 * What happened, to what, and where. Plain value, no ownership. subject is a
 * file, device or address (already fit for a terminal); detail is a clause
 * without a full stop; hint says what to do. line and column count from 1, 0
 * for unknown.
 */
struct fault {
	enum status status;
	unsigned line, column;
	char subject[192];
	char detail[256];
	char hint[192];
};

/*
 * Fills fault (which may be NULL) and returns status, so that a failing
 * function ends with "return fault_set(...)". subject may be NULL. The result
 * is cut to fit and cleaned of control bytes.
 */
enum status fault_set(struct fault *fault, enum status status,
		      const char *subject, const char *detail, ...)
	__attribute__((format(printf, 4, 5)));

/* The same from errno's value. */
enum status fault_set_errno(struct fault *fault, int error, const char *subject,
			    const char *doing);

/*
 * For the end of a program: writes out what stdout still holds, as a full disk
 * behind it is not to pass for success. Returns code, or, where that failed and
 * code is 0, what say makes of the fault that it is told.
 */
int fault_finish(int code, int (*say)(const struct fault *fault));

/* Adds what the person can do about it. fault may be NULL. */
void fault_hint(struct fault *fault, const char *hint, ...)
	__attribute__((format(printf, 2, 3)));

void fault_at(struct fault *fault, unsigned line, unsigned column);

/*
 * "SUBJECT:LINE:COLUMN: detail; hint." into out, always terminated. Returns
 * out.
 */
const char *fault_sentence(const struct fault *fault, char *out, size_t size);

#endif
