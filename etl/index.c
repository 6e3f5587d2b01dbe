/* SPDX-License-Identifier: GPL-3.0-or-later */
/* index: facts put together: genre, moods, and where it plays. */
#include "etl/index.h"

#include "base/text.h"
#include "etl/genre.h"
#include "etl/ladder.h"
#include "etl/lyrics.h"
#include "etl/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAGS_MAX   64
#define OTHERS_MAX 256

#define RECORDING_TAG_WEIGHT 50
#define BORROWED_WEIGHT      50.0f

/* Tags as they are kept, cut into names and weights. */
struct tags {
	char text[6144];
	struct genre_tag list[TAGS_MAX];
	size_t count;
};

struct entry {
	struct catalog *catalog;
	struct draft draft;
	struct tags own, artists;
	char uri[1024], source[48], album[128], artwork[512], licence[96];
	char number[32], lyrics[1024];
	const struct genre *genre;
	struct lyrics words;
	const char *page; /* in lyrics */
	bool has_lyrics;
};

static void cut_tags(struct tags *tags)
{
	char *rest, *line;

	tags->count = 0;
	for (line = strtok_r(tags->text, "\n", &rest);
	     line && tags->count < TAGS_MAX;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *tab = strchr(line, '\t');

		if (tab)
			tags->list[tags->count++] =
				(struct genre_tag){tab + 1, (float)atoi(line)};
	}
}

static enum status get(struct entry *entry, const char *name, char *out,
		       size_t size)
{
	return work_get(entry->catalog, entry->draft.id, name, out, size);
}

/* The first of two facts that is known. */
static enum status get_either(struct entry *entry, const char *name,
			      const char *other, char *out, size_t size)
{
	enum status status = get(entry, name, out, size);

	return status || out[0] ? status : get(entry, other, out, size);
}

/* ---- genre ----------------------------------------------------------------
 */

struct others {
	const char *names[OTHERS_MAX];
	size_t count;
	const char *artist;
};

static bool take_other(const char *value, void *user)
{
	struct others *others = user;
	struct tags tags;
	const struct genre *genre;

	text_copy(tags.text, sizeof(tags.text), value);
	cut_tags(&tags);
	genre = genre_reduce(tags.list, tags.count, others->artist);
	if (genre)
		others->names[others->count++] = genre->shown;
	return others->count < OTHERS_MAX;
}

static enum status settle_genre(struct entry *entry)
{
	struct others others = {.artist = entry->draft.artist};
	int64_t artist = 0;
	enum status status;

	entry->genre = genre_reduce(entry->own.list, entry->own.count,
				    entry->draft.artist);
	/* what plays as it is has nobody to inherit from: the "artist" of a
	 * station is its country */
	if (entry->genre || strcmp(entry->source, "youtube") != 0)
		return STATUS_OK;
	status = work_of_artist(entry->catalog, entry->draft.id, "tags",
				take_other, &others);
	if (!status)
		status = work_draft(entry->catalog, entry->draft.artist, "",
				    entry->draft.rank, &artist);
	if (!status)
		status = work_get(entry->catalog, artist, "tags",
				  entry->artists.text,
				  sizeof(entry->artists.text));
	cut_tags(&entry->artists);
	entry->genre = genre_settle(
		entry->own.list, entry->own.count, others.names, others.count,
		entry->artists.list, entry->artists.count, entry->draft.artist);
	return status;
}

/* ---- where it plays -------------------------------------------------------
 */

/* An address of its own, a video, or what the player searches for. */
static enum status settle_address(struct entry *entry)
{
	char video[32];
	enum status status = get(entry, "uri", entry->uri, sizeof(entry->uri));

	if (!status && entry->uri[0])
		return get(entry, "source", entry->source,
			   sizeof(entry->source));
	if (!status)
		status = get(entry, "video", video, sizeof(video));
	if (status)
		return status;
	text_copy(entry->source, sizeof(entry->source), "youtube");
	if (video[0])
		snprintf(entry->uri, sizeof(entry->uri),
			 "https://www.youtube.com/watch?v=%s", video);
	else
		snprintf(entry->uri, sizeof(entry->uri),
			 "ytdl://ytsearch1:%s %s", entry->draft.artist,
			 entry->draft.title);
	return STATUS_OK;
}

