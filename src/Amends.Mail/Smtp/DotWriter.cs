using System.Buffers;

namespace Amends.Mail.Smtp;

/// <summary>Puts the dots on a mail's data (RFC 5321 §4.5.2) and makes every line end CRLF, as §2.3.8 demands of a sender.</summary>
internal struct DotWriter
{
    private bool inside;
    private bool afterCr;

    /// <summary>Writes the next part of the mail.</summary>
    public void Write(ReadOnlySpan<byte> mail, IBufferWriter<byte> output)
    {
        while (!mail.IsEmpty)
        {
            if (afterCr && mail[0] == '\n') mail = mail[1..];
            afterCr = false;
            if (mail.IsEmpty) return;
            if (!inside && mail[0] == '.') output.Write("."u8);
            var stop = mail.IndexOfAny((byte)'\r', (byte)'\n');
            if (stop < 0)
            {
                output.Write(mail);
                inside = true;
                return;
            }
            output.Write(mail[..stop]);
            output.Write("\r\n"u8);
            afterCr = mail[stop] == '\r';
            inside = false;
            mail = mail[(stop + 1)..];
        }
    }

    /// <summary>Ends the last line when the mail did not; the final dot is not written here.</summary>
    public void End(IBufferWriter<byte> output)
    {
        if (inside) output.Write("\r\n"u8);
        inside = false;
    }
}
