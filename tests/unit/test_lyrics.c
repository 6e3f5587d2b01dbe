/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lyrics tell of a mood. All lines here were written for the test. */
#include "tests/unit/unit.h"

#include "catalog/sentiment.h"
#include "etl/lyrics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static struct language *language;

static int open_language(void **state)
{
	struct fault fault;

	(void)state;
	return language_open(&language, &fault) != STATUS_OK;
}

static int close_language(void **state)
{
	(void)state;
	language_close(language);
	return 0;
}

static struct lyrics read_song(const char *text)
{
	struct lyrics out;

	lyrics_read(text, strlen(text), language, false, &out);
	return out;
}

static double line(const char *text)
{
	bool told;

	return lyrics_line(text, false, &told);
}

static double vader(const char *text)
{
	struct sentiment sentiment;

	sentiment_score(text, &sentiment);
	return sentiment.compound;
}

/* ---- languages ---------------------------------------------------------- */

static void languages_are_told_apart(void **state)
{
	static const char *const cases[][2] = {
		{"en", "I walk the empty road at night and think of you"},
		{"en", "we were young and the river was wide, the moon was on "
		       "the water"},
		{"es", "Camino solo por la noche y pienso siempre en ti, la "
		       "luna no me quiere hablar"},
		{"de", "Ich gehe durch die Nacht und denke nur an dich, der "
		       "Mond ist kalt und still"},
		{"fi", "Min\xc3\xa4 k\xc3\xa4velen y\xc3\xb6ss\xc3\xa4 ja "
		       "ajattelen vain sinua, kuu on kylm\xc3\xa4"},
		{"ja", "\xe5\xa4\x9c\xe3\x81\xae\xe7\xa9\xba\xe3\x81\xab\xe6"
		       "\x98\x9f\xe3\x81\x8c\xe8\x90\xbd\xe3\x81\xa1\xe3\x82"
		       "\x8b\xe3\x81\xae\xe3\x82\x92\xe8\xa6\x8b\xe3\x81\xa6"
		       "\xe3\x81\x84\xe3\x81\x9f"},
		{"", "Hello"},
		{"", ""},
		{"", "la la la la la la la la la la la la la la la la la la"},
		{"", "0123456789 0123456789 0123456789 0123456789 0123456"},
	};
	char code[12];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool is = language_of(language, cases[i][1], code);

		if (strcmp(code, cases[i][0]) || is != (cases[i][0][0] != 0))
			fail_msg("'%s' is taken for '%s'", cases[i][1], code);
	}
}

/* ---- one line ----------------------------------------------------------- */

static void songs_mean_other_things(void **state)
{
	static const char *const sad[] = {
		"broken heart",      "I'm dying inside and nobody cares",
		"Goodbye my friend", "you are gone",
		"she let me go",     "another day without you",
		"we fall apart",     "I'm drowning in the silence",
		"you broke my heart"};
	static const char *const glad[] = {
		"never let me go", "crazy for you", "sunshine in your hair",
		"I am falling in love", "a dress to die for"};
	static const char *const none[] = {"yeah oh yeah", "like a stone",
					   "see the light on the wall", "",
					   "\x1b[31m\xff\xfe"};
	bool told;

	(void)state;
	for (size_t i = 0; i < sizeof(sad) / sizeof(*sad); i++)
		if (line(sad[i]) > -0.1)
			fail_msg("'%s' is %.2f", sad[i], line(sad[i]));
	for (size_t i = 0; i < sizeof(glad) / sizeof(*glad); i++)
		if (line(glad[i]) < 0.1)
			fail_msg("'%s' is %.2f", glad[i], line(glad[i]));
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		if (fabs(line(none[i])) > 0.06)
			fail_msg("'%s' is %.2f", none[i], line(none[i]));
	lyrics_line("see the light on the wall", false, &told);
	assert_false(told);
	lyrics_line("you are gone", false, &told);
	assert_true(told);
	/* denial works on them as on other words */
	assert_true(line("don't say goodbye") > line("say goodbye") + 0.3);
	assert_true(line("I'm not alright") < 0);
}

