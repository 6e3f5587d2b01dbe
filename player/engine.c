/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine: options, observed properties, and commands as mpv wants them. */
#include "player/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static enum status status_of(int error)
{
	if (error >= 0)
		return STATUS_OK;
	return error == MPV_ERROR_NOMEM ? STATUS_NO_MEMORY : STATUS_FAILED;
}

/* What mpv is here: a player of sound that reads nobody's configuration,
 * opens nothing on its own, and listens to nobody but us. */
static const char *const options[][2] = {
	{"config", "no"},
	{"load-scripts", "no"},
	{"load-stats-overlay", "no"},
	{"load-osd-console", "no"},
	{"load-auto-profiles", "no"},
	{"osc", "no"},
	{"terminal", "no"},
	{"input-default-bindings", "no"},
	{"input-builtin-bindings", "no"},
	{"input-vo-keyboard", "no"},
	{"input-media-keys", "no"},
	{"idle", "yes"},
	{"resume-playback", "no"},
	{"save-position-on-quit", "no"},
	{"autoload-files", "no"},
	{"load-unsafe-playlists", "no"},
	{"ordered-chapters", "no"},
	{"input-ipc-server", ""},
	{"audio-display", "no"},
	{"vo", "null"},
	{"vid", "no"},
	{"sid", "no"},
	{"prefetch-playlist", "yes"},
	{"replaygain", "track"},
	/* a network that hangs must not hold a track for mpv's 60 s */
	{"network-timeout", "20"},
	/* sound needs no more; mpv's own limits are 150 and 50 MiB */
	{"demuxer-max-bytes", "16MiB"},
	{"demuxer-max-back-bytes", "4MiB"},
	{"ytdl-format", "bestaudio/best"},
	{"audio-client-name", "mien"},
	{"user-agent", "mien/" MIEN_VERSION},
	{"volume-max", "130"},
};

static const struct {
	const char *name;
	mpv_format format;
} observed[] = {
	{"time-pos", MPV_FORMAT_DOUBLE},
	{"duration", MPV_FORMAT_DOUBLE},
	{"audio-bitrate", MPV_FORMAT_DOUBLE},
	{"paused-for-cache", MPV_FORMAT_FLAG},
	{"audio-codec-name", MPV_FORMAT_STRING},
	{"current-ao", MPV_FORMAT_STRING},
	{"path", MPV_FORMAT_STRING},
};

static enum status set(mpv_handle *mpv, const char *name, const char *value,
		       struct fault *fault)
{
	int error = libmpv.set_option_string(mpv, name, value);

	if (error >= 0)
		return STATUS_OK;
	return fault_set(fault, STATUS_BAD_ARGUMENT, "mpv",
			 "does not take %s=%s: %s", name, value,
			 libmpv.error_string(error));
}

static enum status set_ours(mpv_handle *mpv, const struct player_opts *opts,
			    struct fault *fault)
{
	bool pcm = opts->ao && !strcmp(opts->ao, "pcm");
	enum status st;
	char volume[16];

	snprintf(volume, sizeof(volume), "%d", opts->volume);
	st = set(mpv, "volume", volume, fault);
	if (!st)
		st = set(mpv, "ytdl", opts->ytdl ? "yes" : "no", fault);
	/* A device is reopened where the sample rate changes; a file would be
	 * begun anew, so there one format is kept. */
	if (!st)
		st = set(mpv, "gapless-audio", pcm ? "yes" : "weak", fault);
	if (!st && opts->ao)
		st = set(mpv, "ao", opts->ao, fault);
	/* Without a device of any kind the music goes on unheard, and
	 * player_state says so; an output that was asked for must open. */
	if (!st && !opts->ao)
		st = set(mpv, "audio-fallback-to-null", "yes", fault);
	if (!st && opts->ao_file)
		st = set(mpv, "ao-pcm-file", opts->ao_file, fault);
	if (st && opts->ao)
		fault_hint(fault, "\"mpv --ao=help\" lists the sound outputs");
	return st;
}

