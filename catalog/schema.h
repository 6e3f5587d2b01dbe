/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * schema: what the tables look like, and how an older file becomes a current
 * one. Seen by this room only.
 */
#ifndef MIEN_CATALOG_SCHEMA_H
#define MIEN_CATALOG_SCHEMA_H

#include "catalog/store.h"

/* SQLite's application_id of our files: "mien". */
#define SCHEMA_APPLICATION 0x6d69656e

/* The version that this program writes. */
int schema_current(void);

/*
 * Tells a catalog from another program's database, from one newer than this
 * program, and, unless it may be changed, from one that is older or empty.
 * Migrates step by step, each in one transaction, where may_change. Writes
 * nothing when the file is current.
 */
enum status schema_prepare(struct catalog *catalog, bool may_change,
			   struct fault *fault);

#endif
