/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * VADER: its reference program's own answers, each rule by itself, and input
 * that means harm.
 */
#include "tests/unit/unit.h"

#include "catalog/lexicon.h"
#include "catalog/sentiment.h"

#include <math.h>
#include <stdlib.h>

/* clang-format off */
/* What VADER's reference program (vaderSentiment, MIT) answers: not ours. */
static const struct {
	const char *text;
	double compound, positive, neutral, negative;
} answers[] = {
	{"the", 0.0, 0.0, 1.0, 0.0},
	{"I love you", 0.6369, 0.677, 0.323, 0.0},
	{"I don't love you", -0.5216, 0.0, 0.471, 0.529},
	{"I will always love you, but I have to leave", 0.3182, 0.218, 0.672, 0.109},
	{"no joy", -0.4717, 0.0, 0.246, 0.754},
	{"no more tears", -0.0621, 0.38, 0.194, 0.426},
	{"my broken heart", 0.2732, 0.506, 0.12, 0.373},
	{"beating heart", 0.296, 0.583, 0.0, 0.417},
	{"kind of happy", 0.5719, 0.649, 0.351, 0.0},
	{"without doubt happy", 0.7013, 0.853, 0.147, 0.0},
	{"never so happy", 0.6948, 0.703, 0.297, 0.0},
	{"happy\?\?\?", 0.6416, 1.0, 0.0, 0.0},
	{"happy!!!!!!", 0.7067, 1.0, 0.0, 0.0},
	{"HAPPY happy", 0.8455, 1.0, 0.0, 0.0},
	{"HAPPY HAPPY", 0.8126, 1.0, 0.0, 0.0},
	{"la la la", 0.0, 0.0, 1.0, 0.0},
	{"baby baby baby oh", 0.0, 0.0, 1.0, 0.0},
	{"I'm dying inside and nobody cares", 0.4588, 0.375, 0.625, 0.0},
	{"good but bad but good", 0.0129, 0.462, 0.159, 0.378},
	{"good good but bad", -0.431, 0.404, 0.104, 0.492},
};
/* clang-format on */

static double compound(const char *text)
{
	struct sentiment s;

	sentiment_score(text, &s);
	return s.compound;
}

/* The score that VADER makes of a sum of valences. */
static double of_sum(double sum)
{
	return sum / sqrt(sum * sum + 15);
}

static void assert_sum(const char *text, double sum)
{
	if (fabs(compound(text) - of_sum(sum)) > 1e-12)
		fail_msg("\"%s\": %.6f, not %.6f", text, compound(text),
			 of_sum(sum));
}

static void answers_as_the_reference(void **state)
{
	struct sentiment s;

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		sentiment_score(answers[i].text, &s);
		assert_float_equal(s.compound, answers[i].compound, 5.01e-5);
		assert_float_equal(s.positive, answers[i].positive, 5.01e-4);
		assert_float_equal(s.neutral, answers[i].neutral, 5.01e-4);
		assert_float_equal(s.negative, answers[i].negative, 5.01e-4);
	}
}

/* good 1.9, bad -2.5, happy 2.7, no -1.2 */
static void boosts_and_dampens(void **state)
{
	(void)state;
	assert_sum("good", 1.9);
	assert_sum("very good", 1.9 + 0.293);
	assert_sum("very x good", 1.9 + 0.293 * 0.95);
	assert_sum("very x y good", 1.9 + 0.293 * 0.9);
	assert_sum("very x y z good", 1.9);
	assert_sum("very bad", -2.5 - 0.293);
	assert_sum("slightly bad", -2.5 + 0.293);
	assert_sum("VERY good", 1.9 + 0.293 + 0.733);
	assert_sum("is kind of good", 1.9 - 0.293);
}

static void denies(void **state)
{
	(void)state;
	assert_sum("not good", 1.9 * -0.74);
	assert_sum("not x good", 1.9 * -0.74);
	assert_sum("not x y good", 1.9 * -0.74);
	assert_sum("not x y z good", 1.9);
	assert_sum("isn\xe2\x80\x99t good", 1.9 * -0.74);
	assert_sum("whatevern't good", 1.9 * -0.74);
	assert_sum("no good", 1.9 * -0.74);
	assert_sum("no", -1.2);
	assert_sum("no x or good", -1.2 + 1.9 * -0.74);
	assert_sum("never so good", (1.9 + 0.293) * 1.25);
	assert_sum("never this good", 1.9 * 1.25);
	assert_sum("without doubt good", -1.5 * -0.74 + 1.9);
	assert_sum("without good", 1.9 * -0.74);
	assert_sum("least good", 1.9 * -0.74);
	assert_sum("at least good", 1.9);
	assert_sum("very least good", 1.9 + 0.293 * 0.95);
	/* the reference's slip in precedence, at distance three */
	assert_sum("x y so good", (1.9 + 0.293) * 1.25);
}

