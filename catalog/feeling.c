/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * feeling: states of mind named in a text, weighed by what boosts and denies
 * them, and VADER's valence where nothing is named. Every weight here is a
 * convention, tried on the sentences of tests/unit/test_feeling.c.
 */
#include "catalog/feeling.h"

#include "base/text.h"
#include "catalog/lexicon.h"
#include "catalog/sentiment.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#define TERM_SIZE 96

/* How far back a denial or a booster reaches, in words; as VADER's. */
#define REACH 3

#define CAPITALS 1.25
/* A text is never all feeling: so much speaks for neutral anyhow. */
#define PRIOR 0.3

/*
 * Where a state lies (Russell's circumplex: valence, arousal), how it spreads
 * over the seven emotions, and what its denial leaves: "not happy" is rather
 * sad, "not scared" rather calm.
 */
static const struct {
	const char *name;
	double valence, arousal;
	double share[EMOTION_COUNT]; /* angry disgust fear happy sad surprise
					neutral */
	enum lexicon_state denied;
	double denied_weight;
} states[STATE_COUNT] = {
	/* clang-format off */
	[STATE_JOY] = {"joy", .8, .6, {0, 0, 0, 1, 0, 0, 0},
		STATE_SADNESS, .7},
	[STATE_EXCITEMENT] = {"excitement", .7, .9, {0, 0, 0, .8, 0, .2, 0},
		STATE_MEH, .6},
	[STATE_LOVE] = {"love", .7, .3, {0, 0, 0, 1, 0, 0, 0},
		STATE_SADNESS, .6},
	[STATE_CALM] = {"calm", .5, -.6, {0, 0, 0, .4, 0, 0, .6},
		STATE_FEAR, .6},
	[STATE_NOSTALGIA] = {"nostalgia", .1, -.3, {0, 0, 0, .2, .5, 0, .3},
		STATE_MEH, .4},
	[STATE_FOCUS] = {"focus", .2, -.1, {0, 0, 0, .1, 0, 0, .9},
		STATE_BOREDOM, .6},
	[STATE_MEH] = {"meh", 0, -.2, {0, 0, 0, 0, 0, 0, 1},
		STATE_SADNESS, .5},
	[STATE_BOREDOM] = {"boredom", -.3, -.6, {0, 0, 0, 0, .3, 0, .7},
		STATE_FOCUS, .5},
	[STATE_TIRED] = {"tired", -.1, -.8, {0, 0, 0, 0, .3, 0, .7},
		STATE_MEH, .4},
	[STATE_SADNESS] = {"sadness", -.7, -.5, {0, 0, 0, 0, 1, 0, 0},
		STATE_CALM, .6},
	[STATE_LONELINESS] = {"loneliness", -.6, -.4, {0, 0, .1, 0, .9, 0, 0},
		STATE_CALM, .5},
	[STATE_SHAME] = {"shame", -.6, -.1, {.1, .1, .2, 0, .6, 0, 0},
		STATE_CALM, .5},
	[STATE_FEAR] = {"fear", -.6, .6, {0, 0, 1, 0, 0, 0, 0},
		STATE_CALM, .7},
	[STATE_ANGER] = {"anger", -.7, .8, {1, 0, 0, 0, 0, 0, 0},
		STATE_CALM, .6},
	[STATE_ENVY] = {"envy", -.6, .4, {.7, 0, 0, 0, .3, 0, 0},
		STATE_CALM, .5},
	[STATE_DISGUST] = {"disgust", -.6, .3, {.1, .9, 0, 0, 0, 0, 0},
		STATE_MEH, .5},
	[STATE_SURPRISE] = {"surprise", .3, .8, {0, 0, 0, 0, 0, 1, 0},
		STATE_MEH, .6},
	[STATE_CONFUSION] = {"confusion", -.1, .2,
		{0, 0, .1, 0, .1, .3, .5}, STATE_MEH, .5},
	/* clang-format on */
};

/* One reading of one text. */
struct reading_of {
	const struct words *words;
	struct feeling *out;
	double weight[STATE_COUNT];
	int but;         /* index of the first "but", or count */
	int denied_end;  /* words before it are denied by a set phrase */
	bool only_signs; /* foreign: emoji and emoticons count alone */
};

/* ---- which language ------------------------------------------------------ */

/* Words of many, for each language; none is a common English word. */
static const char foreign_words[] =
	" der das und ich nicht ein eine ist sehr mir mich heute "
	"wir auf mein meine bist auch je suis est pas les une tres "
	"très tout moi c'est j'ai nous avec aujourd'hui los las "
	"que muy estoy soy por hoy esta siento tengo yo porque il "
	"sono molto che oggi della mia eu estou muito não nao uma "
	"hoje meu minha ik ben het een niet vandaag jag är inte "
	"och mycket jeg ikke og meget jestem nie bardzo dzisiaj "
	"olen ei çok bugün ";