/* ---- lyrics ---------------------------------------------------------------
 */

/* As stages_song.c wrote them. */
static enum status settle_lyrics(struct entry *entry)
{
	struct lyrics *l = &entry->words;
	char language[12] = "";
	int label = 0, page = 0;
	bool hip_hop = entry->genre && !strcmp(entry->genre->name, "hip hop");
	enum status status = STATUS_OK;

	if (hip_hop)
		status = get_either(entry, "lyrics_hip_hop",
				    "page_lyrics_hip_hop", entry->lyrics,
				    sizeof(entry->lyrics));
	if (!status && !entry->lyrics[0])
		status = get_either(entry, "lyrics", "page_lyrics",
				    entry->lyrics, sizeof(entry->lyrics));
	if (status || !entry->lyrics[0])
		return status;
	if (sscanf(entry->lyrics,
		   "%d\t%lf\t%lf\t%lf\t%lf\t%d\t%lf\t%11s\t%64s\t%n", &label,
		   &l->mean, &l->positive, &l->negative, &l->volatility,
		   &l->lines, &l->confidence, language, l->hash, &page) < 9)
		return STATUS_OK;
	l->label = (enum lyric_label)label;
	if (strcmp(language, "-") != 0)
		text_copy(l->language, sizeof(l->language), language);
	entry->page = page ? entry->lyrics + page : "";
	entry->has_lyrics = true;
	return STATUS_OK;
}

/* ---- entering -------------------------------------------------------------
 */

/* Of the tags' genres; of one that is borrowed from the artist, half as much.
 */
static bool prior(const struct entry *entry, const struct tags *tags,
		  struct mood_fact *fact)
{
	struct genre_tag borrowed = {.weight = BORROWED_WEIGHT};

	if (genre_prior(tags->list, tags->count, entry->draft.artist, fact))
		return true;
	if (!entry->genre)
		return false;
	borrowed.name = entry->genre->name;
	return genre_prior(&borrowed, 1, NULL, fact);
}

static enum status tell_moods(struct entry *entry, int64_t track,
			      struct fault *fault)
{
	struct tags *own = entry->own.count ? &entry->own : &entry->artists;
	const char *artist = entry->draft.artist;
	struct mood_fact fact;
	char energy[32];
	enum status status = STATUS_OK;

	if (genre_tags_mood(own->list, own->count, artist, &fact))
		status = catalog_tell(entry->catalog, track, &fact, fault);
	if (!status && prior(entry, own, &fact))
		status = catalog_tell(entry->catalog, track, &fact, fault);
	if (!status && entry->has_lyrics && lyrics_mood(&entry->words, &fact))
		status = catalog_tell(entry->catalog, track, &fact, fault);
	if (!status)
		status = get(entry, "energy", energy, sizeof(energy));
	if (!status && energy[0]) {
		fact = (struct mood_fact){"audio features", MOOD_AROUSAL, 0,
					  strtof(energy, NULL), 0.6f};
		status = catalog_tell(entry->catalog, track, &fact, fault);
	}
	return status;
}

static enum status enter(struct entry *entry, struct fault *fault)
{
	const char *names[TAGS_MAX + 1] = {NULL};
	float weights[TAGS_MAX];
	struct lyric_facts lyrics;
	struct track_facts facts = {
		.artist = entry->draft.artist,
		.title = entry->draft.title,
		.uri = entry->uri,
		.source = entry->source,
		.album = entry->album[0] ? entry->album : NULL,
		.artwork = entry->artwork[0] ? entry->artwork : NULL,
		.licence = entry->licence[0] ? entry->licence : NULL,
		.genre = entry->genre ? entry->genre->shown : NULL,
		.tags = names,
		.tag_weights = weights,
		.length_s = atof(entry->number),
	};
	int64_t track = 0;
	enum status status;

