/* SPDX-License-Identifier: GPL-3.0-or-later */
/* keys: the table, its names, and what the configuration changes in it. */
#include "tui/keys.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct row {
	const char *name; /* in the configuration */
	enum key_group group;
	const char *keys;  /* the defaults */
	const char *label; /* a word or two for the hints */
	const char *help;
};

/* clang-format off */
static const struct row rows[ACTION_COUNT] = {
[ACTION_PAUSE] = {"pause", KEY_GROUP_MUSIC, "Space", "pause",
	"pause and go on"},
[ACTION_NEXT] = {"next", KEY_GROUP_MUSIC, "n >", "next",
	"next song"},
[ACTION_PREVIOUS] = {"previous", KEY_GROUP_MUSIC, "p <", "previous",
	"the song before"},
[ACTION_SEEK_BACK] = {"seek-back", KEY_GROUP_MUSIC, "Left", "-5 s",
	"5 s back"},
[ACTION_SEEK_FORWARD] = {"seek-forward", KEY_GROUP_MUSIC, "Right", "+5 s",
	"5 s on"},
[ACTION_SEEK_FAR_BACK] = {"seek-far-back", KEY_GROUP_MUSIC, "Shift-Left",
	"-30 s", "30 s back"},
[ACTION_SEEK_FAR_FORWARD] = {"seek-far-forward", KEY_GROUP_MUSIC,
	"Shift-Right", "+30 s", "30 s on"},
[ACTION_VOLUME_DOWN] = {"volume-down", KEY_GROUP_MUSIC, "-", "quieter",
	"5% quieter"},
[ACTION_VOLUME_UP] = {"volume-up", KEY_GROUP_MUSIC, "+ =", "louder",
	"5% louder"},
[ACTION_VOLUME_LITTLE_DOWN] = {"volume-little-down", KEY_GROUP_MUSIC, "[",
	"quieter", "1% quieter"},
[ACTION_VOLUME_LITTLE_UP] = {"volume-little-up", KEY_GROUP_MUSIC, "]",
	"louder", "1% louder"},
[ACTION_MUTE] = {"mute", KEY_GROUP_MUSIC, "m", "mute",
	"silence, and back"},
[ACTION_LIKE] = {"like", KEY_GROUP_MUSIC, "*", "like",
	"like, or no longer"},
[ACTION_SEARCH] = {"search", KEY_GROUP_MUSIC, "/", "search",
	"search the catalog"},
[ACTION_MOOD_1] = {"mood-angry", KEY_GROUP_MOOD, "1", "angry",
	"angry, by hand"},
[ACTION_MOOD_2] = {"mood-disgust", KEY_GROUP_MOOD, "2", "disgust",
	"disgust, by hand"},
[ACTION_MOOD_3] = {"mood-fear", KEY_GROUP_MOOD, "3", "fear",
	"fear, by hand"},
[ACTION_MOOD_4] = {"mood-happy", KEY_GROUP_MOOD, "4", "happy",
	"happy, by hand"},
[ACTION_MOOD_5] = {"mood-sad", KEY_GROUP_MOOD, "5", "sad",
	"sad, by hand"},
[ACTION_MOOD_6] = {"mood-surprise", KEY_GROUP_MOOD, "6", "surprise",
	"surprise, by hand"},
[ACTION_MOOD_7] = {"mood-neutral", KEY_GROUP_MOOD, "7", "neutral",
	"neutral, by hand"},
[ACTION_AUTO] = {"auto", KEY_GROUP_MOOD, "a", "auto",
	"mood from the face"},
[ACTION_POLICY] = {"policy", KEY_GROUP_MOOD, "u", "policy",
	"match, lift, surprise"},
[ACTION_FEEL] = {"feel", KEY_GROUP_MOOD, "t", "type",
	"type how you feel"},
[ACTION_CORRECT] = {"correct", KEY_GROUP_MOOD, "x", "correct",
	"put a wrong reading right"},
[ACTION_CAMERA] = {"camera", KEY_GROUP_SCREEN, "c", "camera",
	"camera off and on"},
[ACTION_PREVIEW] = {"preview", KEY_GROUP_SCREEN, "v", "preview",
	"other kind of picture"},
[ACTION_FULL_SCREEN] = {"full-screen", KEY_GROUP_SCREEN, "f", "full screen",
	"picture in full screen"},
[ACTION_FOCUS_NEXT] = {"focus-next", KEY_GROUP_SCREEN, "Tab", "focus",
	"next panel"},
[ACTION_FOCUS_PREVIOUS] = {"focus-previous", KEY_GROUP_SCREEN, "Shift-Tab",
	"focus", "previous panel"},
[ACTION_LOG] = {"log", KEY_GROUP_SCREEN, "L", "log",
	"what was logged"},
[ACTION_REDRAW] = {"redraw", KEY_GROUP_SCREEN, "Ctrl-L", "redraw",
	"draw everything anew"},
[ACTION_HELP] = {"help", KEY_GROUP_SCREEN, "? F1", "help",
	"this list"},
[ACTION_QUIT] = {"quit", KEY_GROUP_SCREEN, "q Ctrl-C", "quit",
	"leave"},
[ACTION_UP] = {"up", KEY_GROUP_LIST, "Up k", "up",
	"up"},
[ACTION_DOWN] = {"down", KEY_GROUP_LIST, "Down j", "down",
	"down"},
[ACTION_PAGE_UP] = {"page-up", KEY_GROUP_LIST, "PageUp", "page up",
	"a page up"},
[ACTION_PAGE_DOWN] = {"page-down", KEY_GROUP_LIST, "PageDown", "page down",
	"a page down"},
[ACTION_FIRST] = {"first", KEY_GROUP_LIST, "Home", "first",
	"the first"},
[ACTION_LAST] = {"last", KEY_GROUP_LIST, "End", "last",
	"the last"},
[ACTION_ENTER] = {"enter", KEY_GROUP_LIST, "Enter", "play",
	"play this one now"},
[ACTION_REMOVE] = {"remove", KEY_GROUP_LIST, "x Delete", "remove",
	"out of the queue"},
[ACTION_NEXT_MATCH] = {"next-match", KEY_GROUP_LIST, "n", "next found",
	"next found"},
[ACTION_PREVIOUS_MATCH] = {"previous-match", KEY_GROUP_LIST, "N",
	"found before", "the one found before"},
[ACTION_CLOSE] = {"close", KEY_GROUP_LIST, "Esc", "close",
	"close the top layer"},
};

