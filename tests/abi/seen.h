/* Which statuses the library was seen to answer: scripts/abi-statuses compares them with the header. */
#ifndef JOTGATE_TESTS_SEEN_H
#define JOTGATE_TESTS_SEEN_H

#include <jotgate.h>

/* Remembers a status that the library answered, or wrote into a report, and gives it back. At the end of the program all
 * of them are added to the file that JOTGATE_SEEN names, if it names one. */
jotgate_status_t saw(jotgate_status_t status);

#endif
