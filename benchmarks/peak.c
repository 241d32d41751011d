/* The most that one core multiplies and adds in a second: 8-bit integers by vpdpbusd, floats by vfmadd231ps.

   Prints "INT8 FLOAT CLOCK" in 10^9 multiply-adds, multiply-adds and cycles a second of the processor's time, best of
   several tries. The clock is told by a chain of additions, of which each waits a cycle for the one before. 12
   registers take turns, more than the instructions' latency of 4 cycles times two pipes. Needs AVX-512 with VNNI. */

#include <immintrin.h>
#include <stdio.h>
#include <time.h>

#define REGISTERS(x) "+v"(x[0]), "+v"(x[1]), "+v"(x[2]), "+v"(x[3]), "+v"(x[4]), "+v"(x[5]), "+v"(x[6]), \
                     "+v"(x[7]), "+v"(x[8]), "+v"(x[9]), "+v"(x[10]), "+v"(x[11])
#define ALL(op) op " %13,%12,%0\n" op " %13,%12,%1\n" op " %13,%12,%2\n" op " %13,%12,%3\n" op " %13,%12,%4\n" \
                op " %13,%12,%5\n" op " %13,%12,%6\n" op " %13,%12,%7\n" op " %13,%12,%8\n" op " %13,%12,%9\n" \
                op " %13,%12,%10\n" op " %13,%12,%11\n"
#define ADD "add $1,%0\n"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double integers(long rounds)
{
    __m512i x[12] = {0}, a = _mm512_set1_epi32(3), b = _mm512_set1_epi32(5);
    double start = now();
    for (long i = 0; i < rounds; i++)
        __asm__ volatile(ALL("vpdpbusd") : REGISTERS(x) : "v"(a), "v"(b));
    return rounds * 12.0 * 64 / (now() - start);
}

static double floats(long rounds)
{
    __m512 x[12] = {0}, a = _mm512_set1_ps(0.5f), b = _mm512_set1_ps(0.25f);
    double start = now();
    for (long i = 0; i < rounds; i++)
        __asm__ volatile(ALL("vfmadd231ps") : REGISTERS(x) : "v"(a), "v"(b));
    return rounds * 12.0 * 16 / (now() - start);
}

static double cycles(long rounds)
{
    long x = 0;
    double start = now();
    for (long i = 0; i < rounds; i++)
        __asm__ volatile(ADD ADD ADD ADD ADD ADD ADD ADD ADD ADD : "+r"(x));
    return rounds * 10.0 / (now() - start);
}

int main(void)
{
    double best[3] = {0};
    for (int try = 0; try < 8; try++) {
        double found[3] = {integers(10000000), floats(10000000), cycles(20000000)};
        for (int i = 0; i < 3; i++)
            if (found[i] > best[i])
                best[i] = found[i];
    }
    printf("%.4f %.4f %.4f\n", best[0] / 1e9, best[1] / 1e9, best[2] / 1e9);
    return 0;
}
