/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tags tell: the genre a song is filed under, and moods. */
#include "tests/unit/unit.h"

#include "base/text.h"
#include "etl/genre.h"

#include <math.h>
#include <stdlib.h>

#define N(list) (sizeof(list) / sizeof(*(list)))

static const struct genre *named(const char *key)
{
	size_t count;
	const struct genre *table = genre_table(&count);

	for (size_t i = 0; key && i < count; i++)
		if (!strcmp(table[i].name, key))
			return &table[i];
	return NULL;
}

static void the_table_is_in_order(void **state)
{
	size_t count;
	const struct genre *table = genre_table(&count);
	char key[64];
	int filed = 0;

	(void)state;
	assert_true(count >= 500);
	for (size_t i = 0; i < count; i++) {
		const struct genre *row = &table[i], *above = named(row->above);

		if (i && strcmp(table[i - 1].name, row->name) >= 0)
			fail_msg("%s stands wrong", row->name);
		text_key(key, sizeof(key), row->name);
		assert_string_equal(key, row->name);
		text_key(key, sizeof(key), row->shown);
		if (strcmp(row->name, key) && strcmp(row->name, "synthpop"))
			fail_msg("%s is shown as %s", row->name, row->shown);
		assert_true(fabsf(row->valence) <= 1);
		assert_true(fabsf(row->arousal) <= 1);
		filed += row->kind == GENRE_GENRE;
		if (row->above && !above)
			fail_msg("%s stands below nothing", row->name);
		if (row->kind == GENRE_STYLE && above)
			assert_non_null(genre_filed(row));
		if (row->kind == GENRE_ALIAS)
			assert_true(above->kind < GENRE_ALIAS);
	}
	assert_in_range(filed, 20, 30);
}

static void genres_as_people_write_them(void **state)
{
	static const char *const cases[][3] = {
		{"Hip-Hop", "hip hop", "hip hop"},
		{"HIPHOP", "hip hop", "hip hop"},
		{"R&B", "r b", "R&B"},
		{"Drum & Bass", "drum and bass", "electronic"},
		{"Rock & Roll", "rock and roll", "rock"},
		{"Melodic Death Metal", "death metal", "metal"},
		{"Finnish Metal", "metal", "metal"},
		{"POST-PUNK", "post punk", "punk"},
		{"Appalachian Folk", "folk", "folk"},
		{"Tech House", "tech house", "electronic"},
		{"Goa", "psytrance", "electronic"},
		{"Drum'n'Bass", "drum and bass", "electronic"},
		{"Chillhop", "lo fi hip hop", "hip hop"},
		{"K\xe2\x80\x90Pop", "k pop", "pop"},
		{"World Music", "world", "world"},
		{"rock music", "rock", "rock"},
		{"Lo-Fi", "lo fi", NULL},
		{"Sad Songs", "sad", NULL},
	};

	(void)state;
	for (size_t i = 0; i < N(cases); i++) {
		const struct genre *found = genre_find(cases[i][0]);

		assert_non_null(found);
		assert_string_equal(found->name, cases[i][1]);
		found = genre_filed(found);
		if (!cases[i][2])
			assert_null(found);
		else
			assert_string_equal(found->shown, cases[i][2]);
	}
	assert_null(genre_find("Rockets"));
	assert_null(genre_find(""));
	assert_null(genre_find("\x1b\xff\xfe;;"));
	assert_null(genre_find("seen live"));
	assert_null(genre_find("not sad"));
	assert_null(genre_filed(NULL));
}

static void noise_is_told_apart(void **state)
{
	static const char *const noise[] = {
		"seen live",  "80s",
		"1980s",      "80's",
		"the 90s",    "2011",
		"Favourites", "Female Vocalists",
		"FINNISH",    "The Paper Lanterns",
		"",
	};
	static const char *const good[] = {"rock",  "90s rock",      "sad",
					   "sauna", "Finnish metal", "8-bit"};

	(void)state;
	for (size_t i = 0; i < N(noise); i++)
		if (!genre_is_noise(noise[i], "the paper lanterns"))
			fail_msg("'%s' is taken for a tag", noise[i]);
	for (size_t i = 0; i < N(good); i++)
		if (genre_is_noise(good[i], "The Paper Lanterns"))
			fail_msg("'%s' is taken for noise", good[i]);
	assert_true(genre_is_noise("Metal", "METAL"));
	assert_false(genre_is_noise("Metal", NULL));
}

