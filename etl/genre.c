/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * genre: the table and the search in it. The numbers are this project's own
 * estimates: each name was placed on Russell's circumplex (valence to the
 * right, arousal up; happy .8 .6, angry -.7 .8, sad -.7 -.5, calm .5 -.6) by
 * the energy, tempo and mode usual for it. Styles stay near the middle in
 * valence, for a genre says little of it; the catalog gives them little weight.
 */
#include "etl/genre.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct genre table[] = { /* sorted by name */
	{"acoustic",          GENRE_STYLE,  .20f, -.40f},
	{"afrobeat",          GENRE_STYLE,  .50f,  .50f},
	{"aggressive",        GENRE_MOOD,  -.60f,  .85f},
	{"alternative",       GENRE_STYLE, -.05f,  .25f},
	{"ambient",           GENRE_STYLE,  .15f, -.75f},
	{"angry",             GENRE_MOOD,  -.70f,  .80f},
	{"anxious",           GENRE_MOOD,  -.60f,  .60f},
	{"baroque",           GENRE_STYLE,  .20f, -.10f},
	{"black metal",       GENRE_STYLE, -.60f,  .80f},
	{"bluegrass",         GENRE_STYLE,  .45f,  .40f},
	{"blues",             GENRE_STYLE, -.25f, -.15f},
	{"blues rock",        GENRE_STYLE,  .05f,  .35f},
	{"bossa nova",        GENRE_STYLE,  .45f, -.30f},
	{"breakbeat",         GENRE_STYLE,  .20f,  .65f},
	{"calm",              GENRE_MOOD,   .50f, -.60f},
	{"celtic",            GENRE_STYLE,  .30f,  .15f},
	{"chanson",           GENRE_STYLE,  .10f, -.15f},
	{"cheerful",          GENRE_MOOD,   .80f,  .55f},
	{"chill",             GENRE_MOOD,   .40f, -.50f},
	{"chillout",          GENRE_STYLE,  .35f, -.50f},
	{"classic rock",      GENRE_STYLE,  .30f,  .45f},
	{"classical",         GENRE_STYLE,  .15f, -.35f},
	{"country",           GENRE_STYLE,  .25f,  .15f},
	{"cumbia",            GENRE_STYLE,  .60f,  .50f},
	{"dance",             GENRE_STYLE,  .55f,  .70f},
	{"dark",              GENRE_MOOD,  -.50f,  .05f},
	{"dark ambient",      GENRE_STYLE, -.45f, -.50f},
	{"death metal",       GENRE_STYLE, -.60f,  .90f},
	{"deep house",        GENRE_STYLE,  .35f,  .35f},
	{"depressing",        GENRE_MOOD,  -.80f, -.50f},
	{"disco",             GENRE_STYLE,  .75f,  .65f},
	{"dnb",               GENRE_STYLE,  .20f,  .85f},
	{"doom metal",        GENRE_STYLE, -.60f,  .10f},
	{"downtempo",         GENRE_STYLE,  .20f, -.45f},
	{"dream pop",         GENRE_STYLE,  .15f, -.25f},
	{"dreamy",            GENRE_MOOD,   .35f, -.45f},
	{"drill",             GENRE_STYLE, -.35f,  .60f},
	{"drone",             GENRE_STYLE, -.20f, -.70f},
	{"drum and bass",     GENRE_STYLE,  .20f,  .85f},
	{"drum bass",         GENRE_STYLE,  .20f,  .85f},
	{"dub",               GENRE_STYLE,  .20f, -.20f},
	{"dubstep",           GENRE_STYLE, -.10f,  .75f},
	{"easy listening",    GENRE_STYLE,  .45f, -.40f},
	{"edm",               GENRE_STYLE,  .45f,  .80f},
	{"electro",           GENRE_STYLE,  .25f,  .65f},
	{"electronic",        GENRE_STYLE,  .20f,  .40f},
	{"emo",               GENRE_STYLE, -.45f,  .50f},
	{"energetic",         GENRE_MOOD,   .50f,  .85f},
	{"epic",              GENRE_MOOD,   .20f,  .70f},
	{"euphoric",          GENRE_MOOD,   .85f,  .80f},
	{"excited",           GENRE_MOOD,   .70f,  .90f},
	{"fado",              GENRE_STYLE, -.50f, -.25f},
	{"feel good",         GENRE_MOOD,   .80f,  .45f},
	{"flamenco",          GENRE_STYLE,  .05f,  .50f},
	{"folk",              GENRE_STYLE,  .10f, -.25f},
	{"folk rock",         GENRE_STYLE,  .20f,  .15f},
	{"fun",               GENRE_MOOD,   .80f,  .60f},
	{"funk",              GENRE_STYLE,  .60f,  .60f},
	{"gloomy",            GENRE_MOOD,  -.60f, -.35f},
	{"gospel",            GENRE_STYLE,  .50f,  .30f},
	{"gothic",            GENRE_STYLE, -.45f,  .15f},
	{"groovy",            GENRE_MOOD,   .60f,  .50f},
	{"grunge",            GENRE_STYLE, -.40f,  .60f},
	{"happy",             GENRE_MOOD,   .80f,  .60f},
	{"hard rock",         GENRE_STYLE,  .05f,  .75f},
	{"hardcore",          GENRE_STYLE, -.40f,  .90f},
	{"hardstyle",         GENRE_STYLE,  .20f,  .90f},
	{"heavy metal",       GENRE_STYLE, -.20f,  .80f},
	{"hip hop",           GENRE_STYLE,  .10f,  .45f},
	{"hiphop",            GENRE_STYLE,  .10f,  .45f},
	{"house",             GENRE_STYLE,  .50f,  .65f},
	{"indie",             GENRE_STYLE,  .10f,  .15f},
	{"indie pop",         GENRE_STYLE,  .35f,  .20f},
	{"indie rock",        GENRE_STYLE,  .10f,  .35f},
	{"industrial",        GENRE_STYLE, -.45f,  .75f},
	{"instrumental",      GENRE_STYLE,  .10f, -.15f},
	{"j pop",             GENRE_STYLE,  .50f,  .55f},
	{"jazz",              GENRE_STYLE,  .25f, -.15f},
	{"joyful",            GENRE_MOOD,   .80f,  .60f},
	{"k pop",             GENRE_STYLE,  .55f,  .60f},
	{"latin",             GENRE_STYLE,  .60f,  .50f},
	{"lo fi",             GENRE_STYLE,  .20f, -.50f},
	{"lofi",              GENRE_STYLE,  .20f, -.50f},
	{"lonely",            GENRE_MOOD,  -.60f, -.40f},
	{"lounge",            GENRE_STYLE,  .45f, -.40f},
	{"love",              GENRE_MOOD,   .70f,  .30f},
	{"melancholic",       GENRE_MOOD,  -.55f, -.45f},
	{"melancholy",        GENRE_MOOD,  -.55f, -.45f},
	{"mellow",            GENRE_MOOD,   .30f, -.45f},
	{"merengue",          GENRE_STYLE,  .70f,  .70f},
	{"metal",             GENRE_STYLE, -.35f,  .80f},
	{"metalcore",         GENRE_STYLE, -.40f,  .85f},
	{"minimal",           GENRE_STYLE,  .10f,  .05f},
	{"moody",             GENRE_MOOD,  -.35f, -.15f},
	{"motown",            GENRE_STYLE,  .65f,  .45f},
	{"musical",           GENRE_STYLE,  .35f,  .25f},
	{"neo soul",          GENRE_STYLE,  .30f, -.05f},
	{"new age",           GENRE_STYLE,  .35f, -.65f},
	{"new wave",          GENRE_STYLE,  .25f,  .45f},
	{"nostalgic",         GENRE_MOOD,   .10f, -.30f},
	{"nu metal",          GENRE_STYLE, -.45f,  .80f},
	{"opera",             GENRE_STYLE, -.05f,  .20f},
	{"orchestral",        GENRE_STYLE,  .10f, -.10f},
	{"party",             GENRE_MOOD,   .75f,  .80f},
	{"peaceful",          GENRE_MOOD,   .60f, -.65f},
	{"piano",             GENRE_STYLE,  .10f, -.45f},
	{"polka",             GENRE_STYLE,  .70f,  .60f},
	{"pop",               GENRE_STYLE,  .45f,  .40f},
	{"pop punk",          GENRE_STYLE,  .30f,  .75f},
	{"pop rock",          GENRE_STYLE,  .30f,  .45f},
	{"post punk",         GENRE_STYLE, -.25f,  .40f},
	{"post rock",         GENRE_STYLE, -.05f,  .05f},
	{"progressive rock",  GENRE_STYLE,  .05f,  .30f},
	{"psychedelic",       GENRE_STYLE,  .10f,  .15f},
	{"psytrance",         GENRE_STYLE,  .20f,  .85f},
	{"punk",              GENRE_STYLE, -.10f,  .85f},
	{"punk rock",         GENRE_STYLE,  .00f,  .85f},
	{"r b",               GENRE_STYLE,  .25f,  .10f},
	{"ragtime",           GENRE_STYLE,  .65f,  .45f},
	{"rap",               GENRE_STYLE,  .00f,  .50f},
	{"reggae",            GENRE_STYLE,  .55f, -.05f},
	{"reggaeton",         GENRE_STYLE,  .55f,  .65f},
	{"relaxing",          GENRE_MOOD,   .55f, -.65f},
	{"rnb",               GENRE_STYLE,  .25f,  .10f},
	{"rock",              GENRE_STYLE,  .10f,  .50f},
	{"rock and roll",     GENRE_STYLE,  .60f,  .65f},
	{"rock n roll",       GENRE_STYLE,  .60f,  .65f},
	{"rock roll",         GENRE_STYLE,  .60f,  .65f},
	{"rockabilly",        GENRE_STYLE,  .60f,  .65f},
	{"romantic",          GENRE_MOOD,   .55f, -.10f},
	{"sad",               GENRE_MOOD,  -.70f, -.50f},
	{"salsa",             GENRE_STYLE,  .70f,  .65f},
	{"samba",             GENRE_STYLE,  .75f,  .65f},
	{"scary",             GENRE_MOOD,  -.60f,  .60f},
	{"shoegaze",          GENRE_STYLE, -.15f,  .20f},
	{"singer songwriter", GENRE_STYLE,  .00f, -.30f},
	{"ska",               GENRE_STYLE,  .65f,  .70f},
	{"sleep",             GENRE_MOOD,   .35f, -.85f},
	{"slowcore",          GENRE_STYLE, -.45f, -.50f},
	{"smooth jazz",       GENRE_STYLE,  .45f, -.40f},
	{"soft rock",         GENRE_STYLE,  .35f, -.05f},
	{"soothing",          GENRE_MOOD,   .50f, -.65f},
	{"soul",              GENRE_STYLE,  .35f,  .15f},
	{"soundtrack",        GENRE_STYLE,  .05f,  .00f},
	{"swing",             GENRE_STYLE,  .65f,  .45f},
	{"synth pop",         GENRE_STYLE,  .35f,  .45f},
	{"synthpop",          GENRE_STYLE,  .35f,  .45f},
	{"synthwave",         GENRE_STYLE,  .25f,  .40f},
	{"tango",             GENRE_STYLE, -.05f,  .35f},
	{"tech house",        GENRE_STYLE,  .35f,  .65f},
	{"techno",            GENRE_STYLE,  .15f,  .75f},
	{"tense",             GENRE_MOOD,  -.45f,  .65f},
	{"thrash metal",      GENRE_STYLE, -.45f,  .90f},
	{"trance",            GENRE_STYLE,  .40f,  .75f},
	{"trap",              GENRE_STYLE, -.15f,  .50f},
	{"trip hop",          GENRE_STYLE, -.10f, -.25f},
	{"upbeat",            GENRE_MOOD,   .70f,  .70f},
	{"uplifting",         GENRE_MOOD,   .75f,  .50f},
	{"vaporwave",         GENRE_STYLE,  .10f, -.30f},
	{"waltz",             GENRE_STYLE,  .35f,  .05f},
	{"world",             GENRE_STYLE,  .30f,  .15f},
	{"world music",       GENRE_STYLE,  .30f,  .15f},
};
/* clang-format on */

