/* A disk that takes longer: every flush of this process ends SLOW_FLUSH_MS milliseconds later than it would.
   A quick local disk answers in hundredths of a millisecond, an SSD of a server or a volume of a cloud in about two.

   gcc -shared -fPIC -O2 -o slow_flush.so slow_flush.c -ldl;  SLOW_FLUSH_MS=2 LD_PRELOAD=./slow_flush.so PROGRAM */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

static int flush(const char *name, int file)
{
    int (*really)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
    int outcome = really(file), why = errno;
    const char *given = getenv("SLOW_FLUSH_MS");
    long ms = given ? atol(given) : 0;
    struct timespec left = { ms / 1000, ms % 1000 * 1000000 };
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        ;
    errno = why;
    return outcome;
}

int fsync(int file) { return flush("fsync", file); }

int fdatasync(int file) { return flush("fdatasync", file); }
