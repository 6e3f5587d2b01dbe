/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render: turns notes into MIDI events in sample time and lets FluidSynth
 * sound them. Knows nothing of loudness or files of music.
 */
#include "starter/render.h"

#include <fluidsynth.h>
#include <math.h>
#include <stdlib.h>

#define DRUM_CHANNEL 9

enum kind { NOTE_OFF, TURN, NOTE_ON }; /* the order within a moment */

struct event {
	size_t frame;
	enum kind kind;
	int order; /* keeps the sort stable */
	int channel, a, b;
};

static int channel_of(const struct score *score, int voice)
{
	if (score->voices[voice].drums)
		return DRUM_CHANNEL;
	return voice < DRUM_CHANNEL ? voice : voice + 1;
}

static size_t frame_at(const struct score *score, double beat, double late)
{
	double seconds = score_seconds(score, score_swing(score, beat)) + late;

	return seconds > 0 ? (size_t)lround(seconds * RENDER_RATE) : 0;
}

static int by_time(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	if (a->frame != b->frame)
		return a->frame < b->frame ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return a->order - b->order;
}

static void append(struct event *events, int *n, struct event event)
{
	event.order = *n;
	events[(*n)++] = event;
}

/* All of score's events in time, or NULL without memory. */
static struct event *collect(const struct score *score, int *count)
{
	int all = 2 * score->note_count + score->turn_count, n = 0;
	struct event *events = calloc((size_t)all + 1, sizeof(*events));

	if (!events)
		return NULL;
	for (int i = 0; i < score->note_count; i++) {
		const struct score_note *note = &score->notes[i];
		int channel = channel_of(score, note->voice);
		size_t on = frame_at(score, note->at, note->late);
		size_t off =
			frame_at(score, note->at + note->length, note->late);

		append(events, &n,
		       (struct event){on, NOTE_ON, 0, channel, note->key,
				      note->velocity});
		if (off <= on)
			off = on + 1;
		append(events, &n,
		       (struct event){off, NOTE_OFF, 0, channel, note->key, 0});
	}
	for (int i = 0; i < score->turn_count; i++) {
		const struct score_turn *turn = &score->turns[i];

		append(events, &n,
		       (struct event){.frame = frame_at(score, turn->at, 0),
				      .kind = TURN,
				      .channel = channel_of(score, turn->voice),
				      .a = turn->control,
				      .b = turn->value});
	}
	qsort(events, (size_t)n, sizeof(*events), by_time);
	*count = n;
	return events;
}

static void apply(fluid_synth_t *synth, const struct event *event)
{
	switch (event->kind) {
	case NOTE_OFF:
		fluid_synth_noteoff(synth, event->channel, event->a);
		break;
	case TURN:
		fluid_synth_cc(synth, event->channel, event->a, event->b);
		break;
	case NOTE_ON:
		fluid_synth_noteon(synth, event->channel, event->a, event->b);
		break;
	}
}

static void set_voices(fluid_synth_t *synth, const struct score *score)
{
	for (int i = 0; i < score->voice_count; i++) {
		const struct score_voice *voice = &score->voices[i];
		int channel = channel_of(score, i);

		fluid_synth_program_change(synth, channel, voice->program);
		fluid_synth_cc(synth, channel, 7, voice->volume);
		fluid_synth_cc(synth, channel, 10, voice->pan);
		fluid_synth_cc(synth, channel, 91, voice->reverb);
		fluid_synth_cc(synth, channel, 93, voice->chorus);
	}
}

static void play(fluid_synth_t *synth, const struct event *events, int count,
		 struct render_pcm *out)
{
	size_t done = 0;
	int next = 0;

	while (done < out->frames) {
		size_t until = out->frames;

		while (next < count && events[next].frame <= done)
			apply(synth, &events[next++]);
		if (next < count && events[next].frame < until)
			until = events[next].frame;
		fluid_synth_write_float(synth, (int)(until - done),
					out->sample + 2 * done, 0, 2,
					out->sample + 2 * done, 1, 2);
		done = until;
	}
}

static fluid_settings_t *settings_new(const struct score *score)
{
	fluid_settings_t *settings = new_fluid_settings();

	if (!settings)
		return NULL;
	fluid_settings_setnum(settings, "synth.sample-rate", RENDER_RATE);
	fluid_settings_setnum(settings, "synth.gain", 0.4);
	fluid_settings_setint(settings, "synth.polyphony", 512);
	fluid_settings_setint(settings, "synth.cpu-cores", 1);
	fluid_settings_setint(settings, "synth.threadsafe-api", 0);
	fluid_settings_setnum(settings, "synth.reverb.room-size", score->room);
	fluid_settings_setnum(settings, "synth.reverb.damp", 0.35);
	fluid_settings_setnum(settings, "synth.reverb.width", 0.9);
	fluid_settings_setnum(settings, "synth.reverb.level", 0.7);
	fluid_settings_setint(settings, "synth.chorus.nr", 3);
	fluid_settings_setnum(settings, "synth.chorus.level", 1.2);
	fluid_settings_setnum(settings, "synth.chorus.speed", 0.35);
	fluid_settings_setnum(settings, "synth.chorus.depth", 5);
	return settings;
}

static enum status run(struct render_pcm *out, const struct score *score,
		       fluid_synth_t *synth, const char *soundfont,
		       struct fault *fault)
{
	struct event *events;
	int count;

	if (fluid_synth_sfload(synth, soundfont, 1) == FLUID_FAILED) {
		fault_set(fault, STATUS_NOT_FOUND, soundfont,
			  "FluidSynth cannot load this soundfont");
		fault_hint(fault, "install the package timgm6mb-soundfont");
		return STATUS_NOT_FOUND;
	}
	for (int channel = 0; channel < 16; channel++)
		fluid_synth_set_interp_method(synth, channel,
					      FLUID_INTERP_HIGHEST);
	events = collect(score, &count);
	if (!events)
		return fault_set(fault, STATUS_NO_MEMORY, NULL,
				 "no memory for the events of a score");
	set_voices(synth, score);
	play(synth, events, count, out);
	free(events);
	return STATUS_OK;
}

enum status render_score(struct render_pcm *out, const struct score *score,
			 const char *soundfont, double seconds,
			 struct fault *fault)
{
	fluid_settings_t *settings = settings_new(score);
	fluid_synth_t *synth = settings ? new_fluid_synth(settings) : NULL;
	enum status st = STATUS_NO_MEMORY;

	out->frames = (size_t)ceil(seconds * RENDER_RATE);
	out->sample = calloc(out->frames, 2 * sizeof(float));
	if (synth && out->sample)
		st = run(out, score, synth, soundfont, fault);
	else
		fault_set(fault, st, NULL, "no memory to render a piece");
	delete_fluid_synth(synth);
	delete_fluid_settings(settings);
	if (st)
		render_free(out);
	return st;
}

void render_free(struct render_pcm *pcm)
{
	free(pcm->sample);
	pcm->sample = NULL;
	pcm->frames = 0;
}
