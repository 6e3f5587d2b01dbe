/* SPDX-License-Identifier: GPL-3.0-or-later */
/* video: addresses, durations, and points for and against. */
#include "etl/video.h"

#include "base/text.h"
#include "etl/similar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ID_LENGTH 11
#define ID_SIGNS                     \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"abcdefghijklmnopqrstuvwxyz" \
	"0123456789-_"

/* ---- addresses ----------------------------------------------------------- */

bool video_is_id(const char *text)
{
	return strspn(text, ID_SIGNS) == ID_LENGTH && !text[ID_LENGTH];
}

static bool has_head(const char *text, const char *head)
{
	return !strncasecmp(text, head, strlen(head));
}

static bool take_id(const char *at, char *id, size_t size)
{
	if (strspn(at, ID_SIGNS) != ID_LENGTH || size <= ID_LENGTH ||
	    !strchr("?&#/", at[ID_LENGTH]))
		return false;
	memcpy(id, at, ID_LENGTH);
	id[ID_LENGTH] = '\0';
	return true;
}

/* The id in the query of "/watch?...". */
static bool take_query(const char *at, char *id, size_t size)
{
	for (; *at && *at != '#'; at++)
		if ((*at == '?' || *at == '&') && !strncmp(at + 1, "v=", 2))
			return take_id(at + 3, id, size);
	return false;
}

/* The path of address on one of YouTube's hosts; NULL: elsewhere. */
static const char *path_of(const char *address, bool *is_short)
{
	static const char *const hosts[] = {
		"youtube.com/", "youtube-nocookie.com/", "youtu.be/"};
	static const char *const fronts[] = {"www.", "m.", "music."};

	if (has_head(address, "https:"))
		address += 6;
	else if (has_head(address, "http:"))
		address += 5;
	if (has_head(address, "//"))
		address += 2;
	for (size_t i = 0; i < sizeof(fronts) / sizeof(*fronts); i++)
		if (has_head(address, fronts[i])) {
			address += strlen(fronts[i]);
			break;
		}
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (has_head(address, hosts[i])) {
			*is_short = i == 2;
			return address + strlen(hosts[i]);
		}
	return NULL;
}

bool video_id(const char *address, char *id, size_t size)
{
	static const char *const folders[] = {"embed/", "shorts/", "live/",
					      "v/"};
	bool is_short = false;
	const char *path = path_of(address, &is_short);

	id[0] = '\0';
	if (!path)
		return false;
	if (is_short)
		return take_id(path, id, size);
	if (has_head(path, "watch?") || has_head(path, "watch/?"))
		return take_query(path, id, size);
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (has_head(path, folders[i]))
			return take_id(path + strlen(folders[i]), id, size);
	return false;
}

bool video_channel(const char *address, char *out, size_t size)
{
	static const char *const folders[] = {"channel/", "user/", "@"};
	bool is_short = false;
	const char *path = path_of(address, &is_short);
	size_t length, skip;

	out[0] = '\0';
	for (size_t i = 0; path && !is_short && i < 3; i++) {
		if (!has_head(path, folders[i]))
			continue;
		/* an id stands by itself; the others say what they are */
		skip = i ? 0 : strlen(folders[i]);
		length = strcspn(path + skip, i == 1 ? "?&#" : "?&#/");
		if (i == 1 && length && path[length - 1] == '/')
			length--;
		if (!length || length >= size ||
		    (!i && strncmp(path + skip, "UC", 2) != 0) ||
		    memchr(path + skip, i == 1 ? ' ' : '/', length))
			return false;
		memcpy(out, path + skip, length);
		out[length] = '\0';
		return strlen(folders[i]) < skip + length;
	}
	return false;
}

/* ---- durations ----------------------------------------------------------- */

/* Moves over one part, such as "3M"; -1: none of units, in their order. */
static double take_part(const char **at, const char **units)
{
	static const struct {
		char unit;
		double seconds;
	} known[] = {
		{'W', 604800}, {'D', 86400}, {'H', 3600}, {'M', 60}, {'S', 1}};
	size_t digits = strspn(*at, "0123456789.");
	char *end;
	double value = strtod(*at, &end);
	const char *unit;

	if (!digits || digits > 12 || end != *at + digits || !*end)
		return -1;
	unit = strchr(*units, *end);
	if (!unit)
		return -1;
	*units = unit + 1;
	*at = end + 1;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].unit == *unit)
			return value * known[i].seconds;
	return -1;
}

