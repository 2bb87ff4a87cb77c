using System.Buffers;
using System.Text;
using Amends.Mail.Smtp;

namespace Amends.Mail.Tests.Smtp;

public sealed class DotTests
{
    [Fact]
    public void Any_mail_survives_stuffing_and_unstuffing_in_any_pieces()
    {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
        {
            var mail = new StringBuilder();
            for (var i = random.Next(30); i > 0; i--) mail.Append(random.Next(5) switch { 0 => ".", 1 => "\r\n", 2 => ".\r\n", 3 => "a", _ => "xyz" });
            mail.Append("\r\n");
            var bytes = Encoding.ASCII.GetBytes(mail.ToString());

            var wire = new ArrayBufferWriter<byte>();
            var writer = new DotWriter();
            for (var i = 0; i < bytes.Length;)
            {
                var take = Math.Min(bytes.Length - i, random.Next(1, 6));
                writer.Write(bytes.AsSpan(i, take), wire);
                i += take;
            }
            writer.End(wire);
            wire.Write(".\r\nQUIT"u8);

            var back = new ArrayBufferWriter<byte>();
            var reader = new DotReader();
            var at = 0;
            var ended = false;
            while (!ended)
            {
                var take = Math.Min(wire.WrittenCount - at, random.Next(1, 6));
                Assert.True(take > 0);
                ended = reader.Read(wire.WrittenSpan.Slice(at, take), back, out var used);
                at += used;
            }
            Assert.Equal(bytes, back.WrittenSpan.ToArray());
            Assert.Equal("QUIT", Encoding.ASCII.GetString(wire.WrittenSpan[at..]));
        }
    }

    [Theory]
    [InlineData("a\nb", "a\r\nb\r\n")]
    [InlineData("a\rb\r\n", "a\r\nb\r\n")]
    [InlineData("\n.\n", "\r\n..\r\n")]
    [InlineData("", "")]
    public void A_sent_mail_has_only_crlf_line_ends(string mail, string sent)
    {
        var wire = new ArrayBufferWriter<byte>();
        var writer = new DotWriter();
        foreach (var octet in Encoding.ASCII.GetBytes(mail)) writer.Write([octet], wire);
        writer.End(wire);
        Assert.Equal(sent, Encoding.ASCII.GetString(wire.WrittenSpan));
    }
}
