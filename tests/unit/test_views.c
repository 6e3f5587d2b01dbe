/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screen is whole at every size, and says what the snapshot says. */
#include "tests/unit/unit.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/notice.h"
#include "tui/views.h"

#include <stdio.h>
#include <stdlib.h>

static struct canvas canvas;
static struct snapshot snap;
static struct preview preview;
static struct messages messages;
static struct trail trail;
static struct keys keys;
static struct found found;
static char log_lines[3][LOG_LINE_SIZE] = {"first", "second", "third"};
static uint8_t luma[120 * 160];

static struct track track_of(int64_t id, const char *title, const char *artist)
{
	struct track t = {.id = id, .length_s = 192};

	text_copy(t.title, sizeof(t.title), title);
	text_copy(t.artist, sizeof(t.artist), artist);
	text_copy(t.reason, sizeof(t.reason), "fits happy: new to you");
	return t;
}

/* Everything at once, with text of all widths. */
static int set_up(void **state)
{
	struct face *f = &snap.reading.faces[0];

	(void)state;
	memset(&snap, 0, sizeof(snap));
	memset(&messages, 0, sizeof(messages));
	memset(&trail, 0, sizeof(trail));
	canvas.glyphs = GLYPHS_FULL;
	keys_defaults(&keys);
	for (size_t i = 0; i < sizeof(luma); i++)
		luma[i] = (uint8_t)(i * 7);
	snap.keys = &keys;
	snap.messages = &messages;
	snap.trail = &trail;
	snap.found = &found;
	snap.preview = &preview;
	snap.log_lines = log_lines;
	snap.log_count = 3;
	snap.model_fault = "";
	snap.now_ns = 1000 * CLOCK_NS_PER_S;
	snap.now_s = 1700000000;
	snap.ticking = true;
	snap.camera_on = true;
	snap.camera.state = CAPTURE_STREAMING;
	text_copy(snap.camera.device, sizeof(snap.camera.device),
		  "/dev/video0");
	snap.camera.rate = 15;
	snap.model = INFERENCE_READY;
	snap.has_reading = true;
	snap.readings_per_s = 8.2;
	snap.reading.frame_width = 160;
	snap.reading.frame_height = 120;
	snap.reading.face_count = 2;
	snap.reading.brightness = snap.reading.contrast = 0.5f;
	*f = (struct face){
		.x = 40, .y = 30, .width = 60, .height = 60, .score = 0.97f};
	f->smooth[EMOTION_HAPPY] = f->raw[EMOTION_HAPPY] = 0.72f;
	f->smooth[EMOTION_NEUTRAL] = f->raw[EMOTION_NEUTRAL] = 0.28f;
	snap.reading.faces[1] = *f;
	snap.reading.faces[1].x = -20;
	snap.mood = (struct mood){.emotion = EMOTION_HAPPY,
				  .valence = 0.6f,
				  .since_ns = 958 * CLOCK_NS_PER_S};
	for (int i = 0; i < 100; i++)
		trail_add(&trail, (900 + i) * CLOCK_NS_PER_S,
			  i < 40 ? EMOTION_NEUTRAL : EMOTION_HAPPY,
			  i % 30 < 20 ? f->smooth : NULL);
	snap.music.has_player = snap.music.has_catalog = true;
	snap.music.tracks = 5;
	snap.music.player.active = true;
	snap.music.player.volume = 62;
	snap.music.player.position_s = 83;
	snap.music.player.length_s = 227;
	snap.music.player.track = track_of(1, "Morning, Again", "Ada Fenn");
	text_copy(snap.music.reason, 160, "fits happy");
	snap.music.queue_count = 4;
	snap.music.queue[0] = track_of(2, "Sunlit Stairs", "Paper Harbour");
	snap.music.queue[1] = track_of(3,
				       "\xe6\x97\xa5\xe6\x9c\xac\xe6\x97\xa5"
				       "\xe6\x9c\xac\xe6\x97\xa5\xe6\x9c\xac"
				       "\xe6\x97\xa5\xe6\x9c\xac",
				       "e\xcc\x81\xcc\x82\xcc\x83");
	snap.music.queue[2] = track_of(4, "x", "y");
	snap.music.queue[3] = track_of(5, "", "");
	found.count = 2;
	found.tracks[0] = snap.music.queue[0];
	found.tracks[1] = snap.music.queue[1];
	messages_add(&messages, snap.now_s, LOG_INFO, "Mood neutral to happy");
	messages_add(&messages, snap.now_s, LOG_WARNING, "a warning");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	canvas_done(&canvas);
	return 0;
}

