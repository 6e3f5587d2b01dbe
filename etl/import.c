/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import: which reader for which path; every song through import_song. */
#include "etl/import.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/folders.h"
#include "catalog/list.h"
#include "etl/batch.h"
#include "etl/genre.h"
#include "etl/hear.h"
#include "etl/load.h"
#include "etl/lrc.h"
#include "etl/m3u.h"
#include "etl/measure.h"
#include "etl/playlist.h"
#include "etl/say.h"
#include "etl/table.h"
#include "etl/tags.h"
#include "etl/walk.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define PATIENCE 30 /* times the catalog's own wait of a second */

struct import {
	struct catalog *catalog;
	const struct import_opts *opts;
	struct import_tally *tally;
	struct batch batch;
	struct progress progress;
	struct language *language; /* NULL: lyrics are not judged */
	struct walk walk;          /* the files of a folder, or the one file */
	const char *const *heard;  /* those that are measured now */
	size_t heard_count;
	const char *list;      /* the list being read, NULL in a folder */
	char folder[PATH_MAX]; /* of the list, or the folder */
	enum status status;    /* of the catalog: what ends the import */
	struct fault *fault;
};

/* ---- one song ----------------------------------------------------------- */

static void on_bad(const struct fault *fault, void *user)
{
	struct import *import = user;

	progress_clear(&import->progress);
	say_one_of_many(fault, import->tally->bad++);
}

/* A fault about an entry names the list and the line; one about a file, the
 * file. */
static bool bad_entry(struct import *import, unsigned line,
		      const struct fault *cause)
{
	struct fault fault = *cause;

	if (import->list) {
		char about[sizeof(fault.detail)];

		snprintf(about, sizeof(about), "%.120s: %.120s", cause->subject,
			 cause->detail);
		fault_set(&fault, cause->status, import->list, "%s", about);
		fault_hint(&fault, "%s", cause->hint);
		fault_at(&fault, line, 0);
	}
	on_bad(&fault, import);
	return true;
}

static bool is_scheme(const char *uri)
{
	size_t n = strspn(uri, "abcdefghijklmnopqrstuvwxyz"
			       "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");

	return n > 1 && uri[n] == ':';
}

/* Lists of Windows part folders by "\". */
static bool find_relative(const struct import *import, const char *uri,
			  char *out)
{
	char path[PATH_MAX];
	char *real;

	for (int slashes = 0; slashes < 2; slashes++) {
		if (snprintf(path, sizeof(path), "%s/%s", import->folder,
			     uri) >= (int)sizeof(path))
			return false;
		for (char *c = path; slashes && *c; c++)
			if (*c == '\\')
				*c = '/';
		real = realpath(path, NULL);
		if (real && strlen(real) < URI_SIZE) {
			text_copy(out, URI_SIZE, real);
			free(real);
			return true;
		}
		free(real);
	}
	return false;
}

/* What the song's address stands for, into out: an absolute path or a web
 * address that may be played. */
static enum status resolve(const struct import *import, const char *uri,
			   char *out, enum uri_kind *kind, struct fault *fault)
{
	char *real;
	enum status st;

	*kind = URI_FILE;
	if (uri[0] != '/' && find_relative(import, uri, out))
		return STATUS_OK;
	if (uri[0] != '/' && !is_scheme(uri))
		return fault_set(fault, STATUS_NOT_FOUND, uri,
				 "there is no such file");
	st = uri_check(uri, out, kind, fault);
	if (st || *kind != URI_FILE)
		return st;
	real = realpath(out, NULL);
	if (!real)
		return fault_set_errno(fault, errno, out, "reading it");
	st = strlen(real) < URI_SIZE
		     ? STATUS_OK
		     : fault_set(fault, STATUS_BAD_DATA, real,
				 "has a path of over 1023 bytes");
	if (!st)
		text_copy(out, URI_SIZE, real);
	free(real);
	return st;
}

/* "A, B & C" is filed under A where it is not under the whole. */
static enum status find_known(struct import *import, const struct song *song,
			      int64_t *id)
{
	char first[sizeof(song->artist)];
	enum status st =
		catalog_find(import->catalog, song->artist, song->title, id);
	size_t cut = strcspn(song->artist, ",&");

	if (st != STATUS_NOT_FOUND || !song->artist[cut])
		return st;
	song_text_n(first, sizeof(first), song->artist, cut);
	return catalog_find(import->catalog, first, song->title, id);
}

