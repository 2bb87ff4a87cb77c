using System.Net.Sockets;
using Amends.Commands;
using Microsoft.Extensions.Configuration;

namespace Amends.Tests.Commands;

/// <summary>What a command cannot use, it says in one sentence; it never ends with a trace of the program.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("amends-bad-").FullName;

    [Fact]
    public async Task A_manifest_or_an_input_that_is_no_JSON_is_said_so()
    {
        var file = Path.Combine(_folder, "broken.jsonl");
        await File.WriteAllTextAsync(file, "{\"file\": \n");
        Assert.Equal(1, await Run("mail", "read", "--manifest", file, "--out", Path.Combine(_folder, "out.jsonl")));
        Assert.Equal(1, await Run("mail", "sanitize", "--in", file, "--out", Path.Combine(_folder, "out.jsonl")));
    }

    [Fact]
    public async Task A_key_file_without_a_key_is_a_bad_setting()
    {
        var key = Path.Combine(_folder, "amends.key");
        foreach (var text in (string[])["", "no key at all", "c2hvcnQ=", new string('A', 200)])
        {
            await File.WriteAllTextAsync(key, text);
            Assert.Equal(1, await Run("mailbox", "list"));
            Assert.Equal("AMENDS_KEY_FILE", Assert.Throws<Amends.Data.BadSetting>(() => new Amends.Web.Secrets(key)).Message.Split(' ').First(word => word.StartsWith("AMENDS_", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_a_backup_that_is_none_are_refused()
    {
        var none = Path.Combine(_folder, "none");
        Assert.Equal(1, await Run("mail", "read", none));
        Assert.Equal(1, await Run("restore", none));
        await File.WriteAllTextAsync(none, "not a backup");
        Assert.Equal(1, await Run("restore", none));
        Assert.Equal(2, await Run("no such command"));
    }

    [Theory]
    [InlineData("AMENDS_URLS", "banana", "AMENDS_URLS has banana")]
    [InlineData("AMENDS_URLS", "http://127.0.0.1:99999", "AMENDS_URLS has http://127.0.0.1:99999")]
    [InlineData("AMENDS_URLS", "ftp://127.0.0.1:80", "AMENDS_URLS has ftp://127.0.0.1:80")]
    [InlineData("AMENDS_URLS", "http://192.0.2.1:0", "AMENDS_URLS is http://192.0.2.1:0, where nothing can listen")]
    [InlineData("AMENDS_URLS", "https://127.0.0.1:0", "AMENDS_URLS is https://127.0.0.1:0, where nothing can listen")]
    [InlineData("AMENDS_SMTP_LISTEN", "banana", "AMENDS_SMTP_LISTEN is not an address")]
    [InlineData("AMENDS_LMTP_LISTEN", "banana", "AMENDS_LMTP_LISTEN is not an address")]
    [InlineData("AMENDS_LMTP_LISTEN", "192.0.2.1:24", "AMENDS_LMTP_LISTEN is 192.0.2.1:24, where nothing can listen")]
    [InlineData("AMENDS_MAIL_RATE", "-1", "AMENDS_MAIL_RATE is not a number of mails")]
    [InlineData("AMENDS_SMTP_CERTIFICATE", "/no/such.pem", "AMENDS_SMTP_CERTIFICATE names /no/such.pem")]
    [InlineData("AMENDS_PUBLIC_URL", "banana", "AMENDS_PUBLIC_URL is not an address")]
    [InlineData("AMENDS_PROXIES", "10.0.0.0/99", "AMENDS_PROXIES has 10.0.0.0/99")]
    [InlineData("AMENDS_DATABASE", "banana", "AMENDS_DATABASE must start with")]
    [InlineData("AMENDS_DATABASE", "sqlite:", "AMENDS_DATABASE names no file")]
    [InlineData("AMENDS_DATABASE", "sqlite:{folder}", "AMENDS_DATABASE leads to {folder}")]
    [InlineData("AMENDS_DATABASE", "sqlite:{file}/no/a.db", "AMENDS_DATABASE needs the folder {file}")]
    [InlineData("AMENDS_DATABASE", "postgres://", "AMENDS_DATABASE")]
    [InlineData("AMENDS_DATABASE", "postgres://somebody@host", "AMENDS_DATABASE names no host or no database")]
    [InlineData("AMENDS_DATABASE", "postgres://somebody:secret@host/db", "AMENDS_DATABASE holds a password")]
    [InlineData("AMENDS_KEY_FILE", "{file}/no/key", "AMENDS_KEY_FILE needs the folder {file}")]
    [InlineData("AMENDS_KEY_FILE", "{folder}", "AMENDS_KEY_FILE is {folder}")]
    [InlineData("AMENDS_DEMO", "banana", "AMENDS_DEMO is banana")]
    public async Task A_bad_setting_stops_the_start_with_one_sentence_that_names_it(string name, string value, string sentence)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "no folder");
        var (code, said) = await Say([], (name, Filled(value)));
        sentence = Filled(sentence);
        Assert.Equal((1, true), (code, said.StartsWith("amends: ", StringComparison.Ordinal)));
        Assert.Contains(sentence, said);
        Assert.Single(said.TrimEnd().Split('\n'));

        string Filled(string text) => text.Replace("{file}", file).Replace("{folder}", _folder);
    }

    [Fact]
    public async Task A_port_for_mail_that_is_taken_stops_the_start()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        Assert.Contains($"AMENDS_SMTP_LISTEN is {taken.LocalEndpoint}, where nothing can listen", (await Say([], ("AMENDS_SMTP_LISTEN", $"{taken.LocalEndpoint}"))).Said);
    }

    [Fact]
    public async Task A_settings_file_that_is_no_JSON_is_named()
    {
        var file = Path.Combine(_folder, "amends.json");
        await File.WriteAllTextAsync(file, "{bad");
        var said = new StringWriter();
        Assert.Equal(1, await AllCommands.Run(["migrate"], new ConfigurationBuilder().AddJsonFile(file), said));
        Assert.StartsWith("amends: amends.json cannot be read: ", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_means_try_again() =>
        Assert.Equal(CommandLine.TryAgain, (await Say(["migrate"], ("AMENDS_DATABASE", "postgres://somebody@127.0.0.1:1/desk"))).Code);

    [Theory]
    [InlineData("mail read", "usage: amends mail read FILE… [--receiver NAME] [--signatures] | --manifest M --out P")]
    [InlineData("mail read --manifest m.jsonl", "usage: amends mail read")]
    [InlineData("mail sanitize", "usage: amends mail sanitize --in X --out P")]
    [InlineData("mailbox add", "usage: amends mailbox add --address A")]
    [InlineData("mailbox add --address a@desk.example --port x", "usage: amends mailbox add --address A")]
    [InlineData("mailbox list --all", "usage: amends mailbox list [--json]")]
    [InlineData("mailbox test", "usage: amends mailbox test ADDRESS")]
    [InlineData("mailbox outgoing", "usage: amends mailbox outgoing --host H")]
    [InlineData("user add a@desk.example --role king", "usage: amends user add EMAIL")]
    [InlineData("user add a@desk.example --name", "usage: amends user add EMAIL")]
    [InlineData("user list all", "usage: amends user list")]
    [InlineData("export --everything", "usage: amends export")]
    [InlineData("backup --with-keys", "usage: amends backup [FILE]")]
    [InlineData("backup a b", "usage: amends backup [FILE]")]
    [InlineData("restore a b", "usage: amends restore FILE")]
    [InlineData("demo now", "usage: amends demo")]
    [InlineData("serve --urls http://0.0.0.0:80", "usage: amends serve")]
    [InlineData("user", "amends: user needs one of list, add, role, reset, recover")]
    [InlineData("nonsense", "amends: there is no command nonsense")]
    public async Task Wrong_usage_ends_with_2_and_the_usage(string words, string sentence)
    {
        var (code, said) = await Say(words.Split(' '));
        Assert.Equal(CommandLine.Wrong, code);
        Assert.StartsWith(sentence, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_folder_that_the_database_is_in_is_made_for_its_owner_alone()
    {
        var data = Path.Combine(_folder, "new");
        Assert.Equal(0, (await Say(["migrate"], ("AMENDS_DATA", data))).Code);
        if (!OperatingSystem.IsWindows()) // rights are inherited there
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<int> Run(params string[] words) => (await Say(words)).Code;

    private async Task<(int Code, string Said)> Say(string[] words, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["AMENDS_DATA"] = _folder, ["AMENDS_KEY_FILE"] = Path.Combine(_folder, "amends.key"), ["AMENDS_URLS"] = "http://127.0.0.1:0", ["AMENDS_SMTP_LISTEN"] = "127.0.0.1:0",
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var said = new StringWriter();
        return (await AllCommands.Run(words, new ConfigurationBuilder().AddInMemoryCollection(all), said), said.ToString());
    }
}
