using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Amends.Mail.Trust;

namespace Amends.Mail.Tests.Trust;

/// <summary>Debian's opendkim signs and we verify; we sign and opendkim verifies.</summary>
public sealed class OpendkimTests
{
    private const string Program = "/usr/sbin/opendkim";
    private const string Mail = "From: Kettle & Co <service@desk.example>\r\nTo: amara@customer.example\r\nSubject: =?utf-8?Q?Ihr_Kessel_l=C3=A4uft?=\r\n aus\r\nDate: Wed, 4 Mar 2026 09:59:00 +0000\r\nMessage-ID: <1.2.3@desk.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nWir sehen  nach. \t\r\n.\r\n\r\n  \r\nGrüße\r\n\r\n";
    private static readonly byte[] Key = DkimSigner.NewKey();

    [Theory]
    [InlineData("simple/simple")]
    [InlineData("relaxed/simple")]
    [InlineData("simple/relaxed")]
    [InlineData("relaxed/relaxed")]
    public async Task What_opendkim_signs_in_any_way_verifies_here(string way)
    {
        Need();
        var said = await Opendkim($"KeyFile KEY\nDomain desk.example\nSelector one\nCanonicalization {way}\nMode s\nRequireSafeKeys false\nOversignHeaders From\n", Encoding.UTF8.GetBytes(Mail));
        var field = said.Split("hname='DKIM-Signature' hvalue='")[1].Split('\'')[0];
        var signed = $"DKIM-Signature: {field.ReplaceLineEndings("\r\n")}\r\n{Mail}";
        Assert.Contains($"c={way}", signed);
        Assert.Equal(new DkimResult("desk.example", "one", DkimOutcome.Pass, ""), await Ours(signed));
        Assert.Equal(DkimOutcome.Fail, (await Ours(signed.Replace("nach", "noch", StringComparison.Ordinal))).Outcome);
    }

    [Fact]
    public async Task Its_old_signatures_with_SHA1_do_not_pass_here()
    {
        Need();
        var said = await Opendkim("KeyFile KEY\nDomain desk.example\nSelector one\nSignatureAlgorithm rsa-sha1\nMode s\nRequireSafeKeys false\n", Encoding.UTF8.GetBytes(Mail));
        var field = said.Split("hname='DKIM-Signature' hvalue='")[1].Split('\'')[0];
        Assert.Equal(DkimOutcome.Fail, (await Ours($"DKIM-Signature: {field.ReplaceLineEndings("\r\n")}\r\n{Mail}")).Outcome);
    }

    [Fact]
    public async Task What_we_sign_verifies_with_opendkim_and_what_was_changed_does_not()
    {
        Need();
        var signed = new DkimSigner("desk.example", "one", Key).Sign(Encoding.UTF8.GetBytes(Mail), DateTimeOffset.UtcNow);
        Assert.Contains("dkim=pass (2048-bit key) header.d=desk.example", await Opendkim("TestPublicKeys KEYS\nMode v\n", signed));
        var changed = Encoding.UTF8.GetString(signed).Replace("\r\n\r\nWir", "\r\nFrom: mallory@evil.example\r\n\r\nWir", StringComparison.Ordinal);
        Assert.Contains("dkim=fail", await Opendkim("TestPublicKeys KEYS\nMode v\n", Encoding.UTF8.GetBytes(changed)));
    }

    private static void Need()
    {
        if (!File.Exists(Program)) Assert.Skip($"{Program} is not installed here; Debian's package opendkim is needed.");
    }

    private static async Task<DkimResult> Ours(string mail)
    {
        await using var dns = new TestDns();
        dns.Records["one._domainkey.desk.example"] = [DkimSigner.Record(Key)];
        return Assert.Single(await new DkimVerifier(new DnsClient([dns.Endpoint], TimeProvider.System), TimeProvider.System).Verify(Encoding.UTF8.GetBytes(mail)));
    }

    /// <summary>Runs it over one mail; returns what it would have told a mail server.</summary>
    private static async Task<string> Opendkim(string configuration, byte[] mail)
    {
        var folder = Directory.CreateTempSubdirectory("amends-dkim-").FullName;
        string In(string name) => Path.Combine(folder, name);
        await File.WriteAllTextAsync(In("key.pem"), PemEncoding.WriteString("PRIVATE KEY", Key));
        await File.WriteAllTextAsync(In("keys"), $"one._domainkey.desk.example {DkimSigner.Record(Key)}\n");
        await File.WriteAllTextAsync(In("conf"), configuration.Replace("KEYS", In("keys"), StringComparison.Ordinal).Replace("KEY", In("key.pem"), StringComparison.Ordinal));
        await File.WriteAllBytesAsync(In("mail.eml"), mail);
        using var process = Process.Start(new ProcessStartInfo(Program, ["-x", In("conf"), "-t", In("mail.eml"), "-vv"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
        return said + await errors;
    }
}
