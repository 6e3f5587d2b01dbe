/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Opening networks, good and bad: each bad one gets its sentence, none ends
 * the program or reaches the terminal.
 */
#include "tests/unit/unit.h"

#include "model/engine.h"

#include <fcntl.h>
#include <ftw.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CFG                                                                  \
	"[net]\nwidth=6\nheight=5\nchannels=2\n[convolutional]\nfilters=3\n" \
	"size=3\npad=1\nbatch_normalize=1\nactivation=relu\nname=first\n"    \
	"[avgpool]\n[connected]\noutput=4\nactivation=linear\n"
#define FLOATS (3 * 2 * 9 + 4 * 3 + 4 * 3 + 4)
#define BYTES  (20 + 4 * FLOATS)

static char folder[64];

struct file {
	int32_t version[3];
	uint32_t seen[2];
	float values[FLOATS + 8];
};

static void write_file(const char *name, const void *bytes, size_t size)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	fclose(file);
}

static void remove_file(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

static struct file good_weights(void)
{
	struct file file = {.version = {0, 2, 0}};

	for (int i = 0; i < FLOATS + 8; i++)
		file.values[i] = 0.25f + 0.01f * (float)(i % 17);
	return file;
}

/* Good files, and no list of sums. */
static int setup(void **state)
{
	struct file file = good_weights();

	(void)state;
	write_file("n.cfg", CFG, strlen(CFG));
	write_file("n.weights", &file, BYTES);
	remove_file("SHA256SUMS");
	return 0;
}

static void list_sums(void)
{
	char command[256];

	snprintf(command, sizeof(command),
		 "cd %s && sha256sum n.cfg n.weights >SHA256SUMS", folder);
	assert_int_equal(system(command), 0);
}

static struct engine *open_good(void)
{
	struct engine *engine = NULL;
	struct fault fault = {0};
	char text[512];

	if (engine_open(&engine, folder, "n", &fault))
		fail_msg("%s", fault_sentence(&fault, text, sizeof(text)));
	return engine;
}

static void expect_fault(enum status status, const char *word)
{
	struct engine *engine = NULL;
	struct fault fault = {0};
	char text[512];
	enum status st = engine_open(&engine, folder, "n", &fault);

	fault_sentence(&fault, text, sizeof(text));
	if (st != status || !strstr(text, word) || engine)
		fail_msg("answered %d: %s (expected %d: %s)", (int)st, text,
			 (int)status, word);
}

static void runs(void **state)
{
	struct engine *engine = open_good();
	struct engine_planes in = engine_input(engine);
	struct engine_planes out = engine_output(engine, -1);
	int index;

	(void)state;
	assert_true(in.channels == 2 && in.height == 5 && in.width == 6);
	assert_true(out.channels == 4 && out.height == 1 && out.width == 1);
	assert_int_equal(engine_layers(engine), 3);
	assert_int_equal(engine_find(engine, "first", &index), STATUS_OK);
	assert_int_equal(index, 0);
	assert_int_equal(engine_find(engine, "", &index), STATUS_NOT_FOUND);
	assert_int_equal(engine_find(engine, "none", &index), STATUS_NOT_FOUND);
	for (int i = 0; i < 60; i++)
		in.data[i] = 1;
	assert_int_equal(engine_run(engine), STATUS_OK);
	assert_true(out.data[0] > 0);
	in.data[7] = NAN;
	assert_int_equal(engine_run(engine), STATUS_BAD_DATA);
	engine_close(engine);
	engine_close(NULL);
}

static void missing_files(void **state)
{
	(void)state;
	remove_file("n.weights");
	expect_fault(STATUS_NOT_FOUND, "n.weights");
	remove_file("n.cfg");
	expect_fault(STATUS_NOT_FOUND, "n.cfg");
}

static void no_files_in_their_place(void **state)
{
	char path[128];

	(void)state;
	snprintf(path, sizeof(path), "%s/n.weights", folder);
	unlink(path);
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_fault(STATUS_BAD_DATA, "not a regular file");
	unlink(path);
	assert_int_equal(mkdir(path, 0700), 0);
	expect_fault(STATUS_BAD_DATA, "not a regular file");
	rmdir(path);
}

static void weights_of_another_length(void **state)
{
	struct file file = good_weights();

	(void)state;
	write_file("n.weights", &file, 0);
	expect_fault(STATUS_BAD_DATA, "0 bytes");
	write_file("n.weights", &file, BYTES - 4);
	expect_fault(STATUS_BAD_DATA, "have 348");
	write_file("n.weights", &file, BYTES + 4);
	expect_fault(STATUS_BAD_DATA, "have 348");
}

static void weights_of_another_kind(void **state)
{
	struct file file = good_weights();

	(void)state;
	file.version[1] = 1;
	write_file("n.weights", &file, BYTES);
	expect_fault(STATUS_BAD_DATA, "version");
	file = good_weights();
	file.values[FLOATS - 1] = INFINITY;
	write_file("n.weights", &file, BYTES);
	expect_fault(STATUS_BAD_DATA, "finite");
}

static void bad_description(void **state)
{
	(void)state;
	write_file("n.cfg", "[net]\nfoo\n", 10);
	expect_fault(STATUS_BAD_DATA, "n.cfg:2");
	write_file("n.cfg", CFG "activation=swish\n", strlen(CFG) + 17);
	expect_fault(STATUS_UNSUPPORTED, "swish");
}

static void listed_files_must_match(void **state)
{
	struct file file = good_weights();

	(void)state;
	list_sums();
	engine_close(open_good());
	file.values[5] += 1e-6f;
	write_file("n.weights", &file, BYTES);
	expect_fault(STATUS_BAD_DATA, "n.weights: is not the file");
	setup(NULL);
	list_sums();
	write_file("n.cfg", CFG "#\n", strlen(CFG) + 2);
	expect_fault(STATUS_BAD_DATA, "n.cfg: is not the file");
	/* a list of other files says nothing of these */
	setup(NULL);
	write_file("SHA256SUMS", "0000  m.cfg\n", 12);
	engine_close(open_good());
}

/* fd 2 into a file while something happens; its size after. */
static void says_nothing(void **state)
{
	char path[128];
	struct stat st;
	int was = dup(2), fd;

	(void)state;
	snprintf(path, sizeof(path), "%s/said", folder);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	assert_true(fd >= 0);
	dup2(fd, 2);
	engine_close(open_good());
	list_sums();
	engine_close(open_good());
	dup2(was, 2);
	close(was);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_size, 0);
	close(fd);
	remove_file("said");
}

