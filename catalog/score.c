/* SPDX-License-Identifier: GPL-3.0-or-later */
/* score: the picker's numbers, each with where it comes from. */
#include "catalog/score.h"

#include <math.h>

/*
 * Where no source stands beside a number it is ours, chosen on catalogs of
 * sixteen to a million songs so that a mood's quarter of the plane is used
 * and its neighbours' is not.
 */
static const struct {
	/* Widths of the Gaussian of distance on Russell's plane. A lift
	 * must tell its steps apart, which lie 0.2 to 0.4 from each other. */
	double match_width, lift_width;
	/* A song of unknown mood, in place of its fit: as if 0.75 away. */
	double unknown_fit;
	/* What is left of the score without any confidence. */
	double doubtful;
	/* Just heard counts so little, and recovers as exp(-days/7): repeats
	 * within a week are what listeners complain of first. */
	double just_heard, recovery_days;
	double liked;
	/* Taste is an exponent, bounded both ways. */
	double most_taste;
	/* Neighbours in 704,166 playlists are up to 16 % more alike than
	 * chance (Schweiger, Parada-Cabaleiro & Schedl, ISMIR 2021). */
	double same_genre;
	/* A lift does not step back: isoprinciple, gradual and one way. */
	double step_back;
	/* Surprise: how far is far, what is against a mood (the other sign
	 * of valence, and so far from it), and what else is unexpected. */
	double far, contrary_valence, contrary, new_genre, never_heard;
} weights = {
	.match_width = 0.25,
	.lift_width = 0.20,
	.unknown_fit = 0.10,
	.doubtful = 0.5,
	.just_heard = 0.02,
	.recovery_days = 7,
	.liked = 2.0,
	.most_taste = 3.0,
	.same_genre = 1.16,
	.step_back = 0.02,
	.far = 0.6,
	.contrary_valence = 0.6,
	.contrary = 0.01,
	.new_genre = 1.5,
	.never_heard = 1.5,
};

/* Below every other thing that makes a song unlikely. */
#define LEAST 1e-9

/* Russell 1980: happy, where a lift leads, and calm, by which it goes. */
static const struct place happy = {0.8, 0.6}, calm = {0.5, -0.6};

/* The share of a lift that leads to calm, where it goes by there. */
#define CALM_AT 0.6

/* Two songs of an artist are so far apart at the least, at the most. */
#define LEAST_SPACING 3
#define MOST_SPACING  32

double place_distance(struct place a, struct place b)
{
	return hypot(a.valence - b.valence, a.arousal - b.arousal);
}

static double gauss(double distance, double width)
{
	return exp(-distance * distance / (2 * width * width));
}

double score_fit(const struct aim *aim, const struct song *song)
{
	if (!song->has_place)
		return weights.unknown_fit;
	return gauss(place_distance(aim->place, song->place),
		     aim->policy == POLICY_LIFT ? weights.lift_width
						: weights.match_width);
}

bool score_is_contrary(const struct aim *aim, const struct song *song)
{
	double a = aim->place.valence, b = song->place.valence;

	return song->has_place && a * b < 0 &&
	       fabs(a - b) > weights.contrary_valence;
}

static bool is_new_genre(const struct aim *aim, const struct song *song)
{
	for (int i = 0; i < aim->heard_count; i++)
		if (aim->heard_genres[i] == song->genre)
			return false;
	return song->genre && aim->heard_count;
}

static double score_surprise(const struct aim *aim, const struct song *song)
{
	double score = weights.unknown_fit;

	if (song->has_place)
		score = 1 - gauss(place_distance(aim->heard, song->place),
				  weights.far);
	if (score_is_contrary(aim, song))
		score *= weights.contrary;
	if (is_new_genre(aim, song))
		score *= weights.new_genre;
	if (song->days < 0)
		score *= weights.never_heard;
	return score;
}

static double score_near(const struct aim *aim, const struct song *song)
{
	double score = score_fit(aim, song);

	if (song->has_place)
		score *= weights.doubtful +
			 (1 - weights.doubtful) * song->confidence;
	if (song->genre && song->genre == aim->last_genre)
		score *= weights.same_genre;
	if (aim->has_floor && song->has_place &&
	    song->place.valence < aim->floor)
		score *= weights.step_back;
	return score;
}

double score_song(const struct aim *aim, const struct song *song)
{
	double score = aim->policy == POLICY_SURPRISE
			       ? score_surprise(aim, song)
			       : score_near(aim, song);
	double taste = song->taste + song->artist_taste;

	if (song->days >= 0)
		score *= 1 - (1 - weights.just_heard) *
				     exp(-song->days / weights.recovery_days);
	if (song->liked)
		score *= weights.liked;
	score *=
		exp(fmax(-weights.most_taste, fmin(weights.most_taste, taste)));
	return fmax(LEAST, score);
}

static struct place between(struct place a, struct place b, double share)
{
	return (struct place){
		a.valence + share * (b.valence - a.valence),
		a.arousal + share * (b.arousal - a.arousal),
	};
}

struct place score_lift_step(struct place from, int step)
{
	double share = (double)(step - 1) / (SCORE_LIFT_STEPS - 1);
	/* Upset before it is anything else: calm first, joy then. */
	bool upset = from.arousal > 0.2 && from.valence < 0;

	if (!upset)
		return between(from, happy, share);
	if (share <= CALM_AT)
		return between(from, calm, share / CALM_AT);
	return between(calm, happy, (share - CALM_AT) / (1 - CALM_AT));
}

bool score_is_lifted(struct place mood)
{
	return mood.valence >= 0.5;
}

int score_artist_gap(int64_t tracks, int64_t artists)
{
	int64_t spacing;

	if (artists < 2)
		return 0;
	spacing = tracks / artists;
	if (spacing < LEAST_SPACING)
		spacing = LEAST_SPACING;
	if (spacing > MOST_SPACING)
		spacing = MOST_SPACING;
	/* so far apart that each artist comes once a round, no further */
	if (spacing > artists)
		spacing = artists;
	return (int)spacing - 1;
}