static struct layout draw(int rows, int cols)
{
	struct layout l = layout_compute(rows, cols, snap.ui.full_screen);
	struct rect in = rect_inside(l.camera);
	struct frame frame = {
		.luma = luma, .width = 160, .height = 120, .stride = 160};

	assert_int_equal(canvas_resize(&canvas, rows, cols), STATUS_OK);
	preview_resize(&preview, in.cols, in.rows,
		       snap.ui.preview == PREVIEW_HALF);
	preview_update(&preview, &frame, true);
	view_screen(&canvas, &l, &snap);
	return l;
}

/* The screen as lines of UTF-8. */
static const char *screen(void)
{
	static char out[64 * 1024];
	size_t n = 0;

	for (int r = 0; r < canvas.rows; r++) {
		for (int c = 0; c < canvas.cols; c++) {
			const struct cell *cell = canvas_cell(&canvas, r, c);
			char name[8];

			if (!cell->code[0])
				continue;
			if (cell->code[0] == ' ')
				n += (size_t)snprintf(out + n, 8, " ");
			else
				n += (size_t)snprintf(
					out + n, 8, "%s",
					keys_code_name(cell->code[0], name,
						       sizeof(name)));
		}
		out[n++] = '\n';
	}
	out[n] = '\0';
	return out;
}

static void expect(const char *text)
{
	if (!strstr(screen(), text))
		fail_msg("\"%s\" is not on the screen:\n%s", text, screen());
}

static void expect_not(const char *text)
{
	if (strstr(screen(), text))
		fail_msg("\"%s\" is on the screen:\n%s", text, screen());
}

static uint32_t code_at(int row, int col)
{
	return canvas_cell(&canvas, row, col)->code[0];
}

/* Corners and sides of a frame stand where the layout says. */
static void check_frame(struct rect r)
{
	int bottom = r.row + r.rows - 1, right = r.col + r.cols - 1;

	if (rect_is_empty(r) || r.rows < 3)
		return;
	assert_int_equal(code_at(r.row, r.col), 0x250c);
	assert_int_equal(code_at(r.row, right), 0x2510);
	assert_int_equal(code_at(bottom, r.col), 0x2514);
	assert_int_equal(code_at(bottom, right), 0x2518);
	for (int row = r.row + 1; row < bottom; row++) {
		assert_true(code_at(row, r.col) == 0x2502 ||
			    code_at(row, r.col) == 0x251c);
		assert_true(code_at(row, right) == 0x2502 ||
			    code_at(row, right) == 0x2524);
	}
	for (int col = r.col + 1; col < right; col++)
		assert_int_equal(code_at(bottom, col), 0x2500);
}

static void frames_are_closed_at_every_size(void **state)
{
	(void)state;
	for (int rows = 1; rows <= 60; rows++)
		for (int cols = 1; cols <= 200; cols += cols < 150 ? 1 : 7) {
			struct layout l = draw(rows, cols);

			check_frame(l.camera);
			check_frame(l.side);
			check_frame(l.playing);
			check_frame(l.queue_frame);
		}
}

/* Half a wide character, or a control, would smear a real screen. */
static void cells_are_whole_at_every_size(void **state)
{
	(void)state;
	for (int o = OVERLAY_NONE; o <= OVERLAY_CORRECT; o++)
		for (int rows = 1; rows <= 60; rows += 2)
			for (int cols = 1; cols <= 200; cols += 3) {
				snap.ui.overlay = (enum overlay)o;
				snap.ui.focus = (enum focus)(cols % 3);
				snap.ui.full_screen = rows % 5 == 0;
				snap.ui.preview = (enum preview_mode)(rows % 3);
				draw(rows, cols);
				for (int i = 0; i < rows * cols; i++) {
					uint32_t c = canvas.cells[i].code[0];

					assert_true(c >= ' ' ||
						    (!c && i % cols > 0));
					assert_true(c != 127);
				}
			}
}

