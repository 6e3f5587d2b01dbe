/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loops, for vectors of LANES floats and register tiles of at most
 * MAX_TILE x 2 vectors. Included once by each kernels_*.c, which says which
 * instructions the compiler may use.
 *
 * Two shapes of tile. "Filters": a run of output pixels times two vectors of
 * filters; each input value is broadcast, so a picture's width wastes no
 * lanes. "Pixels", for 1x1: a block of filters times two vectors of pixels,
 * straight from and to the planes.
 */
#include "model/kernels.h"

#include <math.h>
#include <string.h>

typedef float vec __attribute__((vector_size(4 * LANES)));
typedef float loose __attribute__((vector_size(4 * LANES), aligned(4)));
typedef int bits __attribute__((vector_size(4 * LANES)));

#define ALWAYS static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 16")

ALWAYS vec load(const float *p)
{
	return *(const loose *)p;
}

ALWAYS void store(float *p, vec v)
{
	*(loose *)p = v;
}

ALWAYS vec splat(float x)
{
	return x - (vec){0};
}

/*
 * The activations with a corner, as a x + b |x|: linear 1, 0; relu 1/2, 1/2;
 * leaky (slope 0.1) 0.55, 0.45. The logistic one follows in finish().
 */
struct corner {
	float a, b;
};

static struct corner corner_of(enum netcfg_activation activation)
{
	switch (activation) {
	case NETCFG_RELU: return (struct corner){0.5f, 0.5f};
	case NETCFG_LEAKY: return (struct corner){0.55f, 0.45f};
	default: return (struct corner){1, 0};
	}
}

ALWAYS vec bend(struct corner k, vec x)
{
	bits magnitude = (bits)x & 0x7fffffff;

	return k.a * x + k.b * (vec)magnitude;
}

ALWAYS float bend_one(struct corner k, float x)
{
	return k.a * x + k.b * fabsf(x);
}

