/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keys: the one table of what can be done and with which keys. The help
 * screen, the hints at the foot, the documentation and the configuration's
 * names all come from it. Knows no curses: codes are its own.
 */
#ifndef MIEN_TUI_KEYS_H
#define MIEN_TUI_KEYS_H

#include "base/config.h"

#include <stdint.h>

/* A character is its own code; what has none follows the last of Unicode. */
typedef uint32_t key_code;

enum {
	KEY_CODE_NONE = 0,
	KEY_CODE_TAB = 9,
	KEY_CODE_ENTER = 10,
	KEY_CODE_ESC = 27,
	KEY_CODE_BACKSPACE = 127,
	KEY_CODE_SPECIAL = 0x110000,
	KEY_CODE_LEFT = KEY_CODE_SPECIAL,
	KEY_CODE_RIGHT,
	KEY_CODE_UP,
	KEY_CODE_DOWN,
	KEY_CODE_SHIFT_LEFT,
	KEY_CODE_SHIFT_RIGHT,
	KEY_CODE_SHIFT_TAB,
	KEY_CODE_PAGE_UP,
	KEY_CODE_PAGE_DOWN,
	KEY_CODE_HOME,
	KEY_CODE_END,
	KEY_CODE_DELETE,
	KEY_CODE_F1 /* to F12 */
};

enum action {
	ACTION_NONE,
	ACTION_PAUSE,
	ACTION_NEXT,
	ACTION_PREVIOUS,
	ACTION_SEEK_BACK,
	ACTION_SEEK_FORWARD,
	ACTION_SEEK_FAR_BACK,
	ACTION_SEEK_FAR_FORWARD,
	ACTION_VOLUME_DOWN,
	ACTION_VOLUME_UP,
	ACTION_VOLUME_LITTLE_DOWN,
	ACTION_VOLUME_LITTLE_UP,
	ACTION_MUTE,
	ACTION_LIKE,
	ACTION_SEARCH,
	ACTION_MOOD_1, /* to 7, in the order of enum emotion */
	ACTION_MOOD_2,
	ACTION_MOOD_3,
	ACTION_MOOD_4,
	ACTION_MOOD_5,
	ACTION_MOOD_6,
	ACTION_MOOD_7,
	ACTION_AUTO,
	ACTION_POLICY,
	ACTION_FEEL,
	ACTION_CORRECT,
	ACTION_CAMERA,
	ACTION_PREVIEW,
	ACTION_FULL_SCREEN,
	ACTION_FOCUS_NEXT,
	ACTION_FOCUS_PREVIOUS,
	ACTION_LOG,
	ACTION_REDRAW,
	ACTION_HELP,
	ACTION_QUIT,
	/* In lists: the queue, the messages, what a search found, the log. */
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_ENTER,
	ACTION_REMOVE,
	ACTION_NEXT_MATCH,
	ACTION_PREVIOUS_MATCH,
	ACTION_CLOSE,
	ACTION_COUNT
};

/* Where an action listens, and the heading under which help lists it. */
enum key_group {
	KEY_GROUP_MUSIC,
	KEY_GROUP_MOOD,
	KEY_GROUP_SCREEN,
	KEY_GROUP_LIST, /* only while a list has the keys */
	KEY_GROUP_COUNT
};

#define KEYS_PER_ACTION 4

/* The table with its keys in force; a plain value. */
struct keys {
	key_code codes[ACTION_COUNT][KEYS_PER_ACTION];
};

void keys_defaults(struct keys *keys);

/*
 * Lays the configuration's bindings over keys. Unknown actions and key names,
 * more than KEYS_PER_ACTION keys, and one key for two actions of a place are
 * faults with the binding's file, line and column.
 */
enum status keys_configure(struct keys *keys, const struct config *config,
			   struct fault *fault);

/* What code does; in_list: a list has the keys, and its actions come first.
 * ACTION_NONE for a key that does nothing. */
enum action keys_find(const struct keys *keys, key_code code, bool in_list);

/* "Space", "Shift-Left", "a"; and back. KEY_CODE_NONE: no such key. */
const char *keys_code_name(key_code code, char *out, size_t size);
key_code keys_code_from_name(const char *name);

/* The keys of an action as people read them, "n >"; "" without any. */
const char *keys_text(const struct keys *keys, enum action action, char *out,
		      size_t size);

/* From the table, static: the configuration's name, a word or two for the
 * hints, a sentence for help. */
const char *keys_action_name(enum action action);
const char *keys_label(enum action action);
const char *keys_help(enum action action);
enum key_group keys_group(enum action action);
const char *keys_group_name(enum key_group group);

#endif
