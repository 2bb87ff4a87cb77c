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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<int> Run(params string[] words) => AllCommands.Run(words, new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["AMENDS_DATA"] = _folder, ["AMENDS_KEY_FILE"] = Path.Combine(_folder, "amends.key"),
    }).Build());
}
