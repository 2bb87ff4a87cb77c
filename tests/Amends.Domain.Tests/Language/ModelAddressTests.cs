using System.Net;
using Amends.Domain.Language;

namespace Amends.Domain.Tests.Language;

/// <summary>Plain http stays in one's own network; elsewhere it is https; nothing goes to where clouds keep their secrets.</summary>
public sealed class ModelAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:11434/v1")]
    [InlineData("http://localhost:8080/v1/")]
    [InlineData("http://[::1]:8080/v1")]
    [InlineData("http://[fd00::2]/v1")]
    [InlineData("http://10.1.2.3/v1")]
    [InlineData("http://192.168.178.20:1234/v1")]
    [InlineData("http://ollama:11434/v1")]
    [InlineData("http://models.lan/v1")]
    [InlineData("https://models.example/v1")]
    [InlineData("https://203.0.113.7/v1")]
    public void These_are_taken(string typed) => Assert.Equal(typed.TrimEnd('/'), ModelAddress.Read($" {typed} ").ToString().TrimEnd('/'));

    [Theory]
    [InlineData("", "such as")]
    [InlineData("models.example", "such as")]
    [InlineData("ftp://127.0.0.1/v1", "such as")]
    [InlineData("http://models.example/v1", "https://")]
    [InlineData("http://203.0.113.7/v1", "https://")]
    [InlineData("http://[2001:db8::1]/v1", "https://")]
    [InlineData("http://172.32.0.1/v1", "https://")]
    [InlineData("https://169.254.169.254/v1", "169.254")]
    [InlineData("https://[fe80::1]/v1", "fe80")]
    [InlineData("https://[::ffff:169.254.169.254]/v1", "169.254")]
    [InlineData("https://me:secret@models.example/v1", "name, password")]
    [InlineData("https://models.example/v1?key=1", "“?”")]
    [InlineData("https://models.example/v1/chat/completions", "Leave out")]
    public void These_are_refused_with_what_to_do(string typed, string words)
    {
        var refused = Assert.Throws<Refused>(() => ModelAddress.Read(typed));
        Assert.Equal("address", refused.Code);
        Assert.Contains(words, refused.Message);
    }

    [Theory]
    [InlineData("127.9.9.9", true, false)]
    [InlineData("172.16.0.1", true, false)]
    [InlineData("172.15.255.255", false, false)]
    [InlineData("100.64.0.1", true, false)]
    [InlineData("8.8.8.8", false, false)]
    [InlineData("0.0.0.0", false, true)]
    [InlineData("::", false, true)]
    [InlineData("::1", true, false)]
    [InlineData("::ffff:10.0.0.1", true, false)]
    [InlineData("::ffff:8.8.8.8", false, false)]
    [InlineData("fe80::1", false, true)]
    [InlineData("fdab::1", true, false)]
    [InlineData("2606:4700::1", false, false)]
    public void What_a_name_leads_to_is_looked_at(string address, bool own, bool linkLocal)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes();
        Assert.Equal((own, linkLocal), (ModelAddress.IsOwnNetwork(bytes), ModelAddress.IsLinkLocal(bytes)));
    }

    [Fact]
    public void Any_text_is_an_address_or_refused()
    {
        var chance = new Random(5);
        string[] pieces = ["http://", "https://", "127.0.0.1", "[::1]", "[", "]", ":", "0x7f.1", "2130706433", "1.2", "localhost", ".", "/", "v1", "@", "?", "#", "%41", "fe80::1%25eth0", "ffff", "\0", " ", "ü", "999"];
        for (var round = 0; round < 5000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, chance.Next(8)).Select(_ => pieces[chance.Next(pieces.Length)]));
            try
            {
                Assert.True(ModelAddress.Read(text).Scheme is "http" or "https");
            }
            catch (Refused)
            {
                // in words
            }
        }
    }
}