double video_length(const char *duration)
{
	const char *units = "WD", *at = duration + 1;
	bool timed = false;
	double total = 0;

	if (*duration != 'P' || !*at)
		return -1;
	while (*at) {
		double part;

		if (*at == 'T' && !timed && at[1]) {
			timed = true;
			units = "HMS";
			at++;
		}
		part = take_part(&at, &units);
		if (part < 0)
			return -1;
		total += part;
	}
	return total;
}

/* ---- which one is the song ----------------------------------------------- */

/* What a title may say that makes it another thing than the song. */
static const struct {
	const char *words;
	double points;
} against[] = {
	{"live", 0.35},       {"cover", 0.5},
	{"covers", 0.5},      {"karaoke", 0.6},
	{"remix", 0.4},       {"8d", 0.5},
	{"sped up", 0.5},     {"slowed", 0.5},
	{"nightcore", 0.6},   {"reaction", 0.6},
	{"reacts", 0.6},      {"lyrics", 0.1},
	{"lyric video", 0.1}, {"instrumental", 0.4},
	{"mashup", 0.5},      {"tutorial", 0.6},
	{"lesson", 0.6},      {"interview", 0.6},
	{"teaser", 0.6},      {"trailer", 0.6},
	{"making of", 0.6},   {"full album", 0.6},
	{"1 hour", 0.5},      {"10 hours", 0.6},
	{"loop", 0.4},        {"behind the scenes", 0.6},
	{"demo", 0.3},        {"acoustic", 0.3},
};

/* A name without spaces, as channels write themselves. */
static void squeeze(const char *name, char *out, size_t size)
{
	size_t used = 0;
	char key[256];

	text_key(key, sizeof(key), name);
	for (const char *c = key; *c && used + 1 < size; c++)
		if (*c != ' ')
			out[used++] = *c;
	out[used] = '\0';
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && !strcmp(text + length - tail, end);
}

/* From so many points on it is the artist's own. */
#define OWN_CHANNEL 0.25

/* For whose channel it is on. */
static double channel_points(const char *channel, const char *artist)
{
	char on[256], by[256];

	squeeze(channel, on, sizeof(on));
	squeeze(artist, by, sizeof(by));
	if (!by[0] || strncmp(on, by, strlen(by)) != 0)
		return 0;
	if (ends_with(channel, "- Topic"))
		return 0.35;
	if (ends_with(on, "vevo"))
		return 0.3;
	return !strcmp(on, by) || strstr(on + strlen(by), "official") ? 0.25
								      : 0.05;
}

bool video_length_fits(double video_s, double song_s)
{
	double most = fmax(7, 0.05 * song_s);

	return video_s <= 0 || song_s <= 0 || fabs(video_s - song_s) <= most;
}

bool video_is_own(const struct fact_video *video, const char *artist)
{
	return channel_points(video->channel, artist) >= OWN_CHANNEL;
}

/* What its title says that neither the song's name nor the artist's does. */
static double points_against(const char *found, const char *title,
			     const char *artist)
{
	char title_words[512], artist_words[512];
	double points = 0;

	similar_words(title_words, sizeof(title_words), title);
	similar_words(artist_words, sizeof(artist_words), artist);
	for (size_t i = 0; i < sizeof(against) / sizeof(*against); i++)
		if (similar_has(found, against[i].words) &&
		    !similar_has(title_words, against[i].words) &&
		    !similar_has(artist_words, against[i].words))
			points += against[i].points;
	return points;
}

double video_score(const struct fact_video *video, const char *artist,
		   const char *title, double length_s)
{
	double points = channel_points(video->channel, artist), score = 0.5;
	char found[512], title_key[512], artist_key[512];

	similar_words(found, sizeof(found), video->title);
	text_key(title_key, sizeof(title_key), title);
	text_key(artist_key, sizeof(artist_key), artist);
	if (!similar_has(found, title_key) ||
	    !video_length_fits(video->length_s, length_s))
		return 0;
	if (!points && !similar_has(found, artist_key))
		return 0;
	score += points - points_against(found, title, artist);
	if (similar_has(found, "official"))
		score += 0.1;
	if (length_s > 0 && video->length_s > 0)
		score += 0.05;
	return score < 0.3 ? 0 : score > 1 ? 1 : score;
}