/* VADER itself is left as its authors published it. */
static void phrases_count_at_any_distance(void **state)
{
	static const char *const far = "this is my own broken heart";

	(void)state;
	assert_true(vader("broken heart") > 0.2);
	assert_true(line("broken heart") < -0.5);
	assert_true(vader(far) < -0.5 && line(far) < -0.5);
	assert_true(vader("I'm dying inside and nobody cares") > 0.4);
	assert_true(fabs(vader("What a lovely, terrible day!") -
			 line("What a lovely, terrible day!")) < 1e-9);
}

static void hip_hop_swears_for_nothing(void **state)
{
	static const char *const text = "this shit is damn cold out here";
	bool told;

	(void)state;
	assert_true(lyrics_line(text, false, &told) < -0.4);
	assert_true(lyrics_line(text, true, &told) >
		    lyrics_line(text, false, &told) + 0.2);
	assert_true(lyrics_line("I will kill you", true, &told) < -0.5);
}

/* ---- songs -------------------------------------------------------------- */

static const char sad_song[] = "[Verse 1]\n"
			       "I walk the empty road at night\n"
			       "The house is dark and you are gone\n"
			       "I'm crying in the falling rain\n"
			       "\n"
			       "[Chorus]\n"
			       "Goodbye to all the days we lost\n"
			       "La la la, oh oh\n"
			       "Goodbye to all the days we lost\n"
			       "(yeah, yeah)\n";

static void a_sad_song(void **state)
{
	struct lyrics got = read_song(sad_song);
	struct mood_fact fact;
	struct lyric_facts kept = lyrics_facts(&got, "https://a.example/1");

	(void)state;
	assert_string_equal(got.language, "en");
	assert_int_equal(got.label, LYRIC_NEGATIVE);
	assert_int_equal(got.lines, 4);
	assert_true(got.mean < -0.2 && got.mean > -1);
	assert_true(got.negative > 0.7 && got.positive == 0);
	assert_true(got.volatility > 0 && got.volatility < 1);
	assert_true(got.confidence > 0.1 && got.confidence < 0.3);
	assert_int_equal(strlen(got.hash), 64);
	assert_true(lyrics_mood(&got, &fact));
	assert_string_equal(fact.provenance, "lyrics");
	assert_int_equal(fact.axes, MOOD_VALENCE);
	assert_true(fact.valence < -0.4f && fact.valence >= -1);
	assert_true(kept.mean == got.mean && kept.lines == 4);
	assert_string_equal(kept.page, "https://a.example/1");
}

static void swearing_is_marked(void **state)
{
	static const char song[] = "This is my damn house and you know it\n"
				   "I walk the road and I see the light\n";
	struct lyrics plain = read_song(song), rap;

	(void)state;
	assert_true(plain.swears);
	assert_false(read_song(sad_song).swears);
	lyrics_read(song, strlen(song), language, true, &rap);
	assert_true(rap.swears && rap.mean > plain.mean);
}

static void repeats_are_damped(void **state)
{
	static const char
		once[] = "I walk along the river and I think of it\n"
			 "I love you and the sun is shining on us\n",
		verse[] = "I love you and the sun is shining on us!\r\n";
	struct lyrics few = read_song(once), many;
	char text[4096];
	size_t used = (size_t)snprintf(text, sizeof(text), "%s", once);
	double bright = line("I love you and the sun is shining on us");

	(void)state;
	assert_true(fabs(few.mean - bright / 2) < 1e-9);
	for (int i = 0; i < 7; i++)
		used += (size_t)snprintf(text + used, sizeof(text) - used, "%s",
					 verse);
	many = read_song(text);
	assert_int_equal(many.lines, 2);
	/* eight times weigh 1 + ln 8 to the other line's one */
	assert_true(fabs(many.mean - bright * (1 + log(8)) / (2 + log(8))) <
		    1e-9);
	assert_int_equal(few.label, LYRIC_POSITIVE);
}