static const struct { const char *name; key_code code; } names[] = {
	{"Space", ' '}, {"Tab", KEY_CODE_TAB}, {"Enter", KEY_CODE_ENTER},
	{"Esc", KEY_CODE_ESC}, {"Backspace", KEY_CODE_BACKSPACE},
	{"Left", KEY_CODE_LEFT}, {"Right", KEY_CODE_RIGHT},
	{"Up", KEY_CODE_UP}, {"Down", KEY_CODE_DOWN},
	{"Shift-Left", KEY_CODE_SHIFT_LEFT},
	{"Shift-Right", KEY_CODE_SHIFT_RIGHT},
	{"Shift-Tab", KEY_CODE_SHIFT_TAB},
	{"PageUp", KEY_CODE_PAGE_UP}, {"PageDown", KEY_CODE_PAGE_DOWN},
	{"Home", KEY_CODE_HOME}, {"End", KEY_CODE_END},
	{"Delete", KEY_CODE_DELETE},
};
/* clang-format on */

static const char *const group_names[KEY_GROUP_COUNT] = {
	[KEY_GROUP_MUSIC] = "Music",
	[KEY_GROUP_MOOD] = "Mood",
	[KEY_GROUP_SCREEN] = "Screen",
	[KEY_GROUP_LIST] = "In a list",
};

