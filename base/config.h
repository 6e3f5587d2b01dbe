/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * config: every setting of the two programs, its default and its range in one
 * table; YAML files are laid over it. Only the programs' edges read it; the
 * rooms get what they need as arguments.
 */
#ifndef MIEN_BASE_CONFIG_H
#define MIEN_BASE_CONFIG_H

#include "base/status.h"

#include <stdbool.h>

#define CONFIG_BINDINGS_MAX 96

/* keys: an action and the keys that are to call it, as written. */
struct config_binding {
	char action[32];
	char keys[96]; /* separated by spaces; "" takes the action's keys away
			*/
	char file[192];
	unsigned line, column;
};

/* The services of etl.sources, in this order: lastfm, genius, genius_pages,
 * lrclib, youtube, musicbrainz, listenbrainz, deezer, archive, jamendo,
 * radiobrowser. */
#define CONFIG_SOURCES 11

struct config_source {
	bool enabled;
	char base_url[256]; /* "" : the documented one; blanks part several */
	double rate;        /* requests a second, 0: as the service likes */
};

/* The meaning of each stands in config.yaml, beside its default. */
struct config {
	struct {
		char source[1024];
		int width, height, rate;
		bool mirror, loop;
	} camera;
	struct {
		char folder[1024]; /* "" : the one that comes with mien */
		int max_faces;
		double smooth_s;
	} model;
	struct {
		char mode[16];  /* auto or an emotion */
		char faces[16]; /* lead or all */
		double into_s, neutral_s, min_margin;
	} mood;
	struct {
		char catalog[1024]; /* "" : the XDG one */
		char policy[16];
		char ao[1024]; /* pcm:FILE writes a WAV; "" : mpv chooses */
		int volume, queue;
		bool ytdl;
	} music;
	struct {
		char preview[16];
		int rate;
		bool color, show_cursor;
	} screen;
	struct {
		char file[1024]; /* "" : the XDG one */
		char level[16];
	} log;
	struct {
		char sandbox[16]; /* auto or off */
	} security;
	struct {
		int artists, tracks_per_artist, similar;
		char country[64];  /* "" : none */
		char tags[1024];   /* separated by commas */
		char contact[128]; /* whom services may write to, "": nobody */
		struct config_source sources[CONFIG_SOURCES];
	} etl;
	int binding_count;
	struct config_binding bindings[CONFIG_BINDINGS_MAX];
};

void config_defaults(struct config *config);

/*
 * Lays a file over config. Unknown keys, keys given twice, wrong types and
 * values out of range are faults with file, line and column. On a fault
 * config may be half changed.
 */
enum status config_read(struct config *config, const char *path,
			struct fault *fault);

/*
 * Defaults, then /etc/mien/config.yaml, the user's (XDG), then given (may be
 * NULL). The first two may be missing, given may not.
 */
enum status config_load(struct config *config, const char *given,
			struct fault *fault);

/*
 * Sets a text setting ("camera.source") by hand, as an option does.
 * STATUS_BAD_ARGUMENT, and config is as it was, where the file's rules refuse
 * it. name must be one.
 */
enum status config_set(struct config *config, const char *name,
		       const char *text, struct fault *fault);

/*
 * The settings one by one, for tests and "doctor": the dotted name and the
 * value as text into value. false when index is past the last.
 */
bool config_setting(const struct config *config, int index, const char **name,
		    char *value, size_t size);

#endif