/* A song without an address that can be played: what is told of it goes to
 * the track of this name, if there is one. false: nothing to enter. */
static bool give_home(struct import *import, struct song *song)
{
	struct track track;
	int64_t id;

	if (!song->artist[0] || !song->title[0])
		return false;
	if (!find_known(import, song, &id) &&
	    !catalog_get(import->catalog, id, &track)) {
		text_copy(song->artist, sizeof(song->artist), track.artist);
		text_copy(song->title, sizeof(song->title), track.title);
		text_copy(song->uri, sizeof(song->uri), track.uri);
		return true;
	}
	if (!import->opts->ytdl)
		return false;
	snprintf(song->uri, sizeof(song->uri), "ytdl://ytsearch1:%s %s",
		 song->artist, song->title);
	return true;
}

/* A radio station or a bare address: its host is who, its last part what. */
static void name_after_address(struct song *song)
{
	const char *host = strstr(song->uri, "://");
	const char *slash = strrchr(song->uri, '/');

	host = host ? host + 3 : song->uri;
	if (!song->artist[0])
		song_text_n(song->artist, sizeof(song->artist), host,
			    strcspn(host, "/?#"));
	if (!song->title[0])
		song_text(song->title, sizeof(song->title),
			  slash && slash[1] && slash > host ? slash + 1 : host);
}

/* What lies beside the file. */
static void know_words(const struct import *import, struct song *song)
{
	const struct genre *genre = genre_filed(genre_find(song->genre));

	song->has_words = lrc_read(song->uri, import->language,
				   genre && !strcmp(genre->name, "hip hop"),
				   &song->words);
	if (!song->has_words)
		return;
	song->lyric = song->words.label;
	text_copy(song->language, sizeof(song->language), song->words.language);
}

static enum status know_file(struct song *song, const char *root,
			     struct fault *fault)
{
	struct song tags = {0};
	enum status st = tags_read(song->uri, &tags, fault);

	if (st)
		return st;
	if (song->shown) {
		song_complete(&tags, song);
		*song = tags;
	} else {
		song_complete(song, &tags);
	}
	if (!song->artist[0] || !song->title[0])
		song_from_path(song, song->uri, root);
	return STATUS_OK;
}

static bool enter(struct import *import, const struct song *song)
{
	import->status = batch_add(&import->batch, song, import->fault);
	if (!import->status && *import->opts->stop)
		import->status = STATUS_AGAIN;
	return !import->status;
}

/* The sink of all readers. */
static bool import_song(const struct song *given, unsigned line, void *user)
{
	struct import *import = user;
	struct song song = *given;
	enum uri_kind kind = URI_FILE;
	struct fault fault;
	enum status st;

	/* Spotify's are names, not addresses */
	if (!song.uri[0] || !strncmp(song.uri, "spotify:", 8)) {
		if (give_home(import, &song))
			return enter(import, &song);
		import->tally->homeless++;
		log_write(LOG_INFO, "%s:%u: no address: %s - %s", import->list,
			  line, song.artist, song.title);
		return !*import->opts->stop;
	}
	st = resolve(import, given->uri, song.uri, &kind, &fault);
	if (!st && kind == URI_FILE)
		st = know_file(&song, import->list ? "" : import->folder,
			       &fault);
	if (st)
		return bad_entry(import, line, &fault);
	if (kind == URI_FILE)
		know_words(import, &song);
	if (kind != URI_FILE)
		name_after_address(&song);
	return enter(import, &song);
}

/* ---- one path ----------------------------------------------------------- */

static enum status import_folder(struct import *import, const char *path)
{
	struct walk *walk = &import->walk;
	enum status st;

