/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pictures: frames for tests, from files and made up. */
#ifndef MIEN_TESTS_PICTURES_H
#define MIEN_TESTS_PICTURES_H

#include "capture/frame.h"

#include <stdbool.h>

/* Pictures of Debian packages: tests/data/README.md. */
#define PICTURES_SKIMAGE   "/usr/lib/python3/dist-packages/skimage/data/"
#define PICTURES_DARKNET   "/usr/share/darknet/data/"
#define PICTURES_ASTRONAUT PICTURES_SKIMAGE "astronaut.png"
#define PICTURES_ADMIRAL \
	"/usr/share/matplotlib/mpl-data/sample_data/grace_hopper.jpg"

/* The project's own folders. Static. */
const char *pictures_weights(void);
const char *pictures_data(void);

/* The first picture of path; fails the test. frame_unref it. */
struct frame *pictures_load(const char *path);

/* All pixels of one luma and neutral chroma. frame_unref it. */
struct frame *pictures_plain(int width, int height, uint8_t luma, bool color);

/* The same picture with left and right exchanged. frame_unref it. */
struct frame *pictures_mirror(const struct frame *frame);

#endif