static long resident_kb(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long size = 0, resident = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld %ld", &size, &resident), 2);
	fclose(file);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static int open_descriptors(void)
{
	int n = 0;

	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

static void leaves_nothing_behind(void **state)
{
	struct {
		int32_t head[5];
		float values[104];
	} file = {.head = {0, 2}};
	char wide[512];
	long before;
	int descriptors;

	(void)state;
	/* enough to see: each load would leave over 400 kB of it */
	snprintf(wide, sizeof(wide),
		 "[net]\nwidth=64\nheight=64\nchannels=1\n[convolutional]\n"
		 "filters=4\nsize=5\npad=1\nactivation=relu\n");
	write_file("n.cfg", wide, strlen(wide));
	write_file("n.weights", &file, 20 + 4 * 104);
	list_sums();
	for (int i = 0; i < 10; i++)
		engine_close(open_good());
	before = resident_kb();
	descriptors = open_descriptors();
	for (int i = 0; i < 50; i++)
		engine_close(open_good());
	assert_int_equal(open_descriptors(), descriptors);
	before = resident_kb() - before;
#ifndef __SANITIZE_ADDRESS__      /* it keeps what is freed for a while */
	if (!getenv("TEST_WITH")) /* and so does memcheck */
		assert_in_range(before + 1000, 0, 2000);
#endif
}

static void *open_and_run(void *result)
{
	struct engine *engine = NULL;

	for (int i = 0; i < 20; i++) {
		if (engine_open(&engine, folder, "n", NULL))
			return NULL;
		for (int k = 0; k < 60; k++)
			engine_input(engine).data[k] = (float)k;
		if (engine_run(engine))
			return NULL;
		*(float *)result = engine_output(engine, -1).data[3];
		engine_close(engine);
	}
	return result;
}

static void two_threads(void **state)
{
	pthread_t threads[2];
	float results[2] = {0};
	void *good;

	(void)state;
	list_sums();
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, open_and_run,
						&results[i]),
				 0);
	for (int i = 0; i < 2; i++) {
		pthread_join(threads[i], &good);
		assert_ptr_equal(good, &results[i]);
	}
	assert_true(results[0] == results[1] && results[0] != 0);
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/mien-engine-XXXXXX");
	return mkdtemp(folder) ? 0 : 1;
}

static int remove_one(const char *path, const struct stat *st, int flag,
		      struct FTW *ftw)
{
	(void)st, (void)flag, (void)ftw;
	return remove(path);
}

static int remove_folder(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(runs, setup),
		cmocka_unit_test_setup(missing_files, setup),
		cmocka_unit_test_setup(no_files_in_their_place, setup),
		cmocka_unit_test_setup(weights_of_another_length, setup),
		cmocka_unit_test_setup(weights_of_another_kind, setup),
		cmocka_unit_test_setup(bad_description, setup),
		cmocka_unit_test_setup(listed_files_must_match, setup),
		cmocka_unit_test_setup(says_nothing, setup),
		cmocka_unit_test_setup(leaves_nothing_behind, setup),
		cmocka_unit_test_setup(two_threads, setup),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