static void weighs_contrast(void **state)
{
	(void)state;
	assert_sum("good but bad", 1.9 * 0.5 - 2.5 * 1.5);
	assert_sum("but good", 1.9 * 1.5);
	assert_sum("good but", 1.9 * 0.5);
}

static void counts_marks_and_capitals(void **state)
{
	(void)state;
	assert_sum("good!", 1.9 + 0.292);
	assert_sum("good!!!!!!!!", 1.9 + 4 * 0.292);
	assert_sum("bad!", -2.5 - 0.292);
	assert_sum("good?", 1.9);
	assert_sum("good\?\?", 1.9 + 2 * 0.18);
	assert_sum("good\?\?\?", 1.9 + 3 * 0.18);
	assert_sum("good\?\?\?\?", 1.9 + 0.96);
	assert_sum("x GOOD", 1.9 + 0.733);
	assert_sum("GOOD", 1.9);
	assert_sum("X GOOD", 1.9);
	assert_sum("\xc3\x89 GOOD", 1.9);
	assert_sum("\xc3\xa9 GOOD", 1.9 + 0.733);
}

static void knows_idioms(void **state)
{
	(void)state;
	assert_sum("this is simply the shit", 3);
	/* only where three words stand before: "kiss" is not reached */
	assert_sum("a kiss of death", 1.8 - 1.5);
	assert_sum("x y z kiss of death", -1.5 - 1.5);
	assert_sum("my broken heart", -2.1 + 3.2);
}

static void cuts_tokens(void **state)
{
	(void)state;
	assert_sum("\"good\", (good) *good*", 3 * 1.9);
	assert_sum(":)", 2);
	assert_sum("x :( x", -1.9);
	assert_sum("good\ngood\tgood\xc2\xa0good", 4 * 1.9);
	assert_sum("good\xf0\x9f\x98\x80good", 2 * 1.9);
}

static void survives_hostile_text(void **state)
{
	struct sentiment s;
	size_t size = 200000;
	char *text = malloc(size);
	unsigned seed = 1;

	(void)state;
	sentiment_score("", &s);
	assert_true(s.compound == 0 && s.neutral == 0 && s.words == 0);
	sentiment_score(" \t\n ", &s);
	assert_true(s.neutral == 0 && s.words == 0);
	for (size_t i = 0; i + 1 < size; i++)
		text[i] = i % 2 ? ' ' : ')';
	text[size - 1] = '\0';
	sentiment_score(text, &s);
	assert_int_equal(s.words, WORDS_MAX);
	memset(text, 'a', size - 1);
	sentiment_score(text, &s);
	assert_int_equal(s.words, 1);
	for (int round = 0; round < 200; round++) {
		for (size_t i = 0; i < 9000; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)(seed >> 24);
		}
		text[9000] = '\0';
		sentiment_score(text, &s);
		assert_true(s.compound >= -1 && s.compound <= 1);
	}
	free(text);
}

static void tables_are_sorted(void **state)
{
	int rows = 0;

	(void)state;
	for (; lexicon_valence_row(rows + 1); rows++)
		assert_true(strcmp(lexicon_valence_row(rows),
				   lexicon_valence_row(rows + 1)) < 0);
	assert_int_equal(rows + 1, 7488);
	for (int i = 0; lexicon_emotion_row(i + 1); i++)
		assert_true(strcmp(lexicon_emotion_row(i),
				   lexicon_emotion_row(i + 1)) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_as_the_reference),
		cmocka_unit_test(boosts_and_dampens),
		cmocka_unit_test(denies),
		cmocka_unit_test(weighs_contrast),
		cmocka_unit_test(counts_marks_and_capitals),
		cmocka_unit_test(knows_idioms),
		cmocka_unit_test(cuts_tokens),
		cmocka_unit_test(survives_hostile_text),
		cmocka_unit_test(tables_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
