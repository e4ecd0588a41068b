/* key_decoder.h: bytes from a terminal made into keys, pastes and clicks. Pure.
 *
 * Known are the sequences that were added (terminfo's) and those of xterm, the Linux console and
 * rxvt. An unknown or broken sequence is passed over as a whole, as are the strings that a terminal
 * answers somebody's question with (OSC, DCS, APC, PM, SOS); Alt with a character is an unknown
 * sequence, and no part of any of them is a key. Between ESC[200~ and ESC[201~ everything is text
 * and nothing is a key, however long. Bytes that have been decoded are wiped. */
#pragma once

#include "ui/event.h"

typedef struct KeyDecoder KeyDecoder;
KeyDecoder *key_decoder_new(void);
void key_decoder_free(KeyDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeyDecoder, key_decoder_free)

/* `sequence` (2 to 15 bytes, the first ESC or another control character) means `key`. */
void key_decoder_add(KeyDecoder *decoder, const char *sequence, Key key);
/* Characters are UTF-8; bytes that are not are passed over. */
void key_decoder_feed(KeyDecoder *decoder, const char *bytes, gsize length);

typedef enum {
    DECODED_NONE,    /* no bytes are waiting */
    DECODED_EVENT,   /* `event` is filled in */
    DECODED_ESCAPE,  /* one ESC: the key, unless more bytes come at once */
    DECODED_PARTIAL, /* a beginning of a sequence or character: more bytes, or a flush */
    DECODED_PASTING, /* a paste has not ended */
} Decoded;
Decoded key_decoder_next(KeyDecoder *decoder, Event *event);
/* Nothing more came in time: a lone ESC is the key, a paste without an end is delivered, and
 * anything else that has no end is dropped. */
void key_decoder_flush(KeyDecoder *decoder);
