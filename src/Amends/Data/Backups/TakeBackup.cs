using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Amends.Data.Backups;

/// <summary>
/// Writes everything into one file, from one snapshot, while Amends goes on working: a ZIP with a line of JSON for each
/// row, so that any kind of database takes it back. A row at a time is in memory.
/// </summary>
public static class TakeBackup
{
    /// <summary>Writes the file under a name of the moment, then gives it its own; what stood there stays until then.</summary>
    /// <param name="database">What is backed up.</param>
    /// <param name="file">The file to be.</param>
    /// <param name="keyFingerprint">Of the key file, when there is one.</param>
    /// <param name="at">Now.</param>
    /// <param name="ct">Ends it; nothing is left behind.</param>
    /// <exception cref="Domain.Refused">There is nothing to back up.</exception>
    public static async Task<BackupManifest> Run(Database database, string file, string? keyFingerprint, DateTimeOffset at, CancellationToken ct = default)
    {
        var making = $"{file}.{Guid.NewGuid():n}.part";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // complaints are nobody else's business
        try
        {
            BackupManifest manifest;
            await using (var stream = new FileStream(making, options))
            {
                manifest = await Write(database, stream, keyFingerprint, at, ct);
                stream.Flush(flushToDisk: true);
            }

            File.Move(making, file, overwrite: true);
            return manifest;
        }
        finally
        {
            File.Delete(making);
        }
    }

    private static async Task<BackupManifest> Write(Database database, Stream stream, string? keyFingerprint, DateTimeOffset at, CancellationToken ct)
    {
        await using var snapshot = await Snapshot.Take(database, ct);
        var tables = await snapshot.Tables();
        if (tables.All(table => table.Name != "cases"))
            throw new Domain.Refused("nothing", "There is nothing to back up: this database was never used by Amends.");
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var written = new List<BackedUpTable>();
        foreach (var table in tables)
            written.Add(await Write(snapshot, table, zip, at, ct));
        var steps = new List<string>();
        await foreach (var step in snapshot.Rows<string>("select name from schema_steps order by name"))
            steps.Add(step);
        var manifest = new BackupManifest
        {
            Format = BackupManifest.FormatName, FormatVersion = BackupManifest.Newest, MadeAt = at, Program = ThisProgram.Version,
            Database = database.Dialect, Steps = steps, KeyFingerprint = keyFingerprint, Tables = written,
        };
        var entry = zip.CreateEntry(BackupManifest.Entry);
        entry.LastWriteTime = at;
        await using var last = entry.Open();
        await JsonSerializer.SerializeAsync(last, manifest, BackupManifest.Json, ct);
        return manifest;
    }

    private static async Task<BackedUpTable> Write(Snapshot snapshot, Table table, ZipArchive zip, DateTimeOffset at, CancellationToken ct)
    {
        // Bytes are base64 here. A code that fits them takes the third away that base64 adds; the fastest level has a fixed one.
        var entry = zip.CreateEntry(BackedUpTable.EntryOf(table.Name), CompressionLevel.Optimal);
        entry.LastWriteTime = at;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var line = new ArrayBufferWriter<byte>();
        var (rows, bytes) = (0L, 0L);
        await using (var to = entry.Open())
        {
            var order = table.Name != Table.Search ? "" : snapshot.Dialect == "sqlite" ? " order by rowid" : " order by id";
            await using var reader = await snapshot.Open($"select {table.ColumnList} from \"{table.Name}\"{order}", ct);
            while (await reader.ReadAsync(ct))
            {
                line.ResetWrittenCount();
                RowLine.Write(line, reader);
                hash.AppendData(line.WrittenSpan);
                await to.WriteAsync(line.WrittenMemory, ct);
                rows++;
                bytes += line.WrittenCount;
            }
        }

        var next = await table.NextId(snapshot.Connection, snapshot.Transaction);
        return new BackedUpTable(table.Name, [.. table.Columns.Select(column => column.Name)], rows, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), next);
    }
}