static void finish(enum netcfg_activation activation, size_t n, float *out)
{
	if (activation != NETCFG_LOGISTIC)
		return;
	for (size_t i = 0; i < n; i++)
		out[i] = 1 / (1 + expf(-out[i]));
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* Where part i of n begins when whole is cut as evenly as it goes. */
static int cut(int whole, int i, int n)
{
	return (int)((long)whole * i / n);
}

static int parts(int whole, int most)
{
	return (whole + most - 1) / most;
}

static int area(struct netcfg_shape s)
{
	return s.height * s.width;
}

/* ---- the two tiles -------------------------------------------------------- */

/* What a tile needs to know; strides in floats. */
struct tile {
	const float *in; /* of the first pixel, first channel */
	const float *weights;
	const float *biases;
	float *out;
	size_t in_plane, out_plane;
	int pitch, stride, channels, size;
	int filters; /* that are there: fewer than lanes in the last block */
	struct corner corner;
};

/* count output pixels in a row, times `vectors` vectors of filters. */
ALWAYS void filters_tile(const struct tile *t, const int count,
			 const int vectors)
{
	float turned[MAX_TILE][2 * LANES];
	vec sum[MAX_TILE][2];
	const float *w = t->weights;

	UNROLL
	for (int j = 0; j < count; j++)
		UNROLL
		for (int v = 0; v < vectors; v++)
			sum[j][v] = load(t->biases + v * LANES);
	for (int c = 0; c < t->channels; c++)
		for (int y = 0; y < t->size; y++) {
			const float *in = t->in + (size_t)c * t->in_plane +
					  (size_t)y * (size_t)t->pitch;

			for (int x = 0; x < t->size; x++, in++) {
				vec w0 = load(w);
				vec w1 = vectors > 1 ? load(w + LANES) : w0;

				w += vectors * LANES;
				UNROLL
				for (int j = 0; j < count; j++) {
					vec b = splat(in[j * t->stride]);

					sum[j][0] += b * w0;
					if (vectors > 1)
						sum[j][1] += b * w1;
				}
			}
		}
	UNROLL
	for (int j = 0; j < count; j++)
		UNROLL
		for (int v = 0; v < vectors; v++)
			store(turned[j] + v * LANES,
			      bend(t->corner, sum[j][v]));
	for (int f = 0; f < t->filters; f++)
		for (int j = 0; j < count; j++)
			t->out[(size_t)f * t->out_plane + (size_t)j] =
				turned[j][f];
}

/* count filters, times two vectors of pixels. */
ALWAYS void pixels_tile(const struct tile *t, const int count)
{
	vec sum[MAX_TILE][2];
	const float *w = t->weights, *in = t->in;

	UNROLL
	for (int j = 0; j < count; j++)
		sum[j][0] = sum[j][1] = splat(t->biases[j]);
	for (int c = 0; c < t->channels; c++, in += t->in_plane, w += count) {
		vec in0 = load(in), in1 = load(in + LANES);

		UNROLL
		for (int j = 0; j < count; j++) {
			vec b = splat(w[j]);

			sum[j][0] += b * in0;
			sum[j][1] += b * in1;
		}
	}
	UNROLL
	for (int j = 0; j < count; j++) {
		float *out = t->out + (size_t)j * t->out_plane;

		store(out, bend(t->corner, sum[j][0]));
		store(out + LANES, bend(t->corner, sum[j][1]));
	}
}

/* The compiler keeps sums in registers only where the count is a constant. */
#if MAX_TILE > 6
#define MORE_COUNTS(call)                                                      \
	case 7: call(7); break;                                                \
	case 8: call(8); break;                                                \
	case 9: call(9); break;                                                \
	case 10: call(10); break;                                              \
	case 11: call(11); break;                                              \
	case 12: call(12); break;
#else
#define MORE_COUNTS(call)
#endif
#define EACH_COUNT(count, call)                                                \
	switch (count) {                                                       \
	case 1: call(1); break;                                                \
	case 2: call(2); break;                                                \
	case 3: call(3); break;                                                \
	case 4: call(4); break;                                                \
	case 5: call(5); break;                                                \
	case 6: call(6); break;                                                \
		MORE_COUNTS(call)                                              \
	}

static void filters_tile_1(const struct tile *t, int count)
{
#define CALL(n) filters_tile(t, n, 1)
	EACH_COUNT(count, CALL)
#undef CALL
}

static void filters_tile_2(const struct tile *t, int count)
{
#define CALL(n) filters_tile(t, n, 2)
	EACH_COUNT(count, CALL)
#undef CALL
}

static void pixels_tile_any(const struct tile *t, int count)
{
#define CALL(n) pixels_tile(t, n)
	EACH_COUNT(count, CALL)
#undef CALL
}

/* ---- convolution ---------------------------------------------------------- */

/* A 1x1 convolution of planes that fill two vectors at least. */
static int by_pixels(const struct kernels_conv *conv)
{
	return conv->size == 1 && area(conv->in) >= 2 * LANES;
}

/* Weights a filter, and filters as they are stored: whole vectors. */
static int depth(const struct kernels_conv *conv)
{
	return conv->in.channels * conv->size * conv->size;
}

static int stored_filters(const struct kernels_conv *conv)
{
	int n = conv->out.channels;

	return by_pixels(conv) ? n : parts(n, LANES) * LANES;
}

/* The packed form ends with the biases, as many as there are stored filters. */
static size_t packed_size(const struct kernels_conv *conv)
{
	return (size_t)stored_filters(conv) * (size_t)(depth(conv) + 1);
}

/* A block of filters, input by input: [depth][width], zeros past the last. */
static void pack_block(const struct kernels_conv *conv, const float *weights,
		       int first, int width, float *packed)
{
	int n = depth(conv), filters = conv->out.channels;

	for (int k = 0; k < n; k++)
		for (int f = first; f < first + width; f++)
			*packed++ = f < filters
					    ? weights[(size_t)f * (size_t)n +
						      (size_t)k]
					    : 0;
}

static void pack(const struct kernels_conv *conv, const float *weights,
		 float *packed)
{
	int filters = stored_filters(conv), n = depth(conv);
	int blocks = parts(filters, by_pixels(conv) ? MAX_TILE : 2 * LANES);
	float *biases = packed + (size_t)filters * (size_t)n;

	for (int b = 0; b < blocks; b++) {
		int first = b * 2 * LANES, last = first + 2 * LANES;

		if (by_pixels(conv)) {
			first = cut(filters, b, blocks);
			last = cut(filters, b + 1, blocks);
		}
		last = least(last, filters);
		pack_block(conv, weights, first, last - first,
			   packed + (size_t)first * (size_t)n);
	}
	for (int f = 0; f < filters; f++)
		biases[f] = f < conv->out.channels ? conv->biases[f] : 0;
}

static size_t work_size(const struct kernels_conv *conv)
{
	size_t h = (size_t)(conv->in.height + 2 * conv->padding);
	size_t w = (size_t)(conv->in.width + 2 * conv->padding);

	/* depthwise: a plane whose columns are dealt out by stride, and room
	 * for the last vector to run over */
	return (size_t)conv->in.channels * h * w +
	       h * (w + 2 * (size_t)conv->stride) + 4 * LANES;
}

/* The planes with a frame of zeros. */
static void frame(const struct kernels_conv *conv, const float *in, float *work)
{
	size_t width = (size_t)conv->in.width, pad = (size_t)conv->padding;
	size_t pitch = width + 2 * pad;

	for (int c = 0; c < conv->in.channels; c++) {
		memset(work, 0, pad * pitch * sizeof(*work));
		work += pad * pitch;
		for (int y = 0; y < conv->in.height; y++) {
			memset(work, 0, pad * sizeof(*work));
			memcpy(work + pad, in, width * sizeof(*work));
			memset(work + pad + width, 0, pad * sizeof(*work));
			work += pitch;
			in += width;
		}
		memset(work, 0, pad * pitch * sizeof(*work));
		work += pad * pitch;
	}
}

static void conv_by_pixels(const struct kernels_conv *conv, const float *in,
			   float *out)
{
	int n = area(conv->in), filters = conv->out.channels;
	int blocks = parts(filters, MAX_TILE);
	size_t k = (size_t)depth(conv);
	struct tile t = {.in_plane = (size_t)n,
			 .out_plane = (size_t)n,
			 .channels = conv->in.channels,
			 .corner = corner_of(conv->activation)};

	for (int x = 0; x < n; x += 2 * LANES) {
		x = least(x, n - 2 * LANES); /* the last overlaps */
		t.in = in + x;
		for (int b = 0; b < blocks; b++) {
			int first = cut(filters, b, blocks);

			t.weights = conv->weights + (size_t)first * k;
			t.biases = conv->weights + (size_t)filters * k + first;
			t.out = out + (size_t)first * (size_t)n + x;
			pixels_tile_any(&t,
					cut(filters, b + 1, blocks) - first);
		}
	}
}

/* One block of filters over one row of output. */
static void filters_row(struct tile *t, int width, int two)
{
	const float *in = t->in;
	float *out = t->out;
	int runs = parts(width, MAX_TILE);

	for (int i = 0; i < runs; i++) {
		int x = cut(width, i, runs), n = cut(width, i + 1, runs) - x;

		t->in = in + x * t->stride;
		t->out = out + x;
		(two ? filters_tile_2 : filters_tile_1)(t, n);
	}
}

static void conv_by_filters(const struct kernels_conv *conv, const float *in,
			    float *out)
{
	int filters = stored_filters(conv);
	size_t k = (size_t)depth(conv);
	int pitch = conv->in.width + 2 * conv->padding;
	struct tile t = {.in_plane = (size_t)pitch *
				     (size_t)(conv->in.height +
					      2 * conv->padding),
			 .out_plane = (size_t)area(conv->out),
			 .pitch = pitch,
			 .stride = conv->stride,
			 .channels = conv->in.channels,
			 .size = conv->size,
			 .corner = corner_of(conv->activation)};

	for (int first = 0; first < filters; first += 2 * LANES) {
		int stored = least(filters - first, 2 * LANES);

		t.weights = conv->weights + (size_t)first * k;
		t.biases = conv->weights + (size_t)filters * k + first;
		t.filters = least(conv->out.channels - first, stored);
		for (int y = 0; y < conv->out.height; y++) {
			t.in = in + (size_t)(y * conv->stride) * (size_t)pitch;
			t.out = out + (size_t)first * t.out_plane +
				(size_t)y * (size_t)conv->out.width;
			filters_row(&t, conv->out.width, stored > LANES);
		}
	}
}

static void conv(const struct kernels_conv *conv, const float *in, float *out,
		 float *work)
{
	if (by_pixels(conv)) {
		conv_by_pixels(conv, in, out);
	} else if (conv->padding) {
		frame(conv, in, work);
		conv_by_filters(conv, work, out);
	} else {
		conv_by_filters(conv, in, out);
	}
	finish(conv->activation, netcfg_values(conv->out), out);
}

/* ---- depthwise ------------------------------------------------------------ */

/*
 * One plane with its frame, each row's columns dealt out by the stride:
 * column x stands in part x % stride at x / stride, so that the taps of
 * neighbouring outputs are neighbours. part is the length of one.
 */
static void deal(const struct kernels_conv *conv, const float *in, int part,
		 float *work)
{
	int stride = conv->stride, pad = conv->padding, width = conv->in.width;
	int rows = conv->in.height + 2 * pad;

	for (int y = 0; y < rows; y++, work += stride * part) {
		memset(work, 0, (size_t)(stride * part) * sizeof(*work));
		if (y < pad || y >= pad + conv->in.height)
			continue;
		if (stride == 1)
			memcpy(work + pad, in, (size_t)width * sizeof(*in));
		for (int r = 0; stride > 1 && r < stride; r++) {
			/* the first column of the picture in this part */
			int x = (r - pad % stride + stride) % stride;
			float *to = work + r * part + (x + pad) / stride;

			for (; x < width; x += stride)
				*to++ = in[x];
		}
		in += width;
	}
}

struct taps {
	int count;
	int offset[15 * 15];
	struct corner corner;
};

ALWAYS void taps_row(const struct taps *t, const int count,
		     const float *weights, float bias, const float *in,
		     float *out, int width)
{
	for (int x = 0; x < width; x += 2 * LANES) {
		vec s0 = splat(bias), s1 = s0;
		float last[2 * LANES];
		float *to = width - x < 2 * LANES ? last : out + x;

		UNROLL
		for (int i = 0; i < count; i++) {
			const float *p = in + t->offset[i] + x;
			vec w = splat(weights[i]);

			s0 += w * load(p);
			s1 += w * load(p + LANES);
		}
		store(to, bend(t->corner, s0));
		store(to + LANES, bend(t->corner, s1));
		if (to == last)
			memcpy(out + x, last,
			       (size_t)(width - x) * sizeof(*out));
	}
}

static void depthwise(const struct kernels_conv *conv, const float *in,
		      float *out, float *work)
{
	int stride = conv->stride, n = conv->size * conv->size;
	int part = parts(conv->in.width + 2 * conv->padding, stride);
	int pitch = part * stride, width = conv->out.width;
	struct taps taps = {.count = n, .corner = corner_of(conv->activation)};

	for (int i = 0; i < n; i++) {
		int y = i / conv->size, x = i % conv->size;

		taps.offset[i] = y * pitch + x % stride * part + x / stride;
	}
	for (int c = 0; c < conv->in.channels; c++) {
		const float *w = conv->weights + c * n;

		deal(conv, in + (size_t)c * (size_t)area(conv->in), part, work);
		for (int y = 0; y < conv->out.height; y++, out += width) {
			const float *row = work + y * stride * pitch;

			if (n == 9)
				taps_row(&taps, 9, w, conv->biases[c], row, out,
					 width);
			else
				taps_row(&taps, n, w, conv->biases[c], row, out,
					 width);
		}
	}
	finish(conv->activation, netcfg_values(conv->out),
	       out - netcfg_values(conv->out));
}

/* ---- the small ones ------------------------------------------------------- */

static void maxpool_2(int h, int w, int out_h, int out_w, const float *in,
		      float *out)
{
	(void)h;
	for (int y = 0; y < out_h; y++) {
		const float *a = in + (size_t)(2 * y) * (size_t)w, *b = a + w;

		for (int x = 0; x < out_w; x++) {
			float p = a[2 * x] > a[2 * x + 1] ? a[2 * x]
							  : a[2 * x + 1];
			float q = b[2 * x] > b[2 * x + 1] ? b[2 * x]
							  : b[2 * x + 1];

			out[x] = p > q ? p : q;
		}
		out += out_w;
	}
}

/* The largest of the window's part that lies in the plane. */
static float window_max(struct netcfg_shape s, int y, int x, int size,
			const float *in)
{
	int y1 = least(y + size, s.height), x1 = least(x + size, s.width);
	float best = -INFINITY;

	for (int i = y < 0 ? 0 : y; i < y1; i++)
		for (int j = x < 0 ? 0 : x; j < x1; j++) {
			float v = in[(size_t)i * (size_t)s.width + (size_t)j];

			best = v > best ? v : best;
		}
	return best;
}

static void maxpool(struct netcfg_shape s, int size, int stride, int padding,
		    const float *in, float *out)
{
	int h = (s.height + padding - size) / stride + 1;
	int w = (s.width + padding - size) / stride + 1;
	int inside = size == 2 && stride == 2 && 2 * h <= s.height &&
		     2 * w <= s.width;

	for (int c = 0; c < s.channels; c++, in += area(s)) {
		if (inside) {
			maxpool_2(s.height, s.width, h, w, in, out);
			out += h * w;
			continue;
		}
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				*out++ = window_max(s, y * stride - padding / 2,
						    x * stride - padding / 2,
						    size, in);
	}
}

static void add(size_t n, const float *a, size_t n_b, const float *b,
		enum netcfg_activation activation, float *out)
{
	struct corner k = corner_of(activation);
	size_t both = n_b < n ? n_b : n;

	for (size_t i = 0; i < both; i++)
		out[i] = bend_one(k, a[i] + b[i]);
	for (size_t i = both; i < n; i++)
		out[i] = bend_one(k, a[i]);
	finish(activation, n, out);
}

static void mean(struct netcfg_shape s, const float *in, float *out)
{
	int n = area(s);

	for (int c = 0; c < s.channels; c++, in += n) {
		float sum = 0;

		for (int i = 0; i < n; i++)
			sum += in[i];
		out[c] = sum / (float)n;
	}
}

#define KERNELS_TABLE(called)                                                  \
	{                                                                      \
		.name = called, .packed_size = packed_size, .pack = pack,      \
		.work_size = work_size, .conv = conv, .depthwise = depthwise,  \
		.maxpool = maxpool, .add = add, .mean = mean                   \
	}
