#ifndef WHIMBREL_CPOSTGRES_SHIM_H
#define WHIMBREL_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

#endif