#define NAMES (sizeof(names) / sizeof(*names))

/* One character of UTF-8 to the end of s, or 0. */
static key_code single_character(const char *s)
{
	const unsigned char *u = (const unsigned char *)s;
	int more = u[0] < 0x80   ? 0
		   : u[0] < 0xc0 ? -1
		   : u[0] < 0xe0 ? 1
		   : u[0] < 0xf0 ? 2
				 : 3;
	key_code code = more <= 0 ? u[0] : u[0] & (0x3fu >> more);

	if (more < 0 || u[0] <= ' ' || u[0] == 127)
		return KEY_CODE_NONE;
	for (int i = 1; i <= more; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return KEY_CODE_NONE;
		code = code << 6 | (u[i] & 0x3f);
	}
	return u[more + 1] ? KEY_CODE_NONE : code;
}

key_code keys_code_from_name(const char *name)
{
	unsigned n;
	char end;

	for (size_t i = 0; i < NAMES; i++)
		if (!strcasecmp(name, names[i].name))
			return names[i].code;
	if (sscanf(name, "%*1[Ff]%u%c", &n, &end) == 1 && n >= 1 && n <= 12)
		return KEY_CODE_F1 + n - 1;
	if (!strncasecmp(name, "Ctrl-", 5) && name[5] && !name[6]) {
		char letter = (char)(name[5] & ~0x20);

		return letter >= 'A' && letter <= 'Z' ? (key_code)letter - '@'
						      : KEY_CODE_NONE;
	}
	return single_character(name);
}

static size_t put_utf8(char out[5], key_code c)
{
	size_t n = 0;

	if (c < 0x80) {
		out[n++] = (char)c;
	} else if (c < 0x800) {
		out[n++] = (char)(0xc0 | c >> 6);
	} else if (c < 0x10000) {
		out[n++] = (char)(0xe0 | c >> 12);
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	} else {
		out[n++] = (char)(0xf0 | c >> 18);
		out[n++] = (char)(0x80 | (c >> 12 & 0x3f));
		out[n++] = (char)(0x80 | (c >> 6 & 0x3f));
	}
	if (c >= 0x80)
		out[n++] = (char)(0x80 | (c & 0x3f));
	out[n] = '\0';
	return n;
}

const char *keys_code_name(key_code code, char *out, size_t size)
{
	char letter[5];

	for (size_t i = 0; i < NAMES; i++)
		if (names[i].code == code)
			return snprintf(out, size, "%s", names[i].name), out;
	if (code >= KEY_CODE_F1 && code < KEY_CODE_F1 + 12) {
		snprintf(out, size, "F%u", code - KEY_CODE_F1 + 1);
	} else if (code < ' ' && code) {
		snprintf(out, size, "Ctrl-%c", (char)(code + '@'));
	} else if (code && code < KEY_CODE_SPECIAL) {
		put_utf8(letter, code);
		snprintf(out, size, "%s", letter);
	} else {
		snprintf(out, size, "%s", "");
	}
	return out;
}

/* "n >" into codes. NULL: done; else the word that is no key, or the text
 * itself where there are too many. */
static const char *parse_keys(key_code codes[KEYS_PER_ACTION], const char *text,
			      char *word, size_t size)
{
	int count = 0;

	memset(codes, 0, sizeof(key_code) * KEYS_PER_ACTION);
	while (*(text += strspn(text, " "))) {
		size_t n = strcspn(text, " ");

		snprintf(word, size, "%.*s", (int)n, text);
		if (count == KEYS_PER_ACTION ||
		    !(codes[count++] = keys_code_from_name(word)))
			return word;
		text += n;
	}
	return NULL;
}

void keys_defaults(struct keys *keys)
{
	char word[16];

	memset(keys, 0, sizeof(*keys));
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		parse_keys(keys->codes[i], rows[i].keys, word, sizeof(word));
}

static enum action find_action(const char *name)
{
	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		if (!strcmp(rows[i].name, name))
			return (enum action)i;
	return ACTION_NONE;
}