static const char english_words[] =
	" i i'm im i've the a an is am are was were my me you your he she it "
	"it's to of and in on that this so for with today feel feeling feels "
	"just have had has at be been not no but we they all what how very "
	"really because when up out like get got about ";

static bool stands_in(const char *list, const char *word)
{
	char key[24];

	if (snprintf(key, sizeof(key), " %s ", word) >= (int)sizeof(key))
		return false;
	return strstr(list, key) != NULL;
}

/* Whether most letters are of no Latin script. */
static bool is_other_script(const struct words *w)
{
	int latin = 0, other = 0;

	for (int i = 0; i < w->count; i++) {
		const char *at = w->list[i].raw;
		int32_t code;
		utf8proc_ssize_t n;

		for (; *at; at += n) {
			n = utf8proc_iterate((const uint8_t *)at, -1, &code);
			if (n < 1)
				break;
			switch (utf8proc_category(code)) {
			case UTF8PROC_CATEGORY_LU:
			case UTF8PROC_CATEGORY_LL:
			case UTF8PROC_CATEGORY_LO:
				latin += code < 0x370;
				other += code >= 0x370;
				break;
			default: break;
			}
		}
	}
	return other > latin;
}

static bool is_foreign(const struct words *w)
{
	int foreign = 0, english = 0;

	for (int i = 0; i < w->count; i++) {
		foreign += stands_in(foreign_words, w->list[i].lower);
		english += stands_in(english_words, w->list[i].lower);
	}
	return foreign > english || is_other_script(w);
}

/* ---- terms --------------------------------------------------------------- */

/* "sooo haaappy" -> runs of three letters or more become keep letters. */
static bool squeeze(char *s, int keep)
{
	size_t used = 0;
	bool changed = false;

	for (size_t i = 0; s[i];) {
		size_t run = strspn(s + i, (char[]){s[i], '\0'});
		size_t left = run > 2 ? (size_t)keep : run;

		changed = changed || left < run;
		memset(s + used, s[i], left);
		used += left;
		i += run;
	}
	s[used] = '\0';
	return changed;
}

struct term {
	enum lexicon_state state;
	double strength;
	int count; /* words */
	char text[TERM_SIZE];
};

static bool is_sign(const char *term)
{
	return !(term[0] >= 'a' && term[0] <= 'z');
}

/* The longest term that begins at word i; false: none does. */
static bool find_term(const struct reading_of *r, int i, struct term *out)
{
	for (out->count = LEXICON_PHRASE_WORDS; out->count > 0; out->count--) {
		if (!words_phrase(r->words, i, out->count, out->text,
				  sizeof(out->text)))
			continue;
		if (lexicon_emotion(out->text, &out->state, &out->strength))
			return !r->only_signs || is_sign(out->text);
	}
	/* the loop's last phrase is the word by itself */
	out->count = 1;
	if (r->only_signs ||
	    !words_phrase(r->words, i, 1, out->text, sizeof(out->text)))
		return false;
	for (int keep = 2; keep > 0; keep--) {
		char *text = out->text;

		if (squeeze(text, keep) &&
		    lexicon_emotion(text, &out->state, &out->strength)) {
			out->strength *= CAPITALS;
			return true;
		}
		words_phrase(r->words, i, 1, text, sizeof(out->text));
	}
	return false;
}

/* "can't stop", "not only", "couldn't be more": a denial that denies nothing.
 * left: words between it and what it would deny. */
static bool is_undone(const struct word *denial, int left)
{
	if (left > 0 &&
	    stands_in(" stop help only just believe wait handle contain ",
		      denial[1].lower))
		return true;
	return left > 1 && !strcmp(denial[1].lower, "be") &&
	       !strcmp(denial[2].lower, "more");
}

/* Whether what begins at word i is denied; "never so X" makes it more. */
static bool is_denied(const struct reading_of *r, int i, double *strength)
{
	bool so = false;

	if (i < r->denied_end)
		return true;
	for (int back = 1; back <= REACH && back <= i; back++) {
		const struct word *before = &r->words->list[i - back];

		if (before->ends_clause || !strcmp(before->lower, "but"))
			return false;
		if (!strcmp(before->lower, "never") && so) {
			*strength *= CAPITALS;
			return false;
		}
		if (before->negates || !strcmp(before->lower, "no"))
			return !is_undone(before, back - 1);
		so = so || !strcmp(before->lower, "so") ||
		     !strcmp(before->lower, "this");
	}
	return false;
}

static double boosted(const struct reading_of *r, int i, double strength)
{
	for (int back = 1; back <= REACH && back <= i; back++) {
		const struct word *before = &r->words->list[i - back];

		if (before->ends_clause)
			break;
		strength *= 1 + before->boost;
	}
	return strength;
}

/* Adds term to the list of words, once. */
static void note_word(struct feeling *out, const char *term, bool denied)
{
	size_t used = strlen(out->words);
	char note[TERM_SIZE + 8];

	snprintf(note, sizeof(note), "%s%s%s", used ? ", " : "",
		 denied ? "not " : "", term);
	if (used + strlen(note) < sizeof(out->words) &&
	    !strstr(out->words, term))
		text_copy(out->words + used, sizeof(out->words) - used, note);
}

