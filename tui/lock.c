/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock: the list of what is needed, and yt-dlp with all that it runs on. */
#include "tui/lock.h"

#include "base/paths.h"
#include "base/text.h"
#include "tui/places.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- yt-dlp ------------------------------------------------------------- */

static bool find_in_path(const char *name, char out[PATH_MAX])
{
	char folders[PATH_MAX];
	const char *path = getenv("PATH");
	char *rest = folders, *folder;

	if (strchr(name, '/'))
		return snprintf(out, PATH_MAX, "%s", name) < PATH_MAX;
	if (!path || strlen(path) >= sizeof(folders))
		return false;
	memcpy(folders, path, strlen(path) + 1);
	while ((folder = strsep(&rest, ":")))
		if (snprintf(out, PATH_MAX, "%s/%s", folder, name) < PATH_MAX &&
		    !access(out, X_OK))
			return true;
	return false;
}

/* What "#!" names, without env; false: it is no script. */
static bool read_interpreter(const char *path, char *out, size_t size)
{
	char line[256] = "", *word, *rest = line + 2;
	FILE *file = fopen(path, "re");

	if (file && !fgets(line, sizeof(line), file))
		line[0] = '\0';
	if (file)
		fclose(file);
	if (strncmp(line, "#!", 2) != 0)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	while ((word = strsep(&rest, " \t")))
		if (*word && *word != '-' && strcmp(word, "/usr/bin/env") != 0)
			break;
	return word && snprintf(out, size, "%s", word) < (int)size;
}

/* The folder above the one that path lies in: of a Python of its own, all
 * that belongs to it. */
static void allow_surroundings(struct sandbox *box, const char *path)
{
	char folder[PATH_MAX];

	text_copy(folder, sizeof(folder), path);
	for (int i = 0; i < 2; i++) {
		char *slash = strrchr(folder, '/');

		if (!slash || slash == folder)
			return;
		*slash = '\0';
	}
	sandbox_read_public(box, folder);
}

static void allow_program(struct sandbox *box, const char *name)
{
	char path[PATH_MAX], next[PATH_MAX];

	text_copy(next, sizeof(next), name);
	for (int depth = 0; depth < 3; depth++) {
		if (!find_in_path(next, path))
			return;
		sandbox_run(box, path);
		if (depth)
			allow_surroundings(box, path);
		if (!read_interpreter(path, next, sizeof(next)))
			return;
	}
}

/* mpv starts yt-dlp, which starts a JavaScript engine. They are under the same
 * lock: they read and write no more than this program. */
static void allow_ytdl(struct sandbox *box)
{
	static const char *const programs[] = {"yt-dlp",
					       "/usr/bin/env",
					       "deno",
					       "node",
					       "bun",
					       "qjs",
					       "/lib64/ld-linux-x86-64.so.2",
					       "/lib/ld-linux-aarch64.so.1",
					       "/lib/ld-linux-armhf.so.3",
					       "/lib/ld-linux.so.2"};

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		allow_program(box, programs[i]);
}

/* ---- files -------------------------------------------------------------- */

/* What sound libraries keep at home: cookies and settings. */
static void allow_sound(struct sandbox *box)
{
	static const char *const names[] = {".config/pulse", ".config/pipewire",
					    ".config/alsa",  ".pulse",
					    ".pulse-cookie", ".asoundrc"};
	const char *home = getenv("HOME"), *runtime = getenv("XDG_RUNTIME_DIR");
	char path[PATH_MAX];

	for (size_t i = 0; home && i < sizeof(names) / sizeof(*names); i++)
		if (snprintf(path, sizeof(path), "%s/%s", home, names[i]) <
		    (int)sizeof(path))
			sandbox_read(box, path);
	if (runtime)
		sandbox_read(box, runtime);
	sandbox_write(box, "/dev/shm"); /* shared with the sound server */
}

