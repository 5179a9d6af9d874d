/* The program that is started with this library preloaded takes the calendar to be MCP_LATER seconds further on: a day
   that is just being lived can be looked back at. Clocks that measure spans are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec* time) {
    int (*real)(clockid_t, struct timespec*) = (int (*)(clockid_t, struct timespec*))dlsym(RTLD_NEXT, "clock_gettime");
    const int status = real(clock, time);
    const char* later = getenv("MCP_LATER");
    if (status == 0 && clock == CLOCK_REALTIME && later != NULL) {
        time->tv_sec += atol(later);
    }
    return status;
}