#define COUNT (sizeof(table) / sizeof(*table))

const struct genre *genre_table(size_t *count)
{
	*count = COUNT;
	return table;
}

static int compare(const void *name, const void *entry)
{
	return strcmp(name, ((const struct genre *)entry)->name);
}

const struct genre *genre_find(const char *text)
{
	char key[128];
	const char *from = key;

	text_key(key, sizeof(key), text);
	while (from) {
		const struct genre *found =
			bsearch(from, table, COUNT, sizeof(*table), compare);

		if (found)
			return found;
		from = strchr(from, ' ');
		from = from ? from + 1 : NULL;
	}
	return NULL;
}

struct mean {
	enum genre_kind kind;
	float valence, arousal;
	int count;
};

/* Every part of text between the signs that lists of genres are joined by. */
static void add_parts(struct mean *mean, const char *text)
{
	static const char signs[] = ";,/|";
	char part[128];

	while (*text) {
		size_t length = strcspn(text, signs);
		const struct genre *found;

		text_clean_n(part, sizeof(part), text, length);
		found = genre_find(part);
		if (found && found->kind == mean->kind) {
			mean->valence += found->valence;
			mean->arousal += found->arousal;
			mean->count++;
		}
		text += length + (text[length] != '\0');
	}
}

bool genre_mood(const struct song *song, enum genre_kind kind, float *valence,
		float *arousal)
{
	struct mean mean = {.kind = kind};

	add_parts(&mean, song->genre);
	add_parts(&mean, song->tags);
	if (!mean.count)
		return false;
	*valence = mean.valence / (float)mean.count;
	*arousal = mean.arousal / (float)mean.count;
	return true;
}