	for (size_t i = 0; i < entry->own.count; i++) {
		names[i] = entry->own.list[i].name;
		weights[i] = entry->own.list[i].weight / 100;
	}
	if (entry->has_lyrics) {
		lyrics = lyrics_facts(&entry->words, entry->page);
		facts.lyrics = &lyrics;
		facts.lyric = entry->words.label;
		facts.language =
			entry->words.language[0] ? entry->words.language : NULL;
	}
	status = catalog_add(entry->catalog, &facts, &track, fault);
	if (!status)
		status = tell_moods(entry, track, fault);
	if (!status)
		status = work_only_source(entry->catalog, track, entry->source,
					  entry->uri);
	return status;
}

/* One more tag, of less weight than Last.fm's first. */
static bool add_recording_tag(const char *tag, void *user)
{
	struct tags *tags = user;
	size_t used = strlen(tags->text);

	snprintf(tags->text + used, sizeof(tags->text) - used, "%s%d\t%.60s",
		 used ? "\n" : "", RECORDING_TAG_WEIGHT, tag);
	return used < sizeof(tags->text) - 128;
}

static enum status gather_tags(struct entry *entry)
{
	enum status status =
		get(entry, "tags", entry->own.text, sizeof(entry->own.text));

	if (!status)
		status = work_tags(entry->catalog, entry->draft.id,
				   add_recording_tag, &entry->own);
	cut_tags(&entry->own);
	return status;
}

static enum status gather(struct entry *entry)
{
	static const char *const lengths[] = {LADDER_LENGTHS};
	enum status status = gather_tags(entry);

	if (!status)
		status = settle_address(entry);
	if (!status)
		status = settle_genre(entry);
	if (!status)
		status = settle_lyrics(entry);
	if (!status)
		status = get_either(entry, "album", "deezer_album",
				    entry->album, sizeof(entry->album));
	if (!status && !entry->album[0])
		status = get(entry, "listenbrainz_album", entry->album,
			     sizeof(entry->album));
	if (!status)
		status = get_either(entry, "artwork", "deezer_artwork",
				    entry->artwork, sizeof(entry->artwork));
	for (size_t i = 0; !status && !entry->number[0] &&
			   i < sizeof(lengths) / sizeof(*lengths);
	     i++)
		status = get(entry, lengths[i], entry->number,
			     sizeof(entry->number));
	if (!status)
		status = get(entry, "licence", entry->licence,
			     sizeof(entry->licence));
	return status;
}

/* Stations and free music play without a genre; a song of the charts that
 * nobody gave one is left out. */
static bool is_wanted(const struct entry *entry)
{
	return entry->genre || strcmp(entry->source, "youtube") != 0;
}

static enum status one(struct entry *entry, struct index_tally *tally,
		       struct fault *fault)
{
	enum status status = gather(entry);

	if (status)
		return fault_set(fault, status, entry->draft.title,
				 "reading what was gathered: %s",
				 status_text(status));
	if (is_wanted(entry)) {
		status = enter(entry, fault);
		/* a name or address that the catalog does not take */
		if (status == STATUS_BAD_ARGUMENT)
			status = STATUS_OK;
		else
			tally->entered++;
	} else {
		tally->left_out++;
	}
	if (!status)
		status = work_put(entry->catalog, entry->draft.id, "left_out",
				  is_wanted(entry) ? "" : "1");
	if (!status && entry->draft.complete)
		status = work_draft_done(entry->catalog, entry->draft.id);
	return status;
}

enum status index_drafts(struct catalog *catalog, struct index_place *place,
			 bool all, int most, struct index_tally *tally,
			 struct fault *fault)
{
	struct entry *entry = calloc(1, sizeof(*entry));
	enum status status = STATUS_OK;

	if (!entry)
		return fault_set(fault, STATUS_NO_MEMORY, "index", "%s",
				 status_text(STATUS_NO_MEMORY));
	for (int i = 0; !status && i < most; i++) {
		memset(entry, 0, sizeof(*entry));
		entry->catalog = catalog;
		status = work_draft_next(catalog, STAGE_TAGS, place->rank,
					 place->id, &entry->draft);
		if (status)
			break;
		place->rank = entry->draft.rank;
		place->id = entry->draft.id;
		if (entry->draft.complete || all)
			status = one(entry, tally, fault);
	}
	free(entry);
	if (status != STATUS_NOT_FOUND)
		return status;
	*place = INDEX_BEGIN;
	return STATUS_OK;
}