	snprintf(import->folder, sizeof(import->folder), "%s", path);
	st = walk_folder(walk, path, on_bad, import, import->fault);
	progress_begin(&import->progress, walk->count,
		       import->opts->on_terminal, clock_monotonic_ns());
	for (size_t i = 0; !st && !import->status && i < walk->count; i++) {
		struct song song = {0};

		if (strlen(walk->paths[i]) >= sizeof(song.uri)) {
			struct fault fault;

			fault_set(&fault, STATUS_BAD_DATA, walk->paths[i],
				  "has a path of over 1023 bytes");
			on_bad(&fault, import);
			continue;
		}
		text_copy(song.uri, sizeof(song.uri), walk->paths[i]);
		import_song(&song, 0, import);
		progress_step(&import->progress, i + 1, clock_monotonic_ns());
		if (!import->status && *import->opts->stop)
			import->status = STATUS_AGAIN;
	}
	progress_clear(&import->progress);
	return st;
}

static bool ends_in(const char *path, const char *const *endings)
{
	const char *dot = strrchr(path, '.');

	for (; dot && *endings; endings++)
		if (!strcasecmp(dot + 1, *endings))
			return true;
	return false;
}

static const char *const m3u_endings[] = {"m3u", "m3u8", NULL};
static const char *const csv_endings[] = {"csv", "tsv", NULL};
static const char *const jspf_endings[] = {"jspf", NULL};
static const char *const json_endings[] = {"json", "ndjson", "jsonl", NULL};

static bool is_list(const char *path)
{
	return ends_in(path, m3u_endings) || ends_in(path, csv_endings) ||
	       ends_in(path, jspf_endings) || ends_in(path, json_endings);
}

static enum status import_list(struct import *import, const char *path)
{
	const struct sink sink = {import_song, on_bad, import};
	char *text = NULL, *slash;
	size_t length = 0;
	enum status st = load_text(path, &text, &length, import->fault);

	if (st)
		return st;
	import->list = path;
	snprintf(import->folder, sizeof(import->folder), "%s", path);
	slash = strrchr(import->folder, '/');
	if (slash)
		*slash = '\0';
	if (ends_in(path, m3u_endings))
		st = m3u_read(text, length, path, &sink, import->fault);
	else if (ends_in(path, csv_endings))
		st = table_read(text, length, path, &sink, import->fault);
	else if (ends_in(path, jspf_endings) || playlist_is_jspf(text, length))
		st = playlist_read_jspf(text, length, path, &sink,
					import->fault);
	else
		st = playlist_read_ndjson(text, length, path, &sink,
					  import->fault);
	free(text);
	return st;
}

static enum status import_file(struct import *import, const char *path)
{
	struct song song = {0};

	if (is_list(path))
		return import_list(import, path);
	if (!tags_is_music(path)) {
		fault_set(import->fault, STATUS_BAD_DATA, path,
			  "is no music file nor a list of songs by its name");
		fault_hint(import->fault,
			   "folders, music files, .m3u, .m3u8, .csv, .tsv, "
			   ".jspf, .json and .ndjson are imported");
		return STATUS_BAD_DATA;
	}
	if (strlen(path) >= sizeof(song.uri))
		return fault_set(import->fault, STATUS_BAD_DATA, path,
				 "has a path of over 1023 bytes");
	text_copy(song.uri, sizeof(song.uri), path);
	import_song(&song, 0, import);
	return walk_one(&import->walk, path, import->fault);
}

/* ---- what files sound like ---------------------------------------------- */

/* The file as it is; false: it cannot be looked at, or is too odd. */
static bool look_at(const char *path, struct sound_file *file)
{
	struct stat info;

	if (stat(path, &info) || !S_ISREG(info.st_mode))
		return false;
	*file = (struct sound_file){.path = path,
				    .size = info.st_size,
				    .changed_ns = info.st_mtim.tv_sec *
							  CLOCK_NS_PER_S +
						  info.st_mtim.tv_nsec};
	return true;
}

static bool on_heard(size_t index, const struct sound *sound, void *user)
{
	static const struct sound nothing;
	struct import *import = user;
	struct sound_file file;
	struct mood_fact fact;
	bool told = sound && hear_mood(sound, &fact);

	import->status = look_at(import->heard[index], &file) ? STATUS_BUSY
							      : STATUS_OK;
	for (int i = 0; import->status == STATUS_BUSY && i < PATIENCE; i++)
		import->status = sound_remember(
			import->catalog, &file, sound ? sound : &nothing,
			told ? &fact : NULL, import->fault);
	*(told ? &import->tally->heard : &import->tally->unheard) += 1;
	progress_step(&import->progress, ++import->heard_count,
		      clock_monotonic_ns());
	return !import->status;
}

