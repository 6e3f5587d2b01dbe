/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listenbrainz: what people listen to under a tag, and of an artist. */
#include "etl/answer.h"
#include "etl/query.h"

#include <string.h>

bool listenbrainz_ask_tag(struct source_request *request, const char *tag,
			  int count)
{
	struct query query;

	query_start(&query, request, SOURCE_LISTENBRAINZ, "/1/lb-radio/tags");
	query_text(&query, "tag", tag);
	query_text(&query, "operator", "OR");
	query_number(&query, "pop_begin", 0);
	query_number(&query, "pop_end", 100);
	query_number(&query, "count", count);
	return query_end(&query);
}

bool listenbrainz_ask_artist(struct source_request *request, const char *mbid)
{
	struct query query;

	query_start(&query, request, SOURCE_LISTENBRAINZ,
		    "/1/popularity/top-recordings-for-artist");
	query_segment(&query, mbid);
	return query_end(&query);
}

enum source_outcome listenbrainz_read(const struct http_answer *answer,
				      struct facts *facts)
{
	json_t *root;
	enum source_outcome outcome = answer_json(answer, &root, facts);

	/* what it has no numbers for it answers with no content */
	if (answer->status == 204)
		outcome = answer_say(facts, SOURCE_MISSING, "it lists nothing");
	if (!outcome && (!json_is_array(root) || !answer_is_list(root)))
		outcome =
			answer_say(facts, SOURCE_BAD, "the answer is no list");
	for (size_t i = 0; !outcome && i < json_count(root); i++) {
		const json_t *item = json_item(root, i);
		struct fact_track *track;
		char id[80];

		if (!json_text_at(item, "recording_mbid", id, sizeof(id)))
			continue;
		track = facts_track(facts);
		if (!track)
			break;
		memcpy(track->id, id, sizeof(id));
		/* told in the lists of popularity, not for a tag */
		json_text_at(item, "artist_name", track->artist,
			     sizeof(track->artist));
		json_text_at(item, "recording_name", track->title,
			     sizeof(track->title));
		json_text_at(item, "release_name", track->album,
			     sizeof(track->album));
		track->length_s = json_decimal_at(item, "length", 0) / 1000;
		track->listeners = json_decimal_at(item, "total_user_count", 0);
	}
	json_decref(root);
	if (!outcome && !facts->track_count)
		return answer_say(facts, SOURCE_MISSING, "it lists nothing");
	return outcome;
}
