/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check: reading, and SHA-256 by nettle. */
#include "model/check.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIST     "SHA256SUMS"
#define MAX_LIST ((size_t)1 << 16)
#define HEX      ((size_t)2 * SHA256_DIGEST_SIZE)

static enum status read_all(int fd, const char *path, size_t most, char **bytes,
			    size_t *length, struct fault *fault)
{
	struct stat st;
	size_t done = 0;
	char *data;

	if (fstat(fd, &st))
		return fault_set_errno(fault, errno, path, "cannot be read");
	if (!S_ISREG(st.st_mode))
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "is not a regular file");
	if ((uintmax_t)st.st_size > most)
		return fault_set(fault, STATUS_BAD_DATA, path,
				 "is %ju bytes long, and %zu is the most",
				 (uintmax_t)st.st_size, most);
	data = malloc((size_t)st.st_size + 1);
	if (!data)
		return fault_set(fault, STATUS_NO_MEMORY, path,
				 "not enough memory to read it");
	while (done < (size_t)st.st_size) {
		ssize_t n = read(fd, data + done, (size_t)st.st_size - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			free(data);
			return fault_set_errno(fault, errno, path,
					       "cannot be read");
		}
		if (!n) /* it became shorter: what is here is checked */
			break;
		done += (size_t)n;
	}
	data[done] = '\0';
	*bytes = data;
	*length = done;
	return STATUS_OK;
}

enum status check_read(const char *folder, const char *file, size_t most,
		       char **bytes, size_t *length, struct fault *fault)
{
	enum status st;
	char *path;
	int fd;

	if (asprintf(&path, "%s/%s", folder, file) < 0)
		return fault_set(fault, STATUS_NO_MEMORY, file,
				 "not enough memory");
	/* not blocking: a pipe in place of the file must not hang us */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		st = fault_set_errno(fault, errno, path, "cannot be opened");
	} else {
		st = read_all(fd, path, most, bytes, length, fault);
		close(fd);
	}
	free(path);
	return st;
}

static void sum_of(const char *bytes, size_t length, char hex[HEX + 1])
{
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx ctx;

	sha256_init(&ctx);
	sha256_update(&ctx, length, (const uint8_t *)bytes);
	sha256_digest(&ctx, sizeof(digest), digest);
	for (size_t i = 0; i < sizeof(digest); i++)
		sprintf(hex + 2 * i, "%02x", digest[i]);
}

/* The sum that stands before file in the list, or NULL. */
static const char *listed_sum(const char *list, const char *file)
{
	size_t length = strlen(file);

	while (list && *list) {
		const char *end = strchrnul(list, '\n');

		if ((size_t)(end - list) == HEX + 2 + length &&
		    list[HEX] == ' ' && !strncmp(list + HEX + 2, file, length))
			return list;
		list = *end ? end + 1 : end;
	}
	return NULL;
}

enum status check_sum(const char *folder, const char *file, const char *bytes,
		      size_t length, bool *listed, struct fault *fault)
{
	char *list = NULL, hex[HEX + 1];
	const char *expected;
	size_t list_length;
	enum status st;

	*listed = false;
	st = check_read(folder, LIST, MAX_LIST, &list, &list_length, fault);
	if (st)
		return st == STATUS_NOT_FOUND ? STATUS_OK : st;
	expected = listed_sum(list, file);
	if (expected) {
		*listed = true;
		sum_of(bytes, length, hex);
		if (strncasecmp(expected, hex, HEX) != 0) {
			st = fault_set(fault, STATUS_BAD_DATA, file,
				       "is not the file that %s/" LIST
				       " lists: it is damaged or was changed",
				       folder);
			fault_hint(fault, "install mien again, or take its "
					  "line out of " LIST
					  " if the change was yours");
		}
	}
	free(list);
	return st;
}

enum status check_sum_of(const char *folder, const char *file, size_t most,
			 char sum[CHECK_SUM_SIZE], struct fault *fault)
{
	char *bytes;
	size_t length;
	enum status st = check_read(folder, file, most, &bytes, &length, fault);

	if (st)
		return st;
	sum_of(bytes, length, sum);
	free(bytes);
	return STATUS_OK;
}