/* Of the files those that were not measured as they are; *count of them. */
static const char **find_unheard(struct import *import, size_t *count)
{
	const struct walk *walk = &import->walk;
	const char **paths = calloc(walk->count + 1, sizeof(*paths));

	*count = 0;
	for (size_t i = 0; paths && i < walk->count; i++) {
		struct sound_file file;
		bool known = true;

		if (look_at(walk->paths[i], &file) && file.size &&
		    !sound_known(import->catalog, &file, &known) && !known)
			paths[(*count)++] = walk->paths[i];
	}
	return paths;
}

static enum status hear_files(struct import *import)
{
	const struct measure_opts opts = {.stop = import->opts->stop};
	size_t count;
	const char **paths = find_unheard(import, &count);
	enum status st;

	if (!paths)
		return fault_set(import->fault, STATUS_NO_MEMORY,
				 import->folder, "no memory for its files");
	import->heard = paths;
	if (count && import->opts->on_terminal)
		fputs("Listening to what is new (--no-measure leaves it "
		      "out).\n",
		      stderr);
	progress_begin(&import->progress, count, import->opts->on_terminal,
		       clock_monotonic_ns());
	st = measure_all(paths, count, &opts, on_heard, import, import->fault);
	progress_clear(&import->progress);
	free(paths);
	return st ? st : import->status;
}

/* ---- where it all lies --------------------------------------------------- */

/* path's own folder is the library's from now on, unless one above it is. */
static enum status enter_folder_of(struct import *import,
				   struct folders *folders, const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');
	enum status st;

	if (folders_hold(folders, path))
		return STATUS_OK;
	snprintf(folder, sizeof(folder), "%.*s",
		 slash == path ? 1 : (int)(slash - path), path);
	st = folders_add(import->catalog, folder, import->fault);
	if (st)
		return st;
	folders_done(folders);
	return folders_read(folders, import->catalog);
}

/* The folder that was named, those that links in it lead to, that of a list. */
static enum status enter_folders(struct import *import, const char *real,
				 bool is_folder)
{
	struct folders folders;
	char below[PATH_MAX];
	enum status st = folders_read(&folders, import->catalog);

	if (!st) {
		snprintf(below, sizeof(below), "%s%s", real,
			 is_folder ? "/." : "");
		st = enter_folder_of(import, &folders, below);
	}
	for (size_t i = 0; !st && is_folder && i < import->walk.count; i++)
		st = enter_folder_of(import, &folders, import->walk.paths[i]);
	folders_done(&folders);
	return st;
}

enum status import_path(struct catalog *catalog, const char *path,
			const struct import_opts *opts,
			struct import_tally *tally, struct fault *fault)
{
	struct import *import = calloc(1, sizeof(*import));
	char *real = realpath(path, NULL);
	struct stat info;
	enum status st = STATUS_OK, flushed;

	if (!import) {
		st = fault_set(fault, STATUS_NO_MEMORY, path, "no memory");
	} else if (!real || stat(real, &info)) {
		st = fault_set_errno(fault, errno, path, "importing it");
	} else {
		import->catalog = catalog;
		import->opts = opts;
		import->tally = tally;
		import->fault = fault;
		batch_init(&import->batch, catalog, tally);
		/* without it, no language is recognised and no words scored */
		if (language_open(&import->language, fault))
			log_write(LOG_WARNING, "%s: %s", fault->subject,
				  fault->detail);
		st = S_ISDIR(info.st_mode) ? import_folder(import, real)
					   : import_file(import, real);
		/* what was read before an end is kept */
		flushed = import->status && import->status != STATUS_AGAIN
				  ? import->status
				  : batch_flush(&import->batch,
						st ? NULL : fault);
		batch_done(&import->batch);
		language_close(import->language);
		if (!st)
			st = flushed ? flushed : import->status;
		if (!st || st == STATUS_AGAIN) {
			enum status entered = enter_folders(
				import, real, S_ISDIR(info.st_mode));

			st = st ? st : entered;
		}
		if (!st && opts->measure)
			st = hear_files(import);
		walk_free(&import->walk);
	}
	free(real);
	free(import);
	return st;
}