static bool has_key(const struct keys *keys, int action, key_code code)
{
	for (int k = 0; k < KEYS_PER_ACTION; k++)
		if (code && keys->codes[action][k] == code)
			return true;
	return false;
}

/* An action that shares code with the given one, in the same place. */
static enum action find_rival(const struct keys *keys, int action,
			      key_code code)
{
	bool list = rows[action].group == KEY_GROUP_LIST;

	for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
		if (i != action && (rows[i].group == KEY_GROUP_LIST) == list &&
		    has_key(keys, i, code))
			return (enum action)i;
	return ACTION_NONE;
}

static enum status fault_binding(struct fault *fault,
				 const struct config_binding *b,
				 const char *what, const char *word)
{
	fault_set(fault, STATUS_BAD_DATA, b->file, what, b->action, word);
	fault_at(fault, b->line, b->column);
	return STATUS_BAD_DATA;
}

static enum status bind(struct keys *keys, const struct config_binding *b,
			struct fault *fault)
{
	enum action action = find_action(b->action);
	const char *bad;
	char word[96];

	if (!action) {
		fault_binding(fault, b, "there is no action \"%s\"%s", "");
		fault_hint(fault, "docs/keys.md lists them");
		return STATUS_BAD_DATA;
	}
	bad = parse_keys(keys->codes[action], b->keys, word, sizeof(word));
	if (!bad)
		return STATUS_OK;
	fault_binding(fault, b,
		      keys_code_from_name(bad) ? "%s: one key too many, \"%s\""
					       : "%s: there is no key \"%s\"",
		      bad);
	fault_hint(fault,
		   "keys are characters and names as Space, Enter, "
		   "Left, Shift-Left, Ctrl-L, F1; at most %d",
		   KEYS_PER_ACTION);
	return STATUS_BAD_DATA;
}

enum status keys_configure(struct keys *keys, const struct config *config,
			   struct fault *fault)
{
	for (int i = 0; i < config->binding_count; i++) {
		enum status st = bind(keys, &config->bindings[i], fault);

		if (st)
			return st;
	}
	/* Rivals only now: two bindings may swap their keys. */
	for (int i = 0; i < config->binding_count; i++) {
		const struct config_binding *b = &config->bindings[i];
		enum action action = find_action(b->action), rival;

		for (int k = 0; k < KEYS_PER_ACTION; k++) {
			rival = find_rival(keys, (int)action,
					   keys->codes[action][k]);
			if (rival)
				return fault_binding(
					fault, b,
					"%s has a key that belongs to \"%s\"",
					rows[rival].name);
		}
	}
	return STATUS_OK;
}

enum action keys_find(const struct keys *keys, key_code code, bool in_list)
{
	for (int pass = in_list ? 0 : 1; pass < 2; pass++)
		for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++)
			if ((rows[i].group == KEY_GROUP_LIST) == (pass == 0) &&
			    has_key(keys, i, code))
				return (enum action)i;
	return ACTION_NONE;
}

const char *keys_text(const struct keys *keys, enum action action, char *out,
		      size_t size)
{
	char name[24];
	size_t used = 0;

	out[0] = '\0';
	for (int k = 0; k < KEYS_PER_ACTION && keys->codes[action][k]; k++) {
		keys_code_name(keys->codes[action][k], name, sizeof(name));
		if (used + strlen(name) + 2 > size)
			break;
		used += (size_t)snprintf(out + used, size - used, "%s%s",
					 used ? " " : "", name);
	}
	return out;
}

const char *keys_action_name(enum action action)
{
	return rows[action].name;
}

const char *keys_label(enum action action)
{
	return rows[action].label;
}

const char *keys_help(enum action action)
{
	return rows[action].help;
}

enum key_group keys_group(enum action action)
{
	return rows[action].group;
}

const char *keys_group_name(enum key_group group)
{
	return group_names[group];
}
