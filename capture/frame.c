/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * frame: the pool is one block of memory and one word of bits, a bit for
 * every free frame, so that taking and giving back never locks.
 */
#include "capture/frame.h"

#include <assert.h>
#include <stdatomic.h>
#include <stdlib.h>

#define FRAME_ALIGN 64 /* what the vector units of swscale like rows to be */
#define POOL_MAX    64 /* bits in the word of free frames */

struct slot {
	struct frame frame; /* first: a frame's address is its slot's */
	struct frame_pool *pool;
	uint8_t *memory;
	atomic_int references;
};

struct frame_pool {
	_Atomic uint64_t free;
	atomic_int users; /* the owner, and every frame that is out */
	int count, width, height;
	uint8_t *memory;
	struct slot slots[];
};

static int aligned(int n)
{
	return (n + FRAME_ALIGN - 1) / FRAME_ALIGN * FRAME_ALIGN;
}

static size_t luma_size(int width, int height)
{
	return (size_t)aligned(width) * (size_t)height;
}

static size_t chroma_size(int width, int height)
{
	return luma_size((width + 1) / 2, (height + 1) / 2);
}

static struct slot *slot_of(struct frame *frame)
{
	return (struct slot *)(void *)frame;
}

enum status frame_pool_new(struct frame_pool **out, int count, int width,
			   int height)
{
	struct frame_pool *pool;
	size_t one;

	if (count < 1 || count > POOL_MAX || width < 1 || height < 1 ||
	    width > FRAME_MAX_WIDTH || height > FRAME_MAX_HEIGHT)
		return STATUS_BAD_ARGUMENT;
	one = luma_size(width, height) + 2 * chroma_size(width, height);
	pool = calloc(1, sizeof(*pool) + (size_t)count * sizeof(struct slot));
	if (!pool)
		return STATUS_NO_MEMORY;
	/* A little more: vector code may write past the end of a row. */
	pool->memory =
		aligned_alloc(FRAME_ALIGN, one * (size_t)count + FRAME_ALIGN);
	if (!pool->memory) {
		free(pool);
		return STATUS_NO_MEMORY;
	}
	pool->count = count;
	pool->width = width;
	pool->height = height;
	for (int i = 0; i < count; i++) {
		pool->slots[i].pool = pool;
		pool->slots[i].memory = pool->memory + one * (size_t)i;
	}
	atomic_init(&pool->users, 1);
	atomic_init(&pool->free, UINT64_MAX >> (POOL_MAX - count));
	*out = pool;
	return STATUS_OK;
}

static void pool_leave(struct frame_pool *pool)
{
	if (atomic_fetch_sub(&pool->users, 1) > 1)
		return;
	free(pool->memory);
	free(pool);
}

void frame_pool_free(struct frame_pool *pool)
{
	if (pool)
		pool_leave(pool);
}

static struct slot *take_slot(struct frame_pool *pool)
{
	uint64_t have = atomic_load(&pool->free);

	while (have)
		if (atomic_compare_exchange_weak(&pool->free, &have,
						 have & (have - 1)))
			return &pool->slots[__builtin_ctzll(have)];
	return NULL;
}

struct frame *frame_take(struct frame_pool *pool, int width, int height,
			 int color)
{
	struct slot *slot;
	uint8_t *chroma;

	if (width < 1 || height < 1 || width > pool->width ||
	    height > pool->height)
		return NULL;
	slot = take_slot(pool);
	if (!slot)
		return NULL;
	atomic_fetch_add(&pool->users, 1);
	atomic_init(&slot->references, 1);
	chroma = slot->memory + luma_size(width, height);
	slot->frame = (struct frame){
		.luma = slot->memory,
		.u = color ? chroma : NULL,
		.v = color ? chroma + chroma_size(width, height) : NULL,
		.width = width,
		.height = height,
		.stride = aligned(width),
		.chroma_stride = color ? aligned((width + 1) / 2) : 0,
	};
	return &slot->frame;
}

struct frame *frame_ref(struct frame *frame)
{
	atomic_fetch_add(&slot_of(frame)->references, 1);
	return frame;
}

void frame_unref(struct frame *frame)
{
	struct slot *slot = slot_of(frame);
	struct frame_pool *pool;
	int before;

	if (!frame)
		return;
	before = atomic_fetch_sub(&slot->references, 1);
	assert(before > 0);
	if (before > 1)
		return;
	pool = slot->pool;
	atomic_fetch_or(&pool->free, UINT64_C(1) << (slot - pool->slots));
	pool_leave(pool);
}
