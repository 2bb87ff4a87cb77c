using System.IO.Compression;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain;
using Amends.Domain.People;
using Dapper;

namespace Amends.Tests.Commands;

/// <summary>A file that says it is a backup may have been cut, changed, or made to do harm.</summary>
public sealed class HostileBackupTests : IDisposable
{
    private readonly BackupDesk _files = new();

    [Theory]
    [InlineData("../../evil.txt")]
    [InlineData("tables/evil.jsonl")]
    [InlineData("/etc/passwd")]
    public async Task A_part_that_the_manifest_does_not_name_is_refused_and_never_becomes_a_file(string name)
    {
        var file = await Changed(zip =>
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write("evil");
        });
        Assert.Equal("no_backup", Assert.Throws<Refused>(() => BackupFile.Open(file)).Code);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetTempPath()), path => path.EndsWith("evil.txt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_row_that_was_changed_added_or_cut_is_found_and_nothing_is_restored(string kind)
    {
        foreach (var (change, why) in (List<(Func<string, string>, string)>)
        [
            (text => text.Replace("Jo", "Al"), "digest"), (text => text + text, "longer"), (_ => "", "0 rows"), (text => text[..(text.Length / 2)], "end is missing"),
            (text => text.Replace("\"Jo\"", "17"), "does not hold"), (text => text.Replace("]", ",1]"), "longer"), (_ => new string('x', 40) + "\n", "cannot be read"),
        ])
        {
            var file = await Changed(zip => Rewrite(zip, "tables/people.jsonl", change));
            await using var database = Database.Open(await _files.Fresh(kind));
            Assert.Contains(why, (await Assert.ThrowsAsync<Refused>(() => BackupDesk.Restore(file, database))).Message);
            Assert.DoesNotContain("people", await Tables.Names(database));
        }
    }

    [Fact]
    public async Task Names_that_are_no_tables_or_columns_of_ours_are_refused()
    {
        var file = await Changed(_ => { });
        foreach (var (name, column) in ((string, string)[])[("people\"; drop table people; --", "id"), ("sqlite_master", "name"), ("people", "id\") select 1; --"), ("schema_steps", "name")])
        {
            var changed = _files.At($"{Guid.NewGuid():n}.zip");
            BackupTests.Change(file, changed, manifest => manifest with
            {
                Tables = [.. manifest.Tables.Select(table => table.Name != "people" ? table : table with { Name = name, Columns = [column] })],
            });
            using (var zip = ZipFile.Open(changed, ZipArchiveMode.Update))
            {
                zip.GetEntry("tables/people.jsonl")!.Delete();
                using var writer = new StreamWriter(zip.CreateEntry($"tables/{name}.jsonl").Open());
            }

            await using var database = Database.Open(await _files.Fresh("sqlite"));
            await Assert.ThrowsAsync<Refused>(() => BackupDesk.Restore(changed, database));
            Assert.Empty(await Tables.Names(database));
        }
    }

    [Fact]
    public async Task What_is_no_backup_at_all_is_refused_in_one_sentence()
    {
        await File.WriteAllTextAsync(_files.At("text.zip"), "This is no archive.");
        await File.WriteAllBytesAsync(_files.At("empty.zip"), []);
        using (var zip = ZipFile.Open(_files.At("other.zip"), ZipArchiveMode.Create))
            zip.CreateEntry("manifest.json");
        using (var zip = ZipFile.Open(_files.At("long.zip"), ZipArchiveMode.Create))
        {
            using var stream = zip.CreateEntry("manifest.json").Open();
            stream.Write(new byte[5 * 1024 * 1024]);
        }

        foreach (var name in (string[])["text.zip", "empty.zip", "other.zip", "long.zip"])
            Assert.Matches(@"^\S+ is no whole backup of Amends: .+\.$", Assert.Throws<Refused>(() => BackupFile.Open(_files.At(name))).Message);
        var whole = await File.ReadAllBytesAsync(await Changed(_ => { }));
        await File.WriteAllBytesAsync(_files.At("half.zip"), whole[..(whole.Length / 2)]);
        Assert.Equal("no_backup", Assert.Throws<Refused>(() => BackupFile.Open(_files.At("half.zip"))).Code);
    }

    public void Dispose() => _files.Dispose();

    private async Task<string> Changed(Action<ZipArchive> change)
    {
        await using var desk = await Desk.Start();
        await desk.AddPerson("Jo", Role.Owner);
        var file = await _files.Take(desk, $"{Guid.NewGuid():n}.zip");
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        change(zip);
        return file;
    }

    private static void Rewrite(ZipArchive zip, string name, Func<string, string> change)
    {
        var entry = zip.GetEntry(name)!;
        string text;
        using (var reader = new StreamReader(entry.Open()))
            text = reader.ReadToEnd();
        entry.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(change(text));
    }
}