static void assert_filed(const struct genre_tag *tags, size_t count,
			 const char *wanted)
{
	const struct genre *got = genre_reduce(tags, count, "Garage");

	if (!wanted)
		assert_null(got);
	else
		assert_string_equal(got ? got->shown : "none", wanted);
}

static void tags_become_one_genre(void **state)
{
	static const struct genre_tag
		indie[] = {{"indie pop", 100},
			   {"Indie", 58},
			   {"seen live", 33},
			   {"hip-hop", 27},
			   {"hiphop", 14}},
		many[] = {{"rock", 40}, {"trance", 30}, {"techno", 25}},
		light[] = {{"metal", 9}, {"jazz", NAN}, {"pop", -5}},
		own[] = {{"garage", 100}, {"seen live", 90}, {"ska", 12}},
		equal[] = {{"soul", 50}, {"funk", 50}},
		moods[] = {{"sad", 100}, {"piano", 80}};

	(void)state;
	assert_filed(indie, N(indie), "indie");
	/* two kinds of the same outweigh the heaviest */
	assert_filed(many, N(many), "electronic");
	assert_filed(light, N(light), NULL);
	assert_filed(own, N(own), "ska");
	assert_filed(equal, N(equal), "soul");
	assert_filed(moods, N(moods), NULL);
	assert_filed(NULL, 0, NULL);
}

static void a_genre_is_borrowed_from_near(void **state)
{
	static const struct genre_tag own[] = {{"jazz", 20}},
				      useless[] = {{"seen live", 100}},
				      artists[] = {{"blues", 100}};
	static const char *const others[] = {"pop", "metal", "?", "Metal"},
				 *const none[] = {"", "unheard of"};

	(void)state;
	assert_string_equal(
		genre_settle(own, 1, others, 4, artists, 1, "A")->name, "jazz");
	assert_string_equal(
		genre_settle(useless, 1, others, 4, artists, 1, "A")->name,
		"metal");
	assert_string_equal(
		genre_settle(NULL, 0, others, 1, artists, 1, "A")->name, "pop");
	assert_string_equal(
		genre_settle(NULL, 0, none, 2, artists, 1, "A")->name, "blues");
	assert_null(genre_settle(useless, 1, none, 2, useless, 1, "A"));
}

static void tags_tell_moods(void **state)
{
	static const struct genre_tag sad[] = {{"sad", 100}, {"metal", 50}},
				      both[] = {{"sad", 90}, {"happy", 30}},
				      faint[] = {{"sad", 12}};
	struct mood_fact fact, other;

	(void)state;
	assert_true(genre_tags_mood(sad, 2, NULL, &fact));
	assert_string_equal(fact.provenance, "tags");
	assert_true(fact.valence == -.7f && fact.arousal == -.5f);
	assert_in_range((int)(fact.confidence * 100), 45, 55);
	assert_true(genre_prior(sad, 2, NULL, &other));
	assert_string_equal(other.provenance, "genre");
	assert_true(other.valence == -.35f && other.arousal == .8f);
	assert_true(other.confidence < fact.confidence / 2);
	/* weights count, and who disagrees is less sure */
	assert_true(genre_tags_mood(both, 2, NULL, &other));
	assert_true(fabsf(other.valence + .325f) < 1e-6f);
	assert_true(other.confidence < fact.confidence);
	assert_true(genre_tags_mood(faint, 1, NULL, &other));
	assert_true(other.confidence < fact.confidence / 2);
	assert_false(genre_tags_mood(sad + 1, 1, NULL, &fact));
	assert_false(genre_tags_mood(sad, 1, "Sad", &fact));
	assert_false(genre_prior(NULL, 0, NULL, &fact));
}

static void lists_are_cut(void **state)
{
	char list[] = "Metal / Jazz;sad, seen live";
	struct genre_tag tags[3];

	(void)state;
	assert_int_equal(genre_split(list, tags, 3), 3);
	assert_string_equal(genre_find(tags[1].name)->name, "jazz");
	assert_true(tags[2].weight == 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_in_order),
		cmocka_unit_test(genres_as_people_write_them),
		cmocka_unit_test(noise_is_told_apart),
		cmocka_unit_test(tags_become_one_genre),
		cmocka_unit_test(a_genre_is_borrowed_from_near),
		cmocka_unit_test(tags_tell_moods),
		cmocka_unit_test(lists_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
