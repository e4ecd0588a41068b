/* error.c: the one error domain of the program. */
#include "base/error.h"

G_DEFINE_QUARK(dagsform - error - quark, dagsform_error)
