/* server_refusal.c: why a server did not let a connection in, as a sentence. libpq gives an error
 * of a connection as text alone, in the language of the computer; asked for it, the text has the
 * server's number in it. */
#include <string.h>

#include "base/i18n.h"
#include "db/server/server_private.h"

typedef enum { REFUSED_NOT, REFUSED_WHO, REFUSED_DATABASE, REFUSED_CROWD, REFUSED_PROOF } Refusal;

/* PostgreSQL's manual, appendix A. */
static const struct {
    const char *state;
    Refusal refusal;
} refusals[] = {
    {" 28P01", REFUSED_WHO},      {" 28000", REFUSED_WHO},   {" 42501", REFUSED_WHO},
    {" 3D000", REFUSED_DATABASE}, {" 53300", REFUSED_CROWD},
};

/* As English, Swedish and Finnish words have it in common, or OpenSSL's own, which are in no other.
 */
static gboolean lacks_proof(const char *said)
{
    return strstr(said, "certifi") != NULL || strstr(said, "SSL") != NULL ||
           strstr(said, "sslrootcert") != NULL;
}

static Refusal refusal_of(const char *said)
{
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++)
        if (strstr(said, refusals[i].state) != NULL)
            return refusals[i].refusal;
    return lacks_proof(said) ? REFUSED_PROOF : REFUSED_NOT;
}

/* FALSE: it lets in after all. */
static gboolean ask_again(Db *db)
{
    PGconn *connection = db->server->connection;

    LIB->PQsetErrorVerbosity(connection, PQERRORS_SQLSTATE);
    LIB->PQreset(connection);
    LIB->PQsetErrorVerbosity(connection, PQERRORS_DEFAULT);
    return LIB->PQstatus(connection) != CONNECTION_OK;
}

static void set_refusal(Db *db, Refusal refusal, GError **error)
{
    switch (refusal) {
    case REFUSED_WHO:
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_DENIED,
            _("The key file lets you in, but the server of the unit %s does not: you have been "
              "closed there, or this is not the newest key file, or a new passphrase did not "
              "reach the server. Ask an administrator for a new passphrase."),
            db->path);
        break;
    case REFUSED_DATABASE:
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
            _("The server of the unit %s has no database of that name. Ask whoever runs the "
              "server."),
            db->path);
        break;
    case REFUSED_CROWD:
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_BUSY,
            _("The server of the unit %s has all the users it can take. Try again in a while, "
              "and tell whoever runs the server."),
            db->path);
        break;
    default:
        g_set_error(
            error, DAGSFORM_ERROR, ERROR_DENIED,
            _("What answers for the server of the unit %s could not prove that it is the "
              "unit's, with a certificate for its name by the authority that the unit's file "
              "names. Nothing was sent to it. Tell whoever runs the server."),
            db->path);
        break;
    }
}

gboolean server_refusal(Db *db, GError **error)
{
    struct Server *server = db->server;

    if (server->at_once && !ask_again(db))
        return FALSE;
    const Refusal refusal = refusal_of(LIB->PQerrorMessage(server->connection));
    server->refused =
        refusal == REFUSED_WHO || refusal == REFUSED_DATABASE || refusal == REFUSED_PROOF;
    if (refusal != REFUSED_NOT)
        set_refusal(db, refusal, error);
    return refusal != REFUSED_NOT;
}