/* mpv writes this one file: it must be there to be listed. */
static void allow_recording(struct sandbox *box, const char *ao)
{
	int fd;

	if (strncmp(ao, "pcm:", 4) != 0)
		return;
	fd = open(ao + 4, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
	if (fd >= 0)
		close(fd);
	sandbox_write(box, ao + 4);
}

/* The catalog with what SQLite keeps beside it, wherever it was put. */
static void allow_catalog(struct sandbox *box, const struct config *config)
{
	static const char *const ends[] = {"", "-wal", "-shm"};
	char path[PATH_MAX - 8], part[PATH_MAX], *slash;

	if (places_catalog(config, path, sizeof(path), NULL))
		return;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		snprintf(part, sizeof(part), "%s%s", path, ends[i]);
		sandbox_write(box, part);
	}
	slash = strrchr(path, '/');
	if (slash)
		slash[slash == path] = '\0';
	sandbox_write_public(box, slash ? path : ".");
}

static void allow_own(struct sandbox *box, const struct config *config)
{
	static const char *const parts[] = {"model", "starter", "demo"};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!paths_program(parts[i], path, sizeof(path)))
			sandbox_read(box, path);
	if (!places_model(config, path, sizeof(path), NULL))
		sandbox_read(box, path);
	/* personal.json is replaced there */
	if (!paths_user(PATHS_DATA, "", path, sizeof(path)))
		sandbox_write(box, path);
	allow_catalog(box, config);
}

bool lock_needs_network(const struct config *config, bool web)
{
	const char *sound = getenv("PULSE_SERVER");

	return web || strstr(config->camera.source, "://") ||
	       (sound && *sound && *sound != '/' &&
		strncmp(sound, "unix:", 5) != 0);
}

/* The list with what every part of the program needs; NULL: wanted off. */
static enum status begin(struct sandbox **box, const struct config *config,
			 struct sandbox_report *report, struct fault *fault)
{
	enum status st;

	*box = NULL;
	*report = (struct sandbox_report){.network = true, .programs = true};
	if (!strcmp(config->security.sandbox, "off"))
		return STATUS_OK;
	st = sandbox_new(box);
	if (st)
		return fault_set(fault, st, "the sandbox", "%s",
				 status_text(st));
	sandbox_read_system(*box);
	sandbox_devices(*box, "/dev");
	allow_own(*box, config);
	return STATUS_OK;
}

enum status lock_enter_look(const struct config *config, char *const *sources,
			    int count, struct sandbox_report *report,
			    struct fault *fault)
{
	struct filter_opts calls = {.network = false};
	struct sandbox *box;
	enum status st = begin(&box, config, report, fault);

	if (st || !box)
		return st;
	for (int i = 0; i < count; i++) {
		calls.network |= strstr(sources[i], "://") != NULL;
		sandbox_read(box, sources[i]);
	}
	st = sandbox_enter(box, &calls, report, fault);
	sandbox_free(box);
	return st;
}

enum status lock_enter(const struct config *config,
		       const struct folders *folders, bool web,
		       struct sandbox_report *report, struct fault *fault)
{
	struct filter_opts calls = {.programs = config->music.ytdl,
				    .network = config->music.ytdl ||
					       lock_needs_network(config, web)};
	struct sandbox *box;
	enum status st = begin(&box, config, report, fault);

	if (st || !box)
		return st;
	allow_sound(box);
	allow_recording(box, config->music.ao);
	sandbox_read(box, config->camera.source);
	for (int i = 0; folders && i < folders->count; i++)
		sandbox_read_public(box, folders->paths[i]);
	if (config->music.ytdl)
		allow_ytdl(box);
	st = sandbox_enter(box, &calls, report, fault);
	sandbox_free(box);
	return st;
}

void lock_sentence(const struct sandbox_report *report, char *out, size_t size)
{
	char files[32] = "files not guarded", calls[48] = "no calls refused";

	if (report->landlock)
		snprintf(files, sizeof(files), "files by Landlock %d",
			 report->landlock);
	if (report->filter)
		snprintf(calls, sizeof(calls), "%d system calls refused",
			 report->filter);
	snprintf(out, size, "%snew privileges, %score dumps, %s, %s%s%s",
		 report->privileges ? "no " : "", report->cores ? "no " : "",
		 files, calls, report->programs ? "" : ", no other programs",
		 report->network ? "" : ", no network");
}
