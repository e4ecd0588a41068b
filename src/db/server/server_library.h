/* server_library.h: the functions of libpq that this folder needs. They are loaded when the first
 * unit on a server is opened, as cairo's are (exchange/paper_library.h): whoever has a file never
 * needs them. */
#pragma once

#include <libpq-fe.h>

#include "base/error.h"

#define SERVER_FUNCTIONS(LEND)                                                                     \
    LEND(PQclear)                                                                                  \
    LEND(PQcmdStatus)                                                                              \
    LEND(PQcmdTuples)                                                                              \
    LEND(PQconnectdb)                                                                              \
    LEND(PQenterPipelineMode)                                                                      \
    LEND(PQconnectdbParams)                                                                        \
    LEND(PQconnectionNeedsPassword)                                                                \
    LEND(PQconnectionUsedPassword)                                                                 \
    LEND(PQconsumeInput)                                                                           \
    LEND(PQencryptPasswordConn)                                                                    \
    LEND(PQerrorMessage)                                                                           \
    LEND(PQexec)                                                                                   \
    LEND(PQexitPipelineMode)                                                                       \
    LEND(PQfinish)                                                                                 \
    LEND(PQflush)                                                                                  \
    LEND(PQftable)                                                                                 \
    LEND(PQftablecol)                                                                              \
    LEND(PQfreemem)                                                                                \
    LEND(PQftype)                                                                                  \
    LEND(PQgetisnull)                                                                              \
    LEND(PQgetResult)                                                                              \
    LEND(PQgetvalue)                                                                               \
    LEND(PQnfields)                                                                                \
    LEND(PQhost)                                                                                   \
    LEND(PQisBusy)                                                                                 \
    LEND(PQntuples)                                                                                \
    LEND(PQpipelineSync)                                                                           \
    LEND(PQreset)                                                                                  \
    LEND(PQresultErrorField)                                                                       \
    LEND(PQresultErrorMessage)                                                                     \
    LEND(PQresultStatus)                                                                           \
    LEND(PQsendPrepare)                                                                            \
    LEND(PQsendQuery)                                                                              \
    LEND(PQsendQueryParams)                                                                        \
    LEND(PQsendQueryPrepared)                                                                      \
    LEND(PQserverVersion)                                                                          \
    LEND(PQsetErrorVerbosity)                                                                      \
    LEND(PQsetNoticeReceiver)                                                                      \
    LEND(PQsetnonblocking)                                                                         \
    LEND(PQsocket)                                                                                 \
    LEND(PQsslAttribute)                                                                           \
    LEND(PQsslInUse)                                                                               \
    LEND(PQstatus)                                                                                 \
    LEND(PQtransactionStatus)

typedef struct {
#define LENT(name) __typeof__(name) *name;
    SERVER_FUNCTIONS(LENT)
#undef LENT
} ServerLibrary;

/* Loads them, once. NULL, and ERROR_NOT_FOUND with what to install, where the computer has them
 * not; having been given once it cannot fail. */
const ServerLibrary *server_library(GError **error);
/* For whatever works on a connection, which is only made where they are. */
#define LIB server_library(NULL)