static void ascii_screens_hold_ascii(void **state)
{
	(void)state;
	canvas.glyphs = GLYPHS_ASCII;
	for (int o = OVERLAY_NONE; o <= OVERLAY_CORRECT; o++) {
		snap.ui.overlay = (enum overlay)o;
		snap.ui.preview = PREVIEW_ASCII;
		draw(24, 80);
		for (int i = 0; i < 24 * 80; i++) {
			assert_in_range(canvas.cells[i].code[0], ' ', 126);
			assert_int_equal(canvas.cells[i].code[1], 0);
		}
	}
	snap.ui.overlay = OVERLAY_NONE;
	draw(24, 80);
	canvas.glyphs = GLYPHS_FULL;
	expect("+- Camera");
	expect("- Ada Fenn");
}

static void says_what_is(void **state)
{
	(void)state;
	draw(24, 80);
	expect("4 happy");
	expect("72%");
	expect("MOOD  HAPPY  held 0:42");
	expect("[auto]");
	expect("face 0.97");
	expect("video0 ● 15 fps");
	expect("Morning, Again — Ada Fenn");
	expect("1:23");
	expect("3:47");
	expect("62%");
	expect("next Sunlit Stairs");
	expect("fits happy");
	expect("camera on · nothing stored or sent");
	expect("a warning");
	expect("q quit");
	snap.mood.manual = true;
	snap.music.player.muted = snap.music.player.paused = true;
	snap.music.liked = true;
	draw(24, 80);
	expect("[manual]");
	expect("muted");
	expect("paused");
	expect("♥");
	draw(40, 140);
	expect("Events");
	expect("raw happy 72  neutral 28");
	expect("valence +0.60");
	expect("fits happy: new to you");
}

static void counters_stand_still_as_times(void **state)
{
	(void)state;
	snap.ticking = false;
	draw(24, 80);
	expect("since ");
	expect_not("held");
}

static void says_what_is_not(void **state)
{
	(void)state;
	snap.has_reading = false;
	snap.camera_on = false;
	snap.music.player = (struct player_state){0};
	snap.music.tracks = snap.music.queue_count = 0;
	draw(24, 80);
	expect("The camera is off");
	expect("camera off · nothing stored or sent");
	expect("no face");
	expect("catalog is empty");
	expect("nothing comes next");
	expect_not("100%");
	snap.camera_on = true;
	snap.camera.state = CAPTURE_SEARCHING;
	snap.model = INFERENCE_FAILED;
	snap.model_fault = "face.weights: cut short.";
	snap.music.has_catalog = false;
	draw(24, 80);
	expect("Moods by hand: 1 to 7");
	expect("face.weights: cut short.");
	expect("catalog cannot be read");
	snap.music.has_catalog = true;
	snap.music.tracks = 1;
	snap.music.has_player = false;
	snap.music.awaits_player = true;
	draw(24, 80);
	expect("Starting.");
	expect_not("no sound");
	snap.music.awaits_player = false;
	draw(24, 80);
	expect("no sound");
}

static void says_why_a_face_is_not_read(void **state)
{
	(void)state;
	snap.reading.faces[0].notices = NOTICE_AWAY;
	draw(24, 80);
	expect("face turned away: the mood stays");
	expect(" face turned away ");
	snap.reading.face_count = 0;
	snap.reading.lead = -1;
	draw(24, 80);
	expect("no face in the picture");
	snap.reading.notices = NOTICE_DARK;
	draw(24, 80);
	expect("no face: too dark to read");
	snap.reading.notices |= NOTICE_COVERED;
	draw(24, 80);
	expect("no face: lens covered?");
}

static void layers_show_their_own(void **state)
{
	int row, col;

	(void)state;
	snap.ui.overlay = OVERLAY_HELP;
	draw(24, 80);
	expect("pause and go on");
	expect("Shift-Left Shift-Right");
	expect("close the top layer");
	assert_false(view_cursor(&canvas, &snap, &row, &col));
	snap.ui.overlay = OVERLAY_SEARCH;
	text_copy(snap.ui.line.text, sizeof(snap.ui.line.text), "sun");
	draw(24, 80);
	expect("/ sun");
	expect("2 found");
	assert_true(view_cursor(&canvas, &snap, &row, &col));
	assert_int_equal(code_at(row, col - 1), 'n');
	snap.ui.overlay = OVERLAY_LOG;
	draw(24, 80);
	expect("second");
	snap.ui.overlay = OVERLAY_FEEL;
	draw(24, 80);
	expect("How do you feel?");
	snap.regarded.smooth[EMOTION_FEAR] = 0.5f;
	snap.ui.overlay = OVERLAY_CORRECT;
	draw(24, 80);
	expect("3  fear");
	expect("50%");
	expect("0  right as it is");
	assert_false(view_cursor(&canvas, &snap, &row, &col));
}

