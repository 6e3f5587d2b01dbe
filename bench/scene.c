/* SPDX-License-Identifier: GPL-3.0-or-later */
/* scene: background, picture, noise. Knows nothing of what is found in it. */
#include "bench/scene.h"

#include <math.h>

#define CELL     80 /* pixels between two values of the background */
#define COLUMNS  (SCENE_WIDTH / CELL + 2)
#define ROWS     (SCENE_HEIGHT / CELL + 2)
#define EDGE     8.0f /* pixels of the picture in which it runs out */
#define NOISE_SD 2.0f /* a webcam's by daylight */

static float mix(float a, float b, float share)
{
	return a + share * (b - a);
}

/* Bilinear between four values. */
static float between(float a, float b, float c, float d, float x, float y)
{
	return mix(mix(a, b, x), mix(c, d, x), y);
}

static void draw_background(uint8_t *luma, struct rng *rng)
{
	float grid[ROWS * COLUMNS];

	for (int i = 0; i < ROWS * COLUMNS; i++)
		grid[i] = 60 + 120 * (float)rng_unit(rng);
	for (int i = 0; i < SCENE_WIDTH * SCENE_HEIGHT; i++) {
		int x = i % SCENE_WIDTH, y = i / SCENE_WIDTH;
		const float *at = grid + y / CELL * COLUMNS + x / CELL;

		luma[i] = (uint8_t)between(
			at[0], at[1], at[COLUMNS], at[COLUMNS + 1],
			(float)(x % CELL) / CELL, (float)(y % CELL) / CELL);
	}
}

static int within(float value, int limit)
{
	return value < 0 ? 0 : value >= (float)limit ? limit - 1 : (int)value;
}

/* The picture at u, v (pixel centres at .5), its edge repeated. */
static float picture_at(const uint8_t *pixels, float u, float v)
{
	float left = floorf(u - 0.5f), top = floorf(v - 0.5f);
	int x0 = within(left, CROP_SIDE), x1 = within(left + 1, CROP_SIDE);
	int y0 = within(top, CROP_SIDE), y1 = within(top + 1, CROP_SIDE);

	return between(pixels[y0 * CROP_SIDE + x0], pixels[y0 * CROP_SIDE + x1],
		       pixels[y1 * CROP_SIDE + x0], pixels[y1 * CROP_SIDE + x1],
		       u - 0.5f - left, v - 0.5f - top);
}

static float opacity_at(float u, float v)
{
	float out = fmaxf(fmaxf(-u, u - CROP_SIDE), fmaxf(-v, v - CROP_SIDE));

	return fminf(fmaxf(1 - out / EDGE, 0), 1);
}

static void draw_picture(struct scene *scene, const uint8_t *pixels)
{
	float zoom = CROP_SIDE / scene->side;
	float c = cosf(scene->angle) * zoom, s = sinf(scene->angle) * zoom;

	for (int i = 0; i < SCENE_WIDTH * SCENE_HEIGHT; i++) {
		int row = i / SCENE_WIDTH;
		float x = (float)(i % SCENE_WIDTH) + 0.5f - scene->x;
		float y = (float)row + 0.5f - scene->y;
		float u = CROP_SIDE / 2.0f + c * x + s * y;
		float v = CROP_SIDE / 2.0f - s * x + c * y;
		float share = opacity_at(u, v);

		if (share > 0)
			scene->luma[i] = (uint8_t)mix(scene->luma[i],
						      picture_at(pixels, u, v),
						      share);
	}
}

/* Less light, and less again on the side of the face that it misses. */
static void dim(struct scene *scene, const struct scene_weather *weather,
		struct rng *rng)
{
	float light = weather->light > 0 ? weather->light : 1;
	float way = rng_u32(rng) & 1 ? 1 : -1;

	for (int i = 0; i < SCENE_WIDTH * SCENE_HEIGHT; i++) {
		float x = (float)(i % SCENE_WIDTH) + 0.5f - scene->x;
		float shade = 1 / (1 + expf(-8 * way * x / scene->side));

		scene->luma[i] = (uint8_t)lrintf((float)scene->luma[i] * light *
						 (1 - weather->side * shade));
	}
}

/* The mean of width values around each of count, step bytes apart. */
static void box_blur(uint8_t *line, int count, int step, int width,
		     uint8_t *copy)
{
	int sum = 0, half = width / 2;

	for (int i = 0; i < count; i++)
		copy[i] = line[i * step];
	for (int i = -half; i < width - half; i++)
		sum += copy[within((float)i, count)];
	for (int i = 0; i < count; i++) {
		line[i * step] = (uint8_t)((sum + width / 2) / width);
		sum += copy[within((float)(i + width - half), count)] -
		       copy[within((float)(i - half), count)];
	}
}

static void blur_across(struct scene *scene, int width)
{
	for (int y = 0; y < SCENE_HEIGHT; y++)
		box_blur(scene->luma + y * SCENE_WIDTH, SCENE_WIDTH, 1, width,
			 scene->row);
}

static void blur_down(struct scene *scene, int width)
{
	for (int x = 0; x < SCENE_WIDTH; x++)
		box_blur(scene->luma + x, SCENE_HEIGHT, SCENE_WIDTH, width,
			 scene->row);
}

/* The sum of twelve uniform numbers is nearly normal, with deviation 1. */
static void add_noise(uint8_t *luma, float deviation, struct rng *rng)
{
	float table[4096];

	for (int i = 0; i < 4096; i++) {
		double sum = -6;

		for (int k = 0; k < 12; k++)
			sum += rng_unit(rng);
		table[i] = deviation * (float)sum;
	}
	for (int i = 0; i < SCENE_WIDTH * SCENE_HEIGHT; i++) {
		float value = (float)luma[i] + table[rng_u32(rng) >> 20];

		luma[i] = (uint8_t)lrintf(fminf(fmaxf(value, 0), 255));
	}
}

void scene_draw(struct scene *scene,
		const uint8_t pixels[CROP_SIDE * CROP_SIDE], float side,
		const struct scene_weather *weather, struct rng *rng)
{
	float margin = side * 0.75f;

	scene->side = side;
	scene->angle = weather->tilt * (float)(2 * rng_unit(rng) - 1);
	scene->x = mix(margin, SCENE_WIDTH - margin, (float)rng_unit(rng));
	scene->y = mix(margin, SCENE_HEIGHT - margin, (float)rng_unit(rng));
	draw_background(scene->luma, rng);
	draw_picture(scene, pixels);
	if (weather->light > 0 || weather->side > 0)
		dim(scene, weather, rng);
	for (int i = 0; weather->blur > 1 && i < 3; i++) {
		blur_across(scene, weather->blur);
		blur_down(scene, weather->blur);
	}
	if (weather->motion > 1)
		blur_across(scene, weather->motion);
	add_noise(scene->luma, weather->noise > 0 ? weather->noise : NOISE_SD,
		  rng);
}

struct frame scene_frame(struct scene *scene)
{
	return (struct frame){.luma = scene->luma,
			      .width = SCENE_WIDTH,
			      .height = SCENE_HEIGHT,
			      .stride = SCENE_WIDTH,
			      .sequence = 1};
}
