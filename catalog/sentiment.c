/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sentiment: VADER's rules, as its reference program applies them, its quirks
 * included (each is marked), so that its published figures hold for this too.
 * Left out: its table of emoji descriptions.
 */
#include "catalog/sentiment.h"

#include "catalog/lexicon.h"

#include <math.h>
#include <string.h>

#define CAPITALS       0.733   /* C_INCR */
#define DENIAL         (-0.74) /* N_SCALAR */
#define NEVER_SO       1.25
#define ALPHA          15.0
#define PHRASE_SIZE    32 /* no idiom is longer */
#define EXCLAMATION    0.292
#define QUESTION       0.18
#define MANY_QUESTIONS 0.96

static const struct {
	const char *phrase;
	double valence;
} idioms[] = {
	{"the shit", 3},   {"the bomb", 3},        {"bad ass", 1.5},
	{"bus stop", 0},   {"yeah right", -2},     {"kiss of death", -1.5},
	{"to die for", 3}, {"beating heart", 3.1}, {"broken heart", -2.9},
};

static bool is(const struct word *word, const char *what)
{
	return !strcmp(word->lower, what);
}

static bool is_so_or_this(const struct word *word)
{
	return is(word, "so") || is(word, "this");
}

/* What the word before adds to valence ("very good"). */
static double boost_of(const struct words *w, const struct word *word,
		       double valence)
{
	double boost = word->boost;

	if (boost == 0)
		return 0;
	if (valence < 0)
		boost = -boost;
	if (word->upper && w->some_upper)
		boost += valence > 0 ? CAPITALS : -CAPITALS;
	return boost;
}

/* Denial by the word that stands distance (1..3) before list[i]. */
static double deny(const struct words *w, int i, int distance, double valence)
{
	const struct word *at = &w->list[i];
	const struct word *before = at - distance;

	if (distance == 2) {
		if (is(before, "never") && is_so_or_this(at - 1))
			return valence * NEVER_SO;
		if (is(before, "without") && is(at - 1, "doubt"))
			return valence;
	}
	if (distance == 3) {
		/* VADER's "and" binds before its "or": so or this right
		 * before is enough */
		if ((is(before, "never") && is_so_or_this(at - 2)) ||
		    is_so_or_this(at - 1))
			return valence * NEVER_SO;
		if (is(before, "without") &&
		    (is(at - 2, "doubt") || is(at - 1, "doubt")))
			return valence;
	}
	return before->negates ? valence * DENIAL : valence;
}

static bool idiom_at(const struct words *w, int at, int count, double *valence)
{
	char phrase[PHRASE_SIZE];

	if (!words_phrase(w, at, count, phrase, sizeof(phrase)))
		return false;
	for (size_t i = 0; i < sizeof(idioms) / sizeof(*idioms); i++)
		if (!strcmp(phrase, idioms[i].phrase)) {
			*valence = idioms[i].valence;
			return true;
		}
	return false;
}

/* Idioms around list[i], i >= 3, and boosters of two words before it. */
static double apply_idioms(const struct words *w, int i, double valence)
{
	static const struct {
		int back, count;
	} behind[] = {{1, 2}, {2, 3}, {2, 2}, {3, 3}, {3, 2}};
	char phrase[PHRASE_SIZE];

	for (size_t k = 0; k < sizeof(behind) / sizeof(*behind); k++)
		if (idiom_at(w, i - behind[k].back, behind[k].count, &valence))
			break;
	idiom_at(w, i, 2, &valence);
	idiom_at(w, i, 3, &valence);
	for (size_t k = 2; k < sizeof(behind) / sizeof(*behind); k++)
		if (words_phrase(w, i - behind[k].back, behind[k].count, phrase,
				 sizeof(phrase)))
			valence += words_boost(phrase);
	return valence;
}

static double apply_least(const struct words *w, int i, double valence)
{
	const struct word *at = &w->list[i];

	if (i < 1 || !is(at - 1, "least"))
		return valence;
	if (i > 1 && (is(at - 2, "at") || is(at - 2, "very")))
		return valence;
	return valence * DENIAL;
}

