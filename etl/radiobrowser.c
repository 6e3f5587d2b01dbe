/* SPDX-License-Identifier: GPL-3.0-or-later */
/* radiobrowser: stations by tag, most listened to first. */
#include "base/text.h"
#include "etl/answer.h"
#include "etl/query.h"
#include "etl/song.h"

#include <string.h>

bool radiobrowser_ask_stations(struct source_request *request, const char *tag,
			       int limit)
{
	struct query query;

	query_start(&query, request, SOURCE_RADIOBROWSER,
		    "/json/stations/search");
	query_text(&query, "tag", tag);
	query_text(&query, "tagExact", "false");
	query_text(&query, "hidebroken", "true");
	query_text(&query, "order", "clickcount");
	query_text(&query, "reverse", "true");
	query_number(&query, "limit", limit);
	return query_end(&query);
}

/* "ambient,chillout, drone" */
static void read_tags(const json_t *item, struct fact_track *track)
{
	const char *text = json_string_value(json_at(item, "tags"));

	while (text && *text) {
		size_t length = strcspn(text, ",;");
		char tag[64];

		song_text_n(tag, sizeof(tag), text, length);
		answer_join(track->tags, sizeof(track->tags), tag);
		text += length + (text[length] != '\0');
	}
}

static bool read_station(const json_t *item, struct fact_track *track)
{
	memset(track, 0, sizeof(*track));
	json_text_at(item, "stationuuid", track->id, sizeof(track->id));
	json_text_at(item, "name", track->title, sizeof(track->title));
	if (!json_text_at(item, "country", track->artist,
			  sizeof(track->artist)))
		text_copy(track->artist, sizeof(track->artist), "Radio");
	if (!answer_address_at(item, "url_resolved", track->uri,
			       sizeof(track->uri)))
		answer_address_at(item, "url", track->uri, sizeof(track->uri));
	answer_address_at(item, "homepage", track->page, sizeof(track->page));
	answer_address_at(item, "favicon", track->artwork,
			  sizeof(track->artwork));
	read_tags(item, track);
	if (json_at(item, "lastcheckok") && !json_flag_at(item, "lastcheckok"))
		return false;
	return track->title[0] && track->uri[0];
}

enum source_outcome radiobrowser_read_stations(const struct http_answer *answer,
					       struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = answer_json(answer, &root, facts);
	struct answer_seen seen = {0};

	if (!outcome &&
	    (!answer_is_list(root) ||
	     (json_is_object(root) && !json_at(root, "stationuuid"))))
		outcome = answer_say(facts, SOURCE_BAD,
				     "the answer is no list of stations");
	for (size_t i = 0; !outcome && i < json_count(root); i++) {
		struct fact_track station, *added;

		if (!read_station(json_item(root, i), &station) ||
		    answer_seen(&seen, station.uri))
			continue;
		added = facts_track(facts);
		if (!added)
			break;
		*added = station;
	}
	json_decref(root);
	if (!outcome && !facts->track_count)
		return answer_say(facts, SOURCE_MISSING,
				  "it lists no station that works");
	return outcome;
}