static void add_term(struct reading_of *r, int i, const struct term *term)
{
	double strength = boosted(r, i, term->strength);
	enum lexicon_state state = term->state;
	bool denied = is_denied(r, i, &strength);

	if (r->words->some_upper && r->words->list[i].upper)
		strength *= CAPITALS;
	if (r->but < r->words->count)
		strength *= i < r->but ? 0.5 : 1.5;
	if (denied) {
		strength *= states[state].denied_weight;
		state = states[state].denied;
	}
	r->weight[state] += strength;
	note_word(r->out, term->text, denied);
}

static void read_terms(struct reading_of *r)
{
	struct term term;

	for (int i = 0; i < r->words->count; i += term.count) {
		if (!find_term(r, i, &term)) {
			term.count = 1;
			continue;
		}
		if (term.state == STATE_NEGATION)
			r->denied_end = i + term.count + REACH;
		else if (term.state != STATE_SKIP)
			add_term(r, i, &term);
	}
}

/* ---- what it comes to ---------------------------------------------------- */

/* States that are neither good nor bad by themselves. */
static bool is_open(int state)
{
	return state == STATE_MEH || state == STATE_FOCUS ||
	       state == STATE_SURPRISE || state == STATE_CONFUSION;
}

/*
 * Where no word named a good or a bad state, VADER's valence says which it is
 * likely to be; most bad things that people write of so are sad.
 */
static void add_valence(struct reading_of *r)
{
	double named = 0, compound = r->out->compound;

	for (int i = 0; i < STATE_COUNT; i++)
		if (!is_open(i))
			named += r->weight[i];
	if (r->only_signs || named > 0.25 ||
	    (compound < SENTIMENT_POSITIVE && compound > SENTIMENT_NEGATIVE))
		return;
	if (compound > 0) {
		r->weight[STATE_JOY] += compound;
	} else {
		r->weight[STATE_SADNESS] -= compound * 0.6;
		r->weight[STATE_ANGER] -= compound * 0.3;
		r->weight[STATE_FEAR] -= compound * 0.1;
	}
	for (int i = 0; i < r->words->count; i++)
		if (r->words->list[i].valence != 0)
			note_word(r->out, r->words->list[i].lower, false);
}

static float clamp(double value)
{
	return (float)(value < -1 ? -1 : value > 1 ? 1 : value);
}

static void set_mood(struct feeling *out)
{
	int first = EMOTION_NEUTRAL;
	float second = 0;

	for (int e = 0; e < EMOTION_COUNT; e++)
		if (out->emotions[e] > out->emotions[first])
			first = e;
	for (int e = 0; e < EMOTION_COUNT; e++)
		if (e != first && out->emotions[e] > second)
			second = out->emotions[e];
	out->mood.emotion = (enum emotion)first;
	out->mood.margin = out->emotions[first] - second;
}

static void sum_up(struct reading_of *r)
{
	struct feeling *out = r->out;
	const struct words *w = r->words;
	double total = 0, valence = 0, arousal = 0;
	double shares[EMOTION_COUNT] = {[EMOTION_NEUTRAL] = PRIOR};
	int strongest = 0;

	for (int i = 0; i < STATE_COUNT; i++) {
		total += r->weight[i];
		valence += r->weight[i] * states[i].valence;
		arousal += r->weight[i] * states[i].arousal;
		for (int e = 0; e < EMOTION_COUNT; e++)
			shares[e] += r->weight[i] * states[i].share[e];
		if (r->weight[i] > r->weight[strongest])
			strongest = i;
	}
	for (int e = 0; e < EMOTION_COUNT; e++)
		out->emotions[e] = (float)(shares[e] / (total + PRIOR));
	set_mood(out);
	if (total <= 0)
		return;
	out->understood = true;
	out->state = states[strongest].name;
	/* loudness is arousal, whatever it is about */
	arousal = arousal / (total + PRIOR) +
		  0.05 * (w->exclamations > 4 ? 4 : w->exclamations) +
		  (w->some_upper ? 0.05 : 0);
	out->mood.valence = clamp(valence / (total + PRIOR));
	out->mood.arousal = clamp(arousal);
}

void feeling_read(const char *text, struct feeling *out)
{
	struct words words;
	struct sentiment sentiment;
	struct reading_of r = {.words = &words, .out = out};

	words_split(text, &words);
	sentiment_of_words(&words, &sentiment);
	*out = (struct feeling){.mood = {.manual = true}, .state = ""};
	r.only_signs = is_foreign(&words);
	out->compound = r.only_signs ? 0 : sentiment.compound;
	while (r.but < words.count &&
	       strcmp(words.list[r.but].lower, "but") != 0)
		r.but++;
	read_terms(&r);
	add_valence(&r);
	sum_up(&r);
	out->foreign = r.only_signs && !out->understood;
}
