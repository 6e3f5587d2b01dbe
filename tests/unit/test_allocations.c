/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * In the path of a frame nothing allocates: the demo through the capture
 * thread, both mailboxes, the inference thread, the mood and the preview. The
 * frames of the beginning, in which faces are met for the first time, do not
 * count.
 */
#include "tests/unit/pictures.h"
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "capture/capture.h"
#include "model/inference.h"
#include "model/mood.h"
#include "tui/preview.h"

#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#define WARM    6 /* readings */
#define READ    20
#define WAIT_MS 60000

/* ---- the counter ---------------------------------------------------------
 *
 * A program's own malloc takes the place of the C library's for everything
 * that is loaded into it; glibc's stands behind it under its inner names. A
 * sanitizer has its own malloc already, and a hook.
 */

static atomic_ulong count;

static unsigned long allocations(void)
{
	return atomic_load(&count);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

int __sanitizer_install_malloc_and_free_hooks(
	void (*on_malloc)(const volatile void *, size_t),
	void (*on_free)(const volatile void *));

static void on_malloc(const volatile void *block, size_t size)
{
	(void)block;
	(void)size;
	atomic_fetch_add(&count, 1);
}

static void on_free(const volatile void *block)
{
	(void)block;
}

__attribute__((constructor)) static void install(void)
{
	__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
}

#else

#define EXPORTED __attribute__((visibility("default")))

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *block, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

EXPORTED void *malloc(size_t size)
{
	atomic_fetch_add(&count, 1);
	return __libc_malloc(size);
}

EXPORTED void *calloc(size_t n, size_t size)
{
	atomic_fetch_add(&count, 1);
	return __libc_calloc(n, size);
}

EXPORTED void *realloc(void *block, size_t size)
{
	atomic_fetch_add(&count, 1);
	return __libc_realloc(block, size);
}

EXPORTED void *aligned_alloc(size_t alignment, size_t size)
{
	atomic_fetch_add(&count, 1);
	return __libc_memalign(alignment, size);
}

EXPORTED int posix_memalign(void **out, size_t alignment, size_t size)
{
	atomic_fetch_add(&count, 1);
	*out = __libc_memalign(alignment, size);
	return *out ? 0 : ENOMEM;
}

#endif

/* ---- the path ------------------------------------------------------------ */

static struct {
	struct capture *capture;
	struct inference *inference;
	struct mood_tracker mood;
	struct preview preview;
	int readings, faces, shown;
} path;

static void take_reading(void)
{
	enum inference_state now;
	struct reading reading;
	struct fault fault;

	if (!inference_take(path.inference, &now, &reading, &fault))
		return;
	mood_update(&path.mood, &reading, clock_monotonic_ns());
	path.readings++;
	path.faces += reading.face_count;
}

static void take_frame(void)
{
	struct frame *frame =
		mailbox_take(capture_mailbox(path.capture, CAPTURE_FOR_SCREEN));

	if (!frame)
		return;
	preview_update(&path.preview, frame, true);
	frame_unref(frame);
	path.shown++;
}

/* As the dashboard's loop does, until so many readings were taken. */
static void run_until(int readings)
{
	struct pollfd fds[] = {
		{.fd = inference_fd(path.inference), .events = POLLIN},
		{.fd = mailbox_fd(
			 capture_mailbox(path.capture, CAPTURE_FOR_SCREEN)),
		 .events = POLLIN},
	};

	while (path.readings < readings) {
		assert_true(poll(fds, 2, WAIT_MS) > 0);
		if (fds[0].revents)
			take_reading();
		if (fds[1].revents)
			take_frame();
	}
}

static void nothing_allocates_in_the_path_of_a_frame(void **state)
{
	struct capture_opts source = {.spec = "demo", .rate = 30, .seed = 1};
	struct reader_opts opts = {.folder = pictures_weights(),
				   .max_faces = 4,
				   .smooth_ns = CLOCK_NS_PER_S};
	unsigned long before;

	(void)state;
	mood_init(&path.mood, &MOOD_OPTS_DEFAULT, clock_monotonic_ns());
	preview_resize(&path.preview, 38, 15, true);
	assert_int_equal(capture_open(&path.capture, &source, NULL), STATUS_OK);
	assert_int_equal(inference_start(&path.inference, &opts,
					 capture_mailbox(path.capture,
							 CAPTURE_FOR_MODEL)),
			 STATUS_OK);
	run_until(WARM);
	path.faces = path.shown = 0;
	before = allocations();
	run_until(WARM + READ);
	assert_int_equal(allocations() - before, 0);
	assert_true(path.faces > READ / 2 && path.shown > 0);
	inference_stop(path.inference);
	capture_close(path.capture);
}

/* ---- the counter sees them all ------------------------------------------- */

static void *allocate(void *user)
{
	unsigned long *more = user, before = allocations();
	void *volatile block = malloc(100);

	*more = allocations() - before;
	free(block);
	return NULL;
}

static void counts_other_threads(void **state)
{
	unsigned long more = 0;
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, allocate, &more), 0);
	pthread_join(thread, NULL);
	assert_int_equal(more, 1);
}

static void counts_what_libraries_loaded_late_allocate(void **state)
{
	void *handle = dlopen("/usr/lib/darknet/libdarknet.so",
			      RTLD_LAZY | RTLD_LOCAL);
	void *found;
	void *(*make_list)(void);
	unsigned long before;
	void *list;

	(void)state;
	assert_non_null(handle);
	found = dlsym(handle, "make_list");
	assert_non_null(found);
	memcpy(&make_list, &found, sizeof(found));
	free(make_list()); /* its name is looked up on the first call */
	before = allocations();
	list = make_list();
	assert_int_equal(allocations() - before, 1);
	free(list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_other_threads),
		cmocka_unit_test(counts_what_libraries_loaded_late_allocate),
		cmocka_unit_test(nothing_allocates_in_the_path_of_a_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
