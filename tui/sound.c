/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sound: "pcm:FILE" is mpv's WAV output and its file. */
#include "tui/sound.h"

#include <string.h>

void sound_opts(const struct config *config, struct player_opts *out)
{
	const char *ao = config->music.ao;

	*out = (struct player_opts){.volume = config->music.volume,
				    .ytdl = config->music.ytdl};
	if (!strncmp(ao, "pcm:", 4)) {
		out->ao = "pcm";
		out->ao_file = ao + 4;
	} else if (*ao) {
		out->ao = ao;
	}
}