static void time_stamps_are_no_words(void **state)
{
	static const char plain[] = "Goodbye to all the days we lost\n"
				    "The house is dark and you are gone\n",
			  timed[] =
				  "[ar: Somebody]\n[00:12.34]Goodbye to all "
				  "the days we lost\n[00:15.00] [00:45.10] The "
				  "house is <00:16.00>dark and you are gone\n";

	(void)state;
	assert_true(read_song(plain).mean == read_song(timed).mean);
	assert_int_equal(read_song(timed).lines, 2);
	assert_string_not_equal(read_song(plain).hash, read_song(timed).hash);
}

static void other_languages_are_not_guessed(void **state)
{
	static const char *const songs[][2] = {
		{"es", "Mi amor, la noche es larga y no puedo dormir\n"
		       "El dolor y la muerte viven en mi casa\n"},
		{"de", "Ich sterbe in der kalten Nacht allein\n"
		       "Der Krieg ist aus und keiner kam zur\xc3\xbc"
		       "ck\n"},
		{"fi",
		 "Y\xc3\xb6 on pitk\xc3\xa4 enk\xc3\xa4 voi nukkua ilman "
		 "sinua\nSyd\xc3\xa4meni on rikki ja talo on tyhj\xc3\xa4\n"},
		{"", "[Instrumental]"},
		{"", ""},
		{"", "Oh oh oh, na na na na\nHey!\nLove\n"},
		{"", "\x1b]0;x\x07\xff\xfe\x80\n\xf0\x9f\x98\xad\n[[[[\n<<<\n"},
	};
	struct mood_fact fact;

	(void)state;
	for (size_t i = 0; i < sizeof(songs) / sizeof(*songs); i++) {
		struct lyrics got = read_song(songs[i][1]);

		assert_string_equal(got.language, songs[i][0]);
		assert_int_equal(got.label, LYRIC_UNKNOWN);
		assert_true(got.mean == 0 && got.lines == 0 &&
			    got.confidence == 0);
		assert_false(lyrics_mood(&got, &fact));
	}
}

static void without_statistics_nothing_is_guessed(void **state)
{
	struct lyrics got;

	(void)state;
	lyrics_read(sad_song, strlen(sad_song), NULL, false, &got);
	assert_int_equal(got.label, LYRIC_UNKNOWN);
	assert_string_equal(got.language, "");
}

static void hostile_lengths(void **state)
{
	size_t length = 1u << 20;
	char *text = malloc(length);
	struct lyrics got;

	(void)state;
	/* one line without an end, then more different lines than are kept */
	for (size_t i = 0; i < length; i++)
		text[i] = "the love of you "[i % 16];
	lyrics_read(text, length, language, false, &got);
	assert_int_equal(got.lines, 1);
	for (size_t i = 0; i + 32 <= length; i += 32)
		snprintf(text + i, 32, "this is what I saw of it %06zu",
			 i / 32);
	for (size_t i = 31; i < length; i += 32)
		text[i] = '\n';
	lyrics_read(text, length, language, false, &got);
	assert_int_equal(got.lines, LYRICS_MAX_LINES);
	memset(text, 0, length);
	lyrics_read(text, length, language, false, &got);
	assert_int_equal(got.lines, 0);
	memset(text, '\n', length);
	lyrics_read(text, length, language, false, &got);
	assert_int_equal(got.lines, 0);
	free(text);
}

static void the_hash_is_sha_256(void **state)
{
	(void)state;
	assert_string_equal(read_song("abc").hash,
			    "ba7816bf8f01cfea414140de5dae2223"
			    "b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(languages_are_told_apart),
		cmocka_unit_test(songs_mean_other_things),
		cmocka_unit_test(phrases_count_at_any_distance),
		cmocka_unit_test(hip_hop_swears_for_nothing),
		cmocka_unit_test(a_sad_song),
		cmocka_unit_test(swearing_is_marked),
		cmocka_unit_test(repeats_are_damped),
		cmocka_unit_test(time_stamps_are_no_words),
		cmocka_unit_test(other_languages_are_not_guessed),
		cmocka_unit_test(without_statistics_nothing_is_guessed),
		cmocka_unit_test(hostile_lengths),
		cmocka_unit_test(the_hash_is_sha_256),
	};

	return cmocka_run_group_tests(tests, open_language, close_language);
}
