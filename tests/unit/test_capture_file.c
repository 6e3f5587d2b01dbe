/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures, videos and pipes: what comes out of them, and what is said of
 * those that are not what their names promise. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "capture/capture.h"
#include "tests/unit/video.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(const char *name)
{
	static char paths[4][128];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(paths[turn], sizeof(paths[turn]), "%s/%s", folder, name);
	return paths[turn];
}

static int make_folder(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/mien-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", folder);
	return system(command);
}

/* What capture_each showed. */
struct seen {
	int count, width, height, limit;
	bool color;
	uint8_t corners[4]; /* luma, clockwise from the upper left */
	uint8_t middles[64];
	int64_t times_ns[64];
};

static bool see(struct frame *f, void *user)
{
	struct seen *seen = user;
	const uint8_t *last = f->luma + (ptrdiff_t)(f->height - 1) * f->stride;
	const uint8_t *middle =
		f->luma + (ptrdiff_t)(f->height / 2) * f->stride;

	seen->width = f->width;
	seen->height = f->height;
	seen->color = f->u && f->v;
	seen->corners[0] = f->luma[0];
	seen->corners[1] = f->luma[f->width - 1];
	seen->corners[2] = last[f->width - 1];
	seen->corners[3] = last[0];
	if (seen->count < 64) {
		seen->middles[seen->count] = middle[f->width / 2];
		seen->times_ns[seen->count] = f->media_ns;
	}
	return ++seen->count != seen->limit;
}

static struct seen look(const char *spec, int64_t step_ns)
{
	struct capture_opts opts = {.spec = spec};
	struct seen seen = {0};
	struct fault fault = {0};
	char sentence[512];

	if (capture_each(&opts, step_ns, see, &seen, &fault))
		fail_msg("%s",
			 fault_sentence(&fault, sentence, sizeof(sentence)));
	return seen;
}

static void near(int is, int should)
{
	assert_in_range(is, should < 4 ? 0 : should - 4, should + 4);
}

static const char *write_picture(const char *name, const char *codec,
				 enum AVPixelFormat pixels, int width,
				 int height)
{
	const char *path = in_folder(name);
	struct video_spec spec = {
		.path = path,
		.codec = codec,
		.pixels = pixels,
		.width = width,
		.height = height,
		.rate = 25,
		.count = 1,
		.paint = video_halves,
	};

	assert_int_equal(video_write(&spec), 0);
	return path;
}

