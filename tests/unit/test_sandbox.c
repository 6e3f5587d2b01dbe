/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a process can still do after it gave the rest up: each test in a child
 * of its own, for there is no way back. */
#include "tests/unit/unit.h"

#include "base/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/mien-sandbox-XXXXXX";

static const char *in(const char *name)
{
	static char paths[4][128];
	static int turn;
	char *path = paths[turn = (turn + 1) % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
	return path;
}

static void put(const char *name)
{
	FILE *file = fopen(in(name), "w");

	assert_non_null(file);
	fputs("secret\n", file);
	fclose(file);
}

static int make(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(folder));
	mkdir(in("home"), 0700);
	mkdir(in("home/.ssh"), 0700);
	mkdir(in("home/Music"), 0700);
	mkdir(in("state"), 0700);
	put("home/.ssh/id");
	put("home/Music/song");
	put("home/loose");
	put("home/.hidden");
	put("other");
	setenv("HOME", in("home"), 1);
	return 0;
}

static int unmake(void **state)
{
	(void)state;
	return unit_remove(folder);
}

/* The errno of opening it so, 0 where that works. */
static int opens(const char *name, int flags)
{
	int fd =
		open(name[0] == '/' ? name : in(name), flags | O_CLOEXEC, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static bool has_landlock(void)
{
	struct sandbox *box = NULL;
	struct sandbox_report report;
	pid_t pid = fork();
	int ended;

	if (!pid) {
		if (sandbox_new(&box) ||
		    sandbox_enter(box, &(struct filter_opts){0}, &report, NULL))
			_exit(2);
		_exit(report.landlock > 0);
	}
	waitpid(pid, &ended, 0);
	return WIFEXITED(ended) && WEXITSTATUS(ended) == 1;
}

/* In a child: the list as given, then body; its _exit(line) names a failure. */
#define MUST(what)                                                  \
	do {                                                        \
		if (!(what))                                        \
			_exit(__LINE__ & 255 ? __LINE__ & 255 : 1); \
	} while (0)

static void child(void (*body)(void))
{
	pid_t pid = fork();
	int ended;

	if (!pid) {
		body();
		_exit(0);
	}
	waitpid(pid, &ended, 0);
	if (ended)
		print_error("ended %x, line & 255 = %d\n", (unsigned)ended,
			    WEXITSTATUS(ended));
	assert_int_equal(ended, 0);
}

static void enter(struct sandbox *box, bool programs, bool network,
		  struct sandbox_report *report)
{
	struct filter_opts opts = {.programs = programs, .network = network};

	MUST(!sandbox_enter(box, &opts, report, NULL));
	sandbox_free(box);
}

static void files_body(void)
{
	struct sandbox *box;
	struct sandbox_report report;

	MUST(!sandbox_new(&box));
	sandbox_read_system(box);
	sandbox_read_public(box, in("home"));
	sandbox_write(box, in("state"));
	sandbox_write_public(box, in("home"));
	sandbox_read(box, in("not there"));
	enter(box, false, false, &report);
	MUST(report.privileges && report.cores && report.landlock > 0);
	MUST(!opens("home/Music/song", O_RDONLY));
	MUST(!opens("home/loose", O_RDONLY));
	MUST(opens("home/Music/song", O_WRONLY) == EACCES);
	MUST(opens("home/new", O_WRONLY | O_CREAT) == EACCES);
	MUST(opens("home/.ssh/id", O_RDONLY) == EACCES);
	MUST(opens("home/.hidden", O_RDONLY) == EACCES);
	MUST(opens("other", O_RDONLY) == EACCES);
	MUST(opens("home/.ssh", O_RDONLY | O_DIRECTORY) == EACCES);
	MUST(!opens("state/new", O_WRONLY | O_CREAT));
	MUST(!rename(in("state/new"), in("state/newer")));
	MUST(!opens("state/newer", O_WRONLY | O_TRUNC));
	MUST(!unlink(in("state/newer")));
	MUST(mkdir(in("home/Music/more"), 0700) && errno == EACCES);
	MUST(unlink(in("home/Music/song")) && errno == EACCES);
	MUST(!opens("/etc/passwd", O_RDONLY));
	MUST(opens("/etc/passwd", O_RDWR) == EACCES);
	/* links lead no further */
	MUST(!symlink("/tmp", in("state/out")) ? 0 : errno == EACCES);
}

static void the_list_of_files(void **state)
{
	(void)state;
	if (!has_landlock()) {
		print_message("# this kernel has no Landlock\n");
		skip();
	}
	child(files_body);
}

static void calls_body(void)
{
	char *const words[] = {"sh", "-c", "true", NULL};
	struct sandbox *box;
	struct sandbox_report report;
	struct rlimit cores;
	pthread_t thread;
	void *result;
	int pair[2];

	MUST(!sandbox_new(&box));
	sandbox_read(box, "/");
	enter(box, false, false, &report);
	MUST(report.filter > 60);
	MUST(execve("/bin/sh", words, NULL) && errno == EPERM);
	MUST(syscall(SYS_execveat, AT_FDCWD, "/bin/sh", words, NULL, 0) &&
	     errno == EPERM);
	MUST(system("true") != 0);
#ifndef __SANITIZE_ADDRESS__
	MUST(ptrace(PTRACE_TRACEME, 0, 0, 0) && errno == EPERM);
	MUST(!prctl(PR_GET_DUMPABLE));
#endif
	MUST(unshare(CLONE_NEWUSER) && errno == EPERM);
	MUST(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0) == -1 &&
	     errno == EPERM);
	/* not by the C library, which asks it of a sanitizer's thread, too */
	MUST(syscall(SYS_setuid, getuid()) && errno == EPERM);
	MUST(syscall(SYS_bpf, 0, NULL, 0) && errno == EPERM);
	MUST(syscall(SYS_io_uring_setup, 1, NULL) && errno == EPERM);
	MUST(syscall(SYS_keyctl, 0, 0, 0, 0, 0) && errno == EPERM);
	MUST(ioctl(0, TIOCSTI, "x") && errno == EPERM);
	MUST(socket(AF_INET, SOCK_DGRAM, 0) < 0 && errno == EACCES);
	MUST(socket(AF_INET6, SOCK_STREAM, 0) < 0 && errno == EACCES);
	MUST(socket(AF_PACKET, SOCK_RAW, 0) < 0 && errno == EACCES);
	MUST(socket(AF_VSOCK, SOCK_STREAM, 0) < 0 && errno == EACCES);
	MUST(!socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	MUST(listen(pair[0], 1) && errno == EPERM);
	MUST(!getrlimit(RLIMIT_CORE, &cores) && !cores.rlim_max);
	MUST(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	/* what is needed goes on */
	MUST(!pthread_create(&thread, NULL, (void *(*)(void *))getenv,
			     (char[]){"HOME"}));
	MUST(!pthread_join(thread, &result) && result);
}

static void the_filter_of_calls(void **state)
{
	(void)state;
	child(calls_body);
}

static void allowed_body(void)
{
	struct sandbox *box;
	struct sandbox_report report;
	struct sockaddr_in address = {.sin_family = AF_INET};
	pid_t pid;
	int fd, ended = -1;

	MUST(!sandbox_new(&box));
	sandbox_read(box, "/");
	sandbox_run(box, "/bin/true");
	sandbox_run(box, "/lib64/ld-linux-x86-64.so.2");
	sandbox_run(box, "/lib/ld-linux-aarch64.so.1");
	enter(box, true, true, &report);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	MUST(fd >= 0);
	MUST(listen(fd, 1) && errno == EPERM);
	if (report.landlock >= 4)
		MUST(bind(fd, (struct sockaddr *)&address, sizeof(address)) &&
		     errno == EACCES);
	pid = fork();
	if (!pid) {
		execl("/bin/true", "true", NULL);
		_exit(99);
	}
	waitpid(pid, &ended, 0);
	MUST(!ended);
	if (report.landlock)
		MUST(execl("/bin/sh", "sh", "-c", "true", NULL) &&
		     errno == EACCES);
}

static void programs_and_network_where_wanted(void **state)
{
	(void)state;
	child(allowed_body);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_of_files),
		cmocka_unit_test(the_filter_of_calls),
		cmocka_unit_test(programs_and_network_where_wanted),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
