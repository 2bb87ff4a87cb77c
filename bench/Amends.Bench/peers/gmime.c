/* Parses every mail of a file of mails with GMime: each from memory, all parts walked and decoded. Prints seconds, and decoded bytes.
   The file is a sequence of a length (4 bytes, little-endian) and a mail. Arguments: the file, and how often. */
#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static gint64 decoded;

static void part(GMimeObject *parent, GMimeObject *object, gpointer data)
{
    (void)parent; (void)data;
    if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
        if (inner) g_mime_message_foreach(inner, part, NULL);
    } else if (GMIME_IS_PART(object)) {
        GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));
        if (!content) return;
        GMimeStream *into = g_mime_stream_mem_new();
        gint64 n = g_mime_data_wrapper_write_to_stream(content, into);
        if (n > 0) decoded += n;
        g_object_unref(into);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) return 2;
    FILE *file = fopen(argv[1], "rb");
    if (!file) return 1;
    fseek(file, 0, SEEK_END);
    long length = ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(length);
    if (!bytes || fread(bytes, 1, length, file) != (size_t)length) return 1;
    g_mime_init();
    int times = atoi(argv[2]);
    struct timespec begun, ended;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun);
    for (int i = 0; i < times; i++)
        for (long at = 0; at + 4 <= length;) {
            guint32 size;
            memcpy(&size, bytes + at, 4);
            at += 4;
            GMimeStream *stream = g_mime_stream_mem_new_with_buffer((const char *)bytes + at, size);
            GMimeParser *parser = g_mime_parser_new_with_stream(stream);
            GMimeMessage *mail = g_mime_parser_construct_message(parser, NULL);
            if (mail) {
                const char *subject = g_mime_message_get_subject(mail);
                decoded += subject ? strlen(subject) : 0;
                decoded += internet_address_list_length(g_mime_message_get_from(mail));
                g_mime_message_foreach(mail, part, NULL);
                g_object_unref(mail);
            }
            g_object_unref(parser);
            g_object_unref(stream);
            at += size;
        }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
    printf("%.6f %lld\n", (ended.tv_sec - begun.tv_sec) + (ended.tv_nsec - begun.tv_nsec) / 1e9, (long long)decoded);
    return 0;
}
