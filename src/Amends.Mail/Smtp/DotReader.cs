using System.Buffers;

namespace Amends.Mail.Smtp;

/// <summary>
/// Takes the dots off a mail's data and finds its end (RFC 5321 §4.5.2). Only CRLF, dot, CRLF ends it: any looser
/// reading lets a sender smuggle a second mail past a stricter relay. Bare CR and LF stay in the mail as they are.
/// </summary>
internal struct DotReader
{
    private enum Place { LineStart, Dot, DotCr, Inside, Cr }

    private Place place;

    /// <summary>Reads on; may be called with any split of the bytes.</summary>
    /// <param name="input">The next bytes from the wire.</param>
    /// <param name="output">Takes the mail's bytes.</param>
    /// <param name="used">How many bytes of the input belong to this mail, its end included.</param>
    /// <returns>True once the end was seen.</returns>
    public bool Read(ReadOnlySpan<byte> input, IBufferWriter<byte> output, out int used)
    {
        var i = 0;
        while (i < input.Length)
        {
            var octet = input[i];
            switch (place)
            {
                case Place.LineStart when octet == '.':
                    place = Place.Dot;
                    i++;
                    break;
                case Place.Dot when octet == '\r':
                    place = Place.DotCr;
                    i++;
                    break;
                case Place.DotCr when octet == '\n':
                    place = Place.LineStart;
                    used = i + 1;
                    return true;
                case Place.DotCr:
                    // The dot was stuffing after all; the CR held back belongs to the mail.
                    output.Write("\r"u8);
                    place = Place.Cr;
                    break;
                case Place.Cr when octet == '\n':
                    output.Write("\n"u8);
                    place = Place.LineStart;
                    i++;
                    break;
                default:
                    var run = input[i..];
                    var cr = run.IndexOf((byte)'\r');
                    if (cr >= 0) run = run[..(cr + 1)];
                    output.Write(run);
                    place = cr >= 0 ? Place.Cr : Place.Inside;
                    i += run.Length;
                    break;
            }
        }
        used = i;
        return false;
    }
}
