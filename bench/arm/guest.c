/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * guest: the loops of the networks and what stands between them, as a program
 * of no libraries that an emulator of another processor can run.
 *
 *   guest CFG     runs each layer, then letterbox and crop of a frame of
 *                 640x480; says of each what it is, with a mark before and
 *                 after it that the emulator's plugin (count.c) hears
 */
#include "base/rng.h"
#include "bench/layer.h"
#include "model/crop.h"
#include "model/letterbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH  640
#define HEIGHT 480

/* A hint that no processor knows, which is to do nothing. */
static void mark(void)
{
#ifdef __aarch64__
	__asm__ volatile("hint #0x55" ::: "memory");
#endif
}

static bool read_cfg(struct netcfg *cfg, const char *path)
{
	static char text[1 << 20];
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(text, 1, sizeof(text), f) : 0;

	if (f)
		fclose(f);
	return n && !netcfg_parse(cfg, text, n, path, NULL);
}

static bool run_layer(const struct netcfg_layer *cfg)
{
	static const char *const kinds[NETCFG_KINDS] = {
		[NETCFG_CONV] = "convolution",
		[NETCFG_MAXPOOL] = "maxpool",
		[NETCFG_AVGPOOL] = "avgpool",
		[NETCFG_SHORTCUT] = "shortcut",
		[NETCFG_CONNECTED] = "connected"};
	struct layer layer;
	bool whole = layer_init(&layer, cfg, kernels_choice(0));

	if (whole) {
		layer_run(&layer);
		mark();
		layer_run(&layer);
		mark();
		printf("%s %dx%dx%d %d/%d/%d %d %zu\n", kinds[cfg->kind],
		       cfg->in.width, cfg->in.height, cfg->in.channels,
		       cfg->size, cfg->stride, cfg->groups, cfg->out.channels,
		       cfg->kind == NETCFG_CONV
			       ? cfg->weights * (size_t)cfg->out.height *
					 (size_t)cfg->out.width
			       : cfg->weights);
	}
	layer_done(&layer);
	return whole;
}

static void run_steps(struct netcfg_shape input)
{
	static struct letterbox box;
	static uint8_t luma[HEIGHT * WIDTH], chroma[HEIGHT * WIDTH / 4];
	static uint8_t crop[CROP_SIDE * CROP_SIDE];
	struct frame frame = {.luma = luma,
			      .u = chroma,
			      .v = chroma,
			      .width = WIDTH,
			      .height = HEIGHT,
			      .stride = WIDTH,
			      .chroma_stride = WIDTH / 2};
	struct detection face = {.x = 200,
				 .y = 100,
				 .width = 160,
				 .height = 160,
				 .eyes = {{250, 160}, {310, 165}}};
	struct engine_planes planes = {
		.data = malloc(netcfg_values(input) * sizeof(float)),
		.channels = input.channels,
		.height = input.height,
		.width = input.width};
	float scale[2];

	if (!planes.data)
		return;
	letterbox_fill(&box, &frame, &planes, 1, scale);
	mark();
	letterbox_fill(&box, &frame, &planes, 1, scale);
	mark();
	printf("letterbox\n");
	mark();
	crop_face(&frame, &face, crop);
	mark();
	printf("crop\n");
	free(planes.data);
}

int main(int argc, char **argv)
{
	static struct netcfg cfg;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc != 2 || !read_cfg(&cfg, argv[1])) {
		fprintf(stderr, "usage: guest CFG\n");
		return 64;
	}
	for (int i = 0; i < cfg.count; i++)
		if (layer_works(&cfg.layers[i]) && !run_layer(&cfg.layers[i]))
			return 1;
	if (cfg.input.channels == 3)
		run_steps(cfg.input);
	return 0;
}