static const char *write_video(const char *name, const char *format, int rate,
			       int count)
{
	const char *path = in_folder(name);
	struct video_spec spec = {
		.path = path,
		.format = format,
		.codec = "mjpeg",
		.pixels = AV_PIX_FMT_YUVJ420P,
		.width = 64,
		.height = 48,
		.rate = rate,
		.count = count,
		.paint = video_flat,
	};

	assert_int_equal(video_write(&spec), 0);
	return path;
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

/* ---- pictures ------------------------------------------------------------ */

/* Full range: RGB 40 and 200 stay 40 and 200 in luma. */
static void reads_a_picture(void **state)
{
	struct seen s = look(
		write_picture("a.png", "png", AV_PIX_FMT_RGB24, 63, 31), 0);

	(void)state;
	assert_int_equal(s.count, 1);
	assert_int_equal(s.width, 63);
	assert_int_equal(s.height, 31);
	assert_true(s.color);
	near(s.corners[0], 40);
	near(s.corners[1], 200);
	near(s.corners[2], 200);
	near(s.corners[3], 40);
}

static void reads_grey_without_chroma(void **state)
{
	struct seen s = look(
		write_picture("g.png", "png", AV_PIX_FMT_GRAY8, 64, 32), 0);

	(void)state;
	assert_false(s.color);
	assert_int_equal(s.corners[0], 40);
	assert_int_equal(s.corners[1], 200);
}

static void goes_by_content_not_by_name(void **state)
{
	const char *path =
		write_picture("png.jpg", "png", AV_PIX_FMT_RGB24, 64, 32);

	(void)state;
	assert_int_equal(look(path, 0).count, 1);
	/* No pattern, no option, no protocol is seen in a name. */
	path = write_picture("http:%03d*.txt", "png", AV_PIX_FMT_RGB24, 64, 32);
	assert_int_equal(look(path, 0).count, 1);
}

static void scales_down_what_is_too_large(void **state)
{
	struct seen s = look(write_picture("wide.jpg", "mjpeg",
					   AV_PIX_FMT_YUVJ420P, 4000, 1000),
			     0);

	(void)state;
	assert_int_equal(s.width, FRAME_MAX_WIDTH);
	assert_int_equal(s.height, 480);
	near(s.corners[0], 40);
	near(s.corners[2], 200);
}

/* Puts a minimal Exif block that says how to turn it behind the SOI mark. */
static void add_orientation(const char *path, int orientation)
{
	uint8_t exif[] = {0xff, 0xe1, 0,   34,   'E', 'x', 'i', 'f', 0,
			  0,    'M',  'M', 0,    42,  0,   0,   0,   8,
			  0,    1,    1,   0x12, 0,   3,   0,   0,   0,
			  1,    0,    0,   0,    0,   0,   0,   0,   0};
	static uint8_t jpeg[65536];
	FILE *file = fopen(path, "rb");
	size_t n;

	assert_non_null(file);
	n = fread(jpeg, 1, sizeof(jpeg), file);
	fclose(file);
	assert_true(n > 4 && jpeg[0] == 0xff && jpeg[1] == 0xd8);
	exif[29] = (uint8_t)orientation;
	file = fopen(path, "wb");
	fwrite(jpeg, 1, 2, file);
	fwrite(exif, 1, sizeof(exif), file);
	fwrite(jpeg + 2, 1, n - 2, file);
	fclose(file);
}

/* Exif 2.32, 4.6.4: where the stored left side (40) belongs. */
static void turns_by_exif(void **state)
{
	static const struct {
		int orientation;
		bool lies;          /* width and height change places */
		uint8_t corners[4]; /* clockwise from the upper left */
	} cases[] = {
		{1, false, {40, 200, 200, 40}}, {2, false, {200, 40, 40, 200}},
		{3, false, {200, 40, 40, 200}}, {4, false, {40, 200, 200, 40}},
		{5, true, {40, 40, 200, 200}},  {6, true, {40, 40, 200, 200}},
		{7, true, {200, 200, 40, 40}},  {8, true, {200, 200, 40, 40}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *path = write_picture("turned.jpg", "mjpeg",
						 AV_PIX_FMT_YUVJ420P, 62, 31);
		struct seen s;

		add_orientation(path, cases[i].orientation);
		s = look(path, 0);
		assert_int_equal(s.width, cases[i].lies ? 31 : 62);
		assert_int_equal(s.height, cases[i].lies ? 62 : 31);
		for (int k = 0; k < 4; k++)
			near(s.corners[k], cases[i].corners[k]);
	}
}

/* ---- videos -------------------------------------------------------------- */

static void reads_all_of_a_video(void **state)
{
	struct seen s = look(write_video("a.avi", "avi", 10, 12), 0);

	(void)state;
	assert_int_equal(s.count, 12);
	for (int i = 0; i < 12; i++) {
		near(s.middles[i], 20 + 10 * i);
		near((int)(s.times_ns[i] / CLOCK_NS_PER_MS), 100 * i);
	}
}

static void samples_a_video(void **state)
{
	struct seen s =
		look(write_video("b.nut", "nut", 10, 20), CLOCK_NS_PER_S / 2);

	(void)state;
	assert_int_equal(s.count, 4);
	near(s.middles[1], 20 + 50);
	near((int)(s.times_ns[3] / CLOCK_NS_PER_MS), 1500);
}

static void stops_when_told(void **state)
{
	struct capture_opts opts = {.spec = write_video("c.avi", "avi", 10, 9)};
	struct seen s = {.limit = 3};

	(void)state;
	assert_int_equal(capture_each(&opts, 0, see, &s, NULL), STATUS_OK);
	assert_int_equal(s.count, 3);
	s = (struct seen){0};
	opts.max_frames = 5;
	assert_int_equal(capture_each(&opts, 0, see, &s, NULL), STATUS_OK);
	assert_int_equal(s.count, 5);
}

/* Its damaged part is left out; the rest is shown. */
static void shows_what_is_whole_of_a_cut_video(void **state)
{
	const char *path = write_video("cut.nut", "nut", 10, 20);
	struct stat info;
	struct seen s;

	(void)state;
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(truncate(path, info.st_size / 2), 0);
	s = look(path, 0);
	assert_in_range(s.count, 5, 15);
	near(s.middles[3], 20 + 30);
}

/* ---- what cannot be read ------------------------------------------------- */

/* Fails with status, and the sentence names the file and holds the words. */
static void refuses(const char *spec, enum status status, const char *words)
{
	struct capture_opts opts = {.spec = spec};
	struct seen seen = {0};
	struct fault fault = {0};
	char sentence[512];

	assert_int_equal(capture_each(&opts, 0, see, &seen, &fault), status);
	assert_int_equal(fault.status, status);
	assert_int_equal(seen.count, 0);
	fault_sentence(&fault, sentence, sizeof(sentence));
	if (!strstr(sentence, words) || !strstr(sentence, fault.subject) ||
	    !fault.subject[0])
		fail_msg("\"%s\" does not hold \"%s\"", sentence, words);
}

static void says_why_a_file_is_refused(void **state)
{
	const char *cut =
		write_picture("cut.png", "png", AV_PIX_FMT_RGB24, 64, 32);

	(void)state;
	refuses(in_folder("none.jpg"), STATUS_NOT_FOUND, "No such file");
	refuses(folder, STATUS_BAD_ARGUMENT, "folder");
	write_text(in_folder("empty.jpg"), "");
	refuses(in_folder("empty.jpg"), STATUS_BAD_DATA, "empty");
	write_text(in_folder("text.jpg"), "This is no picture at all.\n");
	refuses(in_folder("text.jpg"), STATUS_BAD_DATA, "no picture");
	assert_int_equal(truncate(cut, 60), 0);
	refuses(cut, STATUS_BAD_DATA, "no picture");
	write_text(in_folder("head.mp4"), "\x7f junk ftypisom junk junk");
	refuses(in_folder("head.mp4"), STATUS_BAD_DATA, "no picture");
}

/* A list is read as bytes; what it names is not opened. */
static void opens_nothing_that_a_file_names(void **state)
{
	const char *secret =
		write_picture("secret.png", "png", AV_PIX_FMT_RGB24, 64, 32);
	char text[512];

	(void)state;
	snprintf(text, sizeof(text), "ffconcat version 1.0\nfile %s\n",
		 strrchr(secret, '/') + 1);
	write_text(in_folder("list.ffconcat"), text);
	refuses(in_folder("list.ffconcat"), STATUS_BAD_DATA, "no picture");
	snprintf(text, sizeof(text),
		 "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:%s\n"
		 "#EXT-X-ENDLIST\n",
		 secret);
	write_text(in_folder("list.m3u8"), text);
	refuses(in_folder("list.m3u8"), STATUS_BAD_DATA, "no picture");
}

static void refuses_unknown_addresses(void **state)
{
	(void)state;
	refuses("gopher://host/x", STATUS_UNSUPPORTED, "http");
	refuses("concat://a", STATUS_UNSUPPORTED, "http");
	refuses("file:///etc/passwd", STATUS_UNSUPPORTED, "http");
	refuses("http://127.0.0.1:1/", STATUS_IO, "refused");
}

/* A password in an address is in no message. */
static void hides_passwords(void **state)
{
	struct capture_opts opts = {
		.spec = "http://me:hush@127.0.0.1:1/a?key=hush#hush"};
	struct fault fault;
	char sentence[512];

	(void)state;
	assert_int_equal(capture_each(&opts, 0, see, NULL, &fault), STATUS_IO);
	fault_sentence(&fault, sentence, sizeof(sentence));
	assert_null(strstr(sentence, "hush"));
	assert_non_null(strstr(sentence, "http://127.0.0.1:1/a:"));
}

/* ---- standard input ------------------------------------------------------ */

static void *cat(void *path)
{
	static char buffer[4096];
	int in = open(path, O_RDONLY);
	ssize_t n;

	while ((n = read(in, buffer, sizeof(buffer))) > 0)
		if (write(STDIN_FILENO + 100, buffer, (size_t)n) < 0)
			break;
	close(in);
	close(STDIN_FILENO + 100);
	return NULL;
}

/* Reads "-" with a file behind it as it is, or through a pipe. */
static struct seen look_at_stdin(const char *path, bool through_pipe)
{
	int old = dup(STDIN_FILENO), pipes[2];
	pthread_t thread;
	struct seen s;

	if (through_pipe) {
		assert_int_equal(pipe(pipes), 0);
		dup2(pipes[0], STDIN_FILENO);
		dup2(pipes[1], STDIN_FILENO + 100);
		close(pipes[0]);
		close(pipes[1]);
		pthread_create(&thread, NULL, cat, (void *)(uintptr_t)path);
	} else {
		pipes[0] = open(path, O_RDONLY);
		dup2(pipes[0], STDIN_FILENO);
		close(pipes[0]);
	}
	s = look("-", 0);
	if (through_pipe)
		pthread_join(thread, NULL);
	dup2(old, STDIN_FILENO);
	close(old);
	return s;
}

static void reads_standard_input(void **state)
{
	const char *picture =
		write_picture("in.png", "png", AV_PIX_FMT_RGB24, 64, 32);
	const char *video = write_video("in.nut", "nut", 10, 15);
	struct seen s;

	(void)state;
	for (int piped = 0; piped < 2; piped++) {
		s = look_at_stdin(picture, piped);
		assert_int_equal(s.count, 1);
		near(s.corners[1], 200);
		s = look_at_stdin(video, piped);
		assert_int_equal(s.count, 15);
		near(s.middles[14], 20 + 140);
	}
	/* Bare JPEGs one after the other, as cameras and ssh send them. */
	s = look_at_stdin(write_video("in.mjpeg", "mjpeg", 10, 15), true);
	assert_int_equal(s.count, 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_a_picture),
		cmocka_unit_test(reads_grey_without_chroma),
		cmocka_unit_test(goes_by_content_not_by_name),
		cmocka_unit_test(scales_down_what_is_too_large),
		cmocka_unit_test(turns_by_exif),
		cmocka_unit_test(reads_all_of_a_video),
		cmocka_unit_test(samples_a_video),
		cmocka_unit_test(stops_when_told),
		cmocka_unit_test(shows_what_is_whole_of_a_cut_video),
		cmocka_unit_test(says_why_a_file_is_refused),
		cmocka_unit_test(opens_nothing_that_a_file_names),
		cmocka_unit_test(refuses_unknown_addresses),
		cmocka_unit_test(hides_passwords),
		cmocka_unit_test(reads_standard_input),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