/* "no" denies the word after it, and is worth something only by itself. */
static double apply_no(const struct words *w, int i)
{
	const struct word *at = &w->list[i];
	double valence = at->valence;

	if (is(at, "no") && i + 1 < w->count && at[1].known)
		valence = 0;
	if ((i > 0 && is(at - 1, "no")) || (i > 1 && is(at - 2, "no")) ||
	    (i > 2 && is(at - 3, "no") &&
	     (is(at - 1, "or") || is(at - 1, "nor"))))
		valence = at->valence * DENIAL;
	return valence;
}

static double word_score(const struct words *w, int i)
{
	static const double fading[] = {0, 1, 0.95, 0.9};
	const struct word *at = &w->list[i];
	double valence;

	if (!at->known || at->boost != 0 ||
	    (is(at, "kind") && i + 1 < w->count && is(at + 1, "of")))
		return 0;
	valence = apply_no(w, i);
	if (at->upper && w->some_upper)
		valence += valence > 0 ? CAPITALS : -CAPITALS;
	for (int distance = 1; distance <= 3 && distance <= i; distance++) {
		const struct word *before = at - distance;

		if (before->known)
			continue;
		valence += boost_of(w, before, valence) * fading[distance];
		valence = deny(w, i, distance, valence);
		if (distance == 3)
			valence = apply_idioms(w, i, valence);
	}
	return apply_least(w, i, valence);
}

/*
 * What stands before the first "but" counts half, what comes after it one and
 * a half. VADER looks each score up by its value and changes the first that
 * is equal; where a changed score equals a later one, that shows.
 */
static void apply_but(const struct words *w, double *scores)
{
	int but = 0;

	while (but < w->count && !is(&w->list[but], "but"))
		but++;
	if (but == w->count)
		return;
	for (int i = 0; i < w->count; i++) {
		int first = 0;

		/* all w->count of them are set: sentiment_of_words */
		/* NOLINTNEXTLINE(clang-analyzer-core.*) */
		while (scores[first] != scores[i])
			first++;
		if (first < but)
			scores[first] *= 0.5;
		else if (first > but)
			scores[first] *= 1.5;
	}
}

static double emphasis(const struct words *w)
{
	int exclamations = w->exclamations > 4 ? 4 : w->exclamations;
	double questions = 0;

	if (w->questions > 3)
		questions = MANY_QUESTIONS;
	else if (w->questions > 1)
		questions = w->questions * QUESTION;
	return exclamations * EXCLAMATION + questions;
}

/* The shares: a score counts one more than it is, as a neutral word does. */
static void fill_shares(const double *scores, int count, double emphasised,
			struct sentiment *out)
{
	double positive = 0, negative = 0, neutral = 0, total;

	for (int i = 0; i < count; i++) {
		if (scores[i] > 0)
			positive += scores[i] + 1;
		else if (scores[i] < 0)
			negative += 1 - scores[i];
		else
			neutral++;
	}
	if (positive > negative)
		positive += emphasised;
	else if (positive < negative)
		negative += emphasised;
	total = positive + negative + neutral;
	out->positive = positive / total;
	out->negative = negative / total;
	out->neutral = neutral / total;
}

void sentiment_of_words(const struct words *words, struct sentiment *out)
{
	double scores[WORDS_MAX], sum = 0, emphasised = emphasis(words);

	*out = (struct sentiment){.words = words->count};
	if (!words->count)
		return;
	for (int i = 0; i < words->count; i++) {
		scores[i] = word_score(words, i);
		out->known += words->list[i].known;
	}
	apply_but(words, scores);
	for (int i = 0; i < words->count; i++)
		sum += scores[i];
	if (sum > 0)
		sum += emphasised;
	else if (sum < 0)
		sum -= emphasised;
	out->compound = sum / sqrt(sum * sum + ALPHA);
	fill_shares(scores, words->count, emphasised, out);
}

void sentiment_score(const char *text, struct sentiment *out)
{
	struct words words;

	words_split(text, &words);
	sentiment_of_words(&words, out);
}
