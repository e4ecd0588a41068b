/* leak_checker.h: whether this is a build for a leak checker (make SAN=1). */
#pragma once

/* A leak checker reads its own process as a debugger does, so a build for it stays open. */
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_LEAK_CHECKER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_LEAK_CHECKER 1
#endif
#endif
#ifndef UNDER_LEAK_CHECKER
#define UNDER_LEAK_CHECKER 0
#endif