static void corrections_are_counted(void **state)
{
	(void)state;
	draw(24, 80);
	expect("smoothed");
	expect_not("personal");
	snap.corrections = 1;
	draw(24, 80);
	expect("personal: 1 correction ");
	expect("camera on · no picture kept or sent");
	snap.corrections = 256;
	draw(40, 140);
	expect("personal: 256 corrections");
	snap.corrections = 99;
	draw(24, 80);
	expect("personal: 99 corrections");
}

/* What help lists is what the table has: every action's first key. */
static void help_has_every_action(void **state)
{
	(void)state;
	snap.ui.overlay = OVERLAY_HELP;
	draw(60, 140);
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
		char key[24];

		if (i > ACTION_MOOD_1 && i < ACTION_MOOD_7)
			continue; /* "1 to 7" */
		expect(keys_code_name(keys.codes[i][0], key, sizeof(key)));
	}
	/* a remapped key shows */
	keys.codes[ACTION_PAUSE][0] = 'P';
	draw(24, 80);
	expect("P ");
	snap.ui.overlay = OVERLAY_NONE;
	draw(24, 80);
	expect("P pause");
}

/* Below the keys; scrolled to where the screen is small. */
static void help_names_the_services(void **state)
{
	int count;

	(void)state;
	snap.ui.overlay = OVERLAY_HELP;
	snap.credits[0] = credits_list(&count)[4].words;
	snap.credit_count = 1;
	for (int cols = 60; cols <= 100; cols += 40) {
		bool found_it = false;

		for (snap.ui.scroll = 0; snap.ui.scroll < 60 && !found_it;
		     snap.ui.scroll++) {
			draw(24, cols);
			found_it = strstr(screen(), "youtube.com/t/terms");
		}
		assert_true(found_it);
	}
}

/* As far down as it goes the last line is the lowest, and nothing is empty. */
static void help_ends_with_its_last_line(void **state)
{
	static const int sizes[][2] = {{24, 80}, {24, 60}, {40, 100}};

	(void)state;
	snap.ui.overlay = OVERLAY_HELP;
	snap.credits[0] = "the last line";
	snap.credit_count = 1;
	for (int i = 0; i < 3; i++) {
		int rows = sizes[i][0], cols = sizes[i][1];
		int hidden = view_help_hidden(rows, cols, &snap);

		snap.ui.scroll = hidden;
		draw(rows, cols);
		expect("the last line");
		if (hidden) {
			snap.ui.scroll = hidden - 1;
			draw(rows, cols);
			assert_null(strstr(screen(), "the last line"));
		}
		snap.ui.scroll = 0;
	}
	assert_true(view_help_hidden(24, 60, &snap) > 0);
}

static void time_is_written_short(void **state)
{
	(void)state;
	canvas.glyphs = GLYPHS_FULL;
	draw(10, 40);
	expect("1:23");
	snap.music.player.length_s = 0;
	snap.music.player.position_s = 3723;
	draw(24, 80);
	expect("1:02:03");
	expect("-:--");
}

static void a_small_screen_says_the_most(void **state)
{
	(void)state;
	draw(8, 30);
	expect("happy");
	expect("Morn");
	expect("1:23/3:47");
	draw(1, 30);
	expect("happy");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(frames_are_closed_at_every_size),
		TEST(cells_are_whole_at_every_size),
		TEST(ascii_screens_hold_ascii),
		TEST(says_what_is),
		TEST(counters_stand_still_as_times),
		TEST(says_what_is_not),
		TEST(says_why_a_face_is_not_read),
		TEST(layers_show_their_own),
		TEST(corrections_are_counted),
		TEST(help_has_every_action),
		TEST(help_names_the_services),
		TEST(help_ends_with_its_last_line),
		TEST(time_is_written_short),
		TEST(a_small_screen_says_the_most),
	};

	canvas.glyphs = GLYPHS_FULL;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