static enum status set_all(mpv_handle *mpv, const struct player_opts *opts,
			   struct fault *fault)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		int error = libmpv.set_option_string(mpv, options[i][0],
						     options[i][1]);

		/* Options come and go with mpv's versions and builds; those
		 * that it does not know it cannot act on either. */
		if (error < 0 && error != MPV_ERROR_OPTION_NOT_FOUND)
			return fault_set(fault, STATUS_FAILED, "mpv",
					 "does not take %s=%s: %s",
					 options[i][0], options[i][1],
					 libmpv.error_string(error));
	}
	return set_ours(mpv, opts, fault);
}

static enum status start(mpv_handle *mpv, struct fault *fault)
{
	int error = libmpv.initialize(mpv);

	for (size_t i = 0;
	     error >= 0 && i < sizeof(observed) / sizeof(*observed); i++)
		error = libmpv.observe_property(mpv, 0, observed[i].name,
						observed[i].format);
	if (error >= 0)
		error = libmpv.request_log_messages(mpv, "error");
	if (error < 0)
		return fault_set(fault, STATUS_FAILED, "mpv",
				 "does not start: %s",
				 libmpv.error_string(error));
	return STATUS_OK;
}

enum status engine_start(mpv_handle **out, const struct player_opts *opts,
			 struct fault *fault)
{
	enum status st = libmpv_load(fault);
	mpv_handle *mpv = st ? NULL : libmpv.create();

	if (st)
		return st;
	if (!mpv) {
		fault_set(fault, STATUS_FAILED, "mpv", "does not start");
		fault_hint(fault, "the numeric locale must be \"C\", and there "
				  "must be memory");
		return STATUS_FAILED;
	}
	st = set_all(mpv, opts, fault);
	if (!st)
		st = start(mpv, fault);
	if (st) {
		libmpv.terminate_destroy(mpv);
		return st;
	}
	*out = mpv;
	return STATUS_OK;
}

enum status engine_do(mpv_handle *mpv, uint64_t ticket, const char *word, ...)
{
	const char *words[6] = {word};
	va_list args;

	va_start(args, word);
	for (size_t i = 1; i + 1 < sizeof(words) / sizeof(*words); i++) {
		words[i] = va_arg(args, const char *);
		if (!words[i])
			break;
	}
	va_end(args);
	return status_of(libmpv.command_async(mpv, ticket, words));
}

/* A value for a node; mpv copies it and does not write to it. */
static mpv_node text_node(const char *text)
{
	return (mpv_node){.format = MPV_FORMAT_STRING,
			  .u.string = (char *)(uintptr_t)text};
}

enum status engine_load(mpv_handle *mpv, uint64_t ticket, const char *target,
			bool replace, bool from_web)
{
	/* Arguments by name: their order is not the same in all versions. */
	char *option_keys[] = {"access-references", "demuxer-lavf-o"};
	mpv_node option_values[] = {
		text_node(from_web ? "yes" : "no"),
		text_node(from_web ? "protocol_whitelist=[http,https,tls,tcp,"
				     "httpproxy,crypto,data]"
				   : "protocol_whitelist=[none]"),
	};
	mpv_node_list per_file = {2, option_values, option_keys};
	char *keys[] = {"name", "url", "flags", "options"};
	mpv_node values[] = {
		text_node("loadfile"),
		text_node(target),
		text_node(replace ? "replace" : "append-play"),
		{.format = MPV_FORMAT_NODE_MAP, .u.list = &per_file},
	};
	mpv_node_list named = {4, values, keys};
	mpv_node command = {.format = MPV_FORMAT_NODE_MAP, .u.list = &named};

	return status_of(libmpv.command_node_async(mpv, ticket, &command));
}

int64_t engine_entry_id(const mpv_node *result)
{
	if (result->format != MPV_FORMAT_NODE_MAP)
		return 0;
	for (int i = 0; i < result->u.list->num; i++)
		if (!strcmp(result->u.list->keys[i], "playlist_entry_id") &&
		    result->u.list->values[i].format == MPV_FORMAT_INT64)
			return result->u.list->values[i].u.int64;
	return 0;
}

enum status engine_set_flag(mpv_handle *mpv, const char *name, bool value)
{
	int flag = value;

	return status_of(libmpv.set_property_async(mpv, 0, name,
						   MPV_FORMAT_FLAG, &flag));
}

enum status engine_set_number(mpv_handle *mpv, const char *name, double value)
{
	return status_of(libmpv.set_property_async(mpv, 0, name,
						   MPV_FORMAT_DOUBLE, &value));
}
